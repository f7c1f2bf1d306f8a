"""Azure DNS: public and private zones, what is asked of their records, and the private resolver.

Source: "Azure DNS pricing". Queries are billed by zone and region group, not by record: a record's queries are
taken at the price of the first of them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_PUBLIC_RECORDS = ("a", "aaaa", "caa", "cname", "mx", "ns", "ptr", "srv", "txt")
_PRIVATE_RECORDS = ("a", "aaaa", "cname", "mx", "ptr", "srv", "txt")
_ONE = Quantity.fixed(1)


def dns_zone(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the month of a public zone."""
    yield Component("Hosted zone", _ONE, "months", PriceKey("azure/dns/public/zone", resource.region))


def private_dns_zone(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the month of a private zone."""
    yield Component("Hosted zone", _ONE, "months", PriceKey("azure/dns/private/zone", resource.region))


def record(kind: str, resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the queries that a record answers."""
    key = PriceKey(f"azure/dns/{kind}/queries", resource.region)
    yield Component("DNS queries", usage.quantity("monthly_queries"), "queries", key)


def resolver_part(
    meter: str, name: str, resource: Resource, _usage: Usage, _inventory: Inventory
) -> Iterator[Component]:
    """Yield the month of an endpoint or a forwarding ruleset of a private resolver."""
    yield Component(name, _ONE, "months", PriceKey(f"azure/dns/private_resolver/{meter}", resource.region))


_QUERIES = (UsageKey("monthly_queries", "DNS queries a month", (10_000, 100_000, 10_000_000)),)

TYPES = (
    ResourceType("azurerm_dns_zone", "network", dns_zone),
    ResourceType("azurerm_private_dns_zone", "network", private_dns_zone),
    *(
        ResourceType(f"azurerm_dns_{kind}_record", "network", partial(record, "public"), _QUERIES)
        for kind in _PUBLIC_RECORDS
    ),
    *(
        ResourceType(f"azurerm_private_dns_{kind}_record", "network", partial(record, "private"), _QUERIES)
        for kind in _PRIVATE_RECORDS
    ),
    ResourceType(
        "azurerm_private_dns_resolver_inbound_endpoint",
        "network",
        partial(resolver_part, "inbound_endpoint", "Inbound endpoint"),
    ),
    ResourceType(
        "azurerm_private_dns_resolver_outbound_endpoint",
        "network",
        partial(resolver_part, "outbound_endpoint", "Outbound endpoint"),
    ),
    ResourceType(
        "azurerm_private_dns_resolver_dns_forwarding_ruleset",
        "network",
        partial(resolver_part, "ruleset", "Forwarding ruleset"),
    ),
)
