"""Policy files beside tollbar.yml: found, read, merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.policy import policy_file_texts as texts
from tollbar.errors import ConfigError
from tollbar.policy.config import Config, PoliciesConfig, policy_file_candidates
from tollbar.policy.policy_files import policy_texts, with_policies

if TYPE_CHECKING:
    from pathlib import Path

NAME = ".github/crashlens.yml"


def _found(config: Path | None, paths: list[Path]) -> list[Path]:
    """Return those of the candidates that are there."""
    return [file for file in policy_file_candidates(config, paths) if file.is_file()]


def _write(file: Path, text: str = "version: 1\n") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def _config(mode: str | None = None, **rules: dict[str, Any]) -> Config:
    return Config(version=1, policies=PoliciesConfig(mode=mode, rules=rules))


def test_the_file_of_the_repository_is_found(tmp_path: Path) -> None:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    _write(tmp_path / NAME)
    file = _write(tmp_path / "repository" / NAME)
    plan = _write(tmp_path / "repository" / "infra" / "dev" / "plan.json", "{}")
    assert _found(None, [plan]) == [file]
    assert _found(None, [plan.parent, plan]) == [file]
    nearer = _write(tmp_path / "repository" / "infra" / NAME)
    assert _found(None, [plan]) == [nearer, file]


def test_outside_of_a_repository_only_that_of_the_folder_is(tmp_path: Path) -> None:
    _write(tmp_path / NAME)
    plan = _write(tmp_path / "infra" / "plan.json", "{}")
    assert _found(None, [plan]) == []
    file = _write(tmp_path / "infra" / NAME)
    assert _found(None, [plan]) == [file]


def test_those_beside_the_configuration_are_found(tmp_path: Path) -> None:
    config, plan = _write(tmp_path / "config" / "tollbar.yml"), _write(tmp_path / "infra" / "plan.json", "{}")
    files = [_write(config.parent / NAME), _write(config.parent / "crashlens.yml")]
    assert _found(config, [plan]) == files
    assert _found(None, [plan]) == []


def test_files_are_called_as_short_as_can_be(tmp_path: Path) -> None:
    file = _write(tmp_path / "a" / NAME, "x")
    assert policy_texts([file], tmp_path / "a") == [(NAME, "x")]
    assert policy_texts([file], tmp_path / "b") == [(str(file), "x")]


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "crashlens.yml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"^crashlens\.yml: this policy file cannot be read as text"):
        policy_texts([file], tmp_path)


def test_policies_are_merged_into_the_settings() -> None:
    own = {"task_type": "review", "max_output_tokens": 90}
    config = _config(output_limit={"unlimited": "off", "cases": [own]}, cost_increase={"percent": 5})
    merged = with_policies(config, "tollbar.yml", [(NAME, texts.FIRST)])
    assert merged.policy_settings() == {
        "rules": {
            "output_limit": {"unlimited": "off", "cases": [own, texts.OUTPUT]},
            "cost_increase": {"percent": 5},
            "model_overkill": {"cases": [texts.SUMMARIZATION]},
            "llm_retries": {"cases": [texts.RETRIES]},
        }
    }


def test_without_policies_nothing_changes() -> None:
    config = _config(llm_retries={"mode": "off"})
    assert with_policies(config, "tollbar.yml", []) is config
    assert with_policies(config, "tollbar.yml", [(NAME, "version: 1\n")]) is config


@pytest.mark.parametrize(
    ("mode", "own", "found"),
    [
        ("off", {}, "warn"),
        ("advisory", {}, None),
        ("off", {"mode": "advisory"}, "advisory"),
        (None, {"mode": "enforce"}, "enforce"),
    ],
)
def test_policies_hold_where_all_other_rules_are_off(mode: str | None, own: dict[str, Any], found: str | None) -> None:
    merged = with_policies(_config(mode, llm_retries=own), "tollbar.yml", [(NAME, texts.FIRST)])
    assert merged.policies.rules["llm_retries"].get("mode") == found
    assert merged.policies.mode == mode


def test_the_same_file_twice_counts_once() -> None:
    once = with_policies(_config(), "tollbar.yml", [(NAME, texts.FIRST)])
    assert with_policies(_config(), "tollbar.yml", [(NAME, texts.FIRST), ("b.yml", texts.FIRST)]) == once


@pytest.mark.parametrize(
    ("rules", "other", "message"),
    [
        (
            {"llm_retries": {"mode": "off"}},
            "",
            f"{NAME}:21: tollbar.yml switches llm_retries off, and the policy 'cap-llm-retries' needs it",
        ),
        (
            {"llm_retries": {"cases": [{"max_retries": 9}]}},
            "",
            f"{NAME}:21: this contradicts a case of llm_retries at tollbar.yml: max_retries is 3 here and 9 there",
        ),
        (
            {},
            "version: 1\npolicies: [{enforce: cap-llm-retries, rules: [{max_retries: 4, model_scope: [o1]}]}]\n",
            "b.yml:2: the policy 'cap-llm-retries' is another one at",
        ),
        (
            {},
            "version: 1\npolicies: [{enforce: other, rules: [{max_retries: 4}]}]\n",
            "b.yml:2: this contradicts the policy 'cap-llm-retries' at",
        ),
    ],
)
def test_contradictions_are_refused(rules: dict[str, Any], other: str, message: str) -> None:
    files = [(NAME, texts.FIRST), *([("b.yml", other)] if other else [])]
    with pytest.raises(ConfigError) as error:
        with_policies(_config(**rules), "tollbar.yml", files)
    assert message in str(error.value)


@pytest.mark.parametrize("cases", [5, ["x"], {"max_retries": 9}])
def test_settings_that_are_not_valid_are_left_to_the_policy(cases: object) -> None:
    merged = with_policies(_config(llm_retries={"cases": cases}), "tollbar.yml", [(NAME, texts.FIRST)])
    assert merged.policies.rules["llm_retries"] == {"cases": cases}
