"""AWS Backup vaults: what they keep and restore, by the kind of resource. Source: AWS Backup pricing page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_LINES = (
    ("monthly_efs_warm_backup_gb", "EFS backup (warm)", "GB-months", "efs/warm"),
    ("monthly_efs_cold_backup_gb", "EFS backup (cold)", "GB-months", "efs/cold"),
    ("monthly_efs_warm_restore_gb", "EFS restore (warm)", "GB", "restore/efs/warm"),
    ("monthly_efs_cold_restore_gb", "EFS restore (cold)", "GB", "restore/efs/cold"),
    ("monthly_efs_item_restore_requests", "EFS restore (item-level)", "requests", "restore/efs/item"),
    ("monthly_ebs_snapshot_gb", "EBS snapshot", "GB-months", "ebs"),
    ("monthly_rds_snapshot_gb", "RDS snapshot", "GB-months", "rds"),
    ("monthly_aurora_snapshot_gb", "Aurora snapshot", "GB-months", "aurora"),
    ("monthly_dynamodb_backup_gb", "DynamoDB backup", "GB-months", "dynamodb"),
    ("monthly_dynamodb_restore_gb", "DynamoDB restore", "GB", "restore/dynamodb"),
    ("monthly_fsx_windows_backup_gb", "FSx for Windows backup", "GB-months", "fsx_windows"),
    ("monthly_fsx_lustre_backup_gb", "FSx for Lustre backup", "GB-months", "fsx_lustre"),
)
"""Usage key, name, unit and price of each line."""

_VERBS = {"GB-months": "GB kept", "GB": "GB restored a month", "requests": "requests a month"}


def backup_vault(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the GB that a vault keeps and restores, of each kind of resource."""
    for key, name, unit, path in _LINES:
        yield Component(name, usage.quantity(key), unit, PriceKey(f"aws/backup/{path}", resource.region))


TYPES = (
    ResourceType(
        "aws_backup_vault",
        "storage",
        backup_vault,
        tuple(UsageKey(key, f"{_VERBS[unit]}: {name}") for key, name, unit, _ in _LINES),
    ),
)
