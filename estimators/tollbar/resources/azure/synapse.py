"""Azure Synapse Analytics: workspaces with their pipelines and data flows, dedicated SQL pools and Spark pools.

Source: "Azure Synapse Analytics pricing". Dedicated pools are sold per 100 data warehouse units (DWU) and hour,
Spark pools per vCore-hour of the nodes that run. Pipelines inside a managed virtual network have prices of their own.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_PATH = "azure/synapse"
_WORKSPACE = "azurerm_synapse_workspace"
_DWUS_SOLD_TOGETHER = 100
_NODE_VCORES = {"small": 4, "medium": 8, "large": 16, "xlarge": 32, "xxlarge": 64, "xxxlarge": 80}
_LEAST_NODES = 3
_RUNS_PER_THOUSAND = 1000


def workspace(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the TB that serverless SQL reads, the vCore-hours of data flows, and what pipelines run and move."""
    region = resource.region
    read = usage.quantity("serverless_sql_pool_size_tb")
    yield Component("Serverless SQL", read, "TB", PriceKey(f"{_PATH}/serverless_sql_pool/data_processed", region))
    for kind in ("basic", "standard"):
        vcores = usage.quantity(f"dataflow_{kind}_instances") * usage.quantity(f"dataflow_{kind}_vcores")
        hours = vcores * usage.quantity(f"monthly_dataflow_{kind}_hours")
        key = PriceKey(f"{_PATH}/data_flow/{kind}_vcore", region)
        yield Component(f"Data flow ({kind})", hours, "hours", key)
    yield from as_far_as_known(lambda: _azure_pipelines(resource, usage))
    path = f"{_PATH}/pipelines/self_hosted"
    prefix = "monthly_datapipeline_self_hosted"
    yield _runs(usage, prefix, path, region, "self-hosted")
    moved = usage.quantity(f"{prefix}_data_movement_hours")
    yield Component("Data movement (self-hosted)", moved, "hours", PriceKey(f"{path}/data_movement", region))
    yield from _activities(usage, prefix, path, region, "self-hosted")


def _azure_pipelines(workspace: Resource, usage: Usage) -> Iterator[Component]:
    region, prefix = workspace.region, "monthly_datapipeline_azure_hosted"
    path = f"{_PATH}/pipelines/azure_hosted"
    yield _runs(usage, prefix, path, region, "Azure-hosted")
    moved = usage.quantity(f"{prefix}_data_integration_units") * usage.quantity(f"{prefix}_data_integration_hours")
    yield Component("Data movement (Azure-hosted)", moved, "hours", PriceKey(f"{path}/data_movement_diu", region))
    network = "_managed_vnet" if workspace.attributes.flag("managed_virtual_network_enabled") else ""
    yield from _activities(usage, prefix, f"{path}{network}", region, "Azure-hosted")


def _runs(usage: Usage, prefix: str, path: str, region: str | None, where: str) -> Component:
    """Return the activity runs, of which the usage key counts thousands."""
    runs = usage.quantity(f"{prefix}_activity_runs") * _RUNS_PER_THOUSAND
    return Component(f"Activity runs ({where})", runs, "units", PriceKey(f"{path}/orchestration_activity_run", region))


def _activities(usage: Usage, prefix: str, path: str, region: str | None, where: str) -> Iterator[Component]:
    for name, key, meter in (
        ("Pipeline activity", "integration_runtime_hours", "pipeline_activity"),
        ("External pipeline activity", "external_integration_runtime_hours", "external_pipeline_activity"),
    ):
        price = PriceKey(f"{path}/{meter}", region)
        yield Component(f"{name} ({where})", usage.quantity(f"{prefix}_{key}"), "hours", price)


