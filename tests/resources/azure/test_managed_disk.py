"""Managed disks, snapshots and images of Azure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN_OR_UNSET
from tollbar.resources.azure.managed_disk import tier_number

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

DISK = "azurerm_managed_disk"

EXAMPLES = (
    Example(DISK, {"storage_account_type": "Premium_LRS", "disk_size_gb": 128}, grows=("disk_size_gb",)),
    Example(DISK, {"storage_account_type": "Standard_LRS", "disk_size_gb": 128}, {"monthly_disk_operations": 100_000}),
    Example(DISK, {"storage_account_type": "UltraSSD_LRS", "disk_size_gb": 100, "disk_iops_read_write": 5000}),
    Example("azurerm_snapshot", {"disk_size_gb": 70}, grows=("disk_size_gb",)),
    Example("azurerm_image", {}, {"storage_gb": 300}),
    Example(
        "azurerm_image", {"os_disk": [{"size_gb": 30}], "data_disk": [{"size_gb": 64}]}, grows=("data_disk.size_gb",)
    ),
)


@pytest.mark.parametrize(
    ("storage_type", "size", "tier", "cost"),
    [
        ("Premium_LRS", 4, "P1, LRS", "0.78"),
        ("Premium_LRS", 128, "P10, LRS", "21.68"),
        ("Premium_LRS", 129, "P15, LRS", "41.81"),
        ("Premium_ZRS", 128, "P10, ZRS", "32.52"),
        ("StandardSSD_LRS", 1000, "E30, LRS", "76.80"),
        ("StandardSSD_ZRS", 32, "E4, ZRS", "3.60"),
        ("Standard_LRS", 1, "S4, LRS", "1.54"),
        ("Standard_LRS", 70, "S10, LRS", "5.89"),
    ],
)
def test_a_disk_is_billed_as_the_smallest_tier_that_holds_it(
    cost_lines: CostLines, storage_type: str, size: int, tier: str, cost: str
) -> None:
    attributes = {"storage_account_type": storage_type, "disk_size_gb": size}
    lines = cost_lines(DISK, attributes, region="westeurope")
    assert lines[f"Storage ({tier})"] == Decimal(cost)


@given(size=st.integers(1, 32767), more=st.integers(0, 32767))
def test_a_larger_disk_never_gets_a_smaller_tier(size: int, more: int) -> None:
    assert tier_number(Decimal(size)) <= tier_number(Decimal(size + more))


def test_a_chosen_performance_tier_wins(cost_lines: CostLines) -> None:
    attributes = {"storage_account_type": "Premium_LRS", "disk_size_gb": 4, "tier": "P10"}
    assert list(cost_lines(DISK, attributes, region="westeurope")) == ["Storage (P10, LRS)"]


def test_an_unknown_size_counts_as_a_common_image(cost_lines: CostLines) -> None:
    attributes = {"storage_account_type": "Premium_LRS", "disk_size_gb": UNKNOWN_OR_UNSET}
    assert cost_lines(DISK, attributes) == {"Storage (P4, LRS)": Decimal("5.28")}


def test_bursting_on_demand_costs_a_fee(cost_lines: CostLines) -> None:
    attributes = {"storage_account_type": "Premium_LRS", "disk_size_gb": 1024, "on_demand_bursting_enabled": True}
    assert cost_lines(DISK, attributes, region="westeurope")["On-demand bursting"] == Decimal("31.95")


def test_only_standard_disks_bill_operations(cost_lines: CostLines) -> None:
    attributes = {"storage_account_type": "Standard_LRS"}
    lines = cost_lines(DISK, attributes, {"monthly_disk_operations": 10_000_000})
    assert lines["Disk operations"] == Decimal("0.50")
    assert cost_lines(DISK, attributes)["Disk operations"] == "usage"


def test_ultra_disks_are_rounded_up_and_bill_performance(cost_lines: CostLines) -> None:
    attributes = {
        "storage_account_type": "UltraSSD_LRS",
        "disk_size_gb": 2000,
        "disk_iops_read_write": 4000,
        "disk_mbps_read_write": 20,
    }
    assert cost_lines(DISK, attributes) == {
        "Storage (ultra, 2048 GiB)": Decimal("245.19"),
        "Provisioned IOPS": Decimal("198.56"),
        "Throughput": Decimal("7.01"),
    }


@pytest.mark.parametrize(("size", "billed"), [(5, 8), (512, 512), (513, 1024), (1025, 2048), (None, 1024)])
def test_ultra_disks_come_in_steps(cost_lines: CostLines, size: int | None, billed: int) -> None:
    attributes = {"storage_account_type": "UltraSSD_LRS", "disk_size_gb": size}
    assert f"Storage (ultra, {billed} GiB)" in cost_lines(DISK, attributes)


def test_premium_v2_includes_a_baseline(cost_lines: CostLines) -> None:
    attributes: dict[str, Any] = {"storage_account_type": "PremiumV2_LRS", "disk_size_gb": 100}
    lines = cost_lines(DISK, attributes, region="westeurope")
    assert lines == {"Storage (premium v2, 100 GiB)": Decimal("9.49")}
    more = {**attributes, "disk_iops_read_write": 4000, "disk_mbps_read_write": 225}
    assert cost_lines(DISK, more, region="westeurope") == {
        "Storage (premium v2, 100 GiB)": Decimal("9.49"),
        "Provisioned IOPS": Decimal("5.84"),
        "Throughput": Decimal("4.75"),
    }


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines(DISK, {"storage_account_type": "Premium_LRS"}, region="marsnorth")
    assert str(lines["Storage (P4, LRS)"]).startswith("price_not_found")


def test_snapshots_cost_what_is_told_or_the_whole_disk(cost_lines: CostLines) -> None:
    kind, region = "azurerm_snapshot", "westeurope"
    disk = declared(DISK, {"disk_size_gb": 70})
    references = {"source_uri": (disk.address,)}
    of_disk = cost_lines(kind, {}, region=region, others=[disk], references=references)
    assert of_disk == {"Storage": Decimal("3.50")}
    assert cost_lines(kind, {"disk_size_gb": 20}, region=region) == {"Storage": Decimal("1.00")}
    assert cost_lines(kind, {}, {"storage_gb": 300}, region=region) == {"Storage": Decimal("15.00")}


def test_images_add_up_their_disks(cost_lines: CostLines) -> None:
    kind, region = "azurerm_image", "westeurope"
    attributes = {"os_disk": [{"size_gb": 30}], "data_disk": [{"size_gb": 30}]}
    assert cost_lines(kind, attributes, region=region) == {"Storage": Decimal("3.00")}
    machine = declared(
        "azurerm_virtual_machine", {"storage_os_disk": [{}], "storage_data_disk": [{"disk_size_gb": 30}]}
    )
    references = {"source_virtual_machine_id": (machine.address,)}
    of_machine = cost_lines(kind, {}, region=region, others=[machine], references=references)
    assert of_machine == {"Storage": "usage"}
