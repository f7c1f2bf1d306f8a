"""Serverless VPC Access connectors, which are charged as the Compute Engine machines they run on.

Source: "Serverless VPC Access pricing"; defaults from the API reference: e2-micro, two instances, ten at most. An
instance carries 100 Mbps where a connector is sized by throughput.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.resources.gcp.machine import Machines, machine_usage
from tollbar.resources.registry import ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_DEFAULT_MACHINE_TYPE = "e2-micro"
_FEWEST, _MOST = 2, 10
_MBPS_OF_AN_INSTANCE = 100


def vpc_access_connector(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a connector's machines, from the fewest to the most it may run."""
    attributes = resource.attributes
    machine_type = attributes.text("machine_type", _DEFAULT_MACHINE_TYPE) or _DEFAULT_MACHINE_TYPE
    low, high = _instances(attributes, "min", _FEWEST), _instances(attributes, "max", _MOST)
    count = Quantity.between(low, low, max(low, high))
    yield from machine_usage(Machines(machine_type.lower(), resource.region, usage.hours, count))


def _instances(attributes: Attributes, end: str, default: int) -> Decimal:
    counted = attributes.known_number(f"{end}_instances")
    if counted is not None:
        return counted
    throughput = attributes.known_number(f"{end}_throughput")
    return Decimal(default) if throughput is None else throughput / _MBPS_OF_AN_INSTANCE


TYPES = (ResourceType("google_vpc_access_connector", "network", vpc_access_connector, size_attribute="machine_type"),)