def sql_pool(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a dedicated pool's data warehouse units, its TB and their copy in the paired region."""
    region = _region(resource, inventory)
    yield from as_far_as_known(lambda: _warehouse_units(resource.attributes, usage, region))
    stored = usage.quantity("storage_tb")
    key = PriceKey(f"{_PATH}/dedicated_sql_pool/storage", region)
    yield Component("Storage", stored, "TB-months", key)
    yield from as_far_as_known(lambda: _disaster_recovery(resource.attributes, usage, stored, region))


def _warehouse_units(pool: Attributes, usage: Usage, region: str | None) -> Iterator[Component]:
    sku = pool.text("sku_name") or ""
    units = re.fullmatch(r"dw(\d+)c", sku, re.IGNORECASE)
    key = PriceKey(f"{_PATH}/dedicated_sql_pool/{'100_dwus' if units else sku.lower()}", region)
    blocks = Decimal(units[1]) / _DWUS_SOLD_TOGETHER if units else Decimal(1)
    yield Component(f"Data warehouse units ({sku})", usage.hours * blocks, "hours", key)


def _disaster_recovery(pool: Attributes, usage: Usage, stored: Quantity, region: str | None) -> Iterator[Component]:
    """Yield the geo-redundant copy, which is kept unless the geo-backup policy or the usage says that it is not."""
    told = (usage.text("disaster_recovery_enabled") or "true").lower()
    if told == "true" and pool.flag("geo_backup_policy_enabled", default=True):
        key = PriceKey(f"{_PATH}/dedicated_sql_pool/geo_redundant_disaster_recovery", region)
        yield Component("Geo-redundant disaster recovery", stored, "TB-months", key)


def spark_pool(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the vCore-hours of a Spark pool's nodes while it runs."""
    attributes = resource.attributes
    size = (attributes.text("node_size") or "Small").lower()
    family = (attributes.text("node_size_family") or "MemoryOptimized").lower()
    path = "memory_optimized/vcore" if family == "memoryoptimized" else f"{family}/vcore"
    vcores = _NODE_VCORES.get(size)
    key = PriceKey(f"{_PATH}/spark_pool/{path if vcores else size}", _region(resource, inventory))
    hours = usage.quantity("monthly_hours") * _nodes(attributes) * (vcores or 1)
    yield Component(f"Spark pool ({size} nodes)", hours, "vCPU-hours", key)


def _nodes(pool: Attributes) -> Quantity:
    """Return the nodes as declared, or as few and as many as autoscale may have, with the fewest expected."""
    scale = pool.block("auto_scale")
    low, high = (scale.known_number(f"{end}_node_count") for end in ("min", "max"))
    if low is not None:
        return Quantity.between(low, low, max(low, high or low))
    return Quantity.fixed(pool.number("node_count", _LEAST_NODES) or _LEAST_NODES)


def _region(pool: Resource, inventory: Inventory) -> str | None:
    """Return where a pool is: where its workspace is."""
    owner = inventory.referenced(pool, "synapse_workspace_id", _WORKSPACE)
    return pool.region if owner is None else owner.region


def _flow_keys(kind: str, assumed: tuple[float, float, float]) -> tuple[UsageKey, ...]:
    return (
        UsageKey(f"dataflow_{kind}_instances", f"Instances of {kind} data flows", (1, 1, 1)),
        UsageKey(f"dataflow_{kind}_vcores", f"vCores of each {kind} data flow", (8, 8, 16)),
        UsageKey(f"monthly_dataflow_{kind}_hours", f"Hours of {kind} data flows a month", assumed),
    )


def _pipeline_keys(where: str, hosted: str, assumed: tuple[float, float, float]) -> tuple[UsageKey, ...]:
    return (
        UsageKey(
            f"monthly_datapipeline_{where}_activity_runs", f"Thousands of {hosted} activity runs a month", assumed
        ),
        UsageKey(
            f"monthly_datapipeline_{where}_integration_runtime_hours",
            f"Hours of {hosted} pipeline activities a month",
            assumed,
        ),
        UsageKey(
            f"monthly_datapipeline_{where}_external_integration_runtime_hours",
            f"Hours of {hosted} external pipeline activities a month",
            assumed,
        ),
    )


_WORKSPACE_KEYS = (
    UsageKey("serverless_sql_pool_size_tb", "TB that serverless SQL queries read a month", (0.1, 1, 10)),
    *_flow_keys("basic", (0, 10, 100)),
    *_flow_keys("standard", (0, 0, 100)),
    *_pipeline_keys("azure_hosted", "Azure-hosted", (1, 10, 100)),
    UsageKey(
        "monthly_datapipeline_azure_hosted_data_integration_units", "Data integration units of a copy", (2, 4, 32)
    ),
    UsageKey("monthly_datapipeline_azure_hosted_data_integration_hours", "Hours of copying a month", (1, 10, 100)),
    *_pipeline_keys("self_hosted", "self-hosted", (0, 0, 10)),
    UsageKey(
        "monthly_datapipeline_self_hosted_data_movement_hours", "Hours of self-hosted copying a month", (0, 0, 100)
    ),
)

TYPES = (
    ResourceType(_WORKSPACE, "database", workspace, _WORKSPACE_KEYS),
    ResourceType(
        "azurerm_synapse_sql_pool",
        "database",
        sql_pool,
        (
            UsageKey("storage_tb", "TB stored", (0.1, 1, 10)),
            UsageKey("disaster_recovery_enabled", "Whether a geo-redundant copy is kept (true unless told)"),
        ),
        "sku_name",
    ),
    ResourceType(
        "azurerm_synapse_spark_pool",
        "compute",
        spark_pool,
        (UsageKey("monthly_hours", "Hours a month that the pool's nodes run", (10, 100, 730)),),
        "node_size",
    ),
)
