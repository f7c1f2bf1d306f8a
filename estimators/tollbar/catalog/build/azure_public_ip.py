"""Public IP addresses and prefixes of Azure in a few more regions, from the peer's test suite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.source_tables import by_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

_TEST_SUITE = {
    "IP address (static, regional)": "ipv4/static/standard",
    "IP address (dynamic, regional)": "ipv4/dynamic/basic",
    "IP address (static, global)": "ipv4/static/global",
}


def tables(source: SourceTables) -> dict[str, list[Price]]:
    """Return the hourly price of an address and of each address of a prefix, by table."""
    prefixes = source.test_suite_prices("azurerm_public_ip_prefix")
    return by_service([*_addresses(source), *(row.price("azure/public_ip_prefix/ipv4/standard") for row in prefixes)])


def _addresses(source: SourceTables) -> Iterator[Price]:
    for row in source.test_suite_prices("azurerm_public_ip"):
        if path := _TEST_SUITE.get(row.component):
            is_basic = "sku=Basic" in row.selecting_attributes
            yield row.price(f"azure/public_ip/{path.replace('standard', 'basic') if is_basic else path}")
