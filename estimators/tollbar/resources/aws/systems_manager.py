"""Systems Manager parameters and managed nodes. Source: AWS Systems Manager pricing page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_STANDARD_TIER_NODES = 1000
"""Nodes an account may register in a region before it needs the advanced instance tier."""


def parameter(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the month of an advanced parameter and the API interactions that are billed.

    Standard parameters are free, and so are their interactions at standard throughput.
    """
    is_advanced = resource.attributes.text("tier", "Standard") == "Advanced"
    if is_advanced:
        key = PriceKey("aws/systems_manager/parameter/advanced", resource.region)
        yield Component("Parameter storage (advanced)", _months(usage), "months", key)
    if is_advanced or (usage.text("api_throughput_limit") or "standard").lower() != "standard":
        interactions = usage.quantity("monthly_api_interactions")
        key = PriceKey("aws/systems_manager/parameter/api_interactions", resource.region)
        yield Component("API interactions", interactions, "requests", key)


def activation(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of nodes outside of EC2; those of the standard tier are free."""
    nodes = resource.attributes.number("registration_limit", 1)
    needs_advanced = nodes is not None and nodes > _STANDARD_TIER_NODES
    tier = (usage.text("instance_tier") or ("advanced" if needs_advanced else "standard")).lower()
    if tier == "advanced":
        key = PriceKey("aws/systems_manager/managed_node/advanced", resource.region)
        hours = usage.hours * usage.quantity("instances")
        yield Component("On-premises managed instances (advanced)", hours, "hours", key)


def _months(usage: Usage) -> Quantity:
    if not usage.is_told("parameter_storage_hrs"):
        return Quantity.fixed(1)
    return usage.quantity("parameter_storage_hrs") / usage.hours_per_month


TYPES = (
    ResourceType(
        "aws_ssm_parameter",
        "security",
        parameter,
        usage_keys=(
            UsageKey("api_throughput_limit", "Throughput of the account's parameters: standard, advanced or higher"),
            UsageKey("monthly_api_interactions", "API interactions a month", (1_000, 10_000, 100_000)),
            UsageKey("parameter_storage_hrs", "Hours a month that the parameter is kept; all of them if not told"),
        ),
    ),
    ResourceType(
        "aws_ssm_activation",
        "compute",
        activation,
        usage_keys=(
            UsageKey("instance_tier", "Tier of the managed instances: standard or advanced"),
            UsageKey("instances", "Number of managed instances"),
        ),
    ),
)
