"""Aurora clusters and instances, serverless and not; Multi-AZ DB clusters."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN, Inventory, Resource
from tollbar.resources.registry import bill, resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.component import Component, Quantity

EXAMPLES = (
    Example(
        "aws_rds_cluster",
        {"engine": "aurora-mysql", "backup_retention_period": 5},
        {
            "storage_gb": 100,
            "write_requests_per_sec": 10,
            "read_requests_per_sec": 10,
            "backup_snapshot_size_gb": 100,
            "average_statements_per_hr": 1000,
            "change_records_per_statement": 1,
            "backtrack_window_hrs": 24,
            "snapshot_export_size_gb": 10,
        },
        grows=("backup_retention_period",),
    ),
    Example(
        "aws_rds_cluster",
        {
            "engine": "mysql",
            "db_cluster_instance_class": "db.r6gd.large",
            "storage_type": "io1",
            "allocated_storage": 100,
            "iops": 1000,
        },
        region="eu-west-1",
        grows=("allocated_storage", "iops"),
    ),
    Example("aws_rds_cluster_instance", {"engine": "aurora-mysql", "instance_class": "db.r5.large"}),
    Example(
        "aws_rds_cluster_instance",
        {"engine": "aurora-postgresql", "instance_class": "db.serverless"},
        {"capacity_units_per_hr": 4},
    ),
)

LARGE = {"engine": "aurora-mysql", "instance_class": "db.r6g.large"}


def member(cost_lines: CostLines, attributes: dict[str, Any], cluster: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the lines of an instance of a cluster."""
    parent = declared("aws_rds_cluster", cluster, name="main")
    references = {"cluster_identifier": (parent.address,)}
    return cost_lines("aws_rds_cluster_instance", attributes, others=[parent], references=references, **more)


def test_a_cluster_is_billed_for_storage_and_requests(cost_lines: CostLines) -> None:
    usage = {"storage_gb": 100, "write_requests_per_sec": 10, "read_requests_per_sec": 10}
    lines = cost_lines("aws_rds_cluster", {"engine": "aurora-postgresql"}, usage)
    assert lines == {"Storage": Decimal("10.00"), "I/O requests": Decimal("10.51")}


def test_an_io_optimized_cluster_pays_for_storage_only(cost_lines: CostLines) -> None:
    lines = cost_lines(
        "aws_rds_cluster", {"engine": "aurora-mysql", "storage_type": "aurora-iopt1"}, {"storage_gb": 100}
    )
    assert lines == {"Storage (I/O-optimized)": Decimal("22.50")}


def test_the_first_day_of_backups_is_free(cost_lines: CostLines) -> None:
    cluster = {"engine": "aurora-mysql", "backup_retention_period": 5}
    lines = cost_lines("aws_rds_cluster", cluster, {"backup_snapshot_size_gb": 100})
    assert lines["Backup storage"] == Decimal("8.40")
    assert "Backup storage" not in cost_lines("aws_rds_cluster", {**cluster, "backup_retention_period": 1})


def test_backtrack_bills_each_record_for_every_hour_it_is_kept(cost_lines: CostLines) -> None:
    usage = {"average_statements_per_hr": 10_000_000, "change_records_per_statement": 0.38, "backtrack_window_hrs": 24}
    assert cost_lines("aws_rds_cluster", {"engine": "aurora-mysql"}, usage)["Backtrack"] == Decimal("798.91")
    declared_window = {"engine": "aurora-mysql", "backtrack_window": 86400}
    del usage["backtrack_window_hrs"]
    assert cost_lines("aws_rds_cluster", declared_window, usage)["Backtrack"] == Decimal("798.91")
    assert cost_lines("aws_rds_cluster", declared_window)["Backtrack"] == "usage"
    assert "Backtrack" not in cost_lines("aws_rds_cluster", {"engine": "aurora-postgresql"}, usage)


