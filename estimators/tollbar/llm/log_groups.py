"""The calls of a log in the groups that policies judge: by task, model and who made them, in SQL over ``calls``.

Policies that are about calls of a size (``input_tokens_max``) judge each call by its own size: groups are split at
these sizes, so that no large call hides small ones in a mean. A task that was guessed with little confidence counts as
not told. Attempts that failed without a bill are no calls of a group; they count as retries.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.llm.detector import Settings, prepared_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.llm.sql_engine import SqlEngine

_SURE = Decimal("0.6")
"""The least confidence in an inferred task for a policy to be about it; that of the detector model_overkill."""
_MOST_OPERATIONS = 50
"""Up to so many operations tell calls of no project and no team apart; more are traces, not routes."""
TABLE = "policy_calls"
RETRIES = "policy_retries"


@dataclass(frozen=True, slots=True)
class Group:
    """Calls of one kind in the log: their number, tokens and cost there, not yet a month's.

    Tokens are means of those calls that tell them, None where none does. ``cost_usd`` is that of the priced calls;
    ``retries`` is how often one prompt was sent again at most.
    """

    number: int
    task: str | None
    model: str
    provider: str | None
    owner: str | None
    project: str | None
    team: str | None
    environment: str | None
    batch: bool
    calls: int
    input_tokens: Decimal | None
    output_tokens: Decimal | None
    cached_share: Decimal | None
    most_output: int | None
    cost_usd: Decimal
    unpriced_calls: int
    retries: int
    source: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Retried:
    """Attempts beyond a limit of retries in a group: how many calls they belong to, and what they cost in the log."""

    calls: int
    attempts: int
    cost_usd: Decimal


def groups(engine: SqlEngine, sizes: Sequence[int]) -> tuple[Group, ...]:
    """Return the groups of ``calls``, the dearest first; each call's group is kept in a table.

    ``sizes`` are the numbers of input tokens that policies draw a line at.
    """
    for table in prepared_tables():
        if table.name == "attempts":
            engine.keep(table.name, table.sql(Settings()))
    engine.keep(RETRIES, _RETRIES)
    engine.keep(TABLE, _calls(sizes, _owner(engine)))
    return tuple(_group(row) for row in engine.rows(_GROUPS))


def retried_beyond(engine: SqlEngine, group: int, limit: int) -> Retried:
    """Return what the attempts of a group's calls beyond a limit of retries came to in the log."""
    chains, attempts, cost = engine.rows(
        f"SELECT COUNT(DISTINCT r.chain_id), COUNT(*), SUM(r.cost_usd) FROM {RETRIES} AS r "  # noqa: S608 -- our own names and numbers
        f"JOIN {TABLE} AS c ON c.call_id = r.call_id WHERE c.number = {int(group)} AND r.retry > {int(limit)}"
    )[0]
    return Retried(int(chains), int(attempts), Decimal(cost or 0))


_RETRIES = """
SELECT
    call_id,
    chain_id,
    cost_usd,
    ROW_NUMBER() OVER (PARTITION BY chain_id, model ORDER BY time, call_id) - 1 AS retry
FROM attempts
WHERE attempts_of_model > 1
"""
"""Attempts of a prompt that went to the same model again, numbered; as the detector of retry loops sees them: a log
that tells no failures would show none otherwise. The first is no retry."""


def _owner(engine: SqlEngine) -> str:
    """Return the expression of who made a call: project, team, or the operation where there are few of them."""
    operations = engine.rows("SELECT COUNT(DISTINCT operation) FROM calls WHERE project IS NULL AND team IS NULL")[0][0]
    return "COALESCE(project, team, operation)" if operations <= _MOST_OPERATIONS else "COALESCE(project, team)"


