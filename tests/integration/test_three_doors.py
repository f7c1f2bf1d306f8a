"""One verdict through three doors: the local opa, a running OPA server, and conftest, all real."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT, running_opa_server
from tests.golden.cases import Case, golden_cases
from tests.integration.conftest_door import conftest_messages
from tollbar.policy.config import Config, read_config
from tollbar.policy.opa_binary import OpaBinary
from tollbar.policy.opa_server import OpaServer

if TYPE_CHECKING:
    from pathlib import Path

    from tollbar.decision import Finding

LIBRARY = ROOT / "rego"
CASES = golden_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_three_doors_give_one_verdict(case: Case, opa: Path, conftest_binary: Path, tmp_path: Path) -> None:
    document = case.estimate_file.read_text(encoding="utf-8")
    config = read_config(case.settings) if case.settings else Config(version=1)
    settings_file = tmp_path / "settings.json"
    settings_file.write_text(json.dumps({"tollbar_settings": config.policy_settings()}), encoding="utf-8")

    local = OpaBinary(opa, [LIBRARY], config.policy_settings()).decide(document)
    with running_opa_server(opa, ["--ignore", "*_test.rego", str(LIBRARY), str(settings_file)]) as url:
        served = OpaServer(url).decide(document)
    assert served == local

    failures, warnings = conftest_messages(conftest_binary, case.estimate_file, settings_file)
    assert failures == _messages([*local.of_severity("error"), *local.of_severity("approval")])
    assert warnings == _messages(local.of_severity("warning"))


def test_the_cases_show_both_denials_and_passes() -> None:
    outcomes = {_expected(case)["outcome"] for case in CASES}
    assert {"deny", "warn"} <= outcomes


def _expected(case: Case) -> dict[str, Any]:
    text = (case.folder / "expected" / "decision.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def _messages(findings: list[Finding] | tuple[Finding, ...]) -> list[str]:
    return sorted(finding.msg for finding in findings)
