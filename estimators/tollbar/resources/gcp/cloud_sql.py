"""Cloud SQL instances: vCPUs and memory, storage, backups, SQL Server licences, public IP.

Source: "Cloud SQL pricing". High availability (``REGIONAL``) doubles vCPUs, memory and storage. Machine
sizes from "Machine types" of the Cloud SQL documentation. 1 GB on the price list is 1 GiB.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, text
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.traits import Redundancy
    from tollbar.usage import Usage

_CUSTOM = re.compile(r"db-custom-(?P<vcpus>\d+)-(?P<mb>\d+)")
_NAMED = re.compile(r"db-(?P<shape>n1-standard|standard|n1-highmem|highmem|perf-optimized-n)-(?P<vcpus>\d+)")
_LIGHTWEIGHT = re.compile(r"db-lightweight-(?P<vcpus>\d+)")
_GIB_PER_VCPU = {
    "n1-standard": Decimal("3.75"),
    "standard": Decimal("3.75"),
    "n1-highmem": Decimal("6.5"),
    "highmem": Decimal("6.5"),
    "perf-optimized-n": Decimal(8),
}
_LIGHTWEIGHT_GIB = Decimal("3.75")
_DEFAULT_DISK_GB = 10
_LONGEST_CHAIN = 4
"""Replicas of replicas; the vendor allows four levels."""
_LICENSED_EDITIONS = ("web", "standard", "enterprise")
_FEWEST_LICENSED_CORES = 4


@dataclass(frozen=True, slots=True)
class DatabaseMachine:
    """The size of a dedicated-core machine; memory in GiB."""

    vcpus: Decimal
    memory: Decimal


def database_machine(tier: str) -> DatabaseMachine | None:
    """Return the size that a tier names, None for a shared-core or unknown one."""
    if match := _CUSTOM.fullmatch(tier):
        return DatabaseMachine(Decimal(match["vcpus"]), Decimal(match["mb"]) / 1024)
    if match := _NAMED.fullmatch(tier):
        vcpus = Decimal(match["vcpus"])
        return DatabaseMachine(vcpus, vcpus * _GIB_PER_VCPU[match["shape"]])
    if match := _LIGHTWEIGHT.fullmatch(tier):
        return DatabaseMachine(Decimal(match["vcpus"]), _LIGHTWEIGHT_GIB)
    return None


def sql_database_instance(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield an instance's vCPU and memory hours or those of its tier, licence, storage, backups and public IP.

    One with ``activation_policy = "NEVER"`` is stopped and bills no machine.
    """
    settings = resource.attributes.block("settings")
    tier = settings.text("tier")
    if tier is None:
        yield Unpriced("unknown_until_apply", "settings.tier is not given")
        return
    yield from as_far_as_known(lambda: _machine_and_storage(resource, settings, tier, usage, inventory))
    if not resource.attributes.names_something("master_instance_name"):
        key = PriceKey("gcp/cloud_sql/backup", resource.region)
        yield Component("Backups", usage.quantity("backup_storage_gb"), "GB-months", key)
    if settings.block("ip_configuration").flag("ipv4_enabled", default=True):
        key = PriceKey("gcp/cloud_sql/ip_address", resource.region)
        yield Component("IP address (if unused)", usage.hours, "hours", key)


def _machine_and_storage(
    resource: Resource, settings: Attributes, tier: str, usage: Usage, inventory: Inventory
) -> Iterator[Component | Unpriced]:
    scope = "regional" if settings.text("availability_type", "ZONAL") == "REGIONAL" else "zonal"
    yield from as_far_as_known(lambda: _machine(resource, settings, tier, scope, usage))
    yield from as_far_as_known(lambda: _storage(resource, settings, scope, inventory))


