"""Rules of the user's own, loaded beside the library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.golden.cases import golden_cases
from tollbar.errors import EngineError
from tollbar.policy.opa_binary import local_engine

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
