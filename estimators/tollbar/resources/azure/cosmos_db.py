"""Azure Cosmos DB: databases and containers of every API, in each region of their account.

Source: "Azure Cosmos DB pricing" and "Optimize multi-region cost in Azure Cosmos DB". Throughput is sold per 100
request units a second (RU/s) and hour, in each region: autoscale at 1.5 times the standard rate of the highest
RU/s that an hour reached (at least 10 % of the maximum), a region with availability zones at 1.25 times. Accounts
that write in several regions have a rate of their own, to which neither is added; nor are zones to autoscale.
Two copies of periodic backups are free, and so are continuous backups of seven days. The free tier of an
account (1,000 RU/s and 25 GB) is not taken off: it is one for all its databases.
"""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_ACCOUNT = "azurerm_cosmosdb_account"
_PATH = "azure/cosmos_db"
_RUS_SOLD_TOGETHER = 100
_AUTOSCALE_RATE = Decimal("1.5")
_ZONES_RATE = Decimal("1.25")
_AUTOSCALE_LEAST_PERCENT = Decimal(10)
_DEFAULT_CONTAINER_RUS = 400
"""What Azure provisions for a container of a provisioned account where neither it nor its database says."""
_FREE_BACKUP_COPIES = 2
_DEFAULT_BACKUP_MINUTES = 240
_DEFAULT_BACKUP_HOURS = 8
_READS, _WRITES = "monthly_analytical_storage_read_operations", "monthly_analytical_storage_write_operations"
_REQUESTS = "monthly_serverless_request_units"
_PARENTS = {
    "azurerm_cosmosdb_cassandra_table": ("azurerm_cosmosdb_cassandra_keyspace", "cassandra_keyspace_id"),
    "azurerm_cosmosdb_gremlin_graph": ("azurerm_cosmosdb_gremlin_database", "database_name"),
    "azurerm_cosmosdb_mongo_collection": ("azurerm_cosmosdb_mongo_database", "database_name"),
    "azurerm_cosmosdb_sql_container": ("azurerm_cosmosdb_sql_database", "database_name"),
}
"""The database that a container belongs to: its type, and the attribute that names it."""


class _Region(NamedTuple):
    name: str
    has_zones: bool


