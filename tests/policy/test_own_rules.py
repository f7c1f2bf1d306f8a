"""Rules of the user's own, loaded beside the library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.golden.cases import golden_cases
from tollbar.errors import ConfigError, EngineError
from tollbar.policy.opa_binary import local_engine
from tollbar.policy.own_rules import require_rules

if TYPE_CHECKING:
    from pathlib import Path

_RULE = """
# METADATA
# title: Nothing is called like this
# description: A rule for a test.
# custom:
#   code: ACME1
#   message: is called {name}.
#   remediation: Call it otherwise.
package tollbar.rules.acme.name

import data.tollbar.lib.result
import data.tollbar.params

findings contains result.finding(rego.metadata.chain(), {"name": "it"}, {}, {"{name}": name}) if {
	name := params.active.name.unwanted
}
"""
_DATA = {"mode": "warn", "params": {"unwanted": {"description": "A name.", "type": "string", "default": "x"}}}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A folder with one rule that has a parameter."""
    folder = tmp_path / "tollbar" / "rules" / "acme" / "name"
    folder.mkdir(parents=True)
    (folder / "name.rego").write_text(_RULE, encoding="utf-8")
    (folder / "data.json").write_text(json.dumps(_DATA), encoding="utf-8")
    return tmp_path


ESTIMATE = golden_cases()[0].estimate_file


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ({}, [("warning", "[ACME1] it is called x.")]),
        ({"rules": {"name": {"mode": "enforce", "unwanted": "y"}}}, [("error", "[ACME1] it is called y.")]),
        ({"rules": {"name": {"mode": "off"}}}, []),
    ],
)
def test_an_own_rule_has_a_mode_and_parameters(
    rules: Path, settings: dict[str, object], found: list[tuple[str, str]]
) -> None:
    decision = local_engine(None, settings, [rules]).decide(ESTIMATE.read_text(encoding="utf-8"))
    assert [(f.severity, f.msg) for f in decision.findings if f.code == "ACME1"] == found


def test_what_is_set_of_it_is_checked(rules: Path) -> None:
    engine = local_engine(None, {"rules": {"name": {"unwanted": 1}}}, [rules])
    with pytest.raises(EngineError, match=r"rules\.name\.unwanted must be string, not integer"):
        engine.decide(ESTIMATE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "findings",
    [
        'findings contains {"code": "ACME1", "rule": "name", "title": "t", "msg": "m"}',
        'findings contains {"code": "ACME1", "rule": "name", "title": "t", "msg": "m", "severity": "high"}',
        'findings contains "not like this"',
        'findings := ["not like this"]',
        (
            "import data.tollbar.lib.result\n\n"
            'findings contains result.finding(rego.metadata.chain(), {"name": "it"}, {}, {})'
        ),
    ],
)
def test_a_rule_that_finds_what_is_no_finding_is_an_error_and_no_pass(tmp_path: Path, findings: str) -> None:
    (tmp_path / "name.rego").write_text(f"package tollbar.rules.acme.name\n\n{findings}\n", encoding="utf-8")
    with pytest.raises(EngineError, match=r"a rule of the policy is broken: .*data\.tollbar\.rules\.acme\.name"):
        local_engine(None, {}, [tmp_path]).decide(ESTIMATE.read_text(encoding="utf-8"))


def test_policies_with_a_rule_are_taken(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "library.rego").write_text("package acme.library\n\nx := 1\n", encoding="utf-8")
    require_rules([rules, tmp_path / "library.rego"])


def test_what_opa_is_to_tell_of_is_no_concern(tmp_path: Path) -> None:
    require_rules([tmp_path / "absent"])
    (tmp_path / "bundle.tar.gz").write_bytes(b"")
    require_rules([tmp_path / "bundle.tar.gz"])


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"data.json": "{}"}, "--policy {} has no Rego in it: it would decide nothing"),
        ({"a.rego": "deny := 1\n"}, "--policy {} has no rule, but files without a package: it would decide nothing"),
        (
            {"a.rego": "package main\n", "b.rego": "# it\npackage acme.limits # ours\n"},
            "--policy {} has no rule, but package acme.limits, package main: it would decide nothing",
        ),
        (
            {"a_test.rego": "package tollbar.rules.acme.name\n"},
            "--policy {} has no Rego in it: it would decide nothing",
        ),
        (
            {"a.rego": "package tollbar.rules.acme\n\nfindings contains 1\n"},
            "{}/a.rego: the findings of package tollbar.rules.acme are not looked at",
        ),
        (
            {
                "a.rego": "package tollbar.rules.acme.more.name\n\nfindings contains 1\n",
                "b.rego": "package tollbar.rules.acme.name\n",
            },
            "{}/a.rego: the findings of package tollbar.rules.acme.more.name are not looked at",
        ),
    ],
)
def test_policies_that_decide_nothing_are_refused(tmp_path: Path, files: dict[str, str], message: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        require_rules([tmp_path])
    assert error.value.message == message.format(tmp_path)
