"""Managed instances of Azure SQL.

Source: "Azure SQL Managed Instance pricing": vCores, their licence, storage beyond the first 32 GB, and backups.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.azure.sql_database import BACKUP_REDUNDANCIES
from tollbar.resources.azure.sql_vcores import licence
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_PATH = "azure/sql_managed_instance"
_INCLUDED_GB = 32
_STORAGE = {"gp": "general_purpose", "bc": "business_critical"}


def managed_instance(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield an instance's vCores and their licence, the GB beyond the 32 included, and its backups."""
    instance, region = resource.attributes, resource.region
    yield from as_far_as_known(lambda: _compute(resource, usage))
    yield from as_far_as_known(lambda: _storage(resource))
    declared = (instance.text("storage_account_type", "GRS") or "GRS").lower()
    redundancy = BACKUP_REDUNDANCIES.get(declared, declared)
    for name, key, kind in (
        ("PITR backup storage", "backup_storage_gb", "pitr"),
        ("LTR backup storage", "long_term_retention_storage_gb", "ltr"),
    ):
        price = PriceKey(f"{_PATH}/{kind}_backup/{redundancy}", region)
        yield Component(f"{name} ({declared.upper()})", usage.quantity(key), "GB-months", price)


def _compute(instance: Resource, usage: Usage) -> Iterator[Component | Unpriced]:
    sku, vcores = instance.attributes.text("sku_name"), instance.attributes.number("vcores")
    if sku is None or vcores is None:
        yield Unpriced("unknown_until_apply", "sku_name or vcores is not given")
        return
    hours, key = usage.hours * vcores, PriceKey(f"{_PATH}/{sku.lower()}/vcore", instance.region)
    yield Component(f"Compute ({sku}, {vcores:f} vCore)", hours, "hours", key)
    tier = sku.lower().partition("_")[0]
    if tier == "gp" and instance.attributes.flag("zone_redundant_enabled"):
        key = PriceKey(f"{_PATH}/{sku.lower()}/zone_redundancy/vcore", instance.region)
        yield Component("Zone redundancy", hours, "hours", key)
    if (instance.attributes.text("license_type", "LicenseIncluded") or "").lower() != "baseprice":
        yield from licence(tier, hours, instance.region)


def _storage(instance: Resource) -> Iterator[Component]:
    size = instance.attributes.number("storage_size_in_gb", _INCLUDED_GB) or Decimal(_INCLUDED_GB)
    if size > _INCLUDED_GB:
        tier = (instance.attributes.text("sku_name", "") or "").lower().partition("_")[0]
        key = PriceKey(f"{_PATH}/storage/{_STORAGE.get(tier, tier)}", instance.region)
        yield Component("Additional storage", Quantity.fixed(size - _INCLUDED_GB), "GB-months", key)


_KEYS = (
    UsageKey("backup_storage_gb", "GB of backups for point-in-time restore that are billed", (0, 10, 100)),
    UsageKey("long_term_retention_storage_gb", "GB of backups that are kept for long"),
)

TYPES = (
    ResourceType("azurerm_mssql_managed_instance", "database", managed_instance, _KEYS, "sku_name"),
    ResourceType("azurerm_sql_managed_instance", "database", managed_instance, _KEYS, "sku_name"),
)
