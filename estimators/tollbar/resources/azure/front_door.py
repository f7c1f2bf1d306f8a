"""Azure Front Door: the classic service with its firewall policies, and profiles of Standard and Premium.

Source: "Azure Front Door pricing". Classic: up to five routing rules cost one price together, 100 domains are
included. Standard and Premium: a base fee a month, requests and data by the zone of the visitors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_INCLUDED_ROUTING_RULES = 5
_INCLUDED_DOMAINS = 100
_CLASSIC = "azure/front_door/zone_1/classic/standard"
_ONE = Quantity.fixed(1)
_ZONES = {
    "north_america_europe_africa": ("zone_1", "North America, Europe and Africa"),
    "asia_pacific": ("zone_2", "Asia Pacific with Japan"),
    "south_america": ("zone_3", "South America"),
    "australia": ("zone_4", "Australia"),
    "india": ("zone_5", "India"),
    "us_gov": ("us_gov_zone_1", "US Gov"),
}


def classic_front_door(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a Front Door's routing rules, its domains beyond 100 and the GB in and out by zone."""
    yield from as_far_as_known(lambda: _routing_rules(resource, usage))
    yield from as_far_as_known(lambda: _domains(resource))
    inbound = usage.quantity("monthly_inbound_data_transfer_gb")
    yield Component("Inbound data transfer", inbound, "GB", PriceKey(f"{_CLASSIC}/data_transfer_in", "global"))
    for name, (zone, place) in _ZONES.items():
        outbound = usage.quantity(f"monthly_outbound_data_transfer_gb.{name}")
        key = PriceKey(f"azure/front_door/{zone}/classic/standard/data_transfer_out", "global")
        yield Component(f"Outbound data transfer ({place})", outbound, "GB", key)


def _routing_rules(front_door: Resource, usage: Usage) -> Iterator[Component]:
    rules = len(front_door.attributes.blocks("routing_rule"))
    key = PriceKey("azure/front_door/classic/routing_rules_first_5", "global")
    yield Component("Routing rules (first 5)", usage.hours, "hours", key)
    if rules > _INCLUDED_ROUTING_RULES:
        further = usage.hours * (rules - _INCLUDED_ROUTING_RULES)
        key = PriceKey(f"{_CLASSIC}/overage_routing_rules", "global")
        yield Component("Routing rules beyond 5", further, "hours", key)


def _domains(front_door: Resource) -> Iterator[Component]:
    further = len(front_door.attributes.blocks("frontend_endpoint")) - _INCLUDED_DOMAINS
    if further > 0:
        key = PriceKey(f"{_CLASSIC}/custom_domain", "global")
        yield Component("Domains beyond 100", Quantity.fixed(further), "months", key)


def firewall_policy(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the months of a policy, its custom rules and its managed rule sets, and the requests they check."""
    yield Component("Policy", _ONE, "months", PriceKey(f"{_CLASSIC}/policy", "global"))
    for block, name, meter, usage_key, requests_name, requests_meter in (
        ("custom_rule", "Custom rules", "rule", "monthly_custom_rule_requests", "Custom rule requests", "requests"),
        (
            "managed_rule",
            "Managed rule sets",
            "default_ruleset",
            "monthly_managed_ruleset_requests",
            "Managed rule set requests",
            "default_request",
        ),
    ):
        count = len(resource.attributes.blocks(block))
        if count:
            yield Component(name, Quantity.fixed(count), "months", PriceKey(f"{_CLASSIC}/{meter}", "global"))
            key = PriceKey(f"{_CLASSIC}/{requests_meter}", "global")
            yield Component(requests_name, usage.quantity(usage_key), "requests", key)


def profile(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield a profile's base fee, its requests and the GB out by zone, and the GB to origins."""
    sku = resource.attributes.text("sku_name") or "Standard_AzureFrontDoor"
    tier = sku.lower().partition("_")[0]
    key = PriceKey(f"azure/front_door/zone_1/{tier}/base_fees", "global")
    yield Component(f"Base fee ({tier})", _ONE, "months", key)
    to_origin = usage.quantity("monthly_inbound_data_transfer_gb")
    key = PriceKey(f"azure/front_door/zone_1/{tier}/data_transfer_in", "global")
    yield Component("Data transfer to origins", to_origin, "GB", key)
    for name, (zone, place) in _ZONES.items():
        path = f"azure/front_door/{zone}/{tier}"
        requests = usage.quantity(f"monthly_requests.{name}")
        yield Component(f"Requests ({place})", requests, "requests", PriceKey(f"{path}/requests", "global"))
        outbound = usage.quantity(f"monthly_outbound_data_transfer_gb.{name}")
        key = PriceKey(f"{path}/data_transfer_out", "global")
        yield Component(f"Outbound data transfer ({place})", outbound, "GB", key)


def _by_zone(key: str, what: str, assumed: tuple[float, float, float]) -> tuple[UsageKey, ...]:
    """Return the usage keys of all zones; only the first is assumed to be used."""
    return tuple(
        UsageKey(f"{key}.{name}", f"{what} ({place})", assumed if zone == "zone_1" else None)
        for name, (zone, place) in _ZONES.items()
    )


_OUTBOUND = _by_zone("monthly_outbound_data_transfer_gb", "GB out a month", (10, 100, 1000))
_INBOUND = UsageKey("monthly_inbound_data_transfer_gb", "GB a month from Front Door to the backends", (1, 10, 100))

TYPES = (
    ResourceType("azurerm_frontdoor", "network", classic_front_door, (*_OUTBOUND, _INBOUND)),
    ResourceType(
        "azurerm_frontdoor_firewall_policy",
        "security",
        firewall_policy,
        (
            UsageKey(
                "monthly_custom_rule_requests",
                "Requests that custom rules check a month",
                (100_000, 1_000_000, 10_000_000),
            ),
            UsageKey(
                "monthly_managed_ruleset_requests",
                "Requests that managed rules check a month",
                (100_000, 1_000_000, 10_000_000),
            ),
        ),
    ),
    ResourceType(
        "azurerm_cdn_frontdoor_profile",
        "network",
        profile,
        (*_OUTBOUND, *_by_zone("monthly_requests", "Requests a month", (100_000, 1_000_000, 100_000_000)), _INBOUND),
    ),
)
