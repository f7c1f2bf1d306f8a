"""Many decisions in one run of opa are those of one run each, and what cannot be decided is told by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT
from tests.golden.cases import golden_cases
from tests.policy import small_policies
from tollbar.decision import Decision
from tollbar.errors import EngineError
from tollbar.policy.config import Config, read_config
from tollbar.policy.opa_binary import OpaBinary
from tollbar.policy.replay import Question, decide_all

if TYPE_CHECKING:
    from pathlib import Path


def _engine(opa: Path, folder: Path, policy: str) -> OpaBinary:
    (folder / "policy.rego").write_text(policy, encoding="utf-8")
    return OpaBinary(opa, [folder])


def test_many_decisions_are_those_of_one_run_each(opa: Path) -> None:
    library = [ROOT / "rego"]
    questions: dict[str, Question] = {}
    expected: dict[str, Decision] = {}
    for case in golden_cases():
        text = case.estimate_file.read_text(encoding="utf-8")
        settings = (read_config(case.settings) if case.settings else Config(version=1)).policy_settings()
        for name, policy in {"as set": settings, "lower": {"rules": {"deployment_limit": {"limit": 1}}}}.items():
            questions[f"{case.name}, {name}"] = Question(text, policy)
            expected[f"{case.name}, {name}"] = OpaBinary(opa, library, policy).decide(text)
    assert decide_all(OpaBinary(opa, library), questions) == expected
    assert len({decision.outcome for decision in expected.values()}) > 1


def test_what_fails_is_found_by_name(opa: Path, tmp_path: Path) -> None:
    questions = {f"e{number}": Question(json.dumps({"zero": number % 7}), {}) for number in range(1, 16)}
    answers = decide_all(_engine(opa, tmp_path, small_policies.BUILTIN_ERROR), questions)
    failed = {name: str(answer) for name, answer in answers.items() if isinstance(answer, EngineError)}
    assert set(failed) == {"e7", "e14"}
    assert all("divide by zero" in message for message in failed.values())
    assert {name for name, answer in answers.items() if isinstance(answer, Decision)} == set(questions) - set(failed)


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        (small_policies.UNDEFINED, "the policy gave no decision"),
        (small_policies.NOT_A_DECISION, "the policy's answer is not a decision: outcome"),
        (small_policies.REFUSED_INPUT, "the policy refused its input: [TB001] resources: missing"),
    ],
)
def test_no_decision_is_an_error(opa: Path, tmp_path: Path, policy: str, message: str) -> None:
    answer = decide_all(_engine(opa, tmp_path, policy), {"a": Question("{}", {})})["a"]
    assert isinstance(answer, EngineError)
    assert answer.message.startswith(message)


def test_a_policy_that_does_not_compile_is_one_error(opa: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"opa failed: .*policy\.rego:4"):
        decide_all(_engine(opa, tmp_path, small_policies.BROKEN), {"a": Question("{}", {}), "b": Question("{}", {})})


def test_the_settings_of_each(opa: Path, tmp_path: Path) -> None:
    def settings(limit: int) -> dict[str, Any]:
        return {"rules": {"probe": {"limit": limit}}}

    engine = _engine(opa, tmp_path, small_policies.DENY_BY_SETTINGS)
    questions = {str(limit): Question('{"cost": 5}', settings(limit)) for limit in (1, 2)}
    answers = decide_all(engine, questions)
    assert {name: _message(answer) for name, answer in answers.items()} == {
        "1": "[TB900] 5 over 1",
        "2": "[TB900] 5 over 2",
    }


def _message(answer: Decision | EngineError) -> str:
    assert isinstance(answer, Decision)
    return answer.findings[0].msg
