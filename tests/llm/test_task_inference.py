"""The task of a prompt, where the log names none: how often it is right, and how well it knows."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import pytest

from tests.conftest import ROOT
from tollbar.errors import ConfigError
from tollbar.llm.task_inference import task_inference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


_RULE = "[[rule]]\ntask = 'x'\nconfidence = 0.5\nwords = ['x']\n"


class Labelled(NamedTuple):
    """A prompt, what it is for, and whether the rules were made without it."""

    task: str
    held_out: bool
    prompt: str


def _labelled() -> list[Labelled]:
    file = ROOT / "tests" / "llm" / "data" / "labelled_prompts.jsonl"
    return [Labelled(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def _inferred(prompts: Sequence[str], rules: Path | None = None, **columns: Any) -> list[tuple[str, float] | None]:
    given = {"task_type": None, "output_visible": 100} | columns
    connection = duckdb.connect()
    connection.execute("CREATE TABLE p (n BIGINT, prompt VARCHAR, task_type VARCHAR, output_visible BIGINT)")
    connection.execute("ALTER TABLE p ADD COLUMN last_message VARCHAR")
    for number, prompt in enumerate(prompts):
        row = [number, prompt, given["task_type"], given["output_visible"]]
        connection.execute("INSERT INTO p VALUES (?, ?, ?, ?, NULL)", row)
    sql = task_inference(rules)
    looked_at = f"(SELECT *, {sql.telling_words} AS telling_words FROM p)"  # noqa: S608
    rows = connection.execute(f"SELECT {sql.task} FROM {looked_at} ORDER BY n").fetchall()  # noqa: S608
    return [None if told is None else (told["task_type"], told["confidence"]) for (told,) in rows]


def test_nine_of_ten_prompts_are_told_right_on_the_half_that_was_held_out() -> None:
    held_out = [one for one in _labelled() if one.held_out]
    told = _inferred([one.prompt for one in held_out])
    right = sum(answer is not None and answer[0] == one.task for one, answer in zip(held_out, told, strict=True))
    assert (len(held_out), right) == (150, 139)


def test_the_confidence_is_not_above_what_comes_true() -> None:
    held_out = [one for one in _labelled() if one.held_out]
    outcomes: dict[float, list[bool]] = defaultdict(list)
    for one, answer in zip(held_out, _inferred([one.prompt for one in held_out]), strict=True):
        if answer is not None:
            outcomes[answer[1]].append(answer[0] == one.task)
    shares = {confidence: sum(found) / len(found) for confidence, found in outcomes.items() if len(found) >= 10}
    assert {confidence: share >= confidence for confidence, share in shares.items()} == dict.fromkeys(shares, True)


@pytest.mark.parametrize(
    ("prompt", "task"),
    [
        ("Notwithstanding the foregoing, weigh whether clause 7 overrides clause 3.", "reasoning"),
        ("Summarize this code: def f(): pass", "summarization"),
        ("Write a Python function that adds numbers.", "code_generation"),
        (
            '[{"role":"system","content":"Be brief."},{"role":"user","content":"Translate to Dutch: hello"}]',
            "translation",
        ),
        ('[{"role":"user","content":"go"},{"role":"assistant","content":"ok"},{"role":"user","content":"on"}]', "chat"),
        ("[not json, but: summarize this", "summarization"),
    ],
)
def test_words_and_shape_tell_the_task(prompt: str, task: str) -> None:
    (told,) = _inferred([prompt])
    assert told is not None
    assert told[0] == task


def test_what_a_word_merely_begins_with_tells_nothing() -> None:
    assert _inferred(["Notwithstanding.", "Yesterday's proverb."]) == [None, None]


def test_a_task_that_the_log_names_is_not_looked_for() -> None:
    assert _inferred(["Translate this."], task_type="chat") == [None]


def test_other_rules_may_take_their_place(tmp_path: Path) -> None:
    rules = tmp_path / "tasks.toml"
    rules.write_text("[[rule]]\ntask = \"legal\"\nconfidence = 0.7\nwords = ['clause\\b']\n", encoding="utf-8")
    assert _inferred(["Read clause 7.", "Summarize."], rules) == [("legal", 0.7), None]


def test_capital_letters_in_rules_hide_no_other_rule(tmp_path: Path) -> None:
    rules = tmp_path / "tasks.toml"
    legal, recap = (f"[[rule]]\ntask = '{task}'\nconfidence = 0.7\nwords = ['{word}']\n"
                    for task, word in (("legal", "Clause"), ("summarization", "recap")))  # fmt: skip
    rules.write_text(legal + recap, encoding="utf-8")
    assert _inferred(["Clause 7: recap.", "Recap it."], rules) == [("legal", 0.7), ("summarization", 0.7)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rule = [", "not TOML"),
        ("", "there is no [[rule]]"),
        ("[[rule]]\ntask = 'x'\nwords = ['x']", "a rule needs a task, and a confidence from 0 to 1"),
        ("[[rule]]\ntask = 'x'\nconfidence = 0.5\nwords = ['(']", "is no regular expression"),
        (
            _RULE + "[[shape]]\ntask = 'x'\nconfidence = 0.5\nmax_char = 3",
            "a shape has no 'max_char'\n  Did you mean 'max_chars'?",
        ),
    ],
)
def test_a_mistake_in_the_rules_is_told(tmp_path: Path, text: str, message: str) -> None:
    rules = tmp_path / "tasks.toml"
    rules.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        task_inference(rules)
    assert message in str(error.value)
