"""Auto Scaling groups: the instances they launch. Source: Amazon EC2 pricing pages and the Auto Scaling user guide.

The group costs nothing by itself. Its instances come from a launch configuration, a launch template
or a mixed instances policy, which divides the capacity between on-demand and Spot instances.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.resources.aws.group_size import INSTANCES_KEY, declared_size, group_bounds, round_up, told_size
from tollbar.resources.aws.launch_specification import (
    LaunchSpecification,
    assumed_root_gb,
    configuration_specification,
    find_launch_configuration,
    find_launch_template,
    template_specification,
    with_instance_type,
)
from tollbar.resources.aws.launched_instances import (
    INSTANCE_USAGE_KEYS,
    instance_hours,
    instance_lines,
    instance_options,
    instance_use,
)
from tollbar.resources.registry import ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_NO_LAUNCH_SOURCE = Unpriced(
    "unknown_until_apply", "which launch template or configuration the group uses is not known here"
)


@dataclass(frozen=True, slots=True)
class Mixture:
    """How a mixed instances policy divides a group's capacity.

    ``weight`` is how many units of capacity one instance counts; ``base`` and ``percentage`` say how
    much of the capacity is on-demand: a base, and a share of what is above it.
    """

    weight: Decimal = Decimal(1)
    base: Decimal = Decimal(0)
    percentage: Decimal = Decimal(100)

    def on_demand(self, capacity: Decimal) -> Decimal:
        """Return the on-demand instances of a capacity; parts of an instance go to on-demand."""
        return round_up(self._on_demand_units(capacity) / self.weight)

    def spot(self, capacity: Decimal) -> Decimal:
        """Return the Spot instances of a capacity."""
        return round_up((capacity - self._on_demand_units(capacity)) / self.weight)

    def _on_demand_units(self, capacity: Decimal) -> Decimal:
        base = min(self.base, capacity)
        return base + round_up((capacity - base) * self.percentage / 100)


def autoscaling_group(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the instances of the group at its desired capacity, ranging over its minimum and maximum."""
    policy = resource.attributes.block("mixed_instances_policy")
    if policy.values:
        yield from _mixed_instances(resource, policy, usage, inventory)
        return
    launched = _launched(resource, usage, inventory)
    if launched is None:
        yield _NO_LAUNCH_SOURCE
        return
    yield from instance_lines(launched, instance_use(usage), resource.region, _capacity(resource, usage))


def _capacity(resource: Resource, usage: Usage) -> Quantity:
    return told_size(usage) or declared_size(resource.attributes, "desired_capacity", "min_size", "max_size")


def _launched(resource: Resource, usage: Usage, inventory: Inventory) -> LaunchSpecification | None:
    if resource.attributes.blocks("launch_template"):
        block = resource.attributes.block("launch_template")
        template = find_launch_template(resource, block, "launch_template", inventory)
        return template_specification(template, assumed_root_gb(usage)) if template else None
    configuration = find_launch_configuration(resource, inventory)
    return configuration_specification(configuration) if configuration else None


def _mixed_instances(
    resource: Resource, policy: Attributes, usage: Usage, inventory: Inventory
) -> Iterator[Component | Unpriced]:
    launched = _mixed_specification(resource, policy, usage, inventory)
    if launched is None:
        yield _NO_LAUNCH_SOURCE
        return
    # Someone who tells the number of instances has counted machines, not units of weighted capacity.
    told = told_size(usage)
    mixture = _mixture(policy, is_weighted=told is None)
    capacity = told or _capacity(resource, usage)
    on_demand, spot = capacity.each_end(mixture.on_demand), capacity.each_end(mixture.spot)
    use, region = instance_use(usage), resource.region
    if not on_demand.is_zero:
        yield from instance_hours(launched, use, region, on_demand)
    if not spot.is_zero:
        yield from instance_hours(replace(launched, market="spot"), use, region, spot)
    yield from instance_options(launched, use, region, on_demand + spot)


def _mixed_specification(
    resource: Resource, policy: Attributes, usage: Usage, inventory: Inventory
) -> LaunchSpecification | None:
    """Return what the policy launches. Of several instance types the first stands for all."""
    path = "mixed_instances_policy.launch_template.launch_template_specification"
    block = policy.block("launch_template").block("launch_template_specification")
    template = find_launch_template(resource, block, path, inventory)
    if template is None:
        return None
    launched = template_specification(template, assumed_root_gb(usage))
    override = _first_override(policy)
    if override.blocks("instance_requirements"):
        return with_instance_type(launched, None)
    own_type = override.text("instance_type", "")
    return with_instance_type(launched, own_type) if own_type else launched


def _mixture(policy: Attributes, *, is_weighted: bool) -> Mixture:
    distribution = policy.block("instances_distribution")
    weight = _first_override(policy).number("weighted_capacity", 1) if is_weighted else None
    base = distribution.number("on_demand_base_capacity", 0)
    percentage = distribution.number("on_demand_percentage_above_base_capacity", 100)
    return Mixture(weight or Decimal(1), base or Decimal(0), Decimal(100) if percentage is None else percentage)


def _first_override(policy: Attributes) -> Attributes:
    return policy.block("launch_template").block("override")


TYPES = (
    ResourceType(
        "aws_autoscaling_group",
        "compute",
        autoscaling_group,
        (INSTANCES_KEY, *INSTANCE_USAGE_KEYS),
        traits=group_bounds("min_size", "max_size"),
    ),
)
