"""Flat prices out of the peer's test suite, chosen by what it calls the component."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price


@dataclass(frozen=True, slots=True)
class PeerLine:
    """Under which path a component's price is kept: per base unit, of which its price buys ``per``.

    ``is_global`` says that the vendor sells at one price everywhere, whichever region the test used.
    """

    path: str
    unit: str
    per: Decimal | int = 1
    is_global: bool = False


def peer_prices(tables: SourceTables, resource_type: str, lines: Mapping[str, PeerLine]) -> Iterator[Price]:
    """Yield the prices of those components of a resource type that ``lines`` names."""
    for row in tables.test_suite_prices(resource_type):
        if line := lines.get(row.component):
            price = row.price(line.path, line.unit, line.per)
            yield everywhere(price) if line.is_global else price
