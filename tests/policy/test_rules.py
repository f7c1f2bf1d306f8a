"""The rules as their METADATA tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tollbar.errors import ConfigError, EngineError
from tollbar.policy.library import policy_library
from tollbar.policy.rules import read_rules, rule_of_code

if TYPE_CHECKING:
    from pathlib import Path


def test_a_rule_is_known_by_code_and_name_with_its_defaults(opa: Path) -> None:
    rules = read_rules(opa, policy_library())
    rule = rule_of_code(rules, "tb101")
    assert rule is rule_of_code(rules, "environment-limit")
    assert (rule.code, rule.name, rule.category, rule.default_mode) == (
        "TB101", "environment_limit", "infrastructure", "enforce",
    )  # fmt: skip
    assert rule.params["limits"] == {"dev": 1000, "staging": 2000, "prod": 5000}


def test_every_default_mode_is_the_one_in_the_defaults(opa: Path) -> None:
    rules = read_rules(opa, policy_library())
    assert {r.name: r.params["mode"] for r in rules if r.params} == {r.name: r.default_mode for r in rules if r.params}


def test_codes_are_unique(opa: Path) -> None:
    codes = [rule.code for rule in read_rules(opa, policy_library())]
    assert len(codes) == len(set(codes))


def test_an_unknown_code_lists_the_known(opa: Path) -> None:
    with pytest.raises(ConfigError, match=r"there is no rule 'TB999'; known: TB001, TB002"):
        rule_of_code(read_rules(opa, policy_library()), "TB999")


def test_a_broken_library_is_an_error(opa: Path, tmp_path: Path) -> None:
    (tmp_path / "x.rego").write_text("package x\n\nallow if {\n", encoding="utf-8")
    with pytest.raises(EngineError, match="opa inspect failed"):
        read_rules(opa, tmp_path)
