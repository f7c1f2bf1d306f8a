"""What a scan of usage logs finds: totals, consumption, findings of waste, observations, lines that were not read.

Amounts are USD, exact; what is told a month is scaled from the time the log spans to 730 hours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.money import HOURS_PER_MONTH

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_SHORTEST_SPAN = Decimal(24)
"""Hours that a log must span for its cost to be scaled to a month: less says nothing of nights and days."""
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Totals:
    """The log as a whole. ``logged_usd`` is what the log itself says, ``compared_usd`` ours of those same calls."""

    calls: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    reasoning_tokens: int
    cost_usd: Decimal
    unpriced_calls: int
    failed_calls: int
    logged_calls: int
    logged_usd: Decimal
    compared_usd: Decimal
    first: datetime | None
    last: datetime | None
    unpriced_models: tuple[str, ...] = ()

    @property
    def is_priced(self) -> bool:
        """Whether the cost of any call is known, or there is none: a bill of calls without a price is not $0."""
        return self.unpriced_calls < self.calls or not self.calls

    @property
    def hours(self) -> Decimal:
        """How long a time the log spans."""
        if self.first is None or self.last is None:
            return Decimal(0)
        return Decimal(str((self.last - self.first).total_seconds())) / 3600

    @property
    def months(self) -> Decimal | None:
        """The span in months; None where it is too short to be scaled to one."""
        return self.hours / HOURS_PER_MONTH if self.hours >= _SHORTEST_SPAN else None

    def monthly(self, amount: Decimal) -> Decimal | None:
        """Return what an amount of the log comes to a month; None where the log spans less than a day."""
        return None if self.months is None else amount / self.months

    def share(self, amount: Decimal) -> Decimal:
        """Return an amount's share of the bill in per cent."""
        return amount / self.cost_usd * _HUNDRED if self.cost_usd else Decimal(0)


@dataclass(frozen=True, slots=True)
class Consumption:
    """What calls took, by one dimension; ``key`` is None where the log does not tell it."""

    dimension: str
    key: str | None
    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: Decimal
    unpriced_calls: int


@dataclass(frozen=True, slots=True)
class Example:
    """One incident of a finding: where its first call stands, and what it is about."""

    group: str
    calls: int
    wasted_usd: Decimal
    source: str | None
    line: int | None
    model: str | None
    excerpt: str | None
    prompt_hash: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of waste.

    ``calls`` and ``wasted_usd`` are claimed by no other finding; ``overlap_calls`` and ``overlap_usd`` are what it
    found as well, but others claimed before it. ``incidents`` (loops, sessions, …) and ``examples`` are of the former.
    """

    detector: str
    title: str
    claim: str
    fix: str
    calls: int
    tokens: int
    incidents: int
    wasted_usd: Decimal
    overlap_calls: int
    overlap_usd: Decimal
    unpriced_calls: int = 0
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """What is unusual but no waste by itself: a group of calls, and how many times the usual it is."""

    detector: str
    title: str
    fix: str
    group: str
    calls: int
    tokens: int
    cost_usd: Decimal | None
    factor: float
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that could not be read, or that is doubtful."""

    source: str
    line: int | None
    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class Scan:
    """The result as a whole. ``problem_counts`` counts all problems by kind, ``problems`` has the first of them."""

    totals: Totals
    consumption: tuple[Consumption, ...]
    findings: tuple[Finding, ...]
    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...] = ()
    problem_counts: Mapping[str, int] = field(default_factory=dict)
    switched_off: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def wasted_usd(self) -> Decimal:
        """All that is claimed: each dollar once."""
        return sum((finding.wasted_usd for finding in self.findings), Decimal(0))

    @property
    def overlap_usd(self) -> Decimal:
        """What a second finding would have claimed as well."""
        return sum((finding.overlap_usd for finding in self.findings), Decimal(0))
