"""Spanner instances: nodes (1000 processing units each) and stored GB.

Source: "Spanner pricing". A regional node's price is that of its three replicas. New instances are of the Standard
edition unless another is chosen. A free trial instance costs nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.traits import Redundancy
    from tollbar.usage import Usage

_UNITS_PER_NODE = 1000


def spanner_instance(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of an instance's nodes, as few and as many as its autoscaling allows, and its stored GB."""
    attributes = resource.attributes
    if attributes.text("instance_type", "") == "FREE_INSTANCE":
        return
    location = _location(attributes, resource)
    edition = (attributes.text("edition", "STANDARD") or "STANDARD").lower()
    yield from as_far_as_known(lambda: _compute(attributes, edition, location, usage))
    key = PriceKey("gcp/spanner/storage/ssd", location)
    yield Component("Storage (SSD)", usage.quantity("storage_gb"), "GB-months", key)


def _compute(attributes: Attributes, edition: str, location: str | None, usage: Usage) -> Iterator[Component]:
    key = PriceKey(f"gcp/spanner/{edition}/node", location)
    name = f"Nodes ({edition.replace('_', ' ')} edition)"
    yield Component(name, usage.hours * _nodes(attributes), "hours", key)


def _nodes(attributes: Attributes) -> Quantity:
    limits = attributes.block("autoscaling_config").block("autoscaling_limits")
    low, high = _count(limits, "min_nodes", "min_processing_units"), _count(limits, "max_nodes", "max_processing_units")
    if low is not None:
        return Quantity.between(low, low, max(low, high or low))
    declared = _count(attributes, "num_nodes", "processing_units")
    return Quantity.fixed(Decimal(1) if declared is None else declared)


def _count(block: Attributes, nodes: str, processing_units: str) -> Decimal | None:
    counted = block.known_number(nodes)
    units = block.known_number(processing_units)
    return units / _UNITS_PER_NODE if counted is None and units is not None else counted


def _location(attributes: Attributes, resource: Resource) -> str | None:
    """Return the region of ``regional-us-central1``, or the multi-region as it is called: ``nam3``."""
    config = (attributes.text("config", "") or "").rsplit("/", 1)[-1].lower()
    return config.removeprefix("regional-") or resource.region


def _redundancy(instance: Resource, _usage: Usage, _inventory: Inventory) -> Redundancy | None:
    """Return where an instance is: a regional one in three zones, any other configuration in several regions."""
    config = (instance.attributes.text("config") or "").rsplit("/", 1)[-1].lower()
    return ("multi_zone" if config.startswith("regional-") else "multi_region") if config else None


def _autoscaling(instance: Resource, _usage: Usage, _inventory: Inventory) -> bool:
    return bool(instance.attributes.blocks("autoscaling_config"))


TYPES = (
    ResourceType(
        "google_spanner_instance",
        "database",
        spanner_instance,
        usage_keys=(UsageKey("storage_gb", "GB that the databases of the instance store", (1, 50, 500)),),
        traits=Readers(redundancy=_redundancy, autoscaling=_autoscaling),
    ),
)
