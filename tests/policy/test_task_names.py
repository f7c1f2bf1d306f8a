"""Tasks that are nearly called like a known one."""

from __future__ import annotations

import pytest

from tollbar.policy.task_names import task_meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("sumarization", "summarization"),
        ("Code Reviews", "code_review"),
        ("summarization", None),
        ("Basic Q-and-A", None),
        ("any", None),
        ("sumar*", None),
        ("chatbot", None),
        ("triage", None),
    ],
)
def test_what_was_meant(name: str, meant: str | None) -> None:
    """Names of one's own are like no other; a pattern is none."""
    assert task_meant(name) == meant
