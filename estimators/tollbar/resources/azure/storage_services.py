"""File shares, queues and tables, each at the price of its storage account's kind and replication.

Source: "Azure Files pricing", "Azure Queue Storage pricing" and "Azure Table Storage pricing". A premium share is
billed by its quota, whatever is stored in it. A table whose account encrypts tables with its own key has
meters of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.azure.storage_account import (
    OPERATIONS,
    STORED,
    access_tier,
    account_kind,
    file_meters,
    metered_lines,
    replication,
    write_replication,
)
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_ACCOUNT = "azurerm_storage_account"
_ACCOUNT_ELSEWHERE = Unpriced(
    "unknown_until_apply", "its storage account is not in this project, so its kind and replication are not known"
)
_SHARE_TIERS = {"transactionoptimized": "transaction_optimized"}
_DEFAULT_QUOTA_GB = 5120
_GEO_REPLICATED = frozenset({"grs", "ragrs", "gzrs", "ragzrs"})
_SHARE = file_meters("storage_gb", "monthly_list_operations", "monthly_other_operations")
_QUEUES_V1 = {
    "data_stored": "{rep}_data_stored",
    "class_1_operations": "{write}_class_1_operations",
    "class_2_operations": "class_2_operations",
}
_TABLE_LINES = (
    ("Batch write operations", "monthly_batch_write_operations", "batch_write_operations"),
    ("Write operations", "monthly_write_operations", "write_operations"),
    ("Read operations", "monthly_read_operations", "read_operations"),
    ("Scan operations", "monthly_scan_operations", "scan_operations"),
    ("List operations", "monthly_list_operations", "list_operations"),
    ("Delete operations", "monthly_delete_operations", "delete_operations"),
)
_ENCRYPTED_WRITES = {
    "lrs": "account_encrypted_",
    "zrs": "account_encrypted_",
    "grs": "",
    "ragrs": "account_encrypted_grs_",
    "gzrs": "",
    "ragzrs": "",
}
_ENCRYPTED_STORED = {"lrs": "lrs_", "zrs": "zrs_", "grs": "grs_", "ragrs": "ragrs_"}


def storage_share(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the stored or provisioned GB of a share and its operations."""
    account = storage_account_of(resource, inventory)
    if account is None:
        yield _ACCOUNT_ELSEWHERE
        return
    if (account.attributes.text("provisioned_billing_model_version", "") or "").upper() == "V2":
        yield Unpriced("price_not_found", "the provisioned v2 billing of files by IOPS and throughput is not priced")
        return
    tier = _share_tier(resource, account)
    amounts = {key.name: usage.quantity(key.name) for key in _SHARE_KEYS}
    if tier == "premium" and not usage.is_told("storage_gb"):
        quota = resource.attributes.number("quota", _DEFAULT_QUOTA_GB)
        amounts["storage_gb"] = Quantity.fixed(quota or _DEFAULT_QUOTA_GB)
    yield from metered_lines(_SHARE, tier, replication(account.attributes), amounts, account.region)


