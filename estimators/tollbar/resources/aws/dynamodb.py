"""Amazon DynamoDB tables: capacity or requests, storage, backups, streams, replicas.

Sources: DynamoDB pricing pages for on-demand and provisioned capacity. Writes of a global table are
replicated writes in the region of every replica; provisioned replicas have read capacity of their own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.aws.autoscaling_target import scaled_capacity
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, text
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.traits import Redundancy
    from tollbar.usage import Usage

_CLASSES = {"STANDARD": "standard", "STANDARD_INFREQUENT_ACCESS": "infrequent_access"}


def dynamodb_table(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the lines of a table and of its replicas in other regions."""
    yield from as_far_as_known(lambda: _used(resource, usage, inventory))
    yield from as_far_as_known(lambda: _kept(resource, usage))


def _used(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    if resource.attributes.text("billing_mode", "PROVISIONED") == "PAY_PER_REQUEST":
        return _requests(resource, usage)
    return _provisioned(resource, usage, inventory)


def _provisioned(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    writes, reads = _capacity(resource, usage, inventory, "Write"), _capacity(resource, usage, inventory, "Read")
    root = _root(resource.attributes)
    write_hours, read_hours = writes * usage.hours, reads * usage.hours
    write_price = PriceKey(f"{root}/write_capacity", resource.region)
    read_price = PriceKey(f"{root}/read_capacity", resource.region)
    yield Component(f"Write capacity (WCU{_autoscaled(writes)})", write_hours, "WCU-hours", write_price)
    yield Component(f"Read capacity (RCU{_autoscaled(reads)})", read_hours, "RCU-hours", read_price)
    for region in _replica_regions(resource.attributes):
        part = f"Global table ({region})"
        replicated = PriceKey(f"{root}/replicated_write_capacity", region)
        yield Component("Replicated write capacity (rWCU)", write_hours, "WCU-hours", replicated, part)
        yield Component("Read capacity (RCU)", read_hours, "RCU-hours", PriceKey(read_price.path, region), part)


def _requests(resource: Resource, usage: Usage) -> Iterator[Component]:
    root = _root(resource.attributes)
    writes, reads = usage.quantity("monthly_write_request_units"), usage.quantity("monthly_read_request_units")
    yield Component("Write requests (WRU)", writes, "requests", PriceKey(f"{root}/write_requests", resource.region))
    yield Component("Read requests (RRU)", reads, "requests", PriceKey(f"{root}/read_requests", resource.region))
    for region in _replica_regions(resource.attributes):
        price = PriceKey(f"{root}/replicated_write_requests", region)
        yield Component("Replicated write requests (rWRU)", writes, "requests", price, f"Global table ({region})")


def _kept(resource: Resource, usage: Usage) -> Iterator[Component]:
    attributes, region = resource.attributes, resource.region
    stored = PriceKey(f"{_root(attributes)}/storage", region)
    yield Component("Data storage", usage.quantity("storage_gb"), "GB-months", stored)
    if attributes.block("point_in_time_recovery").flag("enabled"):
        recovery = usage.quantity("pitr_backup_storage_gb")
        price = PriceKey("aws/dynamodb/point_in_time_recovery", region)
        yield Component("Point-in-time recovery backups", recovery, "GB-months", price)
    backups = usage.quantity("on_demand_backup_storage_gb")
    if backups.is_known:
        yield Component("On-demand backups", backups, "GB-months", PriceKey("aws/dynamodb/backup", region))
    restored = usage.quantity("monthly_data_restored_gb")
    if restored.is_known:
        yield Component("Table data restored", restored, "GB", PriceKey("aws/dynamodb/restore", region))
    streamed = usage.quantity("monthly_streams_read_request_units")
    if attributes.flag("stream_enabled") or streamed.is_known:
        price = PriceKey("aws/dynamodb/streams_read_requests", region)
        yield Component("Streams read requests (sRRU)", streamed, "requests", price)


def _capacity(resource: Resource, usage: Usage, inventory: Inventory, kind: str) -> Quantity:
    """Return the table's and its indexes' provisioned units of one kind, or what they are scaled between."""
    attribute = f"{kind.lower()}_capacity"
    table = f"table/{resource.attributes.literal('name')}"
    scaled = scaled_capacity(resource, table, f"dynamodb:table:{kind}CapacityUnits", usage, inventory)
    if scaled is None:
        scaled = Quantity.fixed(resource.attributes.number(attribute) or Decimal(0))
    for index in resource.attributes.blocks("global_secondary_index"):
        scaled += Quantity.fixed(index.number(attribute, 0) or Decimal(0))
    return scaled


def _autoscaled(capacity: Quantity) -> str:
    return ", autoscaling" if capacity.low != capacity.high else ""


def _replica_regions(attributes: Attributes) -> tuple[str, ...]:
    regions = (replica.text("region_name") for replica in attributes.blocks("replica"))
    return tuple(region for region in regions if region)


def _root(attributes: Attributes) -> str:
    table_class = attributes.text("table_class", "STANDARD") or "STANDARD"
    return f"aws/dynamodb/{_CLASSES.get(table_class, table_class.lower())}"


def _redundancy(table: Resource, _usage: Usage, inventory: Inventory) -> Redundancy:
    """Return where a table is: in several zones, as a global table in several regions."""
    is_global = table.attributes.blocks("replica") or any(inventory.referring(table, "aws_dynamodb_table_replica"))
    return "multi_region" if is_global else "multi_zone"


TYPES = (
    ResourceType(
        "aws_dynamodb_table",
        "database",
        dynamodb_table,
        usage_keys=(
            UsageKey(
                "monthly_write_request_units",
                "write request units a month (on demand)",
                (100_000, 1_000_000, 10_000_000),
            ),
            UsageKey(
                "monthly_read_request_units", "read request units a month (on demand)", (100_000, 1_000_000, 10_000_000)
            ),
            UsageKey("storage_gb", "GB stored, all replicas together", (1, 10, 100)),
            UsageKey("pitr_backup_storage_gb", "GB of point-in-time recovery backups", (1, 10, 100)),
            UsageKey("on_demand_backup_storage_gb", "GB of on-demand backups"),
            UsageKey("monthly_data_restored_gb", "GB restored from backups a month"),
            UsageKey("monthly_streams_read_request_units", "read request units a month of DynamoDB Streams"),
        ),
        traits=Readers(redundancy=_redundancy, storage_class=text("table_class", "STANDARD")),
    ),
)
