"""Sums over a ledger for a page or a chart: what the deployments of a project or a team cost, and how that went.

Of each deployment (project, name, environment) the last decision of a day counts: checks are many, bills are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select
from sqlalchemy.exc import SQLAlchemyError

from tollbar.errors import LedgerError
from tollbar.ledger.opening import reason
from tollbar.ledger.schema import entries

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement

    from tollbar.ledger.ledger import Ledger

_MICROS = 1_000_000


@dataclass(frozen=True, slots=True)
class DeployedCost:
    """What one deployment costs a month (USD) by its last decision up to a day."""

    day: str
    project_id: str | None
    team: str | None
    name: str
    environment: str
    monthly_cost: Decimal
    entry_id: str


def daily_costs(ledger: Ledger, since: str, projects: Collection[str] | None = None) -> list[DeployedCost]:
    """Return, for each day since an RFC 3339 time, the last decision of each deployment; the oldest day first.

    ``projects`` leaves out all others.

    Raises:
        LedgerError: The ledger cannot be read.
    """
    day = func.substr(entries.c.time, 1, 10).label("day")
    deployment = (entries.c.project_id, entries.c.name, entries.c.environment)
    place = func.row_number().over(partition_by=(day, *deployment), order_by=(entries.c.time.desc(), entries.c.id))
    columns = (entries.c.team, *deployment, entries.c.monthly_cost, entries.c.id)
    checks = select(day, *columns, place.label("place")).where(_chosen(since, projects)).subquery()
    query = select(checks).where(checks.c.place == 1).order_by(checks.c.day, checks.c.name, checks.c.environment)
    try:
        with ledger.engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
    except SQLAlchemyError as error:
        raise LedgerError(f"the ledger {ledger.label} cannot be read: {reason(error)}") from None
    return [
        DeployedCost(
            row["day"], row["project_id"], row["team"], row["name"], row["environment"],
            Decimal(row["monthly_cost"]) / _MICROS, row["id"],
        )
        for row in rows
    ]  # fmt: skip


def _chosen(since: str, projects: Collection[str] | None) -> ColumnElement[bool]:
    condition = entries.c.time >= since
    return condition if projects is None else and_(condition, entries.c.project_id.in_(sorted(projects)))
