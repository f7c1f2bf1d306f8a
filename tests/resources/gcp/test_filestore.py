"""Filestore."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

INSTANCE, BACKUP = "google_filestore_instance", "google_filestore_backup"


def instance(tier: str, capacity_gb: int = 1024) -> dict[str, Any]:
    return {"tier": tier, "location": "us-central1-b", "file_shares": [{"capacity_gb": capacity_gb, "name": "share1"}]}


EXAMPLES = (
    *(
        Example(INSTANCE, instance(tier), grows=("file_shares.capacity_gb",))
        for tier in ("BASIC_HDD", "BASIC_SSD", "ZONAL", "ENTERPRISE")
    ),
    Example(BACKUP, {"location": "us-central1"}, {"storage_gb": 500}),
)


@pytest.mark.parametrize(
    ("tier", "name", "cost"),
    [
        ("STANDARD", "Capacity (basic hdd)", "163.84"),
        ("BASIC_HDD", "Capacity (basic hdd)", "163.84"),
        ("PREMIUM", "Capacity (basic ssd)", "307.20"),
        ("HIGH_SCALE_SSD", "Capacity (zonal)", "256.00"),
        ("ZONAL", "Capacity (zonal)", "256.00"),
        ("REGIONAL", "Capacity (regional)", "460.80"),
        ("ENTERPRISE", "Capacity (regional)", "460.80"),
    ],
)
def test_capacity_costs_by_tier(cost_lines: CostLines, tier: str, name: str, cost: str) -> None:
    assert cost_lines(INSTANCE, instance(tier), region=None) == {name: Decimal(cost)}


def test_custom_performance_has_other_prices(cost_lines: CostLines) -> None:
    attributes = {**instance("ZONAL"), "performance_config": [{"fixed_iops": [{"max_iops": 17000}]}]}
    assert str(cost_lines(INSTANCE, attributes)["Capacity (zonal)"]).startswith("price_not_found")


def test_what_is_not_declared_is_unpriced(cost_lines: CostLines) -> None:
    assert cost_lines(INSTANCE, {"tier": "ZONAL"}) == {"unknown_until_apply": "file_shares.capacity_gb is not given"}
    assert cost_lines(INSTANCE, {}) == {"unknown_until_apply": "tier is not given"}


def test_a_backup_costs_what_it_keeps(cost_lines: CostLines) -> None:
    assert cost_lines(BACKUP, {}, {"storage_gb": 500}) == {"Backup storage": Decimal("40.00")}