def storage_queue(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a queue's stored GB, its operations by class and what its replication to another region transfers."""
    account = storage_account_of(resource, inventory)
    if account is None:
        yield _ACCOUNT_ELSEWHERE
        return
    rep, region = replication(account.attributes), account.region
    stored, class_1, class_2 = (
        _queue_key(account_kind(account.attributes), rep, meter, region)
        for meter in ("data_stored", "class_1_operations", "class_2_operations")
    )
    yield Component("Capacity", usage.quantity("monthly_storage_gb"), "GB-months", stored)
    yield Component("Class 1 operations", usage.quantity("monthly_class_1_operations"), "operations", class_1)
    yield Component("Class 2 operations", usage.quantity("monthly_class_2_operations"), "operations", class_2)
    if rep in _GEO_REPLICATED:
        replicated = usage.quantity("monthly_geo_replication_data_transfer_gb")
        key = PriceKey("azure/bandwidth/inter_region", region)
        yield Component("Geo-replication data transfer", replicated, "GB", key)


def storage_table(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a table's stored GB and its operations by kind."""
    account = storage_account_of(resource, inventory)
    if account is None:
        yield _ACCOUNT_ELSEWHERE
        return
    rep, region = replication(account.attributes), account.region
    key_type = account.attributes.text("table_encryption_key_type", "Service") or "Service"
    encrypted = key_type.lower() == "account"
    stored = PriceKey(f"azure/storage/{_table_path(rep, 'data_stored', encrypted=encrypted)}", region)
    yield Component("Capacity", usage.quantity("monthly_storage_gb"), "GB-months", stored)
    for name, usage_key, meter in _TABLE_LINES:
        if encrypted and meter == "delete_operations":
            continue  # deleting has no meter there
        key = PriceKey(f"azure/storage/{_table_path(rep, meter, encrypted=encrypted)}", region)
        yield Component(name, usage.quantity(usage_key), "operations", key)


def storage_account_of(resource: Resource, inventory: Inventory) -> Resource | None:
    """Return the account that a share, queue or table names, None where it is not in this project."""
    for attribute in ("storage_account_name", "storage_account_id"):
        account = inventory.referenced(resource, attribute, _ACCOUNT)
        if account is not None:
            return account
    name = resource.attributes.literal("storage_account_name")
    account_id = resource.attributes.literal("storage_account_id")
    by_name = inventory.named(_ACCOUNT, "name", name) if name else None
    return by_name or (inventory.named(_ACCOUNT, "id", account_id) if account_id else None)


def _share_tier(share: Resource, account: Resource) -> str:
    """Return the tier of a share; the vendor's default is Premium in premium accounts, else TransactionOptimized."""
    if access_tier(account.attributes) == "premium":
        return "premium"
    tier = (share.attributes.text("access_tier", "TransactionOptimized") or "TransactionOptimized").lower()
    return _SHARE_TIERS.get(tier, tier)


def _queue_key(kind: str, rep: str, meter: str, region: str | None) -> PriceKey:
    if kind != "storage":
        return PriceKey(f"azure/storage/queue/{rep}/{meter}", region)
    name = _QUEUES_V1[meter].format(rep=rep, write=rep.removeprefix("ra"))
    return PriceKey(f"azure/storage/queues/standard_{rep}/{name}", region)


def _table_path(rep: str, meter: str, *, encrypted: bool) -> str:
    if not encrypted:
        return f"table/{write_replication(rep) if 'write' in meter else rep}/{meter}"
    if meter == "data_stored":
        prefix = _ENCRYPTED_STORED.get(rep, "")
    elif meter.endswith("write_operations"):
        prefix = _ENCRYPTED_WRITES.get(rep, "")
    else:
        prefix = "account_encrypted_"
    return f"tables/account_encrypted_{rep}/{prefix}{meter}"


_SHARE_KEYS = (
    UsageKey("storage_gb", "GB stored; of a premium share the GB provisioned instead of its quota", STORED),
    UsageKey("snapshots_storage_gb", "GB of snapshots"),
    UsageKey("metadata_at_rest_storage_gb", "GB of metadata"),
    UsageKey("monthly_write_operations", "Write operations a month", OPERATIONS),
    UsageKey("monthly_list_operations", "List operations a month", OPERATIONS),
    UsageKey("monthly_read_operations", "Read operations a month", OPERATIONS),
    UsageKey("monthly_other_operations", "Other operations a month", OPERATIONS),
    UsageKey("monthly_data_retrieval_gb", "GB read a month from the cool tier"),
)
_QUEUE_KEYS = (
    UsageKey("monthly_storage_gb", "GB stored", (1, 10, 100)),
    UsageKey("monthly_class_1_operations", "Class 1 operations (create, list, put …) a month", OPERATIONS),
    UsageKey("monthly_class_2_operations", "Class 2 operations (peek, delete …) a month", OPERATIONS),
    UsageKey("monthly_geo_replication_data_transfer_gb", "GB replicated to the paired region a month", (1, 10, 100)),
)
_TABLE_KEYS = (
    UsageKey("monthly_storage_gb", "GB stored", (1, 10, 100)),
    *(UsageKey(key, f"{name} a month", OPERATIONS) for name, key, _meter in _TABLE_LINES),
)

TYPES = (
    ResourceType("azurerm_storage_share", "storage", storage_share, _SHARE_KEYS),
    ResourceType("azurerm_storage_queue", "messaging", storage_queue, _QUEUE_KEYS),
    ResourceType("azurerm_storage_table", "database", storage_table, _TABLE_KEYS),
)
