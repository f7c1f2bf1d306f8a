"""Servers of MySQL, PostgreSQL and MariaDB: flexible servers, and the single servers before them.

Source: "Azure Database for MySQL pricing" and those of PostgreSQL and MariaDB. A server costs its vCores, the storage
it is provisioned with, and backups beyond the size of that storage; a standby costs as much as the server itself.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, days
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.traits import Redundancy
    from tollbar.usage import Usage

_MB_PER_GB = 1024
_TWICE = 2
_DEFAULT_BACKUP_DAYS = 7
_BURSTABLE = re.compile(r"b_standard_(?P<size>b\d+m?s)")
_SERIES = re.compile(
    r"(?P<tier>gp|mo)_standard_(?P<family>[a-z]+?)(?P<vcores>\d+)(?:-\d+)?(?P<features>[a-z]*)_(?P<version>v\d+)"
)
_CONFIDENTIAL = frozenset({"dc", "ec"})
_SOLD_BY_SIZE = frozenset({"azure/mysql/flexible_server/mo_edsv5"})
"""Series whose price list has every size, not the vCore."""
_MYSQL_DEFAULT_GB = 20
_POSTGRESQL_DEFAULT_MB = 32768
_INCLUDED_IOPS = 300
_INCLUDED_IOPS_PER_GB = 3
_SINGLE = re.compile(r"(?P<hardware>(?P<tier>b|gp|mo)_gen\d)_(?P<vcores>\d+)")
_SMALLEST_SINGLE_MB = 5120


def mysql_flexible_server(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a server's vCores and storage with its standby's, provisioned IOPS beyond those included, and backups."""
    server, region = resource.attributes, resource.region
    yield from as_far_as_known(lambda: _flexible_compute(resource, usage, "mysql"))
    yield from as_far_as_known(lambda: _mysql_storage(server, usage, region), "storage")
    yield from as_far_as_known(lambda: _flexible_backups(resource, usage, "mysql"))


def postgresql_flexible_server(
    resource: Resource, usage: Usage, _inventory: Inventory
) -> Iterator[Component | Unpriced]:
    """Yield a server's vCores and storage with its standby's, and backups."""
    yield from as_far_as_known(lambda: _flexible_compute(resource, usage, "postgresql"))
    yield from as_far_as_known(lambda: _postgresql_storage(resource))
    yield from as_far_as_known(lambda: _flexible_backups(resource, usage, "postgresql"))


def _servers(server: Attributes) -> int:
    """Return how many servers are billed: two of a highly available one."""
    return _TWICE if server.blocks("high_availability") else 1


def _flexible_compute(server: Resource, usage: Usage, engine: str) -> Iterator[Component | Unpriced]:
    size = server.attributes.text("sku_name")
    if size is None:
        yield Unpriced("unknown_until_apply", "sku_name is not given")
        return
    path, units = _flexible_size(size.lower(), engine)
    hours = usage.hours * units * _servers(server.attributes)
    yield Component(f"Compute ({size})", hours, "hours", PriceKey(path, server.region))


def _flexible_size(size: str, engine: str) -> tuple[str, int]:
    """Return the path of a size's hours, and how many of what is priced there it has: vCores, else one."""
    if burstable := _BURSTABLE.fullmatch(size):
        return f"azure/{engine}/flexible_server/burstable/{burstable['size']}", 1
    match = _SERIES.fullmatch(size)
    if match is None:
        return f"azure/{engine}/flexible_server/{size}", 1
    vcores, series = int(match["vcores"]), f"{match['family']}{match['features']}{match['version']}"
    if match["family"] in _CONFIDENTIAL:
        return f"azure/{engine}/flexible_server_confidential_compute_{series}_series_compute/1_vcore", vcores
    path = f"azure/{engine}/flexible_server/{match['tier']}_{series}"
    return (f"{path}/{vcores}_vcore", 1) if path in _SOLD_BY_SIZE else (f"{path}/1_vcore", vcores)


def _mysql_storage(server: Attributes, usage: Usage, region: str | None) -> Iterator[Component]:
    storage, servers = server.block("storage"), _servers(server)
    size = storage.number("size_gb", _MYSQL_DEFAULT_GB) or Decimal(_MYSQL_DEFAULT_GB)
    key = PriceKey("azure/mysql/flexible_server/storage", region)
    yield Component("Storage", Quantity.fixed(size * servers), "GB-months", key)
    if storage.flag("io_scaling_enabled"):
        key = PriceKey("azure/mysql/flexible_server_storage/paid_io_lrs/io_rate_operations", region)
        yield Component("I/O operations", usage.quantity("monthly_io_requests"), "operations", key)
        return
    extra = (storage.known_number("iops") or Decimal(0)) - _INCLUDED_IOPS - _INCLUDED_IOPS_PER_GB * size
    if extra > 0:
        key = PriceKey("azure/mysql/flexible_server_storage/additional_iops", region)
        yield Component("Additional IOPS", Quantity.fixed(extra * servers), "IOPS-months", key)


