"""The SQL that turns records of any known format into rows: recognised, taken apart, hashed, all in DuckDB."""

# ruff: noqa: S608 -- SQL of our own parts; what a user wrote goes in as parameters or by log_sql.literal

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.llm import call_pricing
from tollbar.llm.calls_table import BUCKETS, CALLS, INPUT_BUCKETS, OUTPUT_BUCKETS
from tollbar.llm.log_format import ABSENT, PRESENT
from tollbar.llm.log_macros import READ_ONLY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

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
        (
            f"coalesce(status, 'ok') = 'ok' AND NOT coalesce(cached_response, false) AND NOT impossible "
            f"AND (untold OR coalesce({', '.join(BUCKETS)}) IS NULL)"
        ),
    ),
    "no_model": (4, "coalesce(status, 'ok') = 'ok' AND logged_model IS NULL"),
    "unreadable_time": (8, "time IS NULL AND time_text IS NOT NULL"),
    "ends_before_start": (16, "end_time < time"),
}
"""What can be wrong with one call: its bit in ``call_rows.flaws``, and when it holds."""

ROWS: dict[str, str] = {
    "file": "UINTEGER",  # its number, from 1
    "line": "BIGINT",  # NULL for a record that is a line of its own: its place in the table tells
    "branch": "UTINYINT",  # of its format; NULL for a record that is left for later
    "rest": "JSON",  # the record, where it is left for later
    "bytes": "UINTEGER",  # of the record; NULL where no format was expected of its file
    "flaws": "UTINYINT",
    "record_hash": "UBIGINT",  # of the call's own id and its tokens: logged twice it has the same
    **{name: kind for name, kind in CALLS.items() if name not in _DERIVED},
}
"""Columns of ``call_rows``, which ``calls`` is a view of."""

STORED = {
    name: f"{kind} USING COMPRESSION uncompressed" if name == "prompt_excerpt" else kind for name, kind in ROWS.items()
}
"""The same as the table is made: packing texts that are all different takes longer than writing them."""


@dataclass(frozen=True, slots=True)
class Inference:
    """SQL for the task of a call, over :data:`GIVEN`: what in its prompt tells it, then the task, over that too.

    Attributes:
        telling_words: The expression of a text.
        task: The expression, over ``telling_words`` as well, of a struct of ``task_type`` and ``confidence``.
    """

    telling_words: str = "CAST(NULL AS VARCHAR)"
    task: str = "CAST(NULL AS STRUCT(task_type VARCHAR, confidence DOUBLE))"


NO_INFERENCE = Inference()
EARLIEST = "TIMESTAMP '2000-01-01'"
"""A time before it is none: 0 since 1970 and the year 1 are what programs write for a time that they do not know."""
_CACHEABLE_CHARS = 4096
"""A prompt as long as this may hold the 1,024 tokens from which providers cache (OpenAI, Anthropic; English text)."""
_PREFIX_CHARS = 1024
_SPACES = ("chr(9)", "chr(10)", "'  '")
_LOOKED_AT = 100
"""Characters an excerpt is cut from, once masked: most secrets at the cut are masked whole."""


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Iterable[str]) -> str:
    """Return texts as a list of SQL."""
    return "[" + ", ".join(map(literal, texts)) + "]"


