"""Cloud Data Fusion instances by their edition. Source: "Cloud Data Fusion pricing"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def data_fusion_instance(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of an instance; the clusters that run its pipelines are billed by Dataproc."""
    edition = resource.attributes.text("type")
    if edition is None:
        yield Unpriced("unknown_until_apply", "type is not given")
        return
    key = PriceKey(f"gcp/data_fusion/{edition.lower()}", resource.region)
    yield Component(f"Instance ({edition.lower()})", usage.hours, "hours", key)


TYPES = (ResourceType("google_data_fusion_instance", "compute", data_fusion_instance, size_attribute="type"),)
