"""A price source whose vendor is a dictionary, and a clock that is set by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.interface import Fetched, Portion
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Sequence

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def listed(path: str, region: str, amount: str, *, as_of: str = "2026-11-26", unit: str = "hours") -> Price:
    """Return a flat price of the vendor."""
    return Price(PriceKey(path, region), unit, (Tier(Decimal(0), Decimal(amount)),), "vendor-api", as_of, "A")


@dataclass
class ListedSource:
    """Lists what ``shelves`` hold; raises an exception that stands in the place of a portion's prices."""

    shelves: dict[Portion, list[Price] | BaseException]
    id: str = "vendor-api"
    name: str = "The vendor's API"
    licence: str = "facts"
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    etags: dict[Portion, str] = field(default_factory=dict)

    def services(self) -> Sequence[str]:
        """Return the services there are."""
        return sorted({portion.service for portion in self.shelves})

    def portions(self, services: Sequence[str], regions: Sequence[str]) -> Sequence[Portion]:
        """Return the portions asked for, in the order of the shelves."""
        return [p for p in self.shelves if p.service in services and (not regions or p.region in regions)]

    def close(self) -> None:
        """Hold nothing open."""

    def fetch(self, portion: Portion, etag: str | None) -> Fetched | None:
        """Return the prices on a shelf, None where its etag is the one told."""
        self.asked.append((str(portion), etag))
        found = self.shelves[portion]
        if isinstance(found, BaseException):
            raise found
        if etag is not None and self.etags.get(portion) == etag:
            return None
        return Fetched(tuple(found), self.etags.get(portion))
