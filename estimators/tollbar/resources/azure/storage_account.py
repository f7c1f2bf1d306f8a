"""Storage accounts: blobs, data lakes and the files of an account, by kind, tier and replication.

Source: "Azure Blob Storage pricing", "Azure Data Lake Storage pricing" and "Azure Files pricing". What is stored
and done is usage; the account tells at which price. List and other operations cost the same in every standard
access tier and are sold as the hot tier's. Accounts with a hierarchical namespace (NFS 3.0 needs one) are
billed as data lakes. Accounts of the first generation know no access tiers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from tollbar.component import Quantity
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.traits import Redundancy
    from tollbar.usage import Usage

_SHARE = "azurerm_storage_share"
_COOLER = frozenset({"cool", "cold"})
_STANDARD = frozenset({"hot", "cool", "cold"})
_METADATA_BILLED = frozenset({"hot", "cool"})
_ANY = frozenset({"hot", "cool", "cold", "premium", "transaction_optimized"})
_NOT_PREMIUM = _ANY - {"premium"}


class Meter(NamedTuple):
    """A line of an account's bill: its usage key, its price and the access tiers that have it.

    In ``path``, ``{tier}`` is the access tier and ``{rep}`` the replication; ``{shared}`` is the tier whose
    price all standard tiers share, ``{write}`` the replication that writes are sold by.
    """

    name: str
    usage_key: str
    unit: str
    path: str
    tiers: frozenset[str] = _ANY


_BLOB = (
    Meter("Capacity", "storage_gb", "GB-months", "blob/{tier}/{rep}/data_stored"),
    Meter("Write operations", "monthly_write_operations", "operations", "blob/{tier}/{write}/write_operations"),
    Meter(
        "List and create container operations",
        "monthly_list_and_create_container_operations",
        "operations",
        "blob/{shared}/{rep}/list_and_create_container_operations",
    ),
    Meter("Read operations", "monthly_read_operations", "operations", "blob/{tier}/{rep}/read_operations"),
    Meter("All other operations", "monthly_other_operations", "operations", "blob/{shared}/{rep}/all_other_operations"),
    Meter("Data retrieval", "monthly_data_retrieval_gb", "GB", "blob/{tier}/{rep}/data_retrieval", _COOLER),
    Meter("Blob index", "blob_index_tags", "tags", "blob/{tier}/{rep}/index_tags", _STANDARD),
    Meter("Early deletion", "early_deletion_gb", "GB", "blob/{tier}/{rep}/early_delete", _COOLER),
)
_DATA_LAKE = (
    Meter("Capacity", "storage_gb", "GB-months", "data_lake_gen2/{tier}/{rep}/data_stored"),
    Meter(
        "Iterative write operations",
        "monthly_iterative_write_operations",
        "operations",
        "data_lake_gen2/{shared}/{rep}/iterative_write_operations",
    ),
    Meter("Write operations", "monthly_write_operations", "operations", "data_lake_gen2/{tier}/{rep}/write_operations"),
    Meter(
        "Iterative read operations",
        "monthly_iterative_read_operations",
        "operations",
        "data_lake_gen2/{shared}/{rep}/iterative_read_operations",
    ),
    Meter("Read operations", "monthly_read_operations", "operations", "data_lake_gen2/{tier}/{rep}/read_operations"),
    Meter(
        "All other operations",
        "monthly_other_operations",
        "operations",
        "data_lake_gen2/hot/{rep}/other_operations",
        _STANDARD,
    ),
    Meter(
        "All other operations",
        "monthly_other_operations",
        "operations",
        "data_lake_gen2/premium/{rep}/all_other_operations",
        frozenset({"premium"}),
    ),
    Meter("Data retrieval", "monthly_data_retrieval_gb", "GB", "data_lake_gen2/{tier}/{rep}/data_retrieval", _COOLER),
    Meter("Early deletion", "early_deletion_gb", "GB", "data_lake_gen2/{tier}/{rep}/early_delete", _COOLER),
)
_FIRST_GENERATION = (
    Meter("Capacity", "storage_gb", "GB-months", "general_block_blob/standard_{rep}/{rep}_data_stored"),
    Meter(
        "Write operations",
        "monthly_write_operations",
        "operations",
        "general_block_blob/standard_{rep}/{rep}_write_operations",
    ),
    Meter(
        "List and create container operations",
        "monthly_list_and_create_container_operations",
        "operations",
        "general_block_blob/standard_{rep}/{rep}_list_and_create_container_operations",
    ),
    Meter(
        "Read operations", "monthly_read_operations", "operations", "general_block_blob/standard_{rep}/read_operations"
    ),
    Meter(
        "All other operations",
        "monthly_other_operations",
        "operations",
        "general_block_blob/standard_{rep}/all_other_operations",
    ),
)


def file_meters(stored: str, listed: str, other: str) -> tuple[Meter, ...]:
    """Return the lines of files; ``stored``, ``listed`` and ``other`` are the usage keys where types name them apart.

    Premium files are provisioned and have no other lines than their capacity and their snapshots. What is deleted
    early costs what it would have cost to keep.
    """
    return (
        Meter("Data at rest", stored, "GB-months", "files/{tier}/{rep}/data_stored", _NOT_PREMIUM),
        Meter("Provisioned capacity", stored, "GB-months", "files/premium/{rep}/provisioned", frozenset({"premium"})),
        Meter("Snapshots", "snapshots_storage_gb", "GB-months", "files/{tier}/{rep}/data_stored", _NOT_PREMIUM),
        Meter(
            "Snapshots", "snapshots_storage_gb", "GB-months", "files/premium/{rep}/snapshots", frozenset({"premium"})
        ),
        Meter(
            "Metadata at rest",
            "metadata_at_rest_storage_gb",
            "GB-months",
            "files/{tier}/{rep}/metadata",
            _METADATA_BILLED,
        ),
        Meter(
            "Write operations",
            "monthly_write_operations",
            "operations",
            "files/{tier}/{rep}/write_operations",
            _NOT_PREMIUM,
        ),
        Meter("List operations", listed, "operations", "files/{tier}/{rep}/list_operations", _NOT_PREMIUM),
        Meter(
            "Read operations",
            "monthly_read_operations",
            "operations",
            "files/{tier}/{rep}/read_operations",
            _NOT_PREMIUM,
        ),
        Meter("All other operations", other, "operations", "files/{tier}/{rep}/other_operations", _METADATA_BILLED),
        Meter(
            "All other operations",
            other,
            "operations",
            "files/{tier}/{rep}/protocol_operations",
            frozenset({"transaction_optimized"}),
        ),
        Meter("Data retrieval", "monthly_data_retrieval_gb", "GB", "files/{tier}/{rep}/data_retrieval", _COOLER),
    )


_FILES = (
    *file_meters("data_at_rest_storage_gb", "monthly_list_and_create_container_operations", "monthly_other_operations"),
    Meter("Early deletion", "early_deletion_gb", "GB-months", "files/{tier}/{rep}/data_stored", _COOLER),
)


def storage_account(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the stored GB and the operations of an account by its kind, access tier and replication."""
    attributes = resource.attributes
    tier, rep = access_tier(attributes), replication(attributes)
    if account_kind(attributes) == "filestorage" and _has_shares(resource, inventory):
        # What is assumed of the use is assumed of each share; only what is told of the account itself is its own.
        usage = replace(usage, assumptions=False)
    amounts = {key.name: usage.quantity(key.name) for key in _KEYS}
    yield from metered_lines(_meters(attributes, tier), tier, rep, amounts, resource.region)


