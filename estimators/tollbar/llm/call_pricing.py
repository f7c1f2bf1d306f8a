"""Prices of logged calls: the models of a log, each looked up once; calls have theirs from a list as they are read.

A call of a model without a price, or with tokens of a kind its model has no price for, has cost NULL: it is counted and
named, never 0. A call answered from the application's own cache costs nothing.
"""

# ruff: noqa: S608 -- SQL of our own parts; what a user wrote goes in as parameters or by log_sql.literal

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tollbar.catalog.call_price import RATE_COLUMNS, ModelRates, rate_rows, rates
from tollbar.llm.calls_table import BUCKETS, INPUT_BUCKETS, USD, create

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from duckdb import DuckDBPyConnection

    from tollbar.catalog.call_price import ServiceTier
    from tollbar.catalog.llm import LlmCatalog

_TIERS: dict[str, ServiceTier] = {"flex": "flex", "priority": "priority", "batch": "batch", "ultrafast": "priority"}
LOGGED_TIER = "CASE WHEN batch THEN 'batch' ELSE lower(service_tier) END"

LoggedModel = tuple[str | None, str, str | None]
"""Provider, model and service tier, as a log has them."""

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


class Models:
    """The models met in a log; each is looked up once, at the prices of one day.

    Attributes:
        sizes: Above which numbers of input tokens any of them has other prices, in order.
    """

    def __init__(self, connection: DuckDBPyConnection, catalog: LlmCatalog) -> None:
        self._connection = connection
        self._catalog = catalog
        self._met: set[LoggedModel] = set()
        self._priced: dict[tuple[str, str, str | None], ModelRates] = {}
        self.sizes: list[int] = []

    def look_up(self, logged: Iterable[LoggedModel]) -> None:
        """Add models to ``log_models``, and their prices to ``rates``."""
        for met in sorted(set(logged) - self._met, key=str):
            self._met.add(met)
            provider, model, logged_tier = met
            row: tuple[str | bool | None, ...]
            tier = _TIERS.get(logged_tier or "")
            found = rates(self._catalog, model, provider, tier=tier)
            if isinstance(found, ModelRates):
                row = (*met, found.provider, found.model, tier, found.tier_is_priced, None)
                self._add_rates(found)
            else:
                row = (*met, found.provider, model, tier, False, str(found))
            _insert(self._connection, "log_models", row)
        self._list_rates()

    def move_to(self, catalog: LlmCatalog) -> list[tuple[str, str]]:
        """Take the prices of another day, and return provider and model of those that are others then."""
        self._catalog = catalog
        changed = []
        for key, old in self._priced.items():
            provider, model, _ = key
            found = rates(catalog, model, provider, tier=old.tier)
            if isinstance(found, ModelRates) and found.steps != old.steps:
                self._connection.execute(
                    "DELETE FROM rates WHERE provider = ? AND model = ? AND tier IS NOT DISTINCT FROM ?", list(key)
                )
                self._priced[key] = found
                for rate in rate_rows([found]):
                    _insert(self._connection, "rates", rate)
                changed.append((provider, model))
        self._list_rates()
        return changed

    def _list_rates(self) -> None:
        """Make ``logged_rates``, and the same as a list for :func:`rated`: for each model one row of each size."""
        self._connection.execute(LOGGED_RATES)
        steps = "SELECT DISTINCT above_input_tokens FROM logged_rates WHERE above_input_tokens > 0 ORDER BY 1"
        self.sizes = [above for (above,) in self._connection.execute(steps).fetchall()]
        keys = f"SELECT DISTINCT {_key('logged_provider', 'logged_tier')} AS key FROM logged_rates"
        self._connection.execute(f"SET VARIABLE rate_keys = (SELECT list(key ORDER BY key) FROM ({keys}))")
        self._connection.execute(
            f"""SET VARIABLE rates = (SELECT list(r ORDER BY k.key, c.size)
            FROM ({keys}) k CROSS JOIN (SELECT unnest({[0, *self.sizes]}) AS size) c
            LEFT JOIN logged_rates r ON {_key("logged_provider", "logged_tier")} = k.key
                AND coalesce(r.above_input_tokens, 0) <= c.size
                AND (r.up_to_input_tokens IS NULL OR r.up_to_input_tokens > c.size))"""
        )

    def _add_rates(self, found: ModelRates) -> None:
        key = (found.provider, found.model, found.tier)
        if key not in self._priced:
            self._priced[key] = found
            for rate in rate_rows([found]):
                _insert(self._connection, "rates", rate)


