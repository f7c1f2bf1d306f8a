"""Whether a task is one that is known, or that a policy is about."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

from tollbar.errors import ConfigError
from tollbar.policy.task_names import TASKS, task_spelt
from tollbar.spelling import nearest_or_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tollbar.llm.policies import LlmPolicy


def require_task(task: str, policies: Iterable[LlmPolicy]) -> None:
    """Do nothing where a task is known, or one of the policies is about it, however it is spelt.

    Raises:
        ConfigError: It is not: a policy would pass it for a misspelling. The nearest known one is named.
    """
    named = [str(case["task_type"]) for policy in policies for _, case in policy.cases if "task_type" in case]
    known = tuple(dict.fromkeys((*named, *TASKS)))
    if not any(fnmatch.fnmatchcase(task_spelt(task), task_spelt(name)) for name in known if name != "any"):
        hint = nearest_or_all(task_spelt(task), [name for name in known if "*" not in name and name != "any"])
        raise ConfigError(f"no policy is about the task {task!r}, and it is not known otherwise", hint=hint)
