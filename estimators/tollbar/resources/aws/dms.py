"""AWS Database Migration Service: replication instances. Source: AWS DMS pricing page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_INCLUDED_GB = 100
_INCLUDED_GB_BURSTABLE = 50
_BURSTABLE = ("dms.t2.", "dms.t3.")
"""Every replication instance includes storage for logs and cached changes; T classes include less."""


def replication_instance(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a replication instance and the storage beyond the included GB."""
    instance_class = resource.attributes.text("replication_instance_class")
    if instance_class is None:
        yield Unpriced("unknown_until_apply", "replication_instance_class is not declared")
        return
    yield from as_far_as_known(lambda: _lines(resource, instance_class, usage))


def _lines(resource: Resource, instance_class: str, usage: Usage) -> Iterator[Component | Unpriced]:
    multi_az = resource.attributes.flag("multi_az")
    zones, label = ("multi_az", "Multi-AZ") if multi_az else ("single_az", "Single-AZ")
    hours = PriceKey(f"aws/dms/instance/{zones}/{instance_class}", resource.region)
    yield Component(f"Replication instance ({label}, {instance_class})", usage.hours, "hours", hours)
    yield from as_far_as_known(lambda: _storage(resource, instance_class, zones))


def _storage(resource: Resource, instance_class: str, zones: str) -> Iterator[Component]:
    included = _INCLUDED_GB_BURSTABLE if instance_class.startswith(_BURSTABLE) else _INCLUDED_GB
    paid = Quantity.fixed(resource.attributes.number("allocated_storage", 0) or 0).above(included)
    if not paid.is_zero:
        key = PriceKey(f"aws/dms/storage/{zones}", resource.region)
        yield Component("Storage (general purpose SSD, gp2)", paid, "GB-months", key)


TYPES = (
    ResourceType(
        "aws_dms_replication_instance",
        "database",
        replication_instance,
        size_attribute="replication_instance_class",
    ),
)
