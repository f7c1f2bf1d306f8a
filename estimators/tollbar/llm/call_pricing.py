"""Prices of logged calls: the models of a log, each looked up once; then one join does all calls.

A call of a model without a price, or with tokens of a kind its model has no price for, has cost NULL: it is counted and
named, never 0. A call answered from the application's own cache costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tollbar.catalog.call_price import RATE_COLUMNS, ModelRates, rate_rows, rates
from tollbar.llm.calls_table import BUCKETS, INPUT_BUCKETS, USD, create

if TYPE_CHECKING:
    from datetime import datetime

    from duckdb import DuckDBPyConnection

    from tollbar.catalog.call_price import ServiceTier
    from tollbar.catalog.llm import LlmCatalog

_TIERS: dict[str, ServiceTier] = {"flex": "flex", "priority": "priority", "batch": "batch", "ultrafast": "priority"}
_TIER = "CASE WHEN batch THEN 'batch' ELSE lower(service_tier) END"

MODELS = {
    "logged_provider": "VARCHAR",
    "logged_model": "VARCHAR",
    "logged_tier": "VARCHAR",
    "provider": "VARCHAR",
    "model": "VARCHAR",
    "tier": "VARCHAR",
    "tier_priced": "BOOLEAN",
    "reason": "VARCHAR",
}
"""Columns of ``log_models``: a model as logged, what it is in the price list, or the reason why it is not there."""


def look_up_models(connection: DuckDBPyConnection, catalog: LlmCatalog, at: datetime | None) -> None:
    """Fill ``log_models`` and ``rates`` with the models of ``stage``, at the prices of a moment."""
    connection.execute(create("log_models", MODELS))
    connection.execute(create("rates", dict(RATE_COLUMNS)))
    found = connection.execute(
        f"SELECT provider, logged_model, {_TIER}, count(*) FROM stage WHERE logged_model IS NOT NULL GROUP BY ALL"
    ).fetchall()
    priced: dict[tuple[str, str, str | None], ModelRates] = {}
    for provider, model, logged_tier, _ in found:
        tier = _TIERS.get(logged_tier or "")
        answer = rates(catalog, model, provider, tier=tier, at=at)
        if isinstance(answer, ModelRates):
            priced[answer.provider, answer.model, answer.tier] = answer
            row = (answer.provider, answer.model, answer.tier, answer.tier_is_priced, None)
        else:
            row = (answer.provider, model, tier, False, str(answer))
        connection.execute(
            "INSERT INTO log_models VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (provider, model, logged_tier, *row)
        )
    for rate in rate_rows(priced.values()):
        connection.execute(f"INSERT INTO rates VALUES ({', '.join('?' * len(RATE_COLUMNS))})", rate)


def joins(stage: str) -> str:
    """Return the joins of a relation of staged calls with their model ``m`` and the rates ``r`` of their size."""
    size = " + ".join(f"coalesce({stage}.{bucket}, 0)" for bucket in INPUT_BUCKETS)
    tier = _TIER.replace("batch THEN", f"{stage}.batch THEN").replace("service_tier", f"{stage}.service_tier")
    return f"""
        LEFT JOIN log_models m ON m.logged_model = {stage}.logged_model
            AND coalesce(m.logged_provider, '') = coalesce({stage}.provider, '')
            AND coalesce(m.logged_tier, '') = coalesce({tier}, '')
        LEFT JOIN rates r ON m.reason IS NULL AND r.provider = m.provider AND r.model = m.model
            AND coalesce(r.tier, '') = coalesce(m.tier, '')
            AND (r.above_input_tokens = 0 OR {stage}.requests = 1 AND ({size}) > r.above_input_tokens)
            AND (r.up_to_input_tokens IS NULL OR {stage}.requests <> 1 AND r.above_input_tokens = 0
                OR ({size}) <= r.up_to_input_tokens)"""


def cost(stage: str) -> str:
    """Return the expression of a call's cost in USD; NULL where a part of it has no price or no count."""
    amounts = [
        f"CASE WHEN coalesce({stage}.{bucket}, 0) = 0 THEN 0 "
        f"ELSE CAST({stage}.{bucket} AS DECIMAL(14,0)) * r.{bucket} END"
        for bucket in BUCKETS
    ]
    told = f"{stage}.input_uncached IS NOT NULL OR {stage}.output_visible IS NOT NULL"
    return (
        f"CASE WHEN {stage}.cached_response THEN CAST(0 AS {USD}) WHEN {told} "
        f"THEN CAST({' + '.join(amounts)} + r.per_call * {stage}.requests AS {USD}) END"
    )


def unpriced_models(connection: DuckDBPyConnection) -> list[tuple[str, str, int]]:
    """Return the models whose calls have no price: as logged, why, and how many calls; the most calls first."""
    rows = connection.execute(
        """SELECT coalesce(c.logged_model, '(no model)'),
            coalesce(any_value(m.reason), CASE WHEN c.logged_model IS NULL THEN 'the log names no model'
                ELSE 'tokens of a kind without a price' END), count(*)
        FROM calls c LEFT JOIN log_models m ON m.logged_model = c.logged_model
        WHERE c.cost_usd IS NULL AND (c.input_tokens IS NOT NULL OR c.output_tokens IS NOT NULL)
        GROUP BY c.logged_model ORDER BY 3 DESC, 1"""
    ).fetchall()
    return cast("list[tuple[str, str, int]]", rows)
