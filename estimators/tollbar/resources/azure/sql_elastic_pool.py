"""Elastic pools of Azure SQL: databases that share eDTUs or vCores.

Source: "Azure SQL Database pricing, elastic pool" and "Resource limits for elastic pools using the DTU purchasing
model" for what they include.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.azure.sql_database import EXTRA_STORAGE, HOURS_OF_A_DAY, size_gb, storage
from tollbar.resources.azure.sql_vcores import DATABASE, VCores, licence
from tollbar.resources.registry import ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_MB_PER_GB = 1024
_DTU_TIERS = frozenset({"basic", "standard", "premium"})
_PREMIUM_INCLUDED_GB = {125: 250, 250: 500, 500: 750}
_PREMIUM_GB_PER_EDTU = Decimal("1.024")
"""GB that a Premium pool of 1,000 eDTUs and more includes for each."""


def mssql_elastic_pool(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a pool's eDTUs by the day and the storage beyond those included, or its vCores, licence and storage."""
    pool = resource.attributes
    sku = pool.block("sku")
    name, capacity = sku.text("name", "") or "", sku.number("capacity")
    tier = name.lower().removesuffix("pool")
    if capacity is None:
        yield Unpriced("unknown_until_apply", "sku.capacity is not given")
    elif tier in _DTU_TIERS:
        yield from _edtus(resource, usage, tier, capacity, size_gb(pool))
    else:
        yield from _vcores(resource, usage, name, capacity)


def sql_elastic_pool(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a pool's eDTUs by the day and the storage beyond those included."""
    pool = resource.attributes
    dtus, size_mb = pool.number("dtu"), pool.known_number("pool_size")
    if dtus is None:
        yield Unpriced("unknown_until_apply", "dtu is not given")
        return
    tier = (pool.text("edition", "Standard") or "Standard").lower()
    yield from _edtus(resource, usage, tier, dtus, None if size_mb is None else size_mb / _MB_PER_GB)


def _edtus(pool: Resource, usage: Usage, tier: str, edtus: Decimal, size: Decimal | None) -> Iterator[Component]:
    key = PriceKey(f"{DATABASE}/elastic_pool/{tier}/{edtus:f}_edtu", pool.region)
    yield Component(f"Compute ({tier.capitalize()}, {edtus:f} eDTUs)", usage.hours / HOURS_OF_A_DAY, "days", key)
    extra = Decimal(0) if size is None else size - _included_gb(tier, edtus)
    if extra > 0 and tier[:1] in EXTRA_STORAGE:
        key = PriceKey(f"{DATABASE}/{EXTRA_STORAGE[tier[:1]]}/data_stored", pool.region)
        yield Component("Extra data storage", Quantity.fixed(extra), "GB-months", key)


def _included_gb(tier: str, edtus: Decimal) -> Decimal:
    """Return the GB that a pool includes; a Standard one as many as it has eDTUs."""
    if tier != "premium":
        return edtus
    return Decimal(_PREMIUM_INCLUDED_GB.get(int(edtus), edtus * _PREMIUM_GB_PER_EDTU))


def _vcores(pool: Resource, usage: Usage, name: str, capacity: Decimal) -> Iterator[Component | Unpriced]:
    vcores = VCores.of(f"{name}_{capacity:f}")
    if vcores is None:
        yield Unpriced("price_not_found", f"{name} is not a size of an elastic pool")
        return
    hours = usage.hours * vcores.count
    size = f"{name}, {capacity:f} vCore"
    yield Component(f"Compute ({size})", hours, "hours", PriceKey(vcores.path, pool.region))
    if vcores.zone_redundancy_path and pool.attributes.flag("zone_redundant"):
        key = PriceKey(vcores.zone_redundancy_path, pool.region)
        yield Component(f"Zone redundancy ({size})", hours, "hours", key)
    if (pool.attributes.text("license_type", "") or "").lower() != "baseprice":
        yield from licence(vcores.tier, hours, pool.region)
    yield from storage(vcores.tier, pool)


TYPES = (
    ResourceType("azurerm_mssql_elasticpool", "database", mssql_elastic_pool),
    ResourceType("azurerm_sql_elasticpool", "database", sql_elastic_pool),
)
