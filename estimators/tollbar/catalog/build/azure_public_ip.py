"""Public IP addresses and prefixes of Azure: eight regions from the retail price API, a few more from the peer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "azure/public_ip"
_ADDRESSES = {
    "Basic/Basic IPv4 Dynamic Public IP": "ipv4/dynamic/basic",
    "Basic/Basic IPv4 Static Public IP": "ipv4/static/basic",
    "Standard/Standard IPv4 Static Public IP": "ipv4/static/standard",
    "Global/Global IPv4 Static Public IP": "ipv4/static/global",
}
_PREFIXES = {
    "Standard/Standard Static IP Addresses": "ipv4/standard",
    "Global/Global Static Public IP": "ipv4/global",
}
_TEST_SUITE = {
    "IP address (static, regional)": "ipv4/static/standard",
    "IP address (dynamic, regional)": "ipv4/dynamic/basic",
    "IP address (static, global)": "ipv4/static/global",
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hourly price of an address and of each address of a prefix, by region."""
    for row in tables.rows("azure_services", service="virtual_network"):
        if row.attributes.get("product") == "IP Addresses" and (path := _ADDRESSES.get(row.sku_key)):
            yield row.price(f"azure/public_ip/{path}")
        elif row.attributes.get("product") == "Public IP Prefix" and (path := _PREFIXES.get(row.sku_key)):
            yield row.price(f"azure/public_ip_prefix/{path}")
    for peer in tables.test_suite_prices("azurerm_public_ip"):
        if path := _TEST_SUITE.get(peer.component):
            is_basic = "sku=Basic" in peer.selecting_attributes
            yield peer.price(f"azure/public_ip/{path.replace('standard', 'basic') if is_basic else path}")
    for peer in tables.test_suite_prices("azurerm_public_ip_prefix"):
        yield peer.price("azure/public_ip_prefix/ipv4/standard")