def _machine(
    resource: Resource, settings: Attributes, tier: str, scope: str, usage: Usage
) -> Iterator[Component | Unpriced]:
    if settings.text("activation_policy", "ALWAYS") == "NEVER":
        return
    region = resource.region
    machine = database_machine(tier)
    if machine is None:
        key = PriceKey(f"gcp/cloud_sql/instance/{scope}/{tier}", region)
        yield Component(f"SQL instance ({tier}, {scope})", usage.hours, "hours", key)
        return
    is_plus = settings.text("edition", "ENTERPRISE") == "ENTERPRISE_PLUS"
    path = f"gcp/cloud_sql/{'enterprise_plus' if is_plus else 'enterprise'}"
    vcpus, memory = machine.vcpus, machine.memory
    key = PriceKey(f"{path}/vcpu/{scope}", region)
    yield Component(f"vCPUs ({vcpus.normalize():f}, {scope})", usage.hours * vcpus, "vCPU-hours", key)
    key = PriceKey(f"{path}/memory/{scope}", region)
    yield Component(f"Memory ({memory.normalize():f} GiB, {scope})", usage.hours * memory, "GiB-hours", key)
    edition = _sql_server_edition(resource.attributes.text("database_version", "") or "")
    if edition is not None:
        cores = max(vcpus, Decimal(_FEWEST_LICENSED_CORES))
        key = PriceKey(f"gcp/cloud_sql/licence/sql_server/{edition}", region)
        yield Component(f"SQL Server licence ({edition})", usage.hours * cores, "vCPU-hours", key)


def _sql_server_edition(version: str) -> str | None:
    """Return the edition of an SQL Server version that needs a licence: ``SQLSERVER_2019_WEB`` is web."""
    name = version.lower()
    edition = name.rsplit("_", 1)[-1]
    return edition if name.startswith("sqlserver") and edition in _LICENSED_EDITIONS else None


def _storage(resource: Resource, settings: Attributes, scope: str, inventory: Inventory) -> Iterator[Component]:
    kind = "hdd" if settings.text("disk_type", "PD_SSD") == "PD_HDD" else "ssd"
    size = _disk_size(resource, inventory)
    key = PriceKey(f"gcp/cloud_sql/storage/{kind}/{scope}", resource.region)
    gigabytes = Decimal(_DEFAULT_DISK_GB) if size is None else size
    yield Component(f"Storage ({kind.upper()}, {scope})", Quantity.fixed(gigabytes), "GB-months", key)


def _disk_size(resource: Resource, inventory: Inventory, depth: int = 0) -> Decimal | None:
    """Return the declared GB; a read replica that declares none is made as large as its primary."""
    size = resource.attributes.block("settings").known_number("disk_size")
    primary = inventory.referenced(resource, "master_instance_name", resource.type)
    if size is not None or primary is None or depth == _LONGEST_CHAIN:
        return size
    return _disk_size(primary, inventory, depth + 1)


def _vcpus(database: Resource, _usage: Usage, _inventory: Inventory) -> Decimal | None:
    machine = database_machine(database.attributes.block("settings").text("tier") or "")
    return None if machine is None else machine.vcpus


def _memory_gib(database: Resource, _usage: Usage, _inventory: Inventory) -> Decimal | None:
    machine = database_machine(database.attributes.block("settings").text("tier") or "")
    return None if machine is None else machine.memory


def _redundancy(database: Resource, _usage: Usage, _inventory: Inventory) -> Redundancy:
    regional = database.attributes.block("settings").text("availability_type", "ZONAL") == "REGIONAL"
    return "multi_zone" if regional else "zone"


TYPES = (
    ResourceType(
        "google_sql_database_instance",
        "database",
        sql_database_instance,
        usage_keys=(UsageKey("backup_storage_gb", "GB of backups that are kept", (1, 10, 100)),),
        traits=Readers(
            vcpus=_vcpus,
            memory_gib=_memory_gib,
            redundancy=_redundancy,
            storage_class=text("disk_type", "PD_SSD", "settings"),
        ),
    ),
)