def metered_lines(
    meters: tuple[Meter, ...], tier: str, rep: str, amounts: dict[str, Quantity], region: str | None
) -> Iterator[Component]:
    """Yield the lines that an access tier has; ``amounts`` are the quantities by usage key."""
    shared = "premium" if tier == "premium" else "hot"
    for meter in meters:
        if tier in meter.tiers:
            path = f"azure/storage/{meter.path.format(tier=tier, rep=rep, shared=shared, write=write_replication(rep))}"
            yield Component(meter.name, amounts[meter.usage_key], meter.unit, PriceKey(path, region))


def access_tier(account: Attributes) -> str:
    """Return what an account's data are sold as: premium, or the access tier; the provider's default is Hot."""
    if (account.text("account_tier", "Standard") or "Standard").lower() == "premium":
        return "premium"
    return (account.text("access_tier", "Hot") or "Hot").lower()


def replication(account: Attributes) -> str:
    """Return an account's replication as catalogued: lrs, zrs, grs, ragrs, gzrs or ragzrs."""
    return (account.text("account_replication_type") or "LRS").lower().replace("-", "")


def write_replication(rep: str) -> str:
    """Return the replication whose price writes have: that of RA-GZRS is listed as GZRS only."""
    return "gzrs" if rep == "ragzrs" else rep


