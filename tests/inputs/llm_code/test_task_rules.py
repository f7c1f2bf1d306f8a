"""The task of a call in source code: told in the words that policies name tasks by."""

from __future__ import annotations

import pytest

from tollbar.inputs.llm_code.task_rules import task_of
from tollbar.policy.crashlens_file import read_policies


@pytest.mark.parametrize(
    ("name", "text", "task"),
    [
        ("summarize", "", "summarization"),
        ("answer_question", "", "basic_q_and_a"),
        ("retrieve_context", "", "basic_q_and_a"),
        ("write_email", "", "content_generation"),
        ("run", "Draft a post about this product", "content_generation"),
        ("summarize", "Draft a post", "summarization"),
        ("run", "", None),
    ],
)
def test_names_and_then_words_tell_the_task(name: str, text: str, task: str | None) -> None:
    assert task_of([name], [text]) == task


def test_the_tasks_of_policies_are_found_in_code() -> None:
    policy = "version: 1\npolicies: [{enforce: a, rules: [{task_type: content_generation, max_output_tokens: 9}]}]\n"
    (case,) = read_policies(policy, "crashlens.yml")
    assert case.params["task_type"] == task_of(["generate_text"], [])
