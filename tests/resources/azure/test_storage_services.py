"""File shares, queues and tables at their account's prices."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.resource import Resource

SHARE, QUEUE, TABLE = "azurerm_storage_share", "azurerm_storage_queue", "azurerm_storage_table"
SHARED = {
    "storage_gb": 1000,
    "snapshots_storage_gb": 100,
    "monthly_write_operations": 100_000,
    "monthly_list_operations": 100_000,
    "monthly_read_operations": 1_000_000,
    "monthly_other_operations": 100_000,
}
QUEUED = {
    "monthly_storage_gb": 100,
    "monthly_class_1_operations": 1_000_000,
    "monthly_class_2_operations": 1_000_000,
    "monthly_geo_replication_data_transfer_gb": 10,
}
TABLED = {
    "monthly_storage_gb": 100,
    "monthly_batch_write_operations": 10_000_000,
    "monthly_write_operations": 10_000_000,
    "monthly_read_operations": 10_000_000,
    "monthly_scan_operations": 10_000_000,
    "monthly_list_operations": 10_000_000,
    "monthly_delete_operations": 10_000_000,
}


def account(rep: str = "LRS", region: str = "eastus", **attributes: Any) -> Resource:
    values = {"name": "logs", "account_tier": "Standard", "account_replication_type": rep, **attributes}
    return declared("azurerm_storage_account", values, region=region)


def example(kind: str, usage: dict[str, Any], **attributes: Any) -> Example:
    return Example(kind, {"storage_account_name": "logs", **attributes}, usage, others=(account(),))


EXAMPLES = (
    example(SHARE, SHARED, quota=50),
    Example(
        SHARE,
        {"storage_account_name": "logs", "quota": 100},
        {"snapshots_storage_gb": 10},
        others=(account(account_kind="FileStorage", account_tier="Premium"),),
        grows=("quota",),
    ),
    example(QUEUE, QUEUED),
    example(TABLE, TABLED),
)


def test_shares_cost_by_tier(cost_lines: CostLines) -> None:
    attributes = {"storage_account_name": "logs", "quota": 50}
    assert cost_lines(SHARE, attributes, SHARED, others=[account()]) == {
        "Data at rest": Decimal("60.00"),
        "Snapshots": Decimal("6.00"),
        "Write operations": Decimal("0.15"),
        "List operations": Decimal("0.15"),
        "Read operations": Decimal("0.15"),
        "All other operations": Decimal("0.02"),
    }
    usage = {**SHARED, "metadata_at_rest_storage_gb": 100, "monthly_data_retrieval_gb": 100}
    attributes["access_tier"] = "Cool"
    assert cost_lines(SHARE, attributes, usage, others=[account("GRS", "westus")]) == {
        "Data at rest": Decimal("50.10"),
        "Snapshots": Decimal("5.01"),
        "Metadata at rest": Decimal("6.55"),
        "Write operations": Decimal("2.60"),
        "List operations": Decimal("1.43"),
        "Read operations": Decimal("1.30"),
        "All other operations": Decimal("0.06"),
        "Data retrieval": Decimal("1.00"),
    }


def test_a_premium_share_costs_its_quota(cost_lines: CostLines) -> None:
    premium = account(account_kind="FileStorage", account_tier="Premium")
    attributes = {"storage_account_name": "logs", "quota": 100}
    lines = cost_lines(SHARE, attributes, others=[premium])
    assert lines == {"Provisioned capacity": Decimal("16.00"), "Snapshots": "usage"}
    told = cost_lines(SHARE, attributes, {"storage_gb": 200}, others=[premium])
    assert told["Provisioned capacity"] == Decimal("32.00")


def test_provisioned_v2_shares_are_not_guessed(cost_lines: CostLines) -> None:
    v2 = account(account_kind="FileStorage", account_tier="Premium", provisioned_billing_model_version="V2")
    assert list(cost_lines(SHARE, {"storage_account_name": "logs"}, others=[v2])) == ["price_not_found"]


@pytest.mark.parametrize(
    ("rep", "capacity", "class_1"), [("LRS", "4.50", "0.40"), ("GRS", "5.98", "0.80"), ("RAGRS", "7.48", "0.80")]
)
def test_queues_cost_by_replication(cost_lines: CostLines, rep: str, capacity: str, class_1: str) -> None:
    lines = cost_lines(QUEUE, {"storage_account_name": "logs"}, QUEUED, others=[account(rep, "westus")])
    transfer = {} if rep == "LRS" else {"Geo-replication data transfer": Decimal("0.20")}
    assert lines == {
        "Capacity": Decimal(capacity),
        "Class 1 operations": Decimal(class_1),
        "Class 2 operations": Decimal("0.40"),
        **transfer,
    }


def test_queues_of_the_first_generation_have_prices_of_their_own(cost_lines: CostLines) -> None:
    old = account("RAGRS", "westus", account_kind="Storage")
    assert cost_lines(QUEUE, {"storage_account_name": "logs"}, QUEUED, others=[old]) == {
        "Capacity": Decimal("7.50"),
        "Class 1 operations": Decimal("0.04"),
        "Class 2 operations": Decimal("0.04"),
        "Geo-replication data transfer": Decimal("0.20"),
    }


@pytest.mark.parametrize(("rep", "capacity"), [("ZRS", "5.62"), ("RAGZRS", "12.65")])
def test_tables_cost_capacity_and_operations(cost_lines: CostLines, rep: str, capacity: str) -> None:
    lines = cost_lines(TABLE, {"storage_account_name": "logs"}, TABLED, others=[account(rep, "westeurope")])
    assert lines["Capacity"] == Decimal(capacity)
    assert {name: cost for name, cost in lines.items() if name != "Capacity"} == dict.fromkeys(
        [f"{kind} operations" for kind in ("Batch write", "Write", "Read", "Scan", "List", "Delete")], Decimal("0.36")
    )


@pytest.mark.parametrize(
    ("rep", "capacity", "batch_write"),
    [
        ("LRS", "5.85", "97.50"),
        ("ZRS", "7.31", "97.50"),
        ("GRS", "11.70", "195.00"),
        ("RAGRS", "14.60", "195.00"),
        ("GZRS", "12.71", "187.50"),
        ("RAGZRS", "15.89", "187.50"),
    ],
)
def test_tables_encrypted_with_the_accounts_key_have_other_meters(
    cost_lines: CostLines, rep: str, capacity: str, batch_write: str
) -> None:
    encrypted = account(rep, "westeurope", table_encryption_key_type="Account")
    lines = cost_lines(TABLE, {"storage_account_name": "logs"}, TABLED, others=[encrypted])
    assert lines["Capacity"] == Decimal(capacity)
    assert lines["Batch write operations"] == Decimal(batch_write)
    assert lines["Read operations"] == Decimal("6.50")
    assert "Delete operations" not in lines


@pytest.mark.parametrize("kind", [SHARE, QUEUE, TABLE])
def test_without_the_account_nothing_is_guessed(cost_lines: CostLines, kind: str) -> None:
    assert list(cost_lines(kind, {"storage_account_name": "elsewhere"}, others=[account()])) == ["unknown_until_apply"]


@pytest.mark.parametrize("attribute", ["storage_account_id", "storage_account_name"])
def test_the_account_is_found_by_reference(cost_lines: CostLines, attribute: str) -> None:
    owner = account()
    lines = cost_lines(QUEUE, {}, QUEUED, others=[owner], references={attribute: (owner.address,)})
    assert lines["Capacity"] == Decimal("4.50")