def account_kind(account: Attributes) -> str:
    """Return an account's kind; the provider's default is StorageV2."""
    return (account.text("account_kind", "StorageV2") or "StorageV2").lower()


def _has_shares(account: Resource, inventory: Inventory) -> bool:
    """Whether the project declares shares of an account of files, which are billed by themselves."""
    if any(inventory.referring(account, _SHARE)):
        return True
    name = account.attributes.literal("name")
    return name != "" and inventory.named(_SHARE, "storage_account_name", name) is not None


def _meters(account: Attributes, tier: str) -> tuple[Meter, ...]:
    kind = account_kind(account)
    if kind == "filestorage":
        return _FILES
    if kind == "storage" and tier != "premium":
        return _FIRST_GENERATION
    if account.flag("is_hns_enabled") or account.flag("nfsv3_enabled"):
        return _DATA_LAKE
    return _BLOB


STORED = (10.0, 100.0, 1000.0)
OPERATIONS = (10_000.0, 100_000.0, 1_000_000.0)

_KEYS = (
    UsageKey("storage_gb", "GB stored", STORED),
    UsageKey("data_at_rest_storage_gb", "GB of files stored (kind FileStorage)", STORED),
    UsageKey("snapshots_storage_gb", "GB of snapshots (kind FileStorage)"),
    UsageKey("metadata_at_rest_storage_gb", "GB of metadata (kind FileStorage)"),
    UsageKey("early_deletion_gb", "GB deleted before their access tier's minimum time"),
    UsageKey("monthly_write_operations", "Write operations a month", OPERATIONS),
    UsageKey("monthly_list_and_create_container_operations", "List and create operations a month", OPERATIONS),
    UsageKey("monthly_read_operations", "Read operations a month", OPERATIONS),
    UsageKey("monthly_other_operations", "Other operations a month", OPERATIONS),
    UsageKey("monthly_iterative_write_operations", "Iterative write operations a month (data lakes)"),
    UsageKey("monthly_iterative_read_operations", "Iterative read operations a month (data lakes)"),
    UsageKey("monthly_data_retrieval_gb", "GB read a month from a cool or cold tier"),
    UsageKey("monthly_data_write_gb", "GB written a month; writing is billed by operations"),
    UsageKey("blob_index_tags", "Index tags on blobs"),
)

_MULTI_ZONE = frozenset({"zrs"})
_POLICY = "azurerm_storage_management_policy"


def _redundancy(account: Resource, _usage: Usage, _inventory: Inventory) -> Redundancy:
    """Return where an account's data are: LRS in one place, ZRS in several zones, all others in two regions."""
    rep = replication(account.attributes)
    return "zone" if rep == "lrs" else "multi_zone" if rep in _MULTI_ZONE else "multi_region"


def _storage_class(account: Resource, _usage: Usage, _inventory: Inventory) -> str:
    return access_tier(account.attributes).capitalize()


def _stored(_account: Resource, usage: Usage, _inventory: Inventory) -> Decimal | None:
    stored = usage.quantity("storage_gb")
    return None if stored.basis == "assumed" else stored.expected


def _has_lifecycle_rules(account: Resource, _usage: Usage, inventory: Inventory) -> bool | None:
    """Return whether a management policy has a rule that is on; None where a policy's account is not known."""
    policies = inventory.referring(account, _POLICY)
    if any(rule.flag("enabled", default=True) for policy in policies for rule in policy.attributes.blocks("rule")):
        return True
    others = (policy for policy in inventory.of_type(_POLICY) if not inventory.referenced(policy, "storage_account_id"))
    return None if any(others) else False


TYPES = (
    ResourceType(
        "azurerm_storage_account",
        "storage",
        storage_account,
        _KEYS,
        traits=Readers(
            redundancy=_redundancy,
            storage_class=_storage_class,
            storage_gib=_stored,
            lifecycle_rules=_has_lifecycle_rules,
        ),
    ),
)
