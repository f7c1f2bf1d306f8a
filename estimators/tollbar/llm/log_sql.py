"""The SQL that turns records of any known format into rows: recognised, taken apart, hashed, all in DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.llm.calls_table import CALLS
from tollbar.llm.log_format import ABSENT, PRESENT
from tollbar.llm.log_macros import READ_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tollbar.llm.log_format import Branch

_DERIVED = (
    "call_id",
    "source",
    "line",
    "format",
    "model",
    "input_tokens",
    "output_tokens",
    "cost_usd",
    "task_confidence",
    "prompt_hash",
    "near_hash",
    "prefix_hash",
    "prefix_chars",
    "prompt_chars",
    "prompt_excerpt",
)
GIVEN: dict[str, str] = {name: kind for name, kind in CALLS.items() if name not in _DERIVED} | READ_ONLY
"""What a format may give, with the types."""

HASHES = ("prompt_hash", "near_hash", "prefix_hash", "prefix_chars", "prompt_chars", "prompt_excerpt")

STAGE: dict[str, str] = {
    "source": "VARCHAR",
    "depth": "UTINYINT",  # 0 for a line; 1 for a record inside it, and so on
    "line": "BIGINT",  # NULL for a line: its place in the table tells
    "branch": "UTINYINT",  # the number of the format's branch, NULL where none fits
    "keys": "VARCHAR",  # of a record that no format fits
    "nested": "JSON[]",  # the records inside this one
    **{name: kind for name, kind in GIVEN.items() if name not in {"prompt", "system_prompt"}},
    **{name: CALLS[name] for name in HASHES},
    "inferred": "STRUCT(task_type VARCHAR, confidence DOUBLE)",
}
"""Columns of the table that records are read into first, in their order of reading."""

NO_INFERENCE = "NULL"
_CACHEABLE_CHARS = 4096
"""A prompt as long as this may hold the 1,024 tokens from which providers cache (OpenAI, Anthropic; English text)."""
_PREFIX_CHARS = 1024
_LOOKED_AT = 200
"""Characters an excerpt is cut from, once masked: a secret at the cut is masked whole."""


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Iterable[str]) -> str:
    """Return texts as a list of SQL."""
    return "[" + ", ".join(map(literal, texts)) + "]"


def reading(records: str, branches: Sequence[Branch], *, depth: int, inference: str = NO_INFERENCE) -> str:
    """Return the query for rows of ``stage`` from a relation with ``source``, ``line`` and ``json``.

    ``inference`` is an expression over ``prompt``, ``system_prompt`` and the columns a format gives: what the task is,
    as a struct of ``task_type`` and ``confidence``.
    """
    tests = list(dict.fromkeys(path for branch in branches for path, _ in branch.tests()))
    simple = [branch for branch in branches if not branch.format.records]
    several = [branch for branch in branches if branch.format.records]
    stage = _stage_row(inference)
    return f"""
WITH seen AS (
    SELECT source, line, json, json_type(json, {listed(tests)}) AS kinds FROM ({records})
), recognised AS (
    SELECT source, line, json, CAST({_recognition(branches, tests)} AS UTINYINT) AS branch FROM seen
), taken AS (
    SELECT source, line, branch,
        CASE WHEN branch IS NULL AND json_type(json) = 'OBJECT' THEN array_to_string(json_keys(json), ', ')
            WHEN branch IS NULL THEN coalesce(json_type(json), '') END AS keys,
        {_by_branch(several, lambda branch: _records_of(branch))} AS nested,
        {_by_branch(simple, lambda branch: f"json_extract_string(json, {listed(branch.paths())})")} AS texts
    FROM recognised
), given AS (
    SELECT source, line, branch, keys, nested, {_by_branch(simple, _given)} AS call FROM taken
), unfolded AS (
    SELECT source, line, branch, keys, nested, {", ".join(f"call.{name} AS {name}" for name in GIVEN)} FROM given
)
SELECT source, CAST({depth} AS UTINYINT) AS depth, line, branch, keys, nested, {stage} FROM unfolded"""


def _recognition(branches: Sequence[Branch], tests: list[str]) -> str:
    number = {path: index for index, path in enumerate(tests, start=1)}
    cases = " ".join(
        f"WHEN {' AND '.join(_test(number[path], path, wanted) for path, wanted in branch.tests())} "
        f"THEN {branch.number}"
        for branch in branches
    )
    return f"CASE {cases} END"


def _test(index: int, path: str, wanted: str) -> str:
    kind = f"kinds[{index}]"
    if wanted == PRESENT:
        return f"{kind} IS NOT NULL AND {kind} <> 'NULL'"
    if wanted == ABSENT:
        return f"({kind} IS NULL OR {kind} = 'NULL')"
    if wanted.startswith("="):
        values = ", ".join(map(literal, wanted[1:].split("|")))
        return f"{kind} IS NOT NULL AND json_extract_string(json, {literal(path)}) IN ({values})"
    kinds = ", ".join(map(literal, wanted.split("|")))
    return f"{kind} IN ({kinds})"


def _by_branch(branches: Sequence[Branch], expression: object) -> str:
    cases = " ".join(f"WHEN {branch.number} THEN {expression(branch)}" for branch in branches)  # type: ignore[operator]
    return f"CASE branch {cases} END" if cases else "NULL"


def _records_of(branch: Branch) -> str:
    return f"CAST({branch.format.records} AS JSON[])"


def _given(branch: Branch) -> str:
    columns = ", ".join(f"{name} := CAST({branch.expression(name, 'texts')} AS {kind})" for name, kind in GIVEN.items())
    return f"struct_pack({columns})"


def _stage_row(inference: str) -> str:
    prefix = (
        "CASE WHEN system_prompt <> '' THEN system_prompt "
        f"WHEN length(prompt) >= {_CACHEABLE_CHARS} THEN left(prompt, {_PREFIX_CHARS}) END"
    )
    hashes = {
        "prompt_hash": "hash(prompt)",
        "near_hash": f"hash({_near('prompt')})",
        "prefix_hash": f"hash({prefix})",
        "prefix_chars": f"length({prefix})",
        "prompt_chars": "length(prompt)",
        "prompt_excerpt": f"left(prompt, {_LOOKED_AT})",
    }
    for name in ("prompt_hash", "near_hash"):
        hashes[name] = f"CASE WHEN prompt <> '' THEN {hashes[name]} END"
    hashes["prefix_hash"] = f"CASE WHEN ({prefix}) IS NOT NULL THEN {hashes['prefix_hash']} END"
    kept = [name for name in GIVEN if name not in {"prompt", "system_prompt"}]
    derived = [f"{expression} AS {name}" for name, expression in hashes.items()]
    return ", ".join([*kept, *derived, f"{inference} AS inferred"])


def _near(text: str) -> str:
    """Return the text in lower case without words that hold a digit, white space and punctuation."""
    folded = f"regexp_replace(lower({text}), '[a-z]*[0-9][a-z0-9-]*', '', 'g')"
    for mark in " .,;:!?-_'\"\t":
        folded = f"replace({folded}, {literal(mark)}, '')"
    return f"replace({folded}, chr(10), '')"
