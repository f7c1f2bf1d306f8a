"""Bigtable instances: the nodes of their clusters, stored GB, backups.

Source: "Bigtable pricing". An autoscaled cluster has as many nodes as its limits allow; one without a number has one.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.gcp.geography import region_of
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage


def bigtable_instance(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of each cluster's nodes, the GB that it stores, and backups."""
    clusters = resource.attributes.blocks("cluster")
    edition = (resource.attributes.text("edition", "ENTERPRISE") or "ENTERPRISE").lower()
    for number, cluster in enumerate(clusters):
        part = f"cluster[{number}]" if len(clusters) > 1 else None
        yield from as_far_as_known(partial(_cluster, cluster, edition, resource.region, usage, part), part or "cluster")
    key = PriceKey("gcp/bigtable/backup", resource.region)
    yield Component("Backups", usage.quantity("backup_storage_gb"), "GB-months", key)


def _cluster(
    cluster: Attributes, edition: str, region: str | None, usage: Usage, part: str | None
) -> Iterator[Component]:
    place = region_of(cluster.text("zone", "")) or region
    key = PriceKey(f"gcp/bigtable/{edition}/node", place)
    yield Component("Nodes", usage.hours * _nodes(cluster), "hours", key, part)
    kind = (cluster.text("storage_type", "SSD") or "SSD").lower()
    key = PriceKey(f"gcp/bigtable/storage/{kind}", place)
    yield Component(f"Storage ({kind.upper()})", usage.quantity("storage_gb"), "GB-months", key, part)


def _nodes(cluster: Attributes) -> Quantity:
    scaling = cluster.block("autoscaling_config")
    low, high = scaling.known_number("min_nodes"), scaling.known_number("max_nodes")
    if low is not None:
        return Quantity.between(low, low, max(low, high or low))
    declared = cluster.known_number("num_nodes")
    return Quantity.fixed(Decimal(1) if declared is None else declared)


TYPES = (
    ResourceType(
        "google_bigtable_instance",
        "database",
        bigtable_instance,
        usage_keys=(
            UsageKey("storage_gb", "GB that each cluster stores", (10, 100, 1000)),
            UsageKey("backup_storage_gb", "GB of backups that are kept"),
        ),
    ),
)
