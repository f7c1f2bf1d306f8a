"""RDS instances: hours, storage, backups, Extended Support, Performance Insights, replicas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET, Attributes, Inventory
from tollbar.resources.aws import rds_instance_classes
from tollbar.resources.aws.rds_engine import product
from tollbar.resources.aws.rds_extended_support import phase
from tollbar.resources.aws.rds_storage import DatabaseStorage, storage
from tollbar.resources.registry import bill, resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.component import Component

EXAMPLES = (
    Example(
        "aws_db_instance",
        {
            "engine": "postgres",
            "instance_class": "db.t3.medium",
            "multi_az": True,
            "storage_type": "gp3",
            "allocated_storage": 500,
            "iops": 13_000,
            "backup_retention_period": 7,
            "performance_insights_enabled": True,
            "performance_insights_retention_period": 731,
        },
        {
            "additional_backup_storage_gb": 100,
            "snapshot_export_size_gb": 10,
            "monthly_cpu_credit_hrs": 10,
        },
        grows=("allocated_storage",),
    ),
    Example(
        "aws_db_instance",
        {"engine": "mysql", "instance_class": "db.m5.large", "storage_type": "standard", "allocated_storage": 100},
        {
            "monthly_standard_io_requests": 1_000_000,
            "reserved_instance_term": "1_year",
            "reserved_instance_payment_option": "no_upfront",
        },
        grows=("allocated_storage",),
    ),
)

MYSQL = {"engine": "mysql", "instance_class": "db.t3.large", "allocated_storage": 20}
HOURS = "Database instance (on-demand, Single-AZ, db.t3.large)"
GP2 = "Storage (general purpose SSD, gp2)"


def test_hours_and_default_storage(cost_lines: CostLines) -> None:
    assert cost_lines("aws_db_instance", MYSQL) == {HOURS: Decimal("99.28"), GP2: Decimal("2.30")}


def test_smallest_storage_stands_where_none_is_declared(cost_lines: CostLines) -> None:
    assert cost_lines("aws_db_instance", {"engine": "mysql", "instance_class": "db.t3.large"})[GP2] == Decimal("2.30")


def test_multi_az_doubles_storage_and_has_its_own_hourly_price(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_db_instance", {**MYSQL, "multi_az": True, "allocated_storage": 30})
    assert lines == {
        "Database instance (on-demand, Multi-AZ, db.t3.large)": Decimal("198.56"),
        GP2: Decimal("6.90"),
    }


def test_mariadb_costs_what_mysql_costs_in_every_region(cost_lines: CostLines) -> None:
    for region in ("us-west-2", "eu-west-1", "ap-northeast-1"):
        mysql = cost_lines("aws_db_instance", MYSQL, region=region)
        assert cost_lines("aws_db_instance", {**MYSQL, "engine": "mariadb"}, region=region) == mysql


@pytest.mark.parametrize(
    ("engine", "license_model", "monthly"),
    [
        ("postgres", None, "105.85"),
        ("oracle-se2", None, "219.00"),
        ("oracle-se2-cdb", "license-included", "219.00"),
        ("oracle-se2", "bring-your-own-license", "99.28"),
        ("oracle-ee", None, "99.28"),
        ("sqlserver-ex", None, "118.26"),
        ("sqlserver-web", None, "169.36"),
    ],
)
def test_hours_depend_on_engine_and_licence(
    cost_lines: CostLines, engine: str, license_model: str | None, monthly: str
) -> None:
    attributes = {**MYSQL, "engine": engine, "license_model": license_model}
    assert cost_lines("aws_db_instance", attributes)[HOURS] == Decimal(monthly)


def test_sql_server_multi_az_in_ireland(cost_lines: CostLines) -> None:
    attributes = {"engine": "sqlserver-se", "instance_class": "db.m5.large", "multi_az": True, "allocated_storage": 100}
    lines = cost_lines("aws_db_instance", attributes, region="eu-west-1")
    assert lines[GP2] == Decimal("25.30")
    assert isinstance(lines["Database instance (on-demand, Multi-AZ, db.m5.large)"], Decimal)


@pytest.mark.parametrize(
    ("payment", "term", "monthly"),
    [("no_upfront", "1_year", "69.86"), ("partial_upfront", "1_year", "33.29"), ("all_upfront", "3_year", "0.00")],
)
def test_reserved_hours(cost_lines: CostLines, payment: str, term: str, monthly: str) -> None:
    usage = {"reserved_instance_term": term, "reserved_instance_payment_option": payment}
    lines = cost_lines("aws_db_instance", MYSQL, usage)
    assert lines["Database instance (reserved, Single-AZ, db.t3.large)"] == Decimal(monthly)


def test_a_reservation_that_is_not_sold_has_no_price(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_db_instance", MYSQL, {"reserved_instance_term": "5_year"})
    line = str(lines["Database instance (reserved, Single-AZ, db.t3.large)"])
    assert "reserved_5yr_unknown_payment" in line


def test_provisioned_iops_are_raised_to_the_minimum(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_db_instance", {**MYSQL, "storage_type": "io1", "allocated_storage": 50, "iops": 500})
    assert lines["Storage (provisioned IOPS SSD, io1)"] == Decimal("12.50")
    assert lines["Provisioned IOPS (io1)"] == Decimal("100.00")


def test_declared_iops_make_io1_the_default_and_io2_costs_the_same(cost_lines: CostLines) -> None:
    io1 = cost_lines("aws_db_instance", {**MYSQL, "allocated_storage": 200, "iops": 2000})
    io2 = cost_lines("aws_db_instance", {**MYSQL, "allocated_storage": 200, "iops": 2000, "storage_type": "io2"})
    assert (io1["Provisioned IOPS (io1)"], io2["Provisioned IOPS (io2)"]) == (Decimal("200.00"), Decimal("200.00"))


@pytest.mark.parametrize(
    ("engine", "size", "iops", "billed"),
    [
        ("mysql", 20, 4000, 1000),
        ("mysql", 399, 12000, 9000),
        ("mysql", 400, 14000, 2000),
        ("oracle-se2", 200, 12500, 500),
    ],
)
def test_gp3_includes_more_iops_once_striped(
    cost_lines: CostLines, engine: str, size: int, iops: int, billed: int
) -> None:
    attributes = {**MYSQL, "engine": engine, "storage_type": "gp3", "allocated_storage": size, "iops": iops}
    included = iops - billed
    assert cost_lines("aws_db_instance", attributes)[f"Provisioned IOPS (gp3, above {included:,})"] == Decimal(
        billed
    ) * Decimal("0.02")


def test_gp3_of_sql_server_is_never_striped_and_throughput_is_billed(cost_lines: CostLines) -> None:
    attributes = {**MYSQL, "engine": "sqlserver-ex", "storage_type": "gp3", "allocated_storage": 1000, "iops": 3000}
    lines = cost_lines("aws_db_instance", {**attributes, "storage_throughput": 225})
    assert lines["Provisioned throughput (gp3, above 125 MiB/s)"] == Decimal("8.00")
    assert not any("IOPS" in name for name in lines)


def test_magnetic_storage_is_billed_by_requests_too(cost_lines: CostLines) -> None:
    magnetic = {**MYSQL, "storage_type": "standard", "allocated_storage": 40}
    assert cost_lines("aws_db_instance", magnetic)["I/O requests"] == "usage"
    lines = cost_lines("aws_db_instance", magnetic, {"monthly_standard_io_requests": 10_000_000})
    assert (lines["Storage (magnetic)"], lines["I/O requests"]) == (Decimal("4.00"), Decimal("1.00"))


def test_a_dedicated_log_volume_is_a_fixed_volume_of_its_own(cost_lines: CostLines) -> None:
    attributes = {**MYSQL, "storage_type": "io1", "allocated_storage": 100, "iops": 1000, "dedicated_log_volume": True}
    lines = cost_lines("aws_db_instance", attributes)
    assert lines["dedicated_log_volume: Storage (provisioned IOPS SSD, io1)"] == Decimal("125.00")
    assert lines["dedicated_log_volume: Provisioned IOPS (io1)"] == Decimal("300.00")


def test_backups_are_unknown_until_told(cost_lines: CostLines) -> None:
    kept = {**MYSQL, "backup_retention_period": 7}
    assert cost_lines("aws_db_instance", kept)["Additional backup storage"] == "usage"
    lines = cost_lines("aws_db_instance", kept, {"additional_backup_storage_gb": 1000, "snapshot_export_size_gb": 50})
    assert lines["Additional backup storage"] == Decimal("95.00")
    assert lines["Snapshot export"] == Decimal("0.50")


def test_a_range_of_use_is_read(cost_lines: CostLines) -> None:
    usage = {"additional_backup_storage_gb": {"low": 0, "expected": 100, "high": 1000}}
    assert cost_lines("aws_db_instance", MYSQL, usage)["Additional backup storage"] == Decimal("9.50")


def test_cpu_credits_count_every_vcpu(cost_lines: CostLines) -> None:
    assert cost_lines("aws_db_instance", MYSQL, {"monthly_cpu_credit_hrs": 30})["CPU credits"] == Decimal("4.50")
    m5 = {**MYSQL, "instance_class": "db.m5.large"}
    assert "CPU credits" not in cost_lines("aws_db_instance", m5, {"monthly_cpu_credit_hrs": 30})


def test_performance_insights(cost_lines: CostLines) -> None:
    seen = {**MYSQL, "performance_insights_enabled": True}
    assert cost_lines("aws_db_instance", seen)["Performance Insights API"] == "usage"
    lines = cost_lines(
        "aws_db_instance",
        {**seen, "performance_insights_retention_period": 731},
        {"monthly_additional_performance_insights_requests": 12345},
    )
    assert lines["Performance Insights retention (24 months, db.t3.large)"] == Decimal("5.90")
    assert lines["Performance Insights API"] == Decimal("0.12")


def test_retention_is_sold_month_by_month(cost_lines: CostLines) -> None:
    attributes = {**MYSQL, "performance_insights_enabled": True, "performance_insights_retention_period": 93}
    lines = cost_lines("aws_db_instance", attributes, region="eu-west-1")
    assert lines["Performance Insights retention (first month)"] == Decimal("3.29")
    assert lines["Performance Insights retention (additional months)"] == Decimal("0.28")


def test_database_insights_take_the_place_of_paid_retention(cost_lines: CostLines) -> None:
    attributes = {
        **MYSQL,
        "performance_insights_enabled": True,
        "performance_insights_retention_period": 465,
        "database_insights_mode": "advanced",
    }
    lines = cost_lines("aws_db_instance", attributes)
    assert lines["Database Insights (advanced)"] == Decimal("18.25")
    assert not any("retention" in name for name in lines)


def test_extended_support_counts_standbys(cost_lines: CostLines) -> None:
    old = {**MYSQL, "engine": "postgres", "engine_version": "12.19"}
    assert cost_lines("aws_db_instance", old)["Extended support (year 1)"] == Decimal("146.00")
    standby = cost_lines("aws_db_instance", {**old, "multi_az": True})
    assert standby["Extended support (year 1)"] == Decimal("292.00")


def test_extended_support_can_be_declined(cost_lines: CostLines) -> None:
    attributes = {
        **MYSQL,
        "engine_version": "5.7.44",
        "engine_lifecycle_support": "open-source-rds-extended-support-disabled",
    }
    assert set(cost_lines("aws_db_instance", attributes)) == {HOURS, GP2}


@pytest.mark.parametrize(
    ("sold_as", "version", "day", "expected"),
    [
        ("mysql", "5.7.44", date(2024, 2, 29), None),
        ("mysql", "5.7", date(2024, 3, 1), "year 1"),
        ("mysql", "5.7", date(2026, 3, 1), "year 3"),
        ("mysql", "8.0.36", date(2026, 7, 31), None),
        ("mysql", "8.0.36", date(2026, 8, 1), "year 1"),
        ("mysql", "8", date(2026, 8, 1), None),
        ("postgres", "13.4", date(2026, 2, 28), None),
        ("postgres", "13", date(2026, 3, 1), "year 1"),
        ("postgres", "17.2", date(2026, 11, 1), None),
        ("aurora-mysql", "5.7.mysql_aurora.2.11.2", date(2030, 1, 1), "year 1"),
        ("aurora-postgresql", "11.22", date(2026, 4, 1), "year 3"),
        ("sqlserver-se", "13.00", date(2026, 11, 1), None),
        ("mysql", None, date(2026, 11, 1), None),
    ],
)
def test_phases_of_extended_support(sold_as: str, version: str | None, day: date, expected: str | None) -> None:
    assert phase(sold_as, version, day) == expected


def test_a_replica_takes_engine_and_storage_from_its_source(cost_lines: CostLines) -> None:
    source = declared("aws_db_instance", {**MYSQL, "allocated_storage": 100}, name="main")
    lines = cost_lines(
        "aws_db_instance",
        {"instance_class": "db.t3.large", "engine": UNKNOWN_OR_UNSET, "allocated_storage": UNKNOWN_OR_UNSET},
        others=[source],
        references={"replicate_source_db": (source.address,)},
    )
    assert lines == {HOURS: Decimal("99.28"), GP2: Decimal("11.50")}


def test_a_replica_finds_its_source_by_identifier(cost_lines: CostLines) -> None:
    source = declared("aws_db_instance", {**MYSQL, "identifier": "main"}, name="main")
    replica = {"instance_class": "db.t3.large", "replicate_source_db": "main"}
    assert cost_lines("aws_db_instance", replica, others=[source])[HOURS] == Decimal("99.28")


def test_instances_that_replicate_each_other_come_to_an_end(cost_lines: CostLines) -> None:
    other = declared("aws_db_instance", {"identifier": "b", "replicate_source_db": "a"}, name="b")
    mine = {"identifier": "a", "replicate_source_db": "b", "instance_class": "db.t3.large"}
    assert "unknown_until_apply" in cost_lines("aws_db_instance", mine, others=[other])


def test_an_engine_that_only_apply_tells_leaves_the_instance_unpriced(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_db_instance", {"instance_class": "db.t3.large", "engine": UNKNOWN})
    assert lines == {"unknown_until_apply": "engine is known only after apply"}


def test_an_unknown_class_names_near_ones(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_db_instance", {**MYSQL, "instance_class": "db.t3.lage"})
    assert "db.t3.large" in str(lines["Database instance (on-demand, Single-AZ, db.t3.lage)"])


def test_lines_per_vcpu_need_a_known_class() -> None:
    attributes = {"engine": "mysql", "engine_version": "5.7", "instance_class": "db.x99.large"}
    resource = declared("aws_db_instance", {**attributes, "performance_insights_enabled": True})
    estimator = resource_type(resource)
    assert estimator is not None
    billed = bill(resource, Usage(keys=estimator.usage_key_by_name), Inventory((resource,)))
    assert [line.detail for line in billed.unpriced] == ["Extended support: the vCPUs of db.x99.large are not known"]


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_db_instance", MYSQL, region="mars-north-1")
    assert all(str(line).startswith("price_not_found") for line in lines.values())


def test_engines_as_they_are_sold() -> None:
    assert product("aurora") == "aurora-mysql"
    assert product("oracle-se1", "bring-your-own-license") == "oracle-byol"
    assert product("sqlserver-se", "bring-your-own-license") == "sqlserver-se"
    assert rds_instance_classes.vcpus("db.r4.8xlarge") == 32
    assert rds_instance_classes.family("db.r6g.large") == "r6g"


@given(allocated=st.integers(0, 65_536), most=st.integers(0, 65_536), iops=st.integers(0, 64_000))
def test_storage_never_shrinks_and_never_bills_what_is_included(allocated: int, most: int, iops: int) -> None:
    attributes = Attributes(
        {"storage_type": "gp3", "allocated_storage": allocated, "max_allocated_storage": most, "iops": iops}
    )
    lines = list(storage(DatabaseStorage("us-east-1", "mysql", "single_az", attributes), Usage()))
    gb = lines[0].quantity
    assert gb.low is not None
    assert gb.high is not None
    assert gb.low == max(allocated, 20) <= gb.high == max(allocated, 20, most)
    included = 12_000 if allocated >= 400 else 3_000
    assert sum((_expected(line) for line in lines[1:]), Decimal(0)) == max(iops - included, 0)


def _expected(line: Component) -> Decimal:
    assert line.quantity.expected is not None
    return line.quantity.expected
