"""Application Auto Scaling targets: they cost nothing and say between which sizes another resource moves.

Source: Application Auto Scaling User Guide, "Resource ID" and "Scalable dimension".
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Quantity
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers, always, number
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tollbar.component import Component
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def scaled_capacity(
    resource: Resource, resource_id: str, dimension: str, usage: Usage, inventory: Inventory
) -> Quantity | None:
    """Return the sizes between which a resource is scaled along one dimension, None where it is not.

    The lowest size is also the expected one: it is what runs without load. A target that refers to
    the resource counts before those that spell its ``resource_id`` out. Where several do, the last
    one applied holds; which that is cannot be told, so the range covers them all. The average
    capacity that a usage file tells of the one target is taken as it is.
    """
    targets = [target for target in inventory.of_type("aws_appautoscaling_target") if _scales(target, dimension)]
    found = [target for target in targets if _refers(target, resource)]
    if not found:
        spelled = [target for target in targets if target.attributes.get("resource_id") == resource_id]
        found = [target for target in spelled if target.region == resource.region]
    if not found:
        return None
    if len(found) == 1 and (told := usage.told_of(found[0], "capacity")) is not None:
        return told
    low = min(_bound(target, "min_capacity") for target in found)
    high = max(_bound(target, "max_capacity") for target in found)
    return Quantity.between(low, low, max(low, high))


def autoscaling_target(_resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterable[Component]:
    """Return no lines: the scaled resource is billed."""
    return ()


def _scales(target: Resource, dimension: str) -> bool:
    return target.attributes.literal("scalable_dimension") == dimension


def _refers(target: Resource, resource: Resource) -> bool:
    return any(resource.address in addresses for addresses in target.references.values())


def _bound(target: Resource, attribute: str) -> Decimal:
    return target.attributes.number(attribute) or Decimal(0)


TYPES = (
    ResourceType(
        "aws_appautoscaling_target",
        "other",
        autoscaling_target,
        usage_keys=(UsageKey("capacity", "average capacity that the target is scaled to"),),
        traits=Readers(
            replicas_min=number("min_capacity"), replicas_max=number("max_capacity"), autoscaling=always(value=True)
        ),
    ),
)
