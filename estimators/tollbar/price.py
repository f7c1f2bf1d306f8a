"""What a price is: what to look up, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Trust = Literal["own", "A", "B", "C", "borrowed"]
"""own: the user's own price book. A: read by a program from the vendor's price API or file. B: a
third party that cites the vendor's page, or a volatile price (spot). C: kept by hand or known to be
old. borrowed: another region's price, taken because the user asked for it."""

TRUST_RANK: dict[Trust, int] = {"own": 0, "A": 1, "B": 2, "C": 3, "borrowed": 4}


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
    ``unit`` is a base unit of ``units.toml``, ``as_of`` an ISO date. The true price lies between
    ``low`` and ``high`` times the one given: both are 1 unless the price is borrowed.
    """

    key: PriceKey
    unit: str
    tiers: tuple[Tier, ...]
    source: str
    as_of: str
    trust: Trust
    low: Decimal = Decimal(1)
    high: Decimal = Decimal(1)


def preference(price: Price, region: str | None = None) -> tuple[int, bool, int]:
    """Return what prices of one thing are sorted by: the most trusted, then those of ``region``, then the newest.

    Trust comes before the region: what the vendor's list calls sold everywhere at one price counts more
    than what somebody once wrote down for one region.
    """
    elsewhere = region is not None and price.key.region != region
    return TRUST_RANK[price.trust], elsewhere, -int(price.as_of.replace("-", "").ljust(8, "0")[:8])


def cloud_of(path: str) -> str:
    """Return the cloud a path is of: ``aws`` of ``aws/ebs/storage/gp3``."""
    return path.partition("/")[0]


def service_of(path: str) -> str:
    """Return the service a path is of, with its cloud: ``aws/ebs`` of ``aws/ebs/storage/gp3``."""
    return "/".join(path.split("/", 2)[:2])
