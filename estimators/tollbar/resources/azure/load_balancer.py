"""Load balancers: the rules of a standard one and the data it processes; basic ones are free.

Source: "Load Balancer pricing": up to five load balancing and outbound rules cost $0.025 an hour together, each
further one $0.01; inbound NAT rules are free. The first five are a line of the balancer, further ones of the rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.attachment import attached_by
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_BALANCER = "azurerm_lb"
_RULES = ("azurerm_lb_outbound_rule", "azurerm_lb_rule")
_INCLUDED_RULES = 5


def load_balancer(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a load balancer's first five rules, if it has any, and the GB it processes."""
    sku = _sku(resource)
    if sku == "basic":
        return
    if any(inventory.referring(resource, *_RULES)):
        key = PriceKey(f"azure/load_balancer/{sku}/included_rules", resource.region)
        yield Component("Rules (first 5)", usage.hours, "hours", key)
    processed = usage.quantity("monthly_data_processed_gb")
    key = PriceKey(f"azure/load_balancer/{sku}/data_processed", resource.region)
    yield Component("Data processed", processed, "GB", key)


def load_balancer_rule(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a rule beyond the first five of its load balancer, which are billed with that."""
    balancer = inventory.referenced(resource, "loadbalancer_id", _BALANCER)
    if balancer is None:
        detail = "its load balancer is not in this project, so it is not known how many rules that has"
        yield Unpriced("unknown_until_apply", detail)
        return
    sku = _sku(balancer)
    if sku == "basic":
        return
    rules = sorted(rule.address for rule in inventory.referring(balancer, *_RULES))
    is_further = resource.address in rules[_INCLUDED_RULES:]
    hours = usage.hours if is_further else Quantity.fixed(0)
    key = PriceKey(f"azure/load_balancer/{sku}/overage_rule", resource.region)
    yield Component("Rule beyond the first 5", hours, "hours", key)


def _sku(balancer: Resource) -> str:
    """Return a balancer's SKU; the provider's default is Standard."""
    return (balancer.attributes.text("sku", "Standard") or "Standard").lower()


_RULES_OF_BALANCERS = {
    "azurerm_lb_rule": ("loadbalancer_id",),
    "azurerm_lb_outbound_rule": ("loadbalancer_id",),
    "azurerm_lb_nat_rule": ("loadbalancer_id",),
    "azurerm_lb_nat_pool": ("loadbalancer_id",),
}
_PARTS_OF_BALANCERS = ("azurerm_lb_backend_address_pool", "azurerm_lb_probe")
"""Parts that do nothing without a rule."""

TYPES = (
    ResourceType(
        _BALANCER,
        "network",
        load_balancer,
        (UsageKey("monthly_data_processed_gb", "GB that it processes a month, in and out", (10, 100, 1000)),),
        traits=Readers(attached=attached_by(_RULES_OF_BALANCERS, inert=_PARTS_OF_BALANCERS)),
    ),
    ResourceType("azurerm_lb_rule", "network", load_balancer_rule),
    ResourceType("azurerm_lb_outbound_rule", "network", load_balancer_rule),
)
