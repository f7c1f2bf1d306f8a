"""The pages of the rules say what the rules and their examples say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tollbar.cli.policy import page_of
from tollbar.policy.library import policy_library
from tollbar.policy.opa_binary import find_opa
from tollbar.policy.rule_page import index_page
from tollbar.policy.rules import Rule, read_rules

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ROOT / "docs" / "rules"
RULES = read_rules(find_opa(None), policy_library())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_is_not_stale(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = (PAGES / f"{rule.code}.md").read_text(encoding="utf-8")
    assert page == page_of(rule, ROOT.relative_to(ROOT) / "examples" / "rules", None), "run: make reference"


def test_the_index_lists_all_rules() -> None:
    assert (PAGES / "README.md").read_text(encoding="utf-8") == index_page(RULES), "run: make reference"


def test_there_is_no_page_of_a_rule_that_is_gone() -> None:
    names: set[Path] = {page.relative_to(PAGES) for page in PAGES.iterdir()}
    assert {str(name) for name in names} == {"README.md"} | {f"{rule.code}.md" for rule in RULES}
