"""Every rule's examples, priced by the real estimator and decided by all three engines: one is denied, one passes."""

from __future__ import annotations

import json
import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, running_opa_server
from tests.integration.conftest_door import conftest_messages
from tollbar.cli.rule_examples import RuleExample, estimate_example, examples_of
from tollbar.errors import TollbarError
from tollbar.policy.library import policy_library
from tollbar.policy.opa_binary import OpaBinary, find_opa
from tollbar.policy.opa_server import OpaServer
from tollbar.policy.rules import read_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tollbar.decision import Decision, Finding

FOLDER = ROOT / "examples" / "rules"
RULES = read_rules(find_opa(None), policy_library())
END_IN_AN_ERROR = {"TB001", "TB003"}
"""Where it is denied: what is no estimate, and settings that are not understood, are no verdict on the cost."""
EXAMPLES = [
    pytest.param(example, id=f"{example.code}-{example.kind}")
    for rule in RULES
    for example in examples_of(FOLDER, rule.code)
]


@pytest.fixture(scope="module")
def server(opa: Path) -> Iterator[str]:
    """An OPA server with the library; each example puts its settings there."""
    with running_opa_server(opa, ["--ignore", "*_test.rego", str(policy_library())]) as url:
        yield url


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_a_rule_has_an_example_of_both_kinds(code: str) -> None:
    assert [example.kind for example in examples_of(FOLDER, code)] == ["denied", "passing"]


def test_no_example_is_left_of_a_rule_that_is_gone() -> None:
    assert {folder.name for folder in FOLDER.iterdir()} <= {rule.code for rule in RULES}


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_decided_alike_through_all_doors(
    example: RuleExample, opa: Path, conftest_binary: Path, server: str, tmp_path: Path
) -> None:
    if example.code in END_IN_AN_ERROR and example.kind == "denied":
        with pytest.raises(TollbarError):
            _decide_locally(example, opa)
        return
    estimated = estimate_example(example)
    document = estimated.estimate.to_json()
    settings = estimated.config.policy_settings()
    local = OpaBinary(opa, [policy_library()], settings).decide(document)
    assert _codes(local) == ([example.code] if example.kind == "denied" else [])
    assert local.outcome in ({"deny"} if example.kind == "denied" else {"allow", "warn"})
    assert not (example.kind == "passing" and example.code in {finding.code for finding in local.findings})

    _put(f"{server}/v1/data/tollbar_settings", settings)
    assert OpaServer(server).decide(document) == local

    (tmp_path / "estimate.json").write_text(document, encoding="utf-8")
    (tmp_path / "settings.json").write_text(json.dumps({"tollbar_settings": settings}), encoding="utf-8")
    failures, warnings = conftest_messages(conftest_binary, tmp_path / "estimate.json", tmp_path / "settings.json")
    assert failures == _messages([*local.of_severity("error"), *local.of_severity("approval")])
    assert warnings == _messages(local.of_severity("warning"))


def _decide_locally(example: RuleExample, opa: Path) -> Decision:
    estimated = estimate_example(example)
    return OpaBinary(opa, [policy_library()], estimated.config.policy_settings()).decide(estimated.estimate.to_json())


def _codes(decision: Decision) -> list[str]:
    return sorted({finding.code for finding in decision.of_severity("error")})


def _messages(findings: list[Finding] | tuple[Finding, ...]) -> list[str]:
    return sorted(finding.msg for finding in findings)


def _put(url: str, document: object) -> None:
    request = urllib.request.Request(  # noqa: S310 -- loopback
        url, data=json.dumps(document).encode(), method="PUT", headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request):  # noqa: S310 -- loopback
        pass