def test_serverless_v1_as_told(cost_lines: CostLines) -> None:
    cluster = {"engine": "aurora-postgresql", "engine_mode": "serverless"}
    lines = cost_lines("aws_rds_cluster", cluster, {"capacity_units_per_hr": 1000, "snapshot_export_size_gb": 200})
    assert (lines["Aurora serverless"], lines["Snapshot export"]) == (Decimal("43800.00"), Decimal("2.00"))
    assert cost_lines("aws_rds_cluster", cluster)["Aurora serverless"] == "usage"


def test_serverless_v1_moves_between_its_bounds() -> None:
    scaling = {"min_capacity": 2, "max_capacity": 8}
    cluster = {"engine": "aurora-mysql", "engine_mode": "serverless", "scaling_configuration": [scaling]}
    assert ends(line("aws_rds_cluster", cluster, "Aurora serverless")) == (0, 1460, 5840)
    cluster["scaling_configuration"] = [{**scaling, "auto_pause": False}]
    assert ends(line("aws_rds_cluster", cluster, "Aurora serverless")) == (1460, 1460, 5840)


def test_serverless_v2_moves_between_the_bounds_of_its_cluster() -> None:
    bounds = [{"min_capacity": 0, "max_capacity": 16}]
    cluster = declared("aws_rds_cluster", {"engine": "aurora-mysql", "serverlessv2_scaling_configuration": bounds})
    instance = {"instance_class": "db.serverless", "cluster_identifier": "main"}
    cluster = declared(
        "aws_rds_cluster", {**cluster.attributes.values, "cluster_identifier": "main"}, name="named-by-identifier"
    )
    found = line("aws_rds_cluster_instance", instance, "Aurora serverless v2", cluster)
    assert ends(found) == (0, 365, 11680)


def test_serverless_v2_as_told(cost_lines: CostLines) -> None:
    instance = {"instance_class": "db.serverless", "engine": "aurora-mysql"}
    seen = {**instance, "performance_insights_enabled": True, "performance_insights_retention_period": 731}
    lines = member(cost_lines, seen, {"engine": "aurora-mysql"}, usage={"capacity_units_per_hr": 5})
    assert lines == {
        "Aurora serverless v2": Decimal("438.00"),
        "Performance Insights retention (24 months, db.serverless)": Decimal("1.88"),
        "Performance Insights API": "usage",
    }
    optimized = {"engine": "aurora-mysql", "storage_type": "aurora-iopt1", "database_insights_mode": "advanced"}
    lines = member(cost_lines, instance, optimized, usage={"capacity_units_per_hr": 5})
    assert lines["Aurora serverless v2 (I/O-optimized)"] == Decimal("569.40")
    assert lines["Database Insights (advanced)"] == Decimal("11.41")


def test_old_serverless_versions_are_unpriced_not_free(cost_lines: CostLines) -> None:
    instance = {"instance_class": "db.serverless", "engine": "aurora-postgresql", "engine_version": "11.22"}
    lines = member(cost_lines, instance, {}, usage={"capacity_units_per_hr": 1})
    assert str(lines["Extended support (year 3)"]).startswith("price_not_found")


@pytest.mark.parametrize(
    ("attributes", "monthly"),
    [
        (LARGE, "189.80"),
        ({"engine": "aurora-postgresql", "instance_class": "db.r6g.large"}, "189.80"),
        ({"engine": "aurora-mysql", "instance_class": "db.t3.medium"}, "59.86"),
    ],
)
def test_instance_hours(cost_lines: CostLines, attributes: dict[str, str], monthly: str) -> None:
    name = f"Database instance (on-demand, {attributes['instance_class']})"
    assert member(cost_lines, attributes, {}) == {name: Decimal(monthly)}


def test_instances_of_an_io_optimized_cluster_cost_more(cost_lines: CostLines) -> None:
    lines = member(cost_lines, LARGE, {"engine": "aurora-mysql", "storage_type": "aurora-iopt1"})
    assert lines == {"Database instance (on-demand, db.r6g.large, I/O-optimized)": Decimal("246.74")}


