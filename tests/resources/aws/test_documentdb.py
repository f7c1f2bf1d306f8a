"""Amazon DocumentDB."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example
from tollbar.resource import Inventory
from tollbar.resources.registry import bill, resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

from tests.resources.conftest import declared

BURSTABLE = {"instance_class": "db.t3.medium"}
USAGE = {"data_storage_gb": 1000, "monthly_io_requests": 10_000_000, "monthly_cpu_credit_hrs": 10}
BACKUP = {"backup_storage_gb": 10_000}

EXAMPLES = (
    Example("aws_docdb_cluster", {"backup_retention_period": 5}, BACKUP),
    Example("aws_docdb_cluster_snapshot", {}, BACKUP),
    Example("aws_docdb_cluster_instance", BURSTABLE, USAGE),
)


def test_an_instance_with_the_storage_of_its_cluster(cost_lines: CostLines) -> None:
    assert cost_lines("aws_docdb_cluster_instance", BURSTABLE, USAGE) == {
        "Database instance (on-demand, db.t3.medium)": Decimal("56.94"),
        "Storage": Decimal("100.00"),
        "I/O requests": Decimal("2.00"),
        "CPU credits": Decimal("0.90"),
    }


def test_only_burstable_instances_have_credits(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_docdb_cluster_instance", {"instance_class": "db.r5.4xlarge"})
    assert lines == {
        "Database instance (on-demand, db.r5.4xlarge)": Decimal("1617.68"),
        "Storage": "usage",
        "I/O requests": "usage",
    }


def test_with_io_included_storage_is_dearer_and_io_free(cost_lines: CostLines) -> None:
    cluster = declared("aws_docdb_cluster", {"storage_type": "iopt1", "cluster_identifier": "main"}, name="main")
    instance = {"instance_class": "db.r5.large", "cluster_identifier": "main"}
    lines = cost_lines("aws_docdb_cluster_instance", instance, USAGE, others=[cluster])
    assert lines["Storage (I/O-optimized)"] == Decimal("300.00")
    assert "aws/documentdb/instance/io_optimized" in str(
        lines["Database instance (on-demand, db.r5.large, I/O-optimized)"]
    )
    assert "I/O requests" not in lines


def test_the_storage_of_a_cluster_is_assumed_once(cost_lines: CostLines) -> None:
    cluster = declared("aws_docdb_cluster", {"cluster_identifier": "main"}, name="main")
    attributes = {**BURSTABLE, "cluster_identifier": "main"}
    first = declared("aws_docdb_cluster_instance", attributes, name="first")
    alone = cost_lines("aws_docdb_cluster_instance", attributes, others=[cluster, first], assumptions=True)
    assert alone["Storage"] == Decimal("10.00")
    resource = declared("aws_docdb_cluster_instance", attributes, name="second")
    known = resource_type(resource)
    assert known is not None
    second = bill(resource, Usage(keys=known.usage_key_by_name), Inventory((cluster, first, resource)))
    assert [line.name for line in second.components] == ["Database instance (on-demand, db.t3.medium)", "CPU credits"]


def test_one_day_of_backups_is_free(cost_lines: CostLines) -> None:
    kept = cost_lines("aws_docdb_cluster", {"backup_retention_period": 5}, BACKUP)
    assert kept == {"Backup storage": Decimal("210.00")}
    assert cost_lines("aws_docdb_cluster", {}, BACKUP) == {}


def test_a_snapshot_is_a_backup(cost_lines: CostLines) -> None:
    assert cost_lines("aws_docdb_cluster_snapshot", {}, BACKUP) == {"Backup storage": Decimal("210.00")}


def test_an_undeclared_class_is_unpriced(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_docdb_cluster_instance", {})
    assert lines == {"unknown_until_apply": "instance_class is not declared"}
