"""Databases of Azure SQL, in both purchasing models.

Source: "Azure SQL Database pricing". DTU databases are billed by the day, those of the vCore model by vCores
(serverless: by the vCore-hours used), licence and storage; backups beside both.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.azure.sql_vcores import DATABASE, VCores, licence
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, days, multi_zone_if
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

HOURS_OF_A_DAY = 24
_NEVER = -1
"""The minutes after which a serverless database pauses, where it does not."""
_BYTES_PER_GB = 1024**3
_NEW_DATABASE = "GP_S_Gen5_2"
"""What the provider's documentation names first for a database without a size."""
_OLD_DATABASE = "GP_Gen5_2"
_OF_EDITION = {
    "basic": "Basic",
    "standard": "S0",
    "premium": "P1",
    "generalpurpose": "GP_Gen5_2",
    "businesscritical": "BC_Gen5_2",
    "hyperscale": "HS_Gen5_2",
}
"""The size that a database of an edition gets where none is named."""
_DEFAULT_GB = {"gp": 32, "bc": 32, "hs": 10}
"""The storage of a new database that nobody sized; Hyperscale allocates as it grows, from 10 GB."""
_IN_A_POOL = "ElasticPool"
_BILLED_ELSEWHERE = frozenset({"elasticpool", "free"})
_DTU = re.compile(r"basic|s\d+|p\d+", re.IGNORECASE)
_INCLUDED_GB = {"s": 250, "p": 500}
_INCLUDED_GB_OF_LARGEST = 4096
_LARGEST = frozenset({"p11", "p15"})
EXTRA_STORAGE = {"s": "standard_storage/standard", "p": "premium_storage/premium"}
_STORAGE = {
    "gp": "gp/storage",
    "bc": "bc/storage",
    "hs": "hyperscale_storage/hyperscale/data_stored",
    "gp_zone": "single_elastic_pool_general_purpose_storage/general_purpose_zone_redundancy/data_stored",
}
_BACKUPS = (
    "ltr_backup_storage/backup_{0}/data_stored",
    "single_elastic_pool_pitr_backup_storage/backup_{0}/{0}_data_stored",
)
_HYPERSCALE_BACKUPS = (
    "singledb_hyperscale_ltr_backup_storage/backup_{0}/data_stored",
    "singledb_hyperscale_storage/backup_{0}/data_stored",
)
BACKUP_REDUNDANCIES = {
    "local": "lrs",
    "zone": "zrs",
    "geo": "ragrs",
    "geozone": "ragzrs",
    "lrs": "lrs",
    "zrs": "zrs",
    "grs": "ragrs",
    "gzrs": "ragzrs",
}
"""Redundancies of backups, as databases and as managed instances write them, by their names in the catalogue."""


