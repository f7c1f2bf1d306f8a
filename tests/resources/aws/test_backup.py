"""AWS Backup vaults."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

COSTS_OF_10_000 = {
    "EFS backup (warm)": "500.00",
    "EFS backup (cold)": "100.00",
    "EFS restore (warm)": "200.00",
    "EFS restore (cold)": "300.00",
    "EFS restore (item-level)": "5000.00",
    "EBS snapshot": "500.00",
    "RDS snapshot": "950.00",
    "Aurora snapshot": "210.00",
    "DynamoDB backup": "1000.00",
    "DynamoDB restore": "1500.00",
    "FSx for Windows backup": "500.00",
    "FSx for Lustre backup": "500.00",
}
USAGE = {
    "monthly_efs_warm_backup_gb": 10_000,
    "monthly_efs_cold_backup_gb": 10_000,
    "monthly_efs_warm_restore_gb": 10_000,
    "monthly_efs_cold_restore_gb": 10_000,
    "monthly_efs_item_restore_requests": 10_000,
    "monthly_ebs_snapshot_gb": 10_000,
    "monthly_rds_snapshot_gb": 10_000,
    "monthly_aurora_snapshot_gb": 10_000,
    "monthly_dynamodb_backup_gb": 10_000,
    "monthly_dynamodb_restore_gb": 10_000,
    "monthly_fsx_windows_backup_gb": 10_000,
    "monthly_fsx_lustre_backup_gb": 10_000,
}

EXAMPLES = (Example("aws_backup_vault", {}, USAGE),)


def test_every_kind_of_backup_has_its_price(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_backup_vault", {}, USAGE)
    assert lines == {name: Decimal(monthly) for name, monthly in COSTS_OF_10_000.items()}


def test_a_vault_costs_nothing_until_it_keeps_something(cost_lines: CostLines) -> None:
    assert set(cost_lines("aws_backup_vault", {}).values()) == {"usage"}
