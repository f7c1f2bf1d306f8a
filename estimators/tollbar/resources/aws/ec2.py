"""EC2 instances, Spot requests and Dedicated Hosts. Source: Amazon EC2 and Dedicated Hosts pricing pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.aws.launch_specification import instance_specification
from tollbar.resources.aws.launched_instances import (
    ALL_UPFRONT,
    INSTANCE_USAGE_KEYS,
    RESERVATION_KEYS,
    instance_lines,
    instance_use,
    reservation,
)
from tollbar.resources.machine_types import family_of
from tollbar.resources.registry import ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def instance(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours, options and volumes of one instance."""
    yield from instance_lines(instance_specification(resource, inventory), instance_use(usage), resource.region)


def spot_instance_request(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the same as for an instance, with its hours at the Spot price."""
    launched = replace(instance_specification(resource, inventory), market="spot")
    yield from instance_lines(launched, instance_use(usage), resource.region)


def dedicated_host(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a Dedicated Host, which are priced by instance family."""
    type_name = resource.attributes.text("instance_type", "")
    family = resource.attributes.text("instance_family", "") or family_of(type_name or "")
    if not family:
        yield Unpriced("unknown_until_apply", "the instance family of the host is not known")
        return
    reserved = reservation(usage, None)
    path, purchase = f"aws/ec2/host/on_demand/{family}", "on-demand"
    if reserved is not None:
        path, purchase = f"aws/ec2/host/reserved/{reserved.term}/{reserved.payment_option}/{family}", "reserved"
        if reserved.payment_option == "all_upfront":
            path = ALL_UPFRONT
    name = f"EC2 Dedicated Host ({purchase}, {family})"
    yield Component(name, usage.hours, "hours", PriceKey(path, resource.region))


TYPES = (
    ResourceType("aws_instance", "compute", instance, INSTANCE_USAGE_KEYS, "instance_type"),
    ResourceType("aws_spot_instance_request", "compute", spot_instance_request, INSTANCE_USAGE_KEYS, "instance_type"),
    ResourceType("aws_ec2_host", "compute", dedicated_host, RESERVATION_KEYS, "instance_type"),
)
