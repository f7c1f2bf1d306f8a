"""The tasks that calls of language models are told to be for, by the names that policies and logs use."""

from __future__ import annotations

import fnmatch
import re
from typing import TYPE_CHECKING

from tollbar.errors import ConfigError
from tollbar.spelling import nearest_or_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tollbar.llm.policies import LlmPolicy

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


def require_task(task: str, policies: Iterable[LlmPolicy]) -> None:
    """Do nothing where a task is known, or one of the policies is about it, however it is spelt.

    Raises:
        ConfigError: It is not: a policy would pass it for a misspelling. The nearest known one is named.
    """
    named = [str(case["task_type"]) for policy in policies for _, case in policy.cases if "task_type" in case]
    known = tuple(dict.fromkeys((*named, *TASKS)))
    if not any(fnmatch.fnmatchcase(_spelt(task), _spelt(name)) for name in known if name != "any"):
        hint = nearest_or_all(_spelt(task), [name for name in known if "*" not in name and name != "any"])
        raise ConfigError(f"no policy is about the task {task!r}, and it is not known otherwise", hint=hint)


def _spelt(name: str) -> str:
    """Return a task's name as the policy library compares it: small letters, _ for spaces and dashes."""
    return re.sub(r"[\s-]+", "_", name.strip().lower())
