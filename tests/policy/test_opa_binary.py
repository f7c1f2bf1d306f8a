"""The local engine fails closed: whatever goes wrong is an error, never a pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.policy import small_policies
from tollbar.errors import EngineError
from tollbar.policy.opa_binary import OpaBinary, find_opa

if TYPE_CHECKING:
    from pathlib import Path


def _engine(opa: Path, folder: Path, policy: str, settings: dict[str, Any] | None = None) -> OpaBinary:
    (folder / "policy.rego").write_text(policy, encoding="utf-8")
    return OpaBinary(opa, [folder], settings)


def test_a_decision_comes_back_with_its_revision(opa: Path, tmp_path: Path) -> None:
    decision = _engine(opa, tmp_path, small_policies.ALLOW).decide("{}")
    assert (decision.outcome, decision.findings, decision.revision) == ("allow", (), "r1")


def test_settings_reach_the_policy(opa: Path, tmp_path: Path) -> None:
    settings = {"rules": {"probe": {"limit": 10}}}
    decision = _engine(opa, tmp_path, small_policies.DENY_BY_SETTINGS, settings).decide('{"cost": 12.5}')
    assert [finding.msg for finding in decision.findings] == ["[TB900] 12.5 over 10"]


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        (small_policies.UNDEFINED, "the policy gave no decision: data.tollbar.decision is undefined"),
        (small_policies.NOT_A_DECISION, "the policy's answer is not a decision: outcome"),
        (small_policies.REFUSED_INPUT, r"the policy refused its input: \[TB001\] resources: missing\n  Make the"),
        (small_policies.BROKEN, r"opa failed: .*policy\.rego:4: .*"),
        (small_policies.BUILTIN_ERROR, "opa failed: .*divide by zero"),
        ("package other\n", "data.tollbar.decision is undefined"),
    ],
)
def test_no_decision_is_an_error(opa: Path, tmp_path: Path, policy: str, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        _engine(opa, tmp_path, policy).decide('{"zero": 0}')


def test_input_that_is_not_json_is_an_error(opa: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="opa failed"):
        _engine(opa, tmp_path, small_policies.ALLOW).decide("{")


def test_a_program_that_is_not_opa_is_an_error(tmp_path: Path) -> None:
    fake = tmp_path / "opa"
    fake.write_text("#!/bin/sh\necho hello\n", encoding="utf-8")
    fake.chmod(0o755)
    with pytest.raises(EngineError, match="opa's answer is not JSON"):
        _engine(fake, tmp_path, small_policies.ALLOW).decide("{}")


def test_a_file_that_cannot_be_run_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="cannot be run"):
        _engine(tmp_path / "absent", tmp_path, small_policies.ALLOW).decide("{}")


def test_a_named_binary_must_exist(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="is not a program that can be run\n  Install OPA"):
        find_opa(str(tmp_path / "opa"))
    with pytest.raises(EngineError, match="is not a program that can be run"):
        find_opa(None, {"TOLLBAR_OPA": str(tmp_path / "opa"), "PATH": ""})
