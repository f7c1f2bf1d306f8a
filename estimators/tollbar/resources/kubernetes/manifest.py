"""Terraform's ``kubernetes_manifest``, which declares any object: estimated as what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.inputs.kubernetes.kinds import MANIFEST, plain_type
from tollbar.resources.kubernetes.services import KEYS as LOAD_BALANCER_KEYS
from tollbar.resources.kubernetes.workload_traits import readers_of
from tollbar.resources.kubernetes.workload_types import KEYS
from tollbar.resources.registry import ResourceType, free_types, resource_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def manifest(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield what the object costs that the manifest declares."""
    if not resource.attributes.literal("kind"):
        yield Unpriced("unknown_until_apply", "the kind of object is known only after apply")
        return
    kind = plain_type(resource)
    estimator = resource_types("kubernetes").get(kind)
    if estimator is not None and kind != MANIFEST:
        yield from estimator.components(resource, usage, inventory)
    elif kind not in free_types("kubernetes"):
        yield Unpriced("unsupported_type", f"{kind} is not a type Tollbar can price")


TYPES = (
    ResourceType(MANIFEST, "container", manifest, (*KEYS[MANIFEST], *LOAD_BALANCER_KEYS), traits=readers_of(MANIFEST)),
)
