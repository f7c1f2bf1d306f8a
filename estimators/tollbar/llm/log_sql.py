"""The SQL that turns records of any known format into rows: recognised, taken apart, hashed, all in DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.llm import call_pricing
from tollbar.llm.calls_table import BUCKETS, CALLS
from tollbar.llm.log_format import ABSENT, PRESENT
from tollbar.llm.log_macros import READ_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tollbar.llm.log_format import Branch

_DERIVED = ("call_id", "source", "line", "format", "input_tokens", "output_tokens")
"""Columns of ``calls`` that follow from those of ``call_rows``."""
GIVEN: dict[str, str] = {
    name: kind
    for name, kind in CALLS.items()
    if name
    not in {
        *("call_id", "source", "line", "format", "model", "input_tokens", "output_tokens", "cost_usd"),
        *("task_confidence", "prompt_hash", "near_hash", "prefix_hash", "prefix_chars", "prompt_chars"),
        "prompt_excerpt",
    }
} | READ_ONLY
"""What a format may give, with the types."""

FLAWS: dict[str, tuple[int, str]] = {
    "impossible_usage": (1, "impossible"),
    "no_usage": (
        2,
        f"coalesce(status, 'ok') = 'ok' AND NOT coalesce(cached_response, false) AND NOT impossible "
        f"AND coalesce({', '.join(BUCKETS)}) IS NULL",
    ),
    "no_model": (4, "logged_model IS NULL"),
    "unreadable_time": (8, "time IS NULL AND time_text IS NOT NULL"),
    "ends_before_start": (16, "end_time < time"),
}
"""What can be wrong with one call: its bit in ``call_rows.flaws``, and when it holds."""

ROWS: dict[str, str] = {
    "file": "UINTEGER",  # its number, from 1
    "line": "BIGINT",  # NULL for a record that is a line of its own: its place in the table tells
    "branch": "UTINYINT",  # of its format; NULL for a record that is left for later
    "rest": "JSON",  # the record, where it is left for later
    "flaws": "UTINYINT",
    **{name: kind for name, kind in CALLS.items() if name not in _DERIVED},
}
"""Columns of ``call_rows``, which ``calls`` is a view of."""

NO_INFERENCE = "CAST(NULL AS STRUCT(task_type VARCHAR, confidence DOUBLE))"
_CACHEABLE_CHARS = 4096
"""A prompt as long as this may hold the 1,024 tokens from which providers cache (OpenAI, Anthropic; English text)."""
_PREFIX_CHARS = 1024
_LOOKED_AT = 120
"""Characters an excerpt is cut from, once masked: most secrets at the cut are masked whole."""


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Iterable[str]) -> str:
    """Return texts as a list of SQL."""
    return "[" + ", ".join(map(literal, texts)) + "]"


def reading(records: str, branch: Branch, known: Sequence[Branch], inference: str = NO_INFERENCE) -> str:
    """Return the query for the rows of ``call_rows`` from a relation with ``file``, ``line`` and ``json``.

    Records of the branch are taken apart; all others are left for later, as they are. ``inference`` is an expression
    over ``prompt``, ``system_prompt`` and the columns a format gives: what the task is, as a struct of ``task_type``
    and ``confidence``.
    """
    tests = list(dict.fromkeys(path for tried in _up_to(branch, known) for path, _ in tried.tests()))
    paths = branch.paths()
    given = ", ".join(f"CAST({branch.expression(name, 'texts')} AS {kind}) AS {name}" for name, kind in GIVEN.items())
    flaws = " + ".join(f"CASE WHEN {condition} THEN {bit} ELSE 0 END" for bit, condition in FLAWS.values())
    buckets = ", ".join(f"CASE WHEN impossible THEN NULL ELSE {bucket} END AS {bucket}" for bucket in BUCKETS)
    return f"""