def _postgresql_storage(server: Resource) -> Iterator[Component | Unpriced]:
    size_mb = server.attributes.known_number("storage_mb")
    if size_mb is None and server.attributes.names_something("source_server_id"):
        yield Unpriced("unknown_until_apply", "storage_mb is not given: it is that of the server it is a copy of")
        return
    size_mb = size_mb or Decimal(_POSTGRESQL_DEFAULT_MB)
    size = Quantity.fixed(size_mb / _MB_PER_GB * _servers(server.attributes))
    key = PriceKey("azure/postgresql/flexible_server/storage", server.region)
    yield Component("Storage", size, "GB-months", key)


def _flexible_backups(server: Resource, usage: Usage, engine: str) -> Iterator[Component]:
    """Yield backups; those kept in two regions are billed twice."""
    copies = _TWICE if server.attributes.flag("geo_redundant_backup_enabled") else 1
    stored = usage.quantity("additional_backup_storage_gb") * copies
    path = f"azure/{engine}/flexible_server_backup_storage/backup_storage_lrs/data_stored"
    yield Component("Additional backup storage", stored, "GB-months", PriceKey(path, server.region))


def single_server(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a server's vCores, its storage, and backups by their redundancy."""
    engine = resource.type.removeprefix("azurerm_").removesuffix("_server")
    path = f"azure/{engine}/single_server"
    yield from as_far_as_known(lambda: _single_compute_and_storage(resource, usage, path))
    yield from as_far_as_known(lambda: _single_backups(resource, usage, path))


def _single_compute_and_storage(server: Resource, usage: Usage, path: str) -> Iterator[Component | Unpriced]:
    attributes, region = server.attributes, server.region
    size = attributes.text("sku_name")
    if size is None:
        yield Unpriced("unknown_until_apply", "sku_name is not given")
        return
    match = _SINGLE.fullmatch(size.lower())
    sold, vcores = (f"{match['hardware']}/1_vcore", int(match["vcores"])) if match else (size.lower(), 1)
    yield Component(f"Compute ({size})", usage.hours * vcores, "hours", PriceKey(f"{path}/{sold}", region))
    declared = attributes.known_number("storage_mb") or attributes.block("storage_profile").known_number("storage_mb")
    stored = Quantity.fixed((declared or Decimal(_SMALLEST_SINGLE_MB)) / _MB_PER_GB)
    kind = "basic" if match and match["tier"] == "b" else "general_purpose"
    yield Component("Storage", stored, "GB-months", PriceKey(f"{path}/storage/{kind}", region))


def _single_backups(server: Resource, usage: Usage, path: str) -> Iterator[Component]:
    kind = "grs" if server.attributes.flag("geo_redundant_backup_enabled") else "lrs"
    stored = usage.quantity("additional_backup_storage_gb")
    yield Component("Additional backup storage", stored, "GB-months", PriceKey(f"{path}/backup/{kind}", server.region))


_BACKUPS = UsageKey("additional_backup_storage_gb", "GB of backups beyond the size of the storage", (0, 10, 100))
_IO = UsageKey("monthly_io_requests", "I/O operations a month, where the server scales its IOPS by itself")


def _redundancy(server: Resource, _usage: Usage, _inventory: Inventory) -> Redundancy:
    """Return where a server and its standby are: a standby may be in the server's own zone."""
    standby = server.attributes.block("high_availability")
    return "multi_zone" if standby.text("mode", "") == "ZoneRedundant" else "zone"


_BACKUP_DAYS = days("backup_retention_days", _DEFAULT_BACKUP_DAYS)
_FLEXIBLE = Readers(redundancy=_redundancy, retention_days=_BACKUP_DAYS)

TYPES = (
    ResourceType(
        "azurerm_mysql_flexible_server",
        "database",
        mysql_flexible_server,
        (_BACKUPS, _IO),
        "sku_name",
        traits=_FLEXIBLE,
    ),
    ResourceType(
        "azurerm_postgresql_flexible_server",
        "database",
        postgresql_flexible_server,
        (_BACKUPS,),
        "sku_name",
        traits=_FLEXIBLE,
    ),
    *(
        ResourceType(
            f"azurerm_{engine}_server",
            "database",
            single_server,
            (_BACKUPS,),
            "sku_name",
            traits=Readers(retention_days=_BACKUP_DAYS),
        )
        for engine in ("mysql", "postgresql", "mariadb")
    ),
)