def reading(
    records: str,
    branch: Branch,
    known: Sequence[Branch],
    sizes: Sequence[int],
    inference: Inference = NO_INFERENCE,
) -> str:
    """Return the query for rows of ``call_rows`` from a relation with ``file``, ``line`` and ``json``, in its order.

    It has the columns :func:`columns_of` the branch. Records of the branch are taken apart; all others are left for
    later, as they are. ``sizes`` are those of :class:`tollbar.llm.call_pricing.Models`.
    """
    tried = [other for other in known if other.number < branch.number]
    own = list(dict.fromkeys([*branch.paths(), *tested([branch])]))
    doubts = _doubts(tried, own)
    paths = list(dict.fromkeys([*own, *(path for tests in doubts for places, _ in tests for path in places)]))
    given = ", ".join(f"CAST({branch.expression(name, paths)} AS {kind}) AS {name}" for name, kind in GIVEN.items())
    flaws = " + ".join(f"CASE WHEN {condition} THEN {bit} ELSE 0 END" for bit, condition in FLAWS.values())
    times = ", ".join(f"CASE WHEN {name} >= {EARLIEST} THEN {name} END AS {name}" for name in ("time", "end_time"))
    buckets = [bucket for bucket in BUCKETS if bucket in branch.format.columns]
    cleared = ", ".join(f"CASE WHEN impossible OR untold THEN NULL ELSE {bucket} END AS {bucket}" for bucket in buckets)
    trusted = f"* REPLACE ({cleared})" if buckets else "*"
    impossible = f"coalesce(least({', '.join(buckets)}) < 0, false)" if buckets else "false"
    costs = "logged_cost_usd" in branch.format.columns and buckets
    untold = f"coalesce(greatest({', '.join(buckets)}) = 0 AND logged_cost_usd > 0, false)" if costs else "false"
    doubtful = [f"NOT coalesce({_all_hold(tests, paths)}, false)" for tests in doubts]
    recognised = " AND ".join([_all_hold(branch.tests(), paths), *doubtful])
    wanted = columns_of(branch, inference)
    selected = ", ".join(f"CAST({_column(name, buckets)} AS {ROWS[name]}) AS {name}" for name in wanted)
    return f"""
WITH seen AS (
    SELECT file, line, json, json_extract_string(json, {listed(paths)}) AS texts FROM ({records})
), recognised AS (
    SELECT *, coalesce({recognised}, false) AS known FROM seen
), given AS (
    SELECT file, line, strlen(json) AS bytes, CASE WHEN known THEN CAST({branch.number} AS UTINYINT) END AS branch,
        CASE WHEN NOT known THEN json END AS rest, {given}
    FROM recognised
), judged AS (
    SELECT * REPLACE ({times}), {impossible} AS impossible, {untold} AS untold FROM given
), trusted AS (
    SELECT {trusted}, {flaws} AS flaws FROM judged
), hashed AS (
    SELECT *, {inference.telling_words} AS telling_words, {_hashes()} FROM trusted
), inferred AS (
    SELECT *, {inference.task} AS inferred FROM hashed
)
SELECT {selected}
FROM ({call_pricing.rated("inferred", buckets, sizes)}) s"""


def columns_of(branch: Branch, inference: Inference = NO_INFERENCE) -> list[str]:
    """Return the columns of ``call_rows`` that a branch can give; all others stay NULL."""
    given = set(branch.format.columns)
    derived = {
        *("file", "line", "branch", "rest", "bytes", "flaws", "model", "provider", "logged_model", "cost_usd"),
        *(("record_hash",) if "record_id" in given else ()),
        *(("duration_ms",) if "end_time" in given else ()),
        *(("task_type", "task_confidence") if "task_type" in given or inference != NO_INFERENCE else ()),
        *(("prompt_hash", "near_hash", "prompt_chars", "prompt_excerpt") if "prompt" in given else ()),
        *(("prefix_hash", "prefix_chars") if given & {"prompt", "system_prompt"} else ()),
    }
    return [name for name in ROWS if name in given | derived]


def models(records: str, branch: Branch) -> str:
    """Return the query for the models as logged (NULL: none), and the last moment, of what may be of a branch."""
    wanted = ("provider", "logged_model", "batch", "service_tier", "time")
    paths = branch.paths(wanted)
    given = ", ".join(f"CAST({branch.expression(name, paths)} AS {GIVEN[name]}) AS {name}" for name in wanted)
    return f"""
WITH seen AS (SELECT json_extract_string(json, {listed(paths)}) AS texts FROM ({records})),
given AS (SELECT {given} FROM seen)
SELECT provider, logged_model, {call_pricing.LOGGED_TIER} AS tier, max(time) FILTER (time <= $now) AS last
FROM given GROUP BY ALL"""


def recognising(records: str, known: Sequence[Branch]) -> str:
    """Return the query for records with the number of the branch each belongs to, NULL where none fits."""
    tests = tested(known)
    cases = " ".join(f"WHEN {_all_hold(branch.tests(), tests)} THEN {branch.number}" for branch in known)
    return f"""
WITH seen AS MATERIALIZED (SELECT *, json_extract_string(json, {listed(tests)}) AS texts FROM ({records}))
SELECT * EXCLUDE (texts), CASE {cases} END AS branch FROM seen"""


def tested(known: Iterable[Branch]) -> list[str]:
    """Return the JSON paths by which branches are recognised, each once."""
    return list(dict.fromkeys(path for branch in known for paths, _ in branch.tests() for path in paths))


def _doubts(tried: Sequence[Branch], own: Sequence[str]) -> list[list[tuple[list[str], str]]]:
    """Return tests of other branches, all of one of which hold for a record of such: what passes none is none of these.

    Of a branch one test is enough that looks at places which the branch at hand does not read: to find all of its
    places would take as long as to find the record's own. What is in doubt is left for later, when all are tried.
    """
    chosen: dict[str, list[tuple[list[str], str]]] = {}
    for other in tried:
        apart = [test for test in other.tests() if test[1] != ABSENT and not set(test[0]) & set(own)]
        tests = [min(apart, key=lambda test: (repr([test]) not in chosen, len(test[0])))] if apart else other.tests()
        chosen[repr(tests)] = tests
    return _by_common_places(list(chosen.values()), own)