WITH seen AS (
    SELECT file, line, json, json_type(json, {listed(tests)}) AS kinds, json_extract_string(json, {listed(paths)}) AS texts
    FROM ({records})
), recognised AS (
    SELECT file, line, json, texts, coalesce({_recognition(branch, known, tests)}, false) AS known FROM seen
), given AS (
    SELECT file, line, CASE WHEN known THEN CAST({branch.number} AS UTINYINT) END AS branch,
        CASE WHEN NOT known THEN json END AS rest, {given}
    FROM recognised
), judged AS (
    SELECT *, coalesce(least({", ".join(BUCKETS)}) < 0, false) AS impossible FROM given
), trusted AS (
    SELECT * REPLACE ({buckets}), {flaws} AS flaws FROM judged
), hashed AS (
    SELECT *, {inference} AS inferred, {_hashes()} FROM trusted
)
SELECT {", ".join(f"CAST({_column(name)} AS {kind}) AS {name}" for name, kind in ROWS.items())}
FROM hashed s {call_pricing.JOINS}"""


def models(records: str, branch: Branch) -> str:
    """Return the query for the models, as logged, and the last moment of records that may be of a branch."""
    wanted = ("provider", "logged_model", "batch", "service_tier", "time")
    given = ", ".join(f"CAST({branch.expression(name, 'texts', wanted)} AS {GIVEN[name]}) AS {name}" for name in wanted)
    return f"""
WITH seen AS (SELECT json_extract_string(json, {listed(branch.paths(wanted))}) AS texts FROM ({records})),
given AS (SELECT {given} FROM seen)
SELECT provider, logged_model, {call_pricing.LOGGED_TIER} AS tier, max(time) FILTER (time <= $now) AS last
FROM given WHERE logged_model IS NOT NULL GROUP BY ALL"""


def recognising(records: str, known: Sequence[Branch]) -> str:
    """Return the query for the numbers of the branches that records belong to, NULL where none fits."""
    tests = list(dict.fromkeys(path for branch in known for path, _ in branch.tests()))
    cases = " ".join(f"WHEN {_is(branch, tests)} THEN {branch.number}" for branch in known)
    return f"""
WITH seen AS (SELECT *, json_type(json, {listed(tests)}) AS kinds FROM ({records}))
SELECT * EXCLUDE (kinds), CASE {cases} END AS branch FROM seen"""


def _up_to(branch: Branch, known: Sequence[Branch]) -> list[Branch]:
    return [tried for tried in known if tried.number <= branch.number]


def _recognition(branch: Branch, known: Sequence[Branch], tests: list[str]) -> str:
    """Return the condition that a record is of the branch, and of none that is tried before it."""
    before = [f"NOT coalesce({_is(tried, tests)}, false)" for tried in _up_to(branch, known) if tried is not branch]
    return " AND ".join([_is(branch, tests), *before])


def _is(branch: Branch, tests: list[str]) -> str:
    return "(" + " AND ".join(_test(tests.index(path) + 1, path, wanted) for path, wanted in branch.tests()) + ")"


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


def _hashes() -> str:
    prefix = (
        "CASE WHEN system_prompt <> '' THEN system_prompt "
        f"WHEN length(prompt) >= {_CACHEABLE_CHARS} THEN left(prompt, {_PREFIX_CHARS}) END"
    )
    hashes = {
        "prompt_hash": "CASE WHEN prompt <> '' THEN hash(prompt) END",
        "near_hash": f"CASE WHEN prompt <> '' THEN hash({_near('prompt')}) END",
        "prefix_hash": f"CASE WHEN ({prefix}) IS NOT NULL THEN hash({prefix}) END",
        "prefix_chars": f"length({prefix})",
        "prompt_chars": "length(prompt)",
        "prompt_excerpt": f"left(prompt, {_LOOKED_AT})",
    }
    return ", ".join(f"{expression} AS {name}" for name, expression in hashes.items())


def _column(name: str) -> str:
    """Return the expression of a column of ``call_rows``."""
    expressions = {
        "provider": "coalesce(m.provider, s.provider)",
        "model": "coalesce(m.model, s.logged_model)",
        "duration_ms": "coalesce(s.duration_ms, CASE WHEN s.end_time >= s.time "
        "THEN epoch_us(s.end_time) - epoch_us(s.time) END / 1000)",
        "task_type": "coalesce(s.task_type, s.inferred.task_type)",
        "task_confidence": "CASE WHEN s.task_type IS NOT NULL THEN 1 ELSE s.inferred.confidence END",
        "cost_usd": call_pricing.COST,
    }
    return expressions.get(name, f"s.{name}")


def _near(text: str) -> str:
    """Return the text in lower case without words that hold a digit, white space and punctuation."""
    folded = f"regexp_replace(lower({text}), '[a-z]*[0-9][a-z0-9-]*', '', 'g')"
    for mark in " .,;:!?-_'\"\t":
        folded = f"replace({folded}, {literal(mark)}, '')"
    return f"replace({folded}, chr(10), '')"
