"""Cloud Armor: security policies, their rules, and the requests they look at.

Source: "Google Cloud Armor pricing", Standard tier. The default rule that every policy has is not counted.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_DEFAULT_PRIORITY = 2147483647
_RULE = PriceKey("gcp/cloud_armor/rule", "global")


def security_policy(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a policy, the rules in it, and the requests it looks at."""
    yield Component("Security policy", Quantity.fixed(1), "months", PriceKey("gcp/cloud_armor/policy", "global"))
    yield from as_far_as_known(lambda: _rules(resource))
    key = PriceKey("gcp/cloud_armor/request", "global")
    yield Component("Requests", usage.quantity("monthly_requests"), "requests", key)


def security_policy_rule(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield a rule that is declared apart from its policy."""
    if resource.attributes.number("priority", 0) != _DEFAULT_PRIORITY:
        yield Component("Rule", Quantity.fixed(1), "rules", _RULE)


def _rules(resource: Resource) -> Iterator[Component]:
    attributes = resource.attributes
    rules = (*attributes.blocks("rule"), *attributes.blocks("rules"))
    counted = sum(1 for rule in rules if rule.number("priority", 0) != _DEFAULT_PRIORITY)
    if counted:
        yield Component("Rules", Quantity.fixed(Decimal(counted)), "rules", _RULE)


_KEYS = (UsageKey("monthly_requests", "Requests a month that policies look at", (100_000, 1_000_000, 10_000_000)),)

TYPES = (
    ResourceType("google_compute_region_security_policy", "security", security_policy, usage_keys=_KEYS),
    ResourceType("google_compute_region_security_policy_rule", "security", security_policy_rule),
    ResourceType("google_compute_security_policy", "security", security_policy, usage_keys=_KEYS),
    ResourceType("google_compute_security_policy_rule", "security", security_policy_rule),
)
