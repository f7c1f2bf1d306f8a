"""What a price is: what to look up, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from decimal import Decimal

Trust = Literal["A", "B", "C"]
"""A: read by a program from the vendor's price API or file. B: a third party that cites the
vendor's page, or a volatile price (spot). C: kept by hand or known to be old."""


@dataclass(frozen=True, slots=True)
class PriceKey:
    """What to look up in the catalogue.

    ``path`` names the thing sold, from the general to the special, for example
    ``aws/ec2/instance/linux/shared/on_demand/t3.medium``; ``region`` is the vendor's own name for
    the region, ``global`` for things sold at one price everywhere, or None where nothing tells it.
    """

    path: str
    region: str | None

    def __str__(self) -> str:
        """Return ``path in region``."""
        return f"{self.path} in {self.region or 'an unknown region'}"


@dataclass(frozen=True, slots=True)
class Tier:
    """A unit price in USD that holds from ``start`` units a month up to the next tier."""

    start: Decimal
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class Price:
    """A price found in the catalogue.

    ``tiers`` are ordered by their start and the first starts at 0; a flat price has one tier.
    ``unit`` is a base unit of ``units.toml``, ``as_of`` an ISO date.
    """

    key: PriceKey
    unit: str
    tiers: tuple[Tier, ...]
    source: str
    as_of: str
    trust: Trust
