"""The task of a call, where the log names none: told by the words and the shape of its prompt, with a confidence.

The rules stand in ``task_rules.toml`` and become SQL, so that a million prompts take about a second: one
search for the leftmost words that any rule knows, then a look at which rule they are of.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollbar.errors import ConfigError
from tollbar.llm.log_sql import Inference
from tollbar.spelling import nearest_or_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TASK_RULES = Path(__file__).parent / "task_rules.toml"
_CONDITIONS = {
    "starts_with": str,
    "question": bool,
    "turns": bool,
    "min_chars": int,
    "max_chars": int,
    "min_output_tokens": int,
    "max_output_tokens": int,
}


@dataclass(frozen=True, slots=True)
class WordRule:
    """Words that tell a task."""

    task: str
    confidence: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShapeRule:
    """Conditions on a prompt without such words, all of which must hold."""

    task: str
    confidence: float
    conditions: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TaskRules:
    """A file of rules."""

    looked_at: int
    words: tuple[WordRule, ...]
    shapes: tuple[ShapeRule, ...]


def task_inference(file: Path | None = None) -> Inference:
    """Return the SQL for the task of a call: a struct of ``task_type`` and ``confidence``, NULL if unknown.

    It is over ``prompt`` (a text, or a list of messages as JSON), ``last_message`` (the last of them, where it is at
    hand), ``task_type`` and ``output_visible``. A prompt is not looked at where the log names the task.

    Raises:
        ConfigError: The file of rules cannot be read, or is not what it should be.
    """
    return _expression(task_rules(file or TASK_RULES))


def task_rules(file: Path) -> TaskRules:
    """Return the rules in a file.

    Raises:
        ConfigError: The file cannot be read, or is not what it should be.
    """
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: not TOML: {error}") from None
    words = [_word_rule(file, entry) for entry in told.get("rule", ())]
    shapes = [_shape_rule(file, entry) for entry in told.get("shape", ())]
    if not words:
        raise ConfigError(f"{file}: there is no [[rule]]", hint="A rule has task, confidence and words.")
    return TaskRules(int(told.get("looked_at", 600)), tuple(words), tuple(shapes))


def _word_rule(file: Path, entry: Mapping[str, Any]) -> WordRule:
    task, confidence = _told(file, entry)
    words = entry.get("words")
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        raise ConfigError(f"{file}: the rule of {task} has no list of words")
    for word in words:
        _checked(file, word)
    return WordRule(task, confidence, tuple(words))


def _shape_rule(file: Path, entry: Mapping[str, Any]) -> ShapeRule:
    task, confidence = _told(file, entry)
    conditions = {name: value for name, value in entry.items() if name not in {"task", "confidence"}}
    for name, value in conditions.items():
        if name not in _CONDITIONS:
            raise ConfigError(f"{file}: a shape has no {name!r}", hint=nearest_or_all(name, _CONDITIONS))
        if type(value) is not _CONDITIONS[name]:
            raise ConfigError(f"{file}: {name} is {value!r}; expected {_CONDITIONS[name].__name__}")
    if "starts_with" in conditions:
        _checked(file, conditions["starts_with"])
    return ShapeRule(task, confidence, conditions)


def _told(file: Path, entry: Mapping[str, Any]) -> tuple[str, float]:
    task, confidence = entry.get("task"), entry.get("confidence")
    if not isinstance(task, str) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise ConfigError(f"{file}: a rule needs a task, and a confidence from 0 to 1")
    return task, float(confidence)


def _checked(file: Path, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ConfigError(f"{file}: {pattern!r} is no regular expression: {error}") from None


def _expression(rules: TaskRules) -> Inference:
    """Return the expressions: the leftmost words that a rule knows in the text that counts; the rule they are of.

    They are two, one after the other: in one expression the words would be searched for again with each rule.
    """
    every = "|".join(word for rule in rules.words for word in rule.words)
    text = (
        "CASE WHEN last_message IS NOT NULL THEN last_message "
        "WHEN starts_with(prompt, '[') THEN coalesce(json_extract_string(CASE WHEN json_valid(prompt) "
        "THEN prompt END, '$[#-1].content'), prompt) ELSE prompt END"
    )
    leftmost = _literal(r"(?i)\b(?:" + every + ")")  # to lower the text first would take as long as the search
    beginning = f"CASE WHEN strlen({text}) <= {rules.looked_at} THEN {text} ELSE left({text}, {rules.looked_at}) END"
    words = f"lower(regexp_extract({beginning}, {leftmost}))"
    by_words = _by_words(rules.words)
    told = f"coalesce({by_words}, {_by_shape(rules.shapes)})" if rules.shapes else by_words
    looked_at = "task_type IS NULL AND prompt <> ''"
    return Inference(f"CASE WHEN {looked_at} THEN {words} END", f"CASE WHEN {looked_at} THEN {told} END")


def _by_words(rules: Sequence[WordRule]) -> str:
    cases = " ".join(
        f"WHEN regexp_full_match(telling_words, {_literal('(?i)' + '|'.join(rule.words))}) "
        f"THEN {_result(rule.task, rule.confidence)}"
        for rule in rules
    )
    return f"CASE WHEN telling_words = '' THEN NULL {cases} END"


def _by_shape(rules: Sequence[ShapeRule]) -> str:
    cases = " ".join(
        f"WHEN {' AND '.join(_condition(*one) for one in _cheapest_first(rule)) or 'TRUE'} "
        f"THEN {_result(rule.task, rule.confidence)}"
        for rule in rules
    )
    return f"CASE {cases} END"


def _cheapest_first(rule: ShapeRule) -> list[tuple[str, Any]]:
    return sorted(rule.conditions.items(), key=lambda condition: condition[0] == "starts_with")


def _condition(name: str, value: Any) -> str:  # noqa: ANN401 -- checked when it was read
    if name == "starts_with":
        pattern = r"""(?i)(?:^\s*|"content": ?"\s*)(?:""" + value + ")"
        return f"regexp_matches(prompt, {_literal(pattern)})"
    if name == "question":
        return f"contains(prompt, '?') = {value}"
    if name == "turns":
        return f"""contains(prompt, '"assistant"') = {value}"""
    side, _, of = name.partition("_")
    column = "length(prompt)" if of == "chars" else "output_visible"
    return f"{column} {'>=' if side == 'min' else '<='} {value}"


def _result(task: str, confidence: float) -> str:
    return f"struct_pack(task_type := {_literal(task)}, confidence := CAST({confidence} AS DOUBLE))"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
