"""Flat prices out of the peer's test suite, by the resource type and the name of the component."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price


class SoldAs(NamedTuple):
    """Where a component's price stands, and how many base units its own unit holds."""

    path: str
    unit: str
    per: Decimal | int = 1


def peer_prices(tables: SourceTables, resource_type: str, components: Mapping[str, SoldAs]) -> Iterator[Price]:
    """Yield the prices of the named components; one of 0 is a free allowance or paid upfront and passed over."""
    for row in tables.test_suite_prices(resource_type):
        if row.unit_price and (sold_as := components.get(row.component)):
            yield row.price(*sold_as)