def _by_common_places(
    doubts: list[list[tuple[list[str], str]]], own: Sequence[str]
) -> list[list[tuple[list[str], str]]]:
    """Return tests that hold at least where those do, with one look where several places have an object in common.

    To look for an object that is not there takes as long as to look for one of the places in it.
    """
    outer = {
        place: _outermost(place, own)
        for tests in doubts
        if len(tests) == 1 and tests[0][1] != ABSENT
        for place in tests[0][0]
    }
    shared = {place: place if list(outer.values()).count(at) == 1 else at for place, at in outer.items()}
    looser: dict[str, list[tuple[list[str], str]]] = {}
    for tests in doubts:
        places = tests[0][0]
        loose = len(tests) == 1 and any(shared.get(place, place) != place for place in places)
        chosen = [(list(dict.fromkeys(shared[place] for place in places)), PRESENT)] if loose else tests
        looser[repr(chosen)] = chosen
    places = [place for tests in looser.values() if _is_presence(tests) for place in tests[0][0]]
    return [*([[(places, PRESENT)]] if places else []), *(t for t in looser.values() if not _is_presence(t))]


def _is_presence(tests: list[tuple[list[str], str]]) -> bool:
    return len(tests) == 1 and tests[0][1] == PRESENT


def _outermost(place: str, own: Sequence[str]) -> str:
    """Return the outermost object around a place that no place in ``own`` is in or around; the place if there is none.

    The record itself is around all.
    """
    for end in (at for at, sign in enumerate(place) if sign == "." and at > 1):
        around = place[:end]
        if around.count('"') % 2 == 0 and not any(f"{path}.".startswith(f"{around}.") for path in own):
            return around
    return place


def _texts(places: Iterable[str], paths: Sequence[str]) -> list[str]:
    return [f"texts[{paths.index(place) + 1}]" for place in places]


def _all_hold(tests: Iterable[tuple[list[str], str]], paths: Sequence[str]) -> str:
    """Return the condition that all tests hold; NULL counts as false."""
    conditions = [_test(_texts(places, paths), wanted) for places, wanted in tests]
    return f"({' AND '.join(conditions)})"


def _test(texts: list[str], wanted: str) -> str:
    text = f"coalesce({', '.join(texts)})" if len(texts) > 1 else texts[0]
    if wanted == PRESENT:
        return f"{text} IS NOT NULL"
    if wanted == ABSENT:
        return f"{text} IS NULL"
    return f"coalesce({text}, '') IN ({', '.join(map(literal, wanted.split('|')))})"


def _hashes() -> str:
    prefix = (
        "CASE WHEN system_prompt <> '' THEN system_prompt "
        f"WHEN strlen(prompt) >= {_CACHEABLE_CHARS} THEN left(prompt, {_PREFIX_CHARS}) END"
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


def _column(name: str, buckets: Sequence[str]) -> str:
    """Return the expression of a column of ``call_rows``."""
    expressions = {
        "provider": "coalesce(m.provider, s.provider)",
        "model": "m.model",
        "duration_ms": "coalesce(s.duration_ms, CASE WHEN s.end_time >= s.time "
        "THEN epoch_us(s.end_time) - epoch_us(s.time) END / 1000)",
        "task_type": "coalesce(task_named(s.task_type), s.inferred.task_type)",
        "task_confidence": "CASE WHEN s.task_type IS NOT NULL THEN 1 ELSE s.inferred.confidence END",
        "cost_usd": call_pricing.cost(buckets),
        "record_hash": f"CASE WHEN s.record_id <> '' AND NOT coalesce(s.cached_response, false) "
        f"THEN hash(s.record_id, {_total(buckets, INPUT_BUCKETS)}, {_total(buckets, OUTPUT_BUCKETS)}) END",
    }
    return expressions.get(name, f"s.{name}")


def _total(buckets: Sequence[str], side: Collection[str]) -> str:
    """Return the sum of those of the buckets that are of one side."""
    return " + ".join(["0", *(f"coalesce(s.{bucket}, 0)" for bucket in buckets if bucket in side)])


def _near(text: str) -> str:
    """Return the text in lower case without words that hold a digit, white space and most punctuation."""
    irregular = " OR ".join(f"contains({text}, {mark})" for mark in _SPACES)
    spaced = f"lower(CASE WHEN {irregular} THEN regexp_replace({text}, '\\s+', ' ', 'g') ELSE {text} END)"
    digits = " OR ".join(f"contains({text}, '{digit}')" for digit in range(10))
    folded = f"CASE WHEN {digits} THEN regexp_replace({spaced}, '[a-z]*[0-9][a-z0-9-]*', '', 'g') ELSE {spaced} END"
    for mark in ".,!?":  # as one search with the words it would take three times as long
        folded = f"replace({folded}, {literal(mark)}, '')"
    return folded
