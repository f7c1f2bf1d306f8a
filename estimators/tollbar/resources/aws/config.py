"""AWS Config: recorded configuration items and evaluations of rules. Source: AWS Config pricing page.

The tiers of evaluations count those of an account and region together; each rule is priced as if it
were the only one. Packs of rules have the same tiers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_EVALUATIONS = UsageKey("monthly_rule_evaluations", "evaluations of the rules a month", (100, 1000, 10_000))


def rule(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the evaluations."""
    yield Component(
        "Rule evaluations",
        usage.quantity(_EVALUATIONS.name),
        "evaluations",
        PriceKey("aws/config/rule_evaluations", resource.region),
    )


def recorder(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the configuration items, of AWS's resources and of others: recorded at each change or once a day."""
    yield from as_far_as_known(lambda: _items(resource, usage), "recording_mode")
    yield Component(
        "Custom config items",
        usage.quantity("monthly_custom_config_items"),
        "items",
        PriceKey("aws/config/custom_configuration_items", resource.region),
    )


def _items(resource: Resource, usage: Usage) -> Iterator[Component]:
    mode = resource.attributes.block("recording_mode")
    is_daily = mode.text("recording_frequency", "CONTINUOUS") == "DAILY"
    path = "aws/config/periodic_configuration_items" if is_daily else "aws/config/configuration_items"
    yield Component("Config items", usage.quantity("monthly_config_items"), "items", PriceKey(path, resource.region))


_RULES = (
    "aws_config_config_rule",
    "aws_config_conformance_pack",
    "aws_config_organization_conformance_pack",
    "aws_config_organization_custom_policy_rule",
    "aws_config_organization_custom_rule",
    "aws_config_organization_managed_rule",
)
TYPES = (
    *(ResourceType(name, "security", rule, (_EVALUATIONS,)) for name in _RULES),
    ResourceType(
        "aws_config_configuration_recorder",
        "security",
        recorder,
        (
            UsageKey("monthly_config_items", "configuration items recorded a month", (100, 1000, 10_000)),
            UsageKey("monthly_custom_config_items", "custom configuration items recorded a month", (0, 0, 1000)),
        ),
    ),
)