def test_engine_and_version_come_from_the_cluster_where_the_instance_leaves_them_open(cost_lines: CostLines) -> None:
    instance = {"instance_class": "db.t3.large", "engine": UNKNOWN, "engine_version": UNKNOWN}
    cluster = {"engine": "aurora-mysql", "engine_version": "5.7.mysql_aurora.2.11.2"}
    lines = member(cost_lines, instance, cluster)
    assert lines == {
        "Database instance (on-demand, db.t3.large)": Decimal("119.72"),
        "Extended support (year 1)": Decimal("146.00"),
    }


def test_cpu_credits_of_aurora(cost_lines: CostLines) -> None:
    instance = {"engine": "aurora-mysql", "instance_class": "db.t3.medium"}
    told = cost_lines("aws_rds_cluster_instance", instance, {"monthly_cpu_credit_hrs": 24})
    assert told["CPU credits"] == Decimal("4.32")
    counted = cost_lines("aws_rds_cluster_instance", instance, {"monthly_cpu_credit_hrs": 24, "vcpu_count": 1})
    assert counted["CPU credits"] == Decimal("2.16")


def test_reserved_instances(cost_lines: CostLines) -> None:
    instance = {"engine": "aurora-mysql", "instance_class": "db.r4.large"}
    usage = {"reserved_instance_term": "3_year", "reserved_instance_payment_option": "partial_upfront"}
    lines = cost_lines("aws_rds_cluster_instance", instance, usage)
    assert lines == {"Database instance (reserved, db.r4.large)": Decimal("43.80")}
    usage["reserved_instance_payment_option"] = "all_upfront"
    lines = cost_lines("aws_rds_cluster_instance", instance, usage)
    assert lines == {"Database instance (reserved, db.r4.large)": Decimal("0.00")}


def test_a_multi_az_db_cluster_is_three_instances_in_one_price(cost_lines: CostLines) -> None:
    cluster = {
        "engine": "mysql",
        "engine_version": "8.4",
        "db_cluster_instance_class": "db.m5d.large",
        "storage_type": "io1",
        "allocated_storage": 100,
        "iops": 1000,
    }
    lines = cost_lines("aws_rds_cluster", cluster, region="eu-west-1")
    assert lines["Storage (provisioned IOPS SSD, io1)"] == Decimal("41.40")
    assert lines["Provisioned IOPS (io1)"] == Decimal("330.00")
    assert lines["Database cluster (on-demand, two readable standbys, db.m5d.large)"] == Decimal("473.04")
    old = cost_lines("aws_rds_cluster", {**cluster, "engine_version": "5.7.44"})
    assert old["Extended support (year 3)"] == Decimal("876.00")


def test_undeclared_classes_are_unpriced(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_rds_cluster_instance", {"engine": "aurora-mysql"})
    assert lines == {"unknown_until_apply": "instance_class is not declared"}
    lines = cost_lines("aws_rds_cluster", {"engine": "mysql"})
    assert lines == {"unknown_until_apply": "db_cluster_instance_class is not declared"}


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_rds_cluster_instance", LARGE, region="mars-north-1")
    assert all(str(found).startswith("price_not_found") for found in lines.values())


def line(type_name: str, attributes: dict[str, Any], name: str, *others: Resource) -> Component:
    """Return one unpriced line of a resource."""
    resource = declared(type_name, attributes)
    estimator = resource_type(resource)
    assert estimator is not None
    usage = Usage(keys=estimator.usage_key_by_name, assumptions=False)
    billed = bill(resource, usage, Inventory((resource, *others)))
    return next(component for component in billed.components if component.name == name)


def ends(component: Component) -> tuple[object, ...]:
    """Return the ends of a line's quantity."""
    quantity: Quantity = component.quantity
    return (quantity.low, quantity.expected, quantity.high)


@pytest.mark.parametrize("end", ["min_capacity", "max_capacity"])
def test_a_capacity_that_only_apply_tells_is_not_the_smallest(cost_lines: CostLines, end: str) -> None:
    scaling = {"min_capacity": 2, "max_capacity": 8, end: UNKNOWN}
    attributes = {"engine": "aurora-mysql", "engine_mode": "serverless", "scaling_configuration": [scaling]}
    assert cost_lines("aws_rds_cluster", attributes)["unknown_until_apply"] == f"{end} is known only after apply"
