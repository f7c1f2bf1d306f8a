"""Which policies on language models hold, by name, and the settings under which they alone decide."""

from __future__ import annotations

from typing import Any

import pytest

from tests.policy import policy_file_texts as texts
from tollbar.errors import ConfigError
from tollbar.llm.policies import LlmPolicy, policies_of, policy_called, settings_with
from tollbar.llm.tasks import require_task
from tollbar.policy.config import Config
from tollbar.policy.library import policy_library
from tollbar.policy.policy_files import with_policies

NAME = ".github/crashlens.yml"
FILE = with_policies(Config(version=1), "tollbar.yml", [(NAME, texts.SECOND)])


def _policies(config: Config) -> dict[str, LlmPolicy]:
    return {policy.name: policy for policy in policies_of(config, policy_library())}


def _rules(**rules: dict[str, Any]) -> Config:
    return Config.model_validate({"version": 1, "policies": {"rules": rules}})


def test_without_a_file_the_libraries_own_cases_are_tried_as_if_enforced() -> None:
    found = _policies(Config(version=1))
    shipped = {name: (list(policy.rules), policy.as_if_enforced) for name, policy in found.items() if policy.is_shipped}
    assert shipped == {
        "cap-llm-retries": (["llm_retries"], True),
        "prevent-model-overkill": (["model_overkill"], True),
        "limit-output-tokens": (["output_limit"], True),
    }
    assert {name for name, policy in found.items() if policy.is_rule} == {
        "context_waste", "cost_per_call", "fallback_chain", "llm_batch", "model_tier", "prompt_cache",
        "self_hosting", "unpriced_model",
    }  # fmt: skip


def test_a_files_policies_by_their_names() -> None:
    found = _policies(FILE)
    assert found["prevent-model-overkill"].rules == {
        "model_overkill": {"mode": "warn", "cases": [texts.SUMMARIZATION, texts.QUESTIONS]}
    }
    assert found["cap-llm-retries"].channels == ("#eng-sre-alerts",)
    assert not any(policy.is_shipped for policy in found.values())


def test_where_a_file_has_policies_the_other_shipped_cases_only_warn() -> None:
    found = _policies(_rules(model_overkill={"cases": [texts.QUESTIONS]}))["cap-llm-retries"]
    assert (found.is_shipped, found.as_if_enforced, found.rules["llm_retries"]["mode"]) == (True, False, "warn")
    (named,) = policy_called("cap-llm-retries", [found], dict)
    assert (named.as_if_enforced, named.rules["llm_retries"]["mode"]) == (True, "enforce")


@pytest.mark.parametrize("mode", ["advisory", "off", False])
def test_a_mode_that_is_set_stays(mode: object) -> None:
    (named,) = policy_called("cap-llm-retries", list(_policies(_rules(llm_retries={"mode": mode})).values()), dict)
    assert (named.rules["llm_retries"]["mode"], named.as_if_enforced) == (mode, False)
    assert named.is_off == (mode in {"off", False})


def test_the_mode_of_all_rules_counts_where_one_has_none() -> None:
    config = Config.model_validate({"version": 1, "policies": {"mode": "advisory"}})
    found = _policies(config)
    assert (found["cap-llm-retries"].rules["llm_retries"]["mode"], found["llm_batch"].rules["llm_batch"]["mode"]) == (
        "advisory",
        "advisory",
    )


def test_cases_without_a_policy_are_called_after_their_rule() -> None:
    found = _policies(_rules(llm_retries={"cases": [{"max_retries": 1}, {"policy": "a", "max_retries": 2}]}))
    assert found["llm_retries"].cases == [("llm_retries", {"max_retries": 1})]
    assert found["a"].cases == [("llm_retries", {"policy": "a", "max_retries": 2})]


def test_a_rules_code_or_name_means_all_its_policies() -> None:
    policies = list(
        _policies(_rules(llm_retries={"cases": [{"max_retries": 1}, {"policy": "a", "max_retries": 2}]})).values()
    )
    for name in ("TB302", "tb302"):
        assert [found.name for found in policy_called(name, policies, lambda: {"TB302": "llm_retries"})] == [
            "llm_retries",
            "a",
        ]


def test_only_the_policies_that_are_tried_decide() -> None:
    config = FILE.model_copy(update={"exemptions": ()})
    tried = policy_called("limit-output-tokens", list(_policies(config).values()), dict)
    assert settings_with(tried, config) == {
        "mode": "off",
        "rules": {"output_limit": {"mode": "warn", "cases": [texts.OUTPUT]}},
    }


def test_cases_of_two_policies_of_one_rule_stand_together() -> None:
    config = _rules(llm_retries={"cases": [{"max_retries": 1}, {"policy": "a", "max_retries": 2}]})
    tried = [policy for policy in _policies(config).values() if "llm_retries" in policy.rules]
    assert settings_with(tried, config)["rules"]["llm_retries"]["cases"] == [
        {"max_retries": 1},
        {"policy": "a", "max_retries": 2},
    ]


@pytest.mark.parametrize("task", ["summarization", "Basic Q-and-A", "customer_letters", "letters_de"])
def test_a_task_that_is_known_or_that_a_policy_is_about(task: str) -> None:
    case = {"task_type": "customer-letters", "max_output_tokens": 1}
    pattern = {"task_type": "letters_*", "max_output_tokens": 1}
    require_task(task, [LlmPolicy("a", {"output_limit": {"cases": [case, pattern]}})])


@pytest.mark.parametrize(("task", "hint"), [("sumarization", "Did you mean 'summarization'?"), ("any", "Known: ")])
def test_an_unknown_task(task: str, hint: str) -> None:
    with pytest.raises(ConfigError) as raised:
        require_task(
            task, [LlmPolicy("a", {"output_limit": {"cases": [{"task_type": "any", "max_output_tokens": 1}]}})]
        )
    assert raised.value.hint is not None
    assert raised.value.hint.startswith(hint)