LOGGED_RATES = """CREATE OR REPLACE TABLE logged_rates AS
    SELECT m.*, r.* EXCLUDE (provider, model, tier) FROM log_models m LEFT JOIN rates r
    ON m.reason IS NULL AND r.provider = m.provider AND r.model = m.model AND r.tier IS NOT DISTINCT FROM m.tier"""
"""Models as logged with their rates, one row for each step of size."""


def _insert(connection: DuckDBPyConnection, table: str, row: tuple[object, ...]) -> None:
    connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def create_tables(connection: DuckDBPyConnection) -> None:
    """Make ``log_models`` and ``rates``, empty."""
    connection.execute(create("log_models", MODELS))
    connection.execute(create("rates", dict(RATE_COLUMNS)))


def _key(provider: str, tier: str) -> str:
    """Return the expression of one text for a model as logged; NULL where no model is named."""
    return f"coalesce({provider}, '') || chr(31) || logged_model || chr(31) || coalesce({tier}, '')"


def rated(calls: str, buckets: Collection[str], sizes: Sequence[int]) -> str:
    """Return the query for calls with their model and its rates as a struct ``m``, NULL where it was not looked up.

    ``buckets`` are those that the calls have, ``sizes`` those of :class:`Models`. A row that counts several calls has
    no size. The calls stay in their order, as they would not in a join: a record's line is told by its place.
    """
    size = _sum([f"coalesce({bucket}, 0)" for bucket in INPUT_BUCKETS if bucket in buckets])
    step = _sum([f"CASE WHEN {size} > {above} THEN 1 ELSE 0 END" for above in sizes])
    place = f"list_position(getvariable('rate_keys'), {_key('provider', LOGGED_TIER)}) - 1"
    row = f"({place}) * {len(sizes) + 1} + CASE WHEN requests = 1 THEN {step} ELSE 0 END + 1"
    return f"SELECT *, getvariable('rates')[{row}] AS m FROM {calls}"


def join(buckets: Collection[str]) -> str:
    """Return the join of calls ``s`` with their model and its rates ``m``, those of the size of the call.

    ``buckets`` are those that the calls have. A row that counts several calls has no size.
    """
    size = _sum([f"coalesce(s.{bucket}, 0)" for bucket in INPUT_BUCKETS if bucket in buckets])
    return f"""LEFT JOIN logged_rates m ON m.logged_model = s.logged_model
    AND m.logged_provider IS NOT DISTINCT FROM s.provider AND m.logged_tier IS NOT DISTINCT FROM {LOGGED_TIER}
    AND {of_size(size)}"""


def of_size(size: str) -> str:
    """Return the condition that rates ``m`` are those of calls ``s`` of a size."""
    return f"""(m.above_input_tokens IS NULL OR m.above_input_tokens = 0
        OR s.requests = 1 AND {size} > m.above_input_tokens)
    AND (m.up_to_input_tokens IS NULL OR {size} <= m.up_to_input_tokens
        OR s.requests IS DISTINCT FROM 1 AND m.above_input_tokens = 0)"""


def cost(buckets: Collection[str]) -> str:
    """Return the cost of calls ``s`` in USD; NULL where a part of it has no price or no count."""
    amounts = _sum(
        [
            f"CASE WHEN coalesce(s.{bucket}, 0) = 0 THEN 0 ELSE CAST(s.{bucket} AS DECIMAL(14,0)) * m.{bucket} END"
            for bucket in BUCKETS
            if bucket in buckets
        ]
    )
    told = " OR ".join(f"s.{bucket} IS NOT NULL" for bucket in BUCKETS if bucket in buckets) or "false"
    return (
        f"CASE WHEN s.cached_response THEN CAST(0 AS {USD}) "
        f"WHEN {told} THEN CAST({amounts} + m.per_call * coalesce(s.requests, 0) AS {USD}) END"
    )


def _sum(terms: list[str]) -> str:
    return f"({' + '.join(terms) or '0'})"


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
