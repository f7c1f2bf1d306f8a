"""Storage accounts by kind, tier and replication."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

ACCOUNT = "azurerm_storage_account"
BLOBS = {
    "storage_gb": 1000,
    "monthly_write_operations": 100_000,
    "monthly_list_and_create_container_operations": 100_000,
    "monthly_read_operations": 1_000_000,
    "monthly_other_operations": 100_000,
    "blob_index_tags": 10_000,
}
COOL = {**BLOBS, "monthly_data_retrieval_gb": 100, "early_deletion_gb": 10}
FILES = {
    "data_at_rest_storage_gb": 1000,
    "snapshots_storage_gb": 100,
    "metadata_at_rest_storage_gb": 10,
    "monthly_write_operations": 100_000,
    "monthly_list_and_create_container_operations": 100_000,
    "monthly_read_operations": 1_000_000,
    "monthly_other_operations": 100_000,
    "monthly_data_retrieval_gb": 100,
    "early_deletion_gb": 10,
}
LAKE = {
    "storage_gb": 1000,
    "monthly_iterative_write_operations": 10_000,
    "monthly_write_operations": 100_000,
    "monthly_iterative_read_operations": 100_000,
    "monthly_read_operations": 1_000_000,
    "monthly_other_operations": 100_000,
}


def account(kind: str = "StorageV2", tier: str = "Standard", rep: str = "LRS", **attributes: Any) -> dict[str, Any]:
    return {"account_kind": kind, "account_tier": tier, "account_replication_type": rep, **attributes}


EXAMPLES = (
    Example(ACCOUNT, account(), BLOBS),
    Example(ACCOUNT, account(access_tier="Cool"), COOL),
    Example(ACCOUNT, account("FileStorage", "Premium"), {"data_at_rest_storage_gb": 100, "snapshots_storage_gb": 10}),
    Example(ACCOUNT, account("FileStorage", access_tier="Cool"), FILES, region="westus"),
    Example(ACCOUNT, account("BlockBlobStorage", "Premium", "ZRS"), BLOBS | {"blob_index_tags": 0}, region="westus"),
    Example(ACCOUNT, account("Storage", rep="RAGRS"), BLOBS | {"blob_index_tags": 0}, region="westus"),
    Example(ACCOUNT, account(is_hns_enabled=True), LAKE, region="westeurope"),
)


def test_hot_blobs_bill_storage_operations_and_tags(cost_lines: CostLines) -> None:
    assert cost_lines(ACCOUNT, account(), BLOBS) == {
        "Capacity": Decimal("20.80"),
        "Write operations": Decimal("0.50"),
        "List and create container operations": Decimal("0.50"),
        "Read operations": Decimal("0.40"),
        "All other operations": Decimal("0.04"),
        "Blob index": Decimal("0.03"),
    }


def test_stored_blobs_get_cheaper_by_tiers(cost_lines: CostLines) -> None:
    lines = cost_lines(ACCOUNT, account(rep="GRS"), {"storage_gb": 600_000}, region="westus")
    # 51,200 GB at $0.0458, 460,800 at $0.043968, 88,000 at $0.042136
    assert lines["Capacity"] == Decimal("2344.96") + Decimal("20260.45") + Decimal("3707.97")


def test_cool_blobs_bill_retrieval_and_early_deletion(cost_lines: CostLines) -> None:
    assert cost_lines(ACCOUNT, account("BlobStorage", access_tier="Cool"), COOL, region="westus") == {
        "Capacity": Decimal("11.50"),
        "Write operations": Decimal("1.00"),
        "List and create container operations": Decimal("0.55"),
        "Read operations": Decimal("1.00"),
        "All other operations": Decimal("0.04"),
        "Data retrieval": Decimal("1.00"),
        "Blob index": Decimal("0.04"),
        "Early deletion": Decimal("0.15"),
    }


def test_premium_blobs_have_prices_of_their_own(cost_lines: CostLines) -> None:
    attributes = account("BlockBlobStorage", "Premium", access_tier="Cool")
    assert cost_lines(ACCOUNT, attributes, BLOBS, region="westus") == {
        "Capacity": Decimal("195.00"),
        "Write operations": Decimal("0.23"),
        "List and create container operations": Decimal("0.65"),
        "Read operations": Decimal("0.18"),
        "All other operations": Decimal("0.02"),
    }


def test_accounts_of_the_first_generation_know_no_tiers(cost_lines: CostLines) -> None:
    attributes = account("Storage", rep="RAGRS", access_tier="Cool")
    assert cost_lines(ACCOUNT, attributes, BLOBS, region="westus") == {
        "Capacity": Decimal("61.00"),
        "Write operations": Decimal("0.00"),
        "List and create container operations": Decimal("0.00"),
        "Read operations": Decimal("0.04"),
        "All other operations": Decimal("0.00"),
    }


@pytest.mark.parametrize("attribute", ["is_hns_enabled", "nfsv3_enabled"])
def test_a_hierarchical_namespace_is_billed_as_a_data_lake(cost_lines: CostLines, attribute: str) -> None:
    lines = cost_lines(ACCOUNT, {**account(), attribute: True}, LAKE, region="westus2")
    assert lines == {
        "Capacity": Decimal("18.40"),
        "Iterative write operations": Decimal("6.50"),
        "Write operations": Decimal("0.65"),
        "Iterative read operations": Decimal("0.65"),
        "Read operations": Decimal("0.52"),
        "All other operations": Decimal("0.05"),
    }


def test_files_bill_metadata_and_in_the_cool_tier_retrieval(cost_lines: CostLines) -> None:
    attributes = account("FileStorage", access_tier="Cool")
    assert cost_lines(ACCOUNT, attributes, FILES, region="westus") == {
        "Data at rest": Decimal("22.80"),
        "Snapshots": Decimal("2.28"),
        "Metadata at rest": Decimal("0.30"),
        "Write operations": Decimal("1.30"),
        "List operations": Decimal("0.72"),
        "Read operations": Decimal("1.30"),
        "All other operations": Decimal("0.06"),
        "Data retrieval": Decimal("1.00"),
        "Early deletion": Decimal("0.23"),
    }


def test_premium_files_are_provisioned(cost_lines: CostLines) -> None:
    lines = cost_lines(ACCOUNT, account("FileStorage", "Premium"), FILES)
    assert lines == {"Provisioned capacity": Decimal("160.00"), "Snapshots": Decimal("13.60")}


def test_the_defaults_are_hot_blobs(cost_lines: CostLines) -> None:
    attributes = {"account_tier": "Standard", "account_replication_type": "LRS"}
    assert cost_lines(ACCOUNT, attributes, BLOBS) == cost_lines(ACCOUNT, account(access_tier="Hot"), BLOBS)


def test_use_that_is_not_told_is_not_zero(cost_lines: CostLines) -> None:
    assert set(cost_lines(ACCOUNT, account()).values()) == {"usage"}


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    assert str(cost_lines(ACCOUNT, account(), BLOBS, region="marsnorth")["Capacity"]).startswith("price_not_found")


def test_writes_of_ra_gzrs_cost_what_those_of_gzrs_do(cost_lines: CostLines) -> None:
    lines = cost_lines(ACCOUNT, account(rep="RAGZRS"), BLOBS, region="westus2")
    assert (
        lines["Write operations"]
        == cost_lines(ACCOUNT, account(rep="GZRS"), BLOBS, region="westus2")["Write operations"]
    )
    assert isinstance(lines["Write operations"], Decimal)


def test_the_files_of_declared_shares_are_not_assumed_of_their_account_as_well(cost_lines: CostLines) -> None:
    files = account("FileStorage", "Premium", name="files")
    assert cost_lines(ACCOUNT, files, assumptions=True)["Provisioned capacity"] == Decimal("16.00")
    for share in (
        declared("azurerm_storage_share", {"storage_account_name": "files"}),
        declared("azurerm_storage_share", {}, references={"storage_account_id": (f"{ACCOUNT}.this",)}),
    ):
        lines = cost_lines(ACCOUNT, files, others=[share], assumptions=True)
        assert lines["Provisioned capacity"] == "usage"
        told = cost_lines(ACCOUNT, files, {"data_at_rest_storage_gb": 200}, others=[share], assumptions=True)
        assert told["Provisioned capacity"] == Decimal("32.00")
