"""Data Factory: what a factory's pipelines read and write, and its integration runtimes.

Source: "Data Factory pricing" (data pipeline and SQL Server integration services). Nothing declares how long a
runtime works, and no usage key does: it is taken to work all month, with one data integration unit and one activity
of each kind at a time. Data flows are sold by vCore-hour; inside a managed virtual network activities cost more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Quantity, Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_PATH = "azure/data_factory"
_FACTORY = "azurerm_data_factory"
_COMPUTE_TYPES = {
    "general": ("general purpose", "general_purpose"),
    "computeoptimized": ("compute optimized", "compute_optimized"),
    "memoryoptimized": ("memory optimized", "memory_optimized"),
}
_DEFAULT_VCORES = 8
_ANYWHERE = "autoresolve"


class Meters(NamedTuple):
    """Where the prices of a kind of runtime stand."""

    runs: str
    movement: str
    activities: str


_AZURE = Meters("azure_runtime/orchestration_activity_run", "azure_runtime/data_movement_diu", "azure_runtime")
_MANAGED_NETWORK = _AZURE._replace(activities="managed_vnet_runtime")
_SELF_HOSTED = Meters(
    "self_hosted_runtime/orchestration_activity_run", "self_hosted_runtime/data_movement", "self_hosted_runtime"
)


def factory(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the entities that a factory reads and writes, and those of its monitoring."""
    for name, key, meter in (
        ("Read/write operations", "monthly_read_write_operation_entities", "read_write_operations"),
        ("Monitoring operations", "monthly_monitoring_operation_entities", "monitoring_operations"),
    ):
        price = PriceKey(f"{_PATH}/{meter}", resource.region)
        yield Component(name, usage.quantity(key), "operations", price)


def azure_runtime(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the vCore-hours of data flows, the runs of activities, data movement and the hours of activities."""
    placed = _placed(resource, inventory)
    yield from as_far_as_known(lambda: _data_flow(placed, usage))
    in_network = placed.attributes.flag("virtual_network_enabled")
    yield from _activities(placed, usage, _MANAGED_NETWORK if in_network else _AZURE)


def self_hosted_runtime(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the runs of activities, data movement and the hours of activities on one's own machines."""
    yield from _activities(_placed(resource, inventory), usage, _SELF_HOSTED)


def ssis_runtime(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of the nodes that run SQL Server integration services."""
    yield from _nodes(_placed(resource, inventory), usage)


def managed_runtime(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a managed runtime's nodes, activity runs, data movement and the hours of activities."""
    placed = _placed(resource, inventory)
    yield from as_far_as_known(lambda: _nodes(placed, usage))
    yield from _activities(placed, usage, _MANAGED_NETWORK)


def _placed(runtime: Resource, inventory: Inventory) -> Resource:
    """Return the runtime in its region: a self-hosted one, or one that Azure places, counts as in its factory's."""
    if runtime.region not in {None, _ANYWHERE}:
        return runtime
    owner = inventory.referenced(runtime, "data_factory_id", _FACTORY)
    return replace(runtime, region=None if owner is None else owner.region)


def _data_flow(runtime: Resource, usage: Usage) -> Iterator[Component]:
    declared = (runtime.attributes.text("compute_type", "General") or "").lower()
    name, compute_type = _COMPUTE_TYPES.get(declared, (declared, declared))
    vcores = runtime.attributes.number("core_count", _DEFAULT_VCORES) or _DEFAULT_VCORES
    key = PriceKey(f"{_PATH}/data_flow/{compute_type}/vcore", runtime.region)
    hours = _running(usage, "monthly_data_flow_hours")
    yield Component(f"Data flow ({name}, {vcores} vCores)", hours * vcores, "vCPU-hours", key)


def _activities(runtime: Resource, usage: Usage, meters: Meters) -> Iterator[Component]:
    region = runtime.region
    runs = usage.quantity("monthly_orchestration_runs")
    yield Component("Orchestration", runs, "units", PriceKey(f"{_PATH}/{meters.runs}", region))
    moving = _running(usage, "monthly_data_movement_hours")
    yield Component("Data movement", moving, "hours", PriceKey(f"{_PATH}/{meters.movement}", region))
    for name, usage_key, meter in (
        ("Pipeline activity", "monthly_pipeline_activity_hours", "pipeline_activity"),
        ("External pipeline activity", "monthly_external_pipeline_activity_hours", "external_pipeline_activity"),
    ):
        key = PriceKey(f"{_PATH}/{meters.activities}/{meter}", region)
        yield Component(name, _running(usage, usage_key), "hours", key)


def _running(usage: Usage, name: str) -> Quantity:
    """Return the hours that something runs: as told, else as assumed, else the most there can be: all of them."""
    hours = usage.quantity(name)
    return hours if hours.is_known else usage.hours


def _nodes(runtime: Resource, usage: Usage) -> Iterator[Component]:
    """Yield the nodes: one, of the Standard edition and with SQL Server's licence, unless declared."""
    attributes = runtime.attributes
    size = (attributes.text("node_size") or "").removeprefix("Standard_")
    edition = attributes.text("edition", "Standard") or "Standard"
    brings_licence = attributes.text("license_type", "LicenseIncluded") == "BasePrice"
    licence = "base_price" if brings_licence else "license_included"
    key = PriceKey(f"{_PATH}/ssis/{edition.lower()}/{licence}/{size.lower()}", runtime.region)
    nodes = attributes.number("number_of_nodes", 1) or 1
    yield Component(f"Nodes ({size}, {edition})", usage.hours * nodes, "hours", key)


_RUNS = (
    UsageKey("monthly_orchestration_runs", "Activity, trigger and debug runs a month", (100, 1000, 100_000)),
    UsageKey("monthly_data_movement_hours", "Hours of copying a month, times its data integration units", (1, 40, 730)),
    UsageKey("monthly_pipeline_activity_hours", "Hours of pipeline activities a month", (1, 10, 730)),
    UsageKey("monthly_external_pipeline_activity_hours", "Hours of external activities a month", (1, 10, 730)),
)
_FLOWS = UsageKey("monthly_data_flow_hours", "Hours that data flows run a month, with their debugging", (0, 20, 730))

TYPES = (
    ResourceType(
        _FACTORY,
        "other",
        factory,
        (
            UsageKey(
                "monthly_read_write_operation_entities",
                "Entities created, read, updated or deleted a month",
                (100, 1000, 50_000),
            ),
            UsageKey(
                "monthly_monitoring_operation_entities",
                "Runs read by monitoring a month",
                (1000, 10_000, 100_000),
            ),
        ),
    ),
    ResourceType(f"{_FACTORY}_integration_runtime_azure", "compute", azure_runtime, (*_RUNS, _FLOWS), "compute_type"),
    ResourceType(f"{_FACTORY}_integration_runtime_azure_ssis", "compute", ssis_runtime, (), "node_size"),
    ResourceType(f"{_FACTORY}_integration_runtime_managed", "compute", managed_runtime, _RUNS, "node_size"),
    ResourceType(f"{_FACTORY}_integration_runtime_self_hosted", "compute", self_hosted_runtime, _RUNS),
)