def database(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a database's throughput, its storage and its backups in each region of the account, and restores."""
    account = _account(resource, usage, inventory)
    if account is None:
        yield _account_missing(resource)
        return
    yield from as_far_as_known(lambda: _lines(resource, account, usage, None))


def container(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a container's throughput, its storage and its backups in each region of the account, and restores."""
    parent = _parent(resource, inventory)
    account = _account(resource, usage, inventory) or (parent and _account(parent, usage, inventory))
    if account is None:
        yield _account_missing(resource)
        return
    is_shared = parent is not None and _has_throughput(parent.attributes)
    default = None if is_shared else Decimal(_DEFAULT_CONTAINER_RUS)
    yield from as_far_as_known(lambda: _lines(resource, account, usage, default))


def _account_missing(resource: Resource) -> Unpriced:
    name = resource.attributes.literal("account_name")
    account = f"the account {name}" if name else "its account"
    return Unpriced("unknown_until_apply", f"{account} is not in this project, whose regions set the price")


def _lines(
    resource: Resource, account: Resource, usage: Usage, default_rus: Decimal | None
) -> Iterator[Component | Unpriced]:
    regions = _regions(account)
    yield from as_far_as_known(
        lambda: _throughput(resource.attributes, account.attributes, regions, usage, default_rus)
    )
    stored = usage.quantity("storage_gb")
    for region in regions:
        key = PriceKey(f"{_PATH}/storage", region.name)
        yield Component("Transactional storage", stored, "GB-months", key, region.name)
    yield from as_far_as_known(lambda: _analytical(resource.attributes, account.attributes, regions, usage))
    yield from as_far_as_known(lambda: _backups(account.attributes, regions, stored))
    restored = usage.quantity("monthly_restored_data_gb")
    yield Component(
        "Restored data", restored, "GB", PriceKey(f"{_PATH}/pitr/backup/cont_30d_bckp_data_restore", regions[0].name)
    )


def _throughput(
    own: Attributes, account: Attributes, regions: Sequence[_Region], usage: Usage, default_rus: Decimal | None
) -> Iterator[Component]:
    """Yield autoscale or provisioned throughput of each region, or the requests of a serverless account."""
    largest = own.block("autoscale_settings").number("max_throughput")
    standard = own.number("throughput")
    if largest is None and standard is None:
        if _is_serverless(account) or usage.is_told(_REQUESTS):
            yield _request_units(regions[0], usage)
            return
        standard = default_rus
    writes_anywhere = account.flag("multiple_write_locations_enabled") or account.flag(
        "enable_multiple_write_locations"
    )
    writes_anywhere = writes_anywhere and len(regions) > 1
    meter = "mrus/100_multi_master_ru_s" if writes_anywhere else "provisioned_throughput/100_ru_per_second"
    for region in regions:
        key = PriceKey(f"{_PATH}/{meter}", region.name)
        if largest is not None:
            rate = 1 if writes_anywhere else _AUTOSCALE_RATE
            reached = usage.quantity("max_request_units_utilization_percentage").each_end(_least_percent) / 100
            blocks = reached * (largest / _RUS_SOLD_TOGETHER * rate)
            yield Component("Autoscale throughput", usage.hours * blocks, "hours", key, region.name)
        elif standard is not None:
            rate = _ZONES_RATE if region.has_zones and not writes_anywhere else 1
            hours = usage.hours * (standard / _RUS_SOLD_TOGETHER * rate)
            yield Component("Provisioned throughput", hours, "hours", key, region.name)


def _least_percent(percent: Decimal) -> Decimal:
    return max(percent, _AUTOSCALE_LEAST_PERCENT)


def _request_units(region: _Region, usage: Usage) -> Component:
    """Return the requests of a serverless account, which is in one region."""
    units = usage.quantity(_REQUESTS) * (_ZONES_RATE if region.has_zones else 1)
    return Component(
        "Request units (serverless)", units, "RUs", PriceKey(f"{_PATH}/serverless/request_units", region.name)
    )


def _analytical(own: Attributes, account: Attributes, regions: Sequence[_Region], usage: Usage) -> Iterator[Component]:
    """Yield the analytical store, as large as what is stored; a container turns it off by a time to live of 0."""
    if not account.flag("analytical_storage_enabled") or own.number("analytical_storage_ttl", -1) == 0:
        return
    for region in regions:
        for name, key, unit, meter in (
            ("Analytical storage", "storage_gb", "GB-months", "data_stored"),
            ("Analytical write operations", _WRITES, "operations", "write_operations"),
            ("Analytical read operations", _READS, "operations", "read_operations"),
        ):
            price = PriceKey(f"{_PATH}/analytics_storage/standard/{meter}", region.name)
            yield Component(name, usage.quantity(key), unit, price, region.name)


def _backups(account: Attributes, regions: Sequence[_Region], stored: Quantity) -> Iterator[Component]:
    """Yield continuous backups of 30 days (the default tier), or the copies of periodic ones beyond two."""
    backup = account.block("backup")
    if (backup.text("type", "Periodic") or "").lower() == "continuous":
        if (backup.text("tier", "Continuous30Days") or "").lower() == "continuous7days":
            return
        name, meter, unit, copies = "Continuous backup", "pitr/backup/cont_30d_bckp_continuous_backup", "GB", Decimal(1)
    else:
        name, meter, unit = "Periodic backup", "snapshot/standard/backup_data_stored", "GB-months"
        interval = backup.known_number("interval_in_minutes") or Decimal(_DEFAULT_BACKUP_MINUTES)
        retention = backup.known_number("retention_in_hours") or Decimal(_DEFAULT_BACKUP_HOURS)
        copies = retention * 60 // interval - _FREE_BACKUP_COPIES
    if copies > 0:
        for region in regions:
            yield Component(name, stored * copies, unit, PriceKey(f"{_PATH}/{meter}", region.name), region.name)


def _regions(account: Resource) -> tuple[_Region, ...]:
    """Return the regions of an account, the one that writes first; its own location where it names none."""
    blocks = account.attributes.blocks("geo_location")
    ordered = sorted(blocks, key=lambda block: block.number("failover_priority", 0) or 0)
    return tuple(
        _Region(_region_name(block.text("location") or "", account), block.flag("zone_redundant")) for block in ordered
    ) or (_Region(account.region or "", has_zones=False),)


def _region_name(location: str, account: Resource) -> str:
    return location.replace(" ", "").lower() or account.region or ""


def _is_serverless(account: Attributes) -> bool:
    return any(block.text("name") == "EnableServerless" for block in account.blocks("capabilities"))


def _has_throughput(attributes: Attributes) -> bool:
    return attributes.is_set("throughput") or bool(attributes.known_blocks("autoscale_settings"))


def _parent(resource: Resource, inventory: Inventory) -> Resource | None:
    """Return the database of a container, by reference or else by its name; None where it is not in the project."""
    parent_type, attribute = _PARENTS.get(resource.type, ("", ""))
    if not parent_type:
        return None
    name = resource.attributes.literal(attribute).rpartition("/")[2]
    return inventory.referenced(resource, attribute, parent_type) or inventory.named(parent_type, "name", name)


def _account(resource: Resource, usage: Usage, inventory: Inventory) -> Resource | None:
    """Return the account, by reference or else by its name.

    An account's name is unique in Azure, but a plan may hold several of one name (of which not all are to be at
    once). Then it is the one that has the analytical store that the usage tells of, else the one whose label is
    almost the resource's, else the first.
    """
    found = inventory.referenced(resource, "account_name", _ACCOUNT)
    if found is not None:
        return found
    in_id = re.search(r"/databaseAccounts/([^/]+)/", resource.attributes.literal("cassandra_keyspace_id"))
    name = in_id[1] if in_id else resource.attributes.literal("account_name")
    alike = [account for account in inventory.of_type(_ACCOUNT) if account.attributes.literal("name") == name != ""]
    if len(alike) < 2:
        return alike[0] if alike else None
    return max(alike, key=lambda account: _fit(account, resource, usage))


def _fit(account: Resource, resource: Resource, usage: Usage) -> tuple[bool, bool]:
    """Return how well one of several accounts of the same name fits what is told of a resource."""
    wants_analytics = usage.is_told(_READS) or usage.is_told(_WRITES)
    analytics = wants_analytics and account.attributes.get("analytical_storage_enabled") is True
    likeness = SequenceMatcher(None, account.name, resource.name).ratio()
    return analytics, likeness > _ALIKE


_ALIKE = 0.8
"""How alike two labels must be (of 1) to be those of things that belong together."""

_KEYS = (
    UsageKey("storage_gb", "GB stored", (1, 10, 100)),
    UsageKey(_REQUESTS, "Request units of a serverless account a month", (1_000_000, 10_000_000, 1_000_000_000)),
    UsageKey(
        "max_request_units_utilization_percentage",
        "Percent of the autoscale maximum that the hours reach on average",
        (10, 50, 100),
    ),
    UsageKey(_WRITES, "Write operations of the analytical store a month", (100_000, 1_000_000, 10_000_000)),
    UsageKey(_READS, "Read operations of the analytical store a month", (100_000, 1_000_000, 10_000_000)),
    UsageKey("monthly_restored_data_gb", "GB restored from continuous backups a month", (0, 0, 10)),
)

TYPES = (
    *(
        ResourceType(f"azurerm_cosmosdb_{name}", "database", database, _KEYS)
        for name in ("cassandra_keyspace", "gremlin_database", "mongo_database", "sql_database")
    ),
    *(
        ResourceType(f"azurerm_cosmosdb_{name}", "database", container, _KEYS)
        for name in ("cassandra_table", "gremlin_graph", "mongo_collection", "sql_container", "table")
    ),
)
