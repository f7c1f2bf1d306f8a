"""``.github/crashlens.yml``: what its policies come to, and what a mistake in it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.policy import policy_file_texts as texts
from tollbar.errors import ConfigError
from tollbar.policy.config import read_config
from tollbar.policy.crashlens_file import read_policies

if TYPE_CHECKING:
    from pathlib import Path

NAME = ".github/crashlens.yml"


def _cases(text: str) -> list[tuple[str, dict[str, Any]]]:
    return [(case.rule, dict(case.params)) for case in read_policies(text, NAME)]


def _one(rule: str, policy: str = "") -> str:
    return f"version: 1\npolicies:\n  - enforce: a\n{policy}    rules:\n      - {rule}\n"


def test_the_first_file_as_people_have_it() -> None:
    assert _cases(texts.FIRST) == [
        ("model_overkill", texts.SUMMARIZATION),
        ("llm_retries", texts.RETRIES),
        ("output_limit", texts.OUTPUT),
    ]


def test_the_second_file_as_people_have_it() -> None:
    assert _cases(texts.SECOND) == [
        ("model_overkill", texts.SUMMARIZATION),
        ("model_overkill", texts.QUESTIONS),
        ("llm_retries", texts.RETRIES),
        ("output_limit", texts.OUTPUT),
    ]


def test_cases_know_where_they_stand() -> None:
    assert [str(case.location) for case in read_policies(texts.SECOND, NAME)] == [
        f"{NAME}:{line}" for line in (12, 18, 27, 34)
    ]


@pytest.mark.parametrize(
    ("actions", "policy", "mode"),
    [
        (", actions: [block_pr]", "", "enforce"),
        (", actions: [slack_notify]", "", "warn"),
        (", actions: [slack_notify]", "    actions: [block_pr]\n", "warn"),
        ("", "    actions: [block_pr]\n", "enforce"),
        (", actions: []", "    actions: [block_pr]\n", None),
        ("", "", None),
    ],
)
def test_actions_are_modes(actions: str, policy: str, mode: str | None) -> None:
    ((_, params),) = _cases(_one(f"{{max_retries: 3{actions}}}", policy))
    assert params.get("mode") == mode


def test_the_channel_of_a_rule_comes_first() -> None:
    text = _one("{max_retries: 3, alert_channel: here}", "    alert_channel: there\n")
    assert _cases(text) == [("llm_retries", {"policy": "a", "max_retries": 3, "alert_channel": "here"})]


def test_a_rule_may_limit_several_matters() -> None:
    text = _one("{task_type: t, disallowed_models: [m], max_retries: 3, max_output_tokens: 5}")
    assert _cases(text) == [
        ("model_overkill", {"policy": "a", "task_type": "t", "disallowed_models": ["m"]}),
        ("llm_retries", {"policy": "a", "max_retries": 3}),
        ("output_limit", {"policy": "a", "task_type": "t", "max_output_tokens": 5}),
    ]


def test_what_is_told_twice_counts_once() -> None:
    text = (
        _one("{max_retries: 3}") + "  - {enforce: b, rules: [{max_retries: 3, model_scope: [all]}, {max_retries: 3}]}\n"
    )
    assert _cases(text.replace("rules: [{max_retries: 3, model_scope: [all]}, ", "rules: [")) == [
        ("llm_retries", {"policy": "a", "max_retries": 3})
    ]


@pytest.mark.parametrize("text", ["version: 1\n", "version: 1\npolicies: []\n"])
def test_a_file_without_policies(text: str) -> None:
    assert _cases(text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: [1\n", ":2: not valid YAML"),
        ("", ": expected one YAML document that starts with `version: 1`"),
        ("version: 1\n---\nversion: 1\n", ": expected one YAML document that starts with `version: 1`"),
        ("policies: []\n", ":1: version is missing (column 1)\n  Start the file with `version: 1`."),
        ("version: 2\n", ":1: version: Input should be 1 (column 1)"),
        ("version: 1\npolicys: []\n", ":2: unknown key 'policys' (column 1)\n  Did you mean 'policies'?"),
        (
            _one("{max_retrys: 3}"),
            ":5: unknown key 'policies.0.rules.0.max_retrys' (column 10)\n  Did you mean 'max_retries'?",
        ),
        (
            "version: 1\nupdates:\n  - {package-ecosystm: x, directory: /}\n",
            ":3: unknown key 'updates.0.package-ecosystm' (column 6)\n  Did you mean 'package-ecosystem'?",
        ),
        (
            "version: 1\nupdates:\n  - {package-ecosystem: x, directory: /, schedule: {interval: hourly}}\n",
            ":3: updates.0.schedule.interval: Input should be 'daily', 'weekly' or 'monthly' (column 53)",
        ),
        (_one("{max_retries: -1}"), ":5: policies.0.rules.0.max_retries: Input should be greater than or equal to 0"),
        (_one("{max_retries: often}"), ":5: policies.0.rules.0.max_retries: Input should be a valid integer"),
        (
            _one("{max_retries: 3, actions: [block_prs]}"),
            ":5: policies.0.rules.0.actions.0: Input should be 'block_pr' or 'slack_notify' (column 26)",
        ),
        (
            _one("{task_type: t}"),
            ":5: policies.0.rules.0: tell what it limits: disallowed_models, max_retries or max_output_tokens",
        ),
        (_one("{max_retries: 3, input_tokens_max: 5}"), "policies.0.rules.0: input_tokens_max needs disallowed_models"),
        (_one("{max_retries: 3, suggest_fallback: m}"), "policies.0.rules.0: suggest_fallback needs disallowed_models"),
        (_one("{max_output_tokens: 3, model_scope: [m]}"), "policies.0.rules.0: model_scope needs max_retries"),
        (
            _one("{disallowed_models: [m], suggest_fallback: m}"),
            ":5: policies.0.rules.0: m is suggested and disallowed",
        ),
        ("version: 1\npolicies:\n  - {rules: [{max_retries: 3}]}\n", ":3: policies.0.enforce is missing (column 3)"),
        ("version: 1\npolicies:\n  - {enforce: a, rules: []}\n", ":3: policies.0.rules: Tuple should have at least 1"),
        (
            _one("{max_retries: 3}") + "  - {enforce: a, rules: [{max_retries: 3}]}\n",
            ":6: two policies are called 'a' (column 3)",
        ),
        (
            _one("{max_retries: 3}") + "  - {enforce: b, rules: [{max_retries: 5}]}\n",
            ":6: this contradicts the policy 'a' at .github/crashlens.yml:5: max_retries is 5 here and 3 there",
        ),
        (
            _one("{max_output_tokens: 3}") + "  - {enforce: b, rules: [{max_output_tokens: 3, actions: [block_pr]}]}\n",
            "mode is enforce here and not set there",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        read_policies(text, NAME)
    assert f"{NAME}{message}" in str(error.value) or message in str(error.value)
    assert str(error.value).startswith(NAME)


@pytest.mark.parametrize(
    "rules",
    [
        "{disallowed_models: [m, n], suggest_fallback: x}, {disallowed_models: [n, m], task_type: t}",
        "{disallowed_models: [m]}, {disallowed_models: [m], input_tokens_max: 5}",
        "{max_retries: 3}, {max_retries: 5, model_scope: [gpt-4]}",
        "{max_output_tokens: 3}, {max_output_tokens: 5, task_type: t}",
    ],
)
def test_different_subjects_do_not_contradict_each_other(rules: str) -> None:
    assert len(_cases(f"version: 1\npolicies:\n  - {{enforce: a, rules: [{rules}]}}\n")) == 2


def test_the_same_list_stands_in_the_configuration(tmp_path: Path) -> None:
    file = tmp_path / "tollbar.yml"
    policies = texts.SECOND[texts.SECOND.index("policies:") :]
    file.write_text(f"version: 1\nteam: search\n{policies}", encoding="utf-8")
    config = read_config(file)
    assert config.team == "search"
    assert config.policy_settings() == {
        "rules": {
            "model_overkill": {"cases": [texts.SUMMARIZATION, texts.QUESTIONS]},
            "llm_retries": {"cases": [texts.RETRIES]},
            "output_limit": {"cases": [texts.OUTPUT]},
        }
    }
    assert config.suggested_models() == ("gpt-4o-mini", "gpt-3.5-turbo")


def test_a_mistake_in_that_list_is_named_too(tmp_path: Path) -> None:
    file = tmp_path / "tollbar.yml"
    file.write_text("version: 1\npolicies:\n  - enforce: a\n    rules:\n      - max_retrys: 3\n", encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        read_config(file)
    assert "tollbar.yml:5: unknown key 'policies.0.rules.0.max_retrys'\n  Did you mean 'max_retries'?" in str(
        error.value
    )


@pytest.mark.parametrize("cases", ["5", "[a]", "[{suggest_fallback: 5}]", "[{}]"])
def test_models_are_suggested_only_where_a_case_does(tmp_path: Path, cases: str) -> None:
    file = tmp_path / "tollbar.yml"
    text = f"version: 1\npolicies: {{rules: {{model_overkill: {{cases: {cases}}}}}}}\n"
    file.write_text(text, encoding="utf-8")
    assert read_config(file).suggested_models() == ()


@pytest.mark.parametrize(
    ("text", "line", "mark"),
    [
        ("version: 1\nrules:\n  - id: a\n    if: {input.model: gpt-4}\n    action: fail_ci\n", 3, "if"),
        ("rules:\n  - id: a\n    match: {cost: '>0.02'}\n    action: warn\n", 2, "match"),
        ("version: 1\npolicies:\n  - enforce: a\n    rules:\n      - id: b\n        match: {cost: '>1'}\n", 5, "match"),
    ],
)
def test_the_other_dialect_is_named_with_what_to_write_instead(text: str, line: int, mark: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read_policies(text, NAME)
    told = f"a rule with `{mark}` is CrashLens 2's dialect (conditions on single log lines), which is not read here"
    assert (raised.value.message, str(raised.value.location)) == (told, f"{NAME}:{line}")
    assert raised.value.hint is not None
    assert "- {max_retries: 3, model_scope: [all]}" in raised.value.hint
