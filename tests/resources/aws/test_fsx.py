"""Amazon FSx file systems."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

import pytest

BACKUP = {"backup_storage_gb": 100}
WINDOWS = {"deployment_type": "MULTI_AZ_1", "storage_capacity": 300, "throughput_capacity": 1024}
OPENZFS = {
    "deployment_type": "SINGLE_AZ_1",
    "storage_capacity": 300,
    "throughput_capacity": 64,
    "disk_iops_configuration": [{"mode": "USER_PROVISIONED", "iops": 1000}],
}
PERSISTENT = {"storage_capacity": 1200, "deployment_type": "PERSISTENT_2", "per_unit_storage_throughput": 250}
ONTAP = {"deployment_type": "MULTI_AZ_1", "storage_capacity": 1024, "throughput_capacity": 512}
POOL = {"capacity_pool_storage_gb": 1000}
SIZES = ("storage_capacity", "throughput_capacity")

EXAMPLES = (
    Example("aws_fsx_windows_file_system", WINDOWS, BACKUP, grows=SIZES),
    Example("aws_fsx_openzfs_file_system", OPENZFS, BACKUP, grows=(*SIZES, "disk_iops_configuration.iops")),
    Example("aws_fsx_lustre_file_system", PERSISTENT, BACKUP, grows=("storage_capacity",)),
    Example("aws_fsx_lustre_file_system", {"storage_capacity": 1200}, grows=("storage_capacity",)),
    Example("aws_fsx_ontap_file_system", ONTAP, {**BACKUP, **POOL}, grows=SIZES),
)


def test_windows_over_two_zones(cost_lines: CostLines) -> None:
    assert cost_lines("aws_fsx_windows_file_system", WINDOWS, BACKUP) == {
        "Throughput capacity": Decimal("4608.00"),
        "SSD storage": Decimal("69.00"),
        "Backup storage": Decimal("5.00"),
    }


def test_windows_in_one_zone_on_hdd(cost_lines: CostLines) -> None:
    single = {
        "deployment_type": "SINGLE_AZ_2",
        "storage_type": "HDD",
        "storage_capacity": 2000,
        "throughput_capacity": 32,
    }
    assert cost_lines("aws_fsx_windows_file_system", single) == {
        "Throughput capacity": Decimal("70.40"),
        "HDD storage": Decimal("26.00"),
        "Backup storage": "usage",
    }


def test_openzfs_includes_three_iops_a_gb(cost_lines: CostLines) -> None:
    assert cost_lines("aws_fsx_openzfs_file_system", OPENZFS, BACKUP) == {
        "Throughput capacity": Decimal("16.64"),
        "SSD storage": Decimal("27.00"),
        "Provisioned SSD IOPS": Decimal("0.60"),
        "Backup storage": Decimal("5.00"),
    }


def test_provisioned_storage_costs_the_same_however_far_it_compresses(cost_lines: CostLines) -> None:
    compressed = {**OPENZFS, "root_volume_configuration": [{"data_compression_type": "LZ4"}]}
    lines = cost_lines("aws_fsx_openzfs_file_system", compressed, {"compression_savings_percent": 40})
    assert lines["SSD storage"] == Decimal("27.00")


def test_elastic_storage_is_sold_by_itself(cost_lines: CostLines) -> None:
    elastic = {"deployment_type": "MULTI_AZ_1", "storage_type": "INTELLIGENT_TIERING", "throughput_capacity": 64}
    lines = cost_lines("aws_fsx_openzfs_file_system", elastic, {"storage_gb": 100})
    assert "aws/fsx/openzfs/storage/multi_az/intelligent_tiering" in str(lines["Intelligent-Tiering storage"])


@pytest.mark.parametrize(
    ("declared", "name", "monthly"),
    [
        ({}, "Storage (scratch)", "168.00"),
        (PERSISTENT, "Storage (persistent 2, SSD, 250 MB/s per TiB)", "252.00"),
        (
            {"deployment_type": "PERSISTENT_1", "storage_type": "HDD", "per_unit_storage_throughput": 12},
            "Storage (persistent 1, HDD, 12 MB/s per TiB)",
            "30.00",
        ),
    ],
)
def test_lustre_storage(cost_lines: CostLines, declared: dict[str, object], name: str, monthly: str) -> None:
    lines = cost_lines("aws_fsx_lustre_file_system", {"storage_capacity": 1200, **declared})
    assert lines[name] == Decimal(monthly)


def test_scratch_file_systems_have_no_backups(cost_lines: CostLines) -> None:
    assert list(cost_lines("aws_fsx_lustre_file_system", {"storage_capacity": 1200})) == ["Storage (scratch)"]


def test_lustre_makes_no_backups_by_itself(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_fsx_lustre_file_system", PERSISTENT, assumptions=True)
    assert "Backup storage" not in lines
    kept = {**PERSISTENT, "automatic_backup_retention_days": 7}
    assert cost_lines("aws_fsx_lustre_file_system", kept, assumptions=True)["Backup storage"] == Decimal("5.00")


def test_the_cache_and_the_metadata_of_lustre_are_unpriced_not_free(cost_lines: CostLines) -> None:
    cached = {
        "storage_capacity": 6000,
        "deployment_type": "PERSISTENT_1",
        "storage_type": "HDD",
        "per_unit_storage_throughput": 12,
        "drive_cache_type": "READ",
        "metadata_configuration": [{"mode": "USER_PROVISIONED", "iops": 6000}],
    }
    lines = cost_lines("aws_fsx_lustre_file_system", cached)
    assert str(lines["SSD cache"]).startswith("price_not_found")
    assert str(lines["Metadata IOPS"]).startswith("price_not_found")


def test_ontap_with_a_capacity_pool(cost_lines: CostLines) -> None:
    assert cost_lines("aws_fsx_ontap_file_system", ONTAP, {**BACKUP, **POOL}) == {
        "Throughput capacity": Decimal("614.40"),
        "SSD storage": Decimal("256.00"),
        "Capacity pool storage": Decimal("43.80"),
        "Backup storage": Decimal("5.00"),
    }


def test_throughput_of_every_ontap_pair_counts(cost_lines: CostLines) -> None:
    pairs = {
        "deployment_type": "SINGLE_AZ_1",
        "storage_capacity": 1024,
        "throughput_capacity_per_ha_pair": 128,
        "ha_pairs": 2,
    }
    lines = cost_lines("aws_fsx_ontap_file_system", pairs)
    assert (lines["Throughput capacity"], lines["SSD storage"]) == (Decimal("184.32"), Decimal("128.00"))


def test_a_later_generation_is_not_sold_at_the_price_of_the_first(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_fsx_ontap_file_system", {**ONTAP, "deployment_type": "MULTI_AZ_2"})
    assert "aws/fsx/ontap/throughput/multi_az_2" in str(lines["Throughput capacity"])


@pytest.mark.parametrize("system", ["windows", "openzfs", "lustre", "ontap"])
def test_untold_sizes_are_unpriced(cost_lines: CostLines, system: str) -> None:
    assert "unknown_until_apply" in cost_lines(f"aws_fsx_{system}_file_system", {})