def mssql_database(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a database's DTUs by the day, or its vCores, licence and storage; its read replicas and its backups."""
    database = resource.attributes
    pooled = database.names_something("elastic_pool_id")
    objective = _IN_A_POOL if pooled else database.text("sku_name", _NEW_DATABASE) or _NEW_DATABASE
    yield from _lines(resource, usage, objective)


def sql_database(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a database's DTUs by the day, or its vCores, licence and storage; its read replicas and its backups."""
    database = resource.attributes
    if database.names_something("elastic_pool_name"):
        objective = _IN_A_POOL
    else:
        named = database.text("requested_service_objective_name", "")
        edition = "" if named else (database.text("edition", "") or "").lower()
        objective = named or _OF_EDITION.get(edition, _OLD_DATABASE)
    yield from _lines(resource, usage, objective)


def _lines(database: Resource, usage: Usage, objective: str) -> Iterator[Component | Unpriced]:
    vcores = VCores.of(objective)
    if vcores is not None:
        yield from as_far_as_known(lambda: _compute(database, usage, objective, vcores))
        yield from as_far_as_known(lambda: _licence(database, usage, vcores))
        yield from as_far_as_known(lambda: storage(vcores.tier, database))
    elif objective.lower() not in _BILLED_ELSEWHERE:
        yield from as_far_as_known(lambda: _dtus(database, usage, objective))
    yield from as_far_as_known(lambda: _backups(database, usage, vcores))


def size_gb(attributes: Attributes) -> Decimal | None:
    """Return the GB of data that a database or a pool may hold, None where it does not say."""
    size_bytes = attributes.known_number("max_size_bytes")
    return attributes.known_number("max_size_gb") if size_bytes is None else size_bytes / _BYTES_PER_GB


def storage(tier: str, resource: Resource) -> Iterator[Component]:
    """Yield the GB of data of a database or a pool of the vCore model."""
    declared = size_gb(resource.attributes)
    size = Decimal(_DEFAULT_GB[tier]) if declared is None else declared
    kind = "gp_zone" if tier == "gp" and resource.attributes.flag("zone_redundant") else tier
    key = PriceKey(f"{DATABASE}/{_STORAGE[kind]}", resource.region)
    yield Component("Storage", Quantity.fixed(size), "GB-months", key)


def _licence(database: Resource, usage: Usage, vcores: VCores) -> Iterator[Component]:
    """Yield the licence unless it is brought along, or not needed by a standby replica."""
    is_brought = (database.attributes.text("license_type", "LicenseIncluded") or "").lower() == "baseprice"
    is_standby = (database.attributes.text("secondary_type", "") or "").lower() == "standby"
    if not (vcores.is_serverless or is_brought or is_standby):
        yield from licence(vcores.tier, usage.hours * vcores.count, database.region)


def _compute(resource: Resource, usage: Usage, objective: str, vcores: VCores) -> Iterator[Component]:
    key = PriceKey(vcores.path, resource.region)
    kind = "serverless" if vcores.is_serverless else "provisioned"
    hours = (
        _serverless_hours(resource.attributes, usage, vcores) if vcores.is_serverless else usage.hours * vcores.count
    )
    yield Component(f"Compute ({kind}, {objective})", hours, "hours", key)
    if vcores.zone_redundancy_path and resource.attributes.flag("zone_redundant"):
        more = PriceKey(vcores.zone_redundancy_path, resource.region)
        yield Component(f"Zone redundancy ({kind}, {objective})", hours, "hours", more)
    replicas = resource.attributes.number("read_replica_count", 0)
    if vcores.tier == "hs" and replicas:
        yield Component("Read replicas", hours * replicas, "hours", key)


def _serverless_hours(database: Attributes, usage: Usage, vcores: VCores) -> Quantity:
    """Return the vCore-hours: as told, of a database that never pauses at least its fewest vCores all the time."""
    told = usage.quantity("monthly_vcore_hours")
    fewest = database.known_number("min_capacity")
    never_pauses = database.known_number("auto_pause_delay_in_minutes") == _NEVER
    if usage.is_told("monthly_vcore_hours") or fewest is None or not never_pauses:
        return told
    least, most = usage.hours * fewest, usage.hours * max(vcores.count, fewest)
    return Quantity(least.low, least.expected, most.high, least.basis, told.keys)


def _dtus(database: Resource, usage: Usage, objective: str) -> Iterator[Component]:
    name = objective.lower()
    key = PriceKey(f"{DATABASE}/dtu/{name}", database.region)
    yield Component(f"Compute ({objective})", usage.hours / HOURS_OF_A_DAY, "days", key)
    tier = name[:1]
    if not _DTU.fullmatch(name) or tier not in EXTRA_STORAGE:
        return
    extra = usage.quantity("extra_data_storage_gb")
    if not extra.is_known:
        included = _INCLUDED_GB_OF_LARGEST if name in _LARGEST else _INCLUDED_GB[tier]
        extra = Quantity.fixed((size_gb(database.attributes) or Decimal(0)) - included).above(0)
    if not extra.is_zero:
        key = PriceKey(f"{DATABASE}/{EXTRA_STORAGE[tier]}/data_stored", database.region)
        yield Component("Extra data storage", extra, "GB-months", key)


def _backups(database: Resource, usage: Usage, vcores: VCores | None) -> Iterator[Component]:
    """Yield backups kept for long and those for point-in-time restore; the default redundancy is Geo."""
    declared = (database.attributes.text("storage_account_type", "Geo") or "Geo").lower()
    redundancy = BACKUP_REDUNDANCIES.get(declared, declared)
    long_term, restore = _HYPERSCALE_BACKUPS if vcores is not None and vcores.tier == "hs" else _BACKUPS
    for name, key, path in (
        ("Long-term retention", "long_term_retention_storage_gb", long_term),
        ("PITR backup storage", "backup_storage_gb", restore),
    ):
        price = PriceKey(f"{DATABASE}/{path.format(redundancy)}", database.region)
        yield Component(f"{name} ({redundancy.upper()})", usage.quantity(key), "GB-months", price)


_KEYS = (
    UsageKey("monthly_vcore_hours", "vCore-hours that a serverless database uses a month", (50, 365, 1460)),
    UsageKey("extra_data_storage_gb", "GB of a DTU database beyond those included; as declared where it is not told"),
    UsageKey("long_term_retention_storage_gb", "GB of backups that are kept for long"),
    UsageKey("backup_storage_gb", "GB of backups for point-in-time restore that are billed", (0, 10, 100)),
)

_DEFAULT_BACKUP_DAYS = 7
"""Days of point-in-time restore where none are declared: "Automated backups in Azure SQL Database"."""

TYPES = (
    ResourceType(
        "azurerm_mssql_database",
        "database",
        mssql_database,
        _KEYS,
        "sku_name",
        traits=Readers(
            redundancy=multi_zone_if("zone_redundant"),
            retention_days=days("retention_days", _DEFAULT_BACKUP_DAYS, "short_term_retention_policy"),
        ),
    ),
    ResourceType("azurerm_sql_database", "database", sql_database, _KEYS, "requested_service_objective_name"),
)
