"""What stands in a ledger, and how entries are selected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from tollbar.decision import Decision, Outcome

SHOWN_ID = 12
"""How much of an id is shown."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands in an entry besides the documents. Amounts are USD a month, times RFC 3339 in UTC."""

    id: str
    time: str
    recorded_at: str
    change: str
    name: str
    environment: str
    team: str | None
    project_id: str | None
    pull_request: str | None
    monthly_cost: Decimal
    delta: Decimal | None
    outcome: Outcome
    revision: str
    approved_by: str | None
    approved_at: str | None

    @property
    def short_id(self) -> str:
        """The beginning of the id, long enough to name it."""
        return self.id[:SHOWN_ID]


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole entry: the estimate as JSON, the settings it was decided by (None: not known), and the decision."""

    summary: Summary
    estimate: str
    settings: Mapping[str, Any] | None
    decision: Decision


@dataclass(frozen=True, slots=True)
class Facts:
    """What the ledger goes by of an estimate: when, which change, whose, how much (USD a month)."""

    time: str
    change: str
    name: str
    environment: str
    team: str | None
    project_id: str | None
    pull_request: str | None
    monthly_cost: Decimal
    delta: Decimal | None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which entries: from a time on, before another (RFC 3339), of one or several projects, a team, an environment."""

    since: str | None = None
    until: str | None = None
    project: str | None = None
    team: str | None = None
    environment: str | None = None
    projects: frozenset[str] | None = None
