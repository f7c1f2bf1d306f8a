"""The tasks that calls of language models are told to be for, by the names that policies and logs use."""

from __future__ import annotations

import re

from tollbar.spelling import nearest_names

TASKS = (
    "summarization",
    "basic_q_and_a",
    "content_generation",
    "classification",
    "extraction",
    "translation",
    "rewriting",
    "code_generation",
    "code_review",
    "chat",
    "rag",
    "agent",
    "reasoning",
    "embedding",
)
"""Tasks that are known without any policy."""
_ALIKE = 0.8


def task_spelt(name: str) -> str:
    """Return a task's name as the policy library compares it: small letters, _ for spaces and dashes."""
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def task_meant(name: str) -> str | None:
    """Return the known task that a name is nearly that of; None of a known one, a pattern, and one like no other."""
    spelt = task_spelt(name)
    if spelt in TASKS or any(mark in spelt for mark in "*?"):
        return None
    return next(iter(nearest_names(spelt, TASKS, count=1, alike=_ALIKE)), None)