def _calls(sizes: Sequence[int], owner: str) -> str:
    """Return the query that gives each call that was billed, or might have been, the number of its group."""
    steps = " ".join(f"WHEN input_tokens <= {size} THEN {place}" for place, size in enumerate(sorted(set(sizes)), 1))
    size = f"CASE WHEN input_tokens IS NULL THEN 0 {steps} ELSE {len(sizes) + 1} END"
    return f"""
WITH judged AS (
    SELECT
        call_id,
        CASE WHEN task_confidence >= {_SURE} THEN task_type END AS task,
        COALESCE(model, logged_model, '') AS model,
        provider,
        {owner} AS owner,
        project,
        team,
        environment,
        COALESCE(batch, FALSE) AS batch,
        {size} AS size
    FROM calls
    WHERE NOT COALESCE(cached_response, FALSE)
        AND (COALESCE(status, 'ok') = 'ok' OR input_tokens IS NOT NULL OR output_tokens IS NOT NULL)
)
SELECT *, DENSE_RANK() OVER (ORDER BY task, model, provider, owner, project, team, environment, batch, size) AS number
FROM judged
"""  # noqa: S608 -- our own names and numbers


_GROUPS = f"""
SELECT
    g.number,
    MIN(g.task),
    MIN(g.model),
    MIN(g.provider),
    MIN(g.owner),
    MIN(g.project),
    MIN(g.team),
    MIN(g.environment),
    MIN(CASE WHEN g.batch THEN 1 ELSE 0 END),
    SUM(COALESCE(c.requests, 1)),
    SUM(c.input_tokens) AS sent,
    SUM(CASE WHEN c.input_tokens IS NOT NULL THEN COALESCE(c.requests, 1) END),
    SUM(c.output_tokens),
    SUM(CASE WHEN c.output_tokens IS NOT NULL THEN COALESCE(c.requests, 1) END),
    SUM(c.cache_read),
    CASE WHEN COUNT(c.max_output_tokens) = COUNT(*) THEN MAX(c.max_output_tokens) END,
    MAX(CASE WHEN COALESCE(c.requests, 1) = 1 THEN c.output_tokens END),
    SUM(c.cost_usd) AS cost,
    SUM(CASE WHEN c.cost_usd IS NULL THEN COALESCE(c.requests, 1) ELSE 0 END),
    MAX(r.retry),
    MIN(c.call_id) AS first
FROM {TABLE} AS g
JOIN calls AS c ON c.call_id = g.call_id
LEFT JOIN {RETRIES} AS r ON r.call_id = g.call_id
GROUP BY g.number
"""  # noqa: S608 -- our own names
_GROUPS = f"""
WITH grouped AS ({_GROUPS})
SELECT grouped.*, calls.source, calls.line
FROM grouped JOIN calls ON calls.call_id = grouped.first
ORDER BY COALESCE(cost, 0) DESC, number
"""  # noqa: S608 -- our own names


def _group(row: Sequence[object]) -> Group:
    """Return a group from a row of the query above."""
    number, task, model, provider, owner, project, team, environment, batch, calls = row[:10]
    sent, calls_sent, received, calls_received, cached, limit, seen, cost, unpriced, retries = row[10:20]
    return Group(
        number=int(str(number)),
        task=_text(task),
        model=str(model),
        provider=_text(provider),
        owner=_text(owner),
        project=_text(project),
        team=_text(team),
        environment=_text(environment),
        batch=bool(batch),
        calls=int(str(calls)),
        input_tokens=_ratio(sent, calls_sent),
        output_tokens=_ratio(received, calls_received),
        cached_share=_ratio(cached, sent),
        most_output=_whole(limit) if limit is not None else _whole(seen),
        cost_usd=Decimal(str(cost or 0)),
        unpriced_calls=int(str(unpriced)),
        retries=_whole(retries) or 0,
        source=_text(row[21]),
        line=_whole(row[22]),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))


def _ratio(amount: object, of: object) -> Decimal | None:
    """Return an amount by another, None where either is not told or there is nothing to divide by."""
    if amount is None or of is None or not Decimal(str(of)):
        return None
    return Decimal(str(amount)) / Decimal(str(of))
