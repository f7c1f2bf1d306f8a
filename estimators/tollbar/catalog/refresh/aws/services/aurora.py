"""Amazon Aurora: instances by storage configuration, capacity units, storage, I/O and backups."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.relational_databases import AURORA_ENGINES, purchase
from tollbar.catalog.refresh.aws.service import Query, Rule, Service, Sold, families

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_INSTANCE = re.compile(r"(?:InstanceUsage|HeavyUsage)(?P<optimized>IOOptimized)?:.+")
"""The name behind it is cut (``db.r8g.2xl``); the attribute ``instanceType`` has it in full."""
_RULES = (
    Rule("Aurora:StorageUsage", "aws/aurora/storage/standard", "GB-months"),
    Rule("Aurora:IO-OptimizedStorageUsage", "aws/aurora/storage/io_optimized", "GB-months"),
    Rule("Aurora:StorageIOUsage", "aws/aurora/io", "IOs"),
    Rule("Aurora:BackupUsage", "aws/aurora/backup", "GB-months"),
    Rule("Aurora:BacktrackUsage", "aws/aurora/backtrack", "change-records"),
    Rule("Aurora:SnapshotExportToS3", "aws/aurora/snapshot_export", "GB"),
    Rule("Aurora:ServerlessUsage", "aws/aurora/serverless_v1", "ACU-hours"),
    Rule("Aurora:ServerlessV2Usage", "aws/aurora/serverless_v2/standard", "ACU-hours"),
    Rule("Aurora:ServerlessV2IOOptimizedUsage", "aws/aurora/serverless_v2/io_optimized", "ACU-hours"),
)


def _sold(product: Product, term: Term) -> Sold | None:
    engine = AURORA_ENGINES.get(product["databaseEngine"])
    instance = _INSTANCE.fullmatch(product.usage)
    if engine and instance and product.family == "Database Instance":
        configuration = "io_optimized" if instance["optimized"] else "standard"
        path = f"aws/aurora/instance/{engine}/{configuration}/{purchase(term)}/{product['instanceType']}"
        return Sold(path, "hours")
    if term.kind != "OnDemand":
        return None
    return next((sold for rule in _RULES if (sold := rule.sold(product)) is not None), None)


SERVICE = Service(
    "aurora",
    (
        *(
            Query("AmazonRDS", {"productFamily": "Database Instance", "databaseEngine": name})
            for name in AURORA_ENGINES
        ),
        *families(
            "AmazonRDS", "Serverless", "ServerlessV2", "Database Storage", "System Operation", "Storage Snapshot"
        ),
    ),
    _sold,
)
