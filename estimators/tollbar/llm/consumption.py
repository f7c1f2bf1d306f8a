"""What calls took: the whole log, and by model, task, user, project, time or any other column that groups calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.errors import ConfigError
from tollbar.llm.scan_result import Consumption, Totals
from tollbar.spelling import nearest_or_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.llm.sql_engine import SqlEngine

DIMENSIONS = {
    "model": "COALESCE(model, logged_model)",
    "provider": "provider",
    "task": "task_type",
    "team": "team",
    "project": "project",
    "user": "user_id",
    "operation": "operation",
    "environment": "environment",
    "status": "status",
    "tier": "service_tier",
    "day": "CAST(CAST(time AS DATE) AS VARCHAR)",
    "hour": "LPAD(CAST(EXTRACT(HOUR FROM time) AS VARCHAR), 2, '0')",
    "source": "source",
}
"""What ``--by`` takes, and what it reads."""
USUAL_DIMENSIONS = ("model", "task", "team")
_NAMED_MODELS = 5


def require_dimensions(names: Sequence[str]) -> None:
    """Do nothing where calls can be grouped by all of these.

    Raises:
        ConfigError: By one of them they cannot; the nearest known one is named.
    """
    for name in names:
        if name not in DIMENSIONS:
            raise ConfigError(f"--by {name}: calls cannot be grouped by that", hint=nearest_or_all(name, DIMENSIONS))


def totals(engine: SqlEngine) -> Totals:
    """Return what all calls come to."""
    row = engine.rows(
        """
        SELECT
            COALESCE(SUM(COALESCE(requests, 1)), 0),
            COALESCE(SUM(input_tokens), 0),
            COALESCE(SUM(cache_read), 0),
            COALESCE(SUM(output_tokens), 0),
            COALESCE(SUM(reasoning), 0),
            COALESCE(SUM(cost_usd), CAST(0 AS DECIMAL(28, 12))),
            COALESCE(SUM(CASE WHEN cost_usd IS NULL THEN COALESCE(requests, 1) ELSE 0 END), 0),
            COALESCE(SUM(CASE WHEN status <> 'ok' THEN COALESCE(requests, 1) ELSE 0 END), 0),
            COALESCE(SUM(CASE WHEN logged_cost_usd IS NOT NULL AND cost_usd IS NOT NULL THEN 1 ELSE 0 END), 0),
            COALESCE(SUM(CASE WHEN cost_usd IS NOT NULL THEN logged_cost_usd END), CAST(0 AS DECIMAL(28, 12))),
            COALESCE(SUM(CASE WHEN logged_cost_usd IS NOT NULL THEN cost_usd END), CAST(0 AS DECIMAL(28, 12))),
            MIN(time),
            MAX(time)
        FROM calls
        """
    )[0]
    return Totals(
        int(row[0]), int(row[1]), int(row[2]), int(row[3]), int(row[4]), row[5], int(row[6]), int(row[7]), int(row[8]),
        row[9], row[10], row[11], row[12], _unpriced_models(engine),
    )  # fmt: skip


def _unpriced_models(engine: SqlEngine) -> tuple[str, ...]:
    """Return the models of most calls without a price; where their price is not what lacks, that it is the tokens."""
    rows = engine.rows(
        f"""
        SELECT name, untold, COUNT(*)
        FROM (
            SELECT
                COALESCE(logged_model, model, 'no model') AS name,
                COALESCE(input_tokens, output_tokens) IS NULL AS untold
            FROM calls
            WHERE cost_usd IS NULL
        ) AS unpriced
        GROUP BY name, untold
        ORDER BY 3 DESC, 1, 2
        LIMIT {_NAMED_MODELS}
        """  # noqa: S608 -- a number of ours
    )
    return tuple(f"{name} (tokens not told)" if untold else name for name, untold, _ in rows)


def consumption(engine: SqlEngine, dimension: str) -> list[Consumption]:
    """Return what calls took by a dimension: days and hours in their order, others by cost."""
    expression = DIMENSIONS[dimension]
    order = "1 NULLS LAST" if dimension in {"day", "hour"} else "5 DESC, 2 DESC, 1 NULLS LAST"
    rows = engine.rows(
        f"""
        SELECT
            {expression},
            SUM(COALESCE(requests, 1)),
            COALESCE(SUM(input_tokens), 0),
            COALESCE(SUM(output_tokens), 0),
            COALESCE(SUM(cost_usd), CAST(0 AS DECIMAL(28, 12))),
            SUM(CASE WHEN cost_usd IS NULL THEN COALESCE(requests, 1) ELSE 0 END)
        FROM calls
        GROUP BY {expression}
        ORDER BY {order}
        """  # noqa: S608 -- our own expressions
    )
    return [
        Consumption(dimension, key, int(calls), int(taken), int(given), cost, int(unpriced))
        for key, calls, taken, given, cost, unpriced in rows
    ]
