"""Amazon Neptune."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

from tests.resources.conftest import declared

USAGE = {"storage_gb": 100, "monthly_io_requests": 10_000_000, "backup_storage_gb": 1000}
BURSTABLE = {"instance_class": "db.t3.medium"}
CLUSTER = declared(
    "aws_neptune_cluster",
    {"serverless_v2_scaling_configuration": [{"min_capacity": 2, "max_capacity": 16}]},
    name="main",
)
IN_CLUSTER = {"cluster_identifier": (CLUSTER.address,)}

EXAMPLES = (
    Example("aws_neptune_cluster", {"backup_retention_period": 5}, USAGE),
    Example("aws_neptune_cluster_snapshot", {}, {"backup_storage_gb": 1000}),
    Example("aws_neptune_cluster_instance", BURSTABLE, {"monthly_cpu_credit_hrs": 10}, region="eu-west-2"),
    Example(
        "aws_neptune_cluster_instance", {"instance_class": "db.serverless"}, others=(CLUSTER,), references=IN_CLUSTER
    ),
)


def test_a_cluster_pays_for_storage_io_and_backups(cost_lines: CostLines) -> None:
    assert cost_lines("aws_neptune_cluster", {"backup_retention_period": 5}, USAGE) == {
        "Storage": Decimal("10.00"),
        "I/O requests": Decimal("2.00"),
        "Backup storage": Decimal("21.00"),
    }


def test_with_io_included_storage_is_dearer_and_io_free(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_neptune_cluster", {"storage_type": "iopt1"}, USAGE)
    assert lines == {"Storage (I/O-optimized)": Decimal("22.50")}


def test_an_instance_with_its_credits(cost_lines: CostLines) -> None:
    usage = {"monthly_cpu_credit_hrs": 10}
    assert cost_lines("aws_neptune_cluster_instance", BURSTABLE, usage, region="eu-west-2") == {
        "Database instance (on-demand, db.t3.medium)": Decimal("81.76"),
        "CPU credits": Decimal("3.00"),
    }


def test_the_cluster_tells_the_configuration_of_its_instances(cost_lines: CostLines) -> None:
    cluster = declared("aws_neptune_cluster", {"storage_type": "iopt1", "cluster_identifier": "main"}, name="main")
    instance = {**BURSTABLE, "cluster_identifier": "main"}
    lines = cost_lines("aws_neptune_cluster_instance", instance, region="eu-west-2", others=[cluster])
    assert lines["Database instance (on-demand, db.t3.medium, I/O-optimized)"] == Decimal("110.23")
    own = cost_lines("aws_neptune_cluster_instance", {**BURSTABLE, "storage_type": "iopt1"}, region="eu-west-2")
    assert own == lines


def test_serverless_capacity_is_that_of_the_cluster_or_as_told(cost_lines: CostLines) -> None:
    serverless = {"instance_class": "db.serverless"}
    lines = cost_lines("aws_neptune_cluster_instance", serverless, others=[CLUSTER], references=IN_CLUSTER)
    assert lines == {"Serverless capacity": Decimal("234.77")}
    told = cost_lines("aws_neptune_cluster_instance", serverless, {"capacity_units_per_hr": 10})
    assert told == {"Serverless capacity": Decimal("1173.84")}
    assert cost_lines("aws_neptune_cluster_instance", serverless) == {"Serverless capacity": "usage"}


def test_a_snapshot_is_a_backup(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_neptune_cluster_snapshot", {}, {"backup_storage_gb": 1000})
    assert lines == {"Backup storage": Decimal("21.00")}
