"""Fallbacks that cannot be meant so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tollbar.policy.model_validation import wrong_models

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("case", "reasons"),
    [
        ({"disallowed_models": ["gpt-4", "o1-pro"], "suggest_fallback": "gpt-4o-mini"}, []),
        ({"disallowed_models": ["gpt-4"]}, []),
        (
            {"disallowed_models": ["gtp-4", "claude-3-opus", "claude-3-sonnet", "gtp*"]},
            ["no price is known of the disallowed model gtp-4: is it spelt right?"],
        ),
        ({"disallowed_models": ["gpt-4o*"], "suggest_fallback": "gpt-4"}, []),
        (
            {"disallowed_models": ["gpt-4", "gpt-4o-mini"], "suggest_fallback": "gpt-4o-mini", "policy": "p"},
            ["policy 'p': the fallback gpt-4o-mini is one of the disallowed models"],
        ),
        (
            {"disallowed_models": ["gpt-4o-mini", "gpt-4"], "suggest_fallback": "gpt-4o"},
            [
                (
                    "the fallback gpt-4o costs more than gpt-4o-mini, which it is to replace "
                    "($4.38 a million tokens against $0.26)"
                )
            ],
        ),
        (
            {"disallowed_models": ["gpt-4"], "suggest_fallback": "gpt-4-minni", "policy": "p"},
            ["policy 'p': no price is known of the fallback gpt-4-minni"],
        ),
    ],
)
def test_a_fallback(case: dict[str, Any], reasons: list[str]) -> None:
    assert list(wrong_models([case], TODAY)) == [(0, reason) for reason in reasons]


def test_cases_that_are_no_list_are_for_others_to_find() -> None:
    assert list(wrong_models("x", TODAY)) == []
