"""Amazon Redshift: clusters and serverless. Source: Amazon Redshift pricing page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.aws import reserved_purchase
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, days, multi_zone_if
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_DEFAULT_BASE_CAPACITY = 128
"""Redshift processing units (RPU) that a workgroup has where none are declared."""


def redshift_cluster(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the node hours, managed storage of RA3 nodes, concurrency scaling, Spectrum scans and snapshots."""
    node_type = resource.attributes.text("node_type")
    if node_type is None:
        yield Unpriced("unknown_until_apply", "node_type is not declared")
        return
    yield from as_far_as_known(lambda: _nodes(resource, node_type, usage))
    region = resource.region
    if node_type.startswith("ra3."):
        yield _managed_storage(region, usage)
    scanned = PriceKey("aws/redshift/spectrum_scanned", region)
    yield Component("Spectrum data scanned", usage.quantity("spectrum_data_scanned_tb"), "TB", scanned)
    yield Component(
        "Backup storage", usage.quantity("backup_storage_gb"), "GB-months", PriceKey("aws/redshift/backup", region)
    )


def _nodes(resource: Resource, node_type: str, usage: Usage) -> Iterator[Component]:
    """Yield what is billed for every node; a scaling cluster has as many nodes as the main one."""
    nodes = resource.attributes.number("number_of_nodes", 1) or Decimal(1)
    bought = reserved_purchase.purchase(usage)
    path = f"aws/redshift/node/{bought.path}/{node_type}"
    if bought.is_prepaid:
        path = "aws/redshift/reserved_all_upfront"
    yield Component(
        f"Nodes ({bought.name}, {node_type})", usage.hours * nodes, "hours", PriceKey(path, resource.region)
    )
    seconds = usage.quantity("excess_concurrency_scaling_secs") * nodes
    key = PriceKey(f"aws/redshift/concurrency_scaling/{node_type}", resource.region)
    yield Component(f"Concurrency scaling ({node_type})", seconds, "seconds", key)


def serverless_workgroup(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the RPU-hours of a workgroup: its base capacity in the hours that it runs queries."""
    attributes = resource.attributes
    base = attributes.number("base_capacity", _DEFAULT_BASE_CAPACITY) or Decimal(_DEFAULT_BASE_CAPACITY)
    most = max(attributes.number("max_capacity", 0) or base, base)
    rpu_hours = usage.quantity("monthly_hours") * Quantity.between(base, base, most)
    yield Component("Compute", rpu_hours, "RPU-hours", PriceKey("aws/redshift_serverless/rpu", resource.region))


def serverless_namespace(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the managed storage of a serverless namespace."""
    yield _managed_storage(resource.region, usage)


def _managed_storage(region: str | None, usage: Usage) -> Component:
    stored = usage.quantity("managed_storage_gb")
    return Component("Managed storage", stored, "GB-months", PriceKey("aws/redshift/managed_storage", region))


_STORAGE_KEY = UsageKey("managed_storage_gb", "GB of managed storage", (10, 100, 1000))

TYPES = (
    ResourceType(
        "aws_redshift_cluster",
        "database",
        redshift_cluster,
        (
            _STORAGE_KEY,
            UsageKey(
                "excess_concurrency_scaling_secs", "seconds a month that scaling clusters run beyond free credits"
            ),
            UsageKey("spectrum_data_scanned_tb", "TB scanned a month by Spectrum"),
            UsageKey("backup_storage_gb", "GB of snapshots beyond the free ones"),
            *reserved_purchase.KEYS,
        ),
        "node_type",
        traits=Readers(
            redundancy=multi_zone_if("multi_az"),
            retention_days=days("automated_snapshot_retention_period", 1, zero=None),
        ),
    ),
    ResourceType(
        "aws_redshiftserverless_workgroup",
        "database",
        serverless_workgroup,
        (UsageKey("monthly_hours", "hours a month in which queries run", (1, 10, 100)),),
    ),
    ResourceType("aws_redshiftserverless_namespace", "database", serverless_namespace, (_STORAGE_KEY,)),
)
