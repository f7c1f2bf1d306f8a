"""Cloud SQL."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resources.gcp.cloud_sql import DatabaseMachine, database_machine

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

SQL = "google_sql_database_instance"


def database(tier: str, version: str = "POSTGRES_15", **settings: Any) -> dict[str, Any]:
    return {"database_version": version, "settings": [{"tier": tier, **settings}]}


def test_a_zonal_instance(cost_lines: CostLines) -> None:
    assert cost_lines(SQL, database("db-custom-16-61440")) == {
        "vCPUs (16, zonal)": Decimal("482.38"),
        "Memory (60 GiB, zonal)": Decimal("306.60"),
        "Storage (SSD, zonal)": Decimal("1.70"),
        "Backups": "usage",
        "IP address (if unused)": Decimal("7.30"),
    }


def test_high_availability_doubles_everything(cost_lines: CostLines) -> None:
    lines = cost_lines(SQL, database("db-standard-2", availability_type="REGIONAL", disk_size=500))
    assert lines["vCPUs (2, regional)"] == Decimal("120.60")
    assert lines["Memory (7.5 GiB, regional)"] == Decimal("76.65")
    assert lines["Storage (SSD, regional)"] == Decimal("170.00")


def test_shared_core_instances_have_a_price_of_their_own(cost_lines: CostLines) -> None:
    assert cost_lines(SQL, database("db-f1-micro"))["SQL instance (db-f1-micro, zonal)"] == Decimal("7.67")


@pytest.mark.parametrize(
    ("tier", "machine"),
    [
        ("db-custom-4-15360", DatabaseMachine(Decimal(4), Decimal(15))),
        ("db-n1-standard-8", DatabaseMachine(Decimal(8), Decimal(30))),
        ("db-highmem-16", DatabaseMachine(Decimal(16), Decimal(104))),
        ("db-lightweight-2", DatabaseMachine(Decimal(2), Decimal("3.75"))),
        ("db-perf-optimized-N-4".lower(), DatabaseMachine(Decimal(4), Decimal(32))),
        ("db-g1-small", None),
    ],
)
def test_tiers_name_sizes(tier: str, machine: DatabaseMachine | None) -> None:
    assert database_machine(tier) == machine


def test_a_paid_sql_server_edition_needs_a_licence_for_four_cores_at_least(cost_lines: CostLines) -> None:
    lines = cost_lines(SQL, database("db-custom-2-7680", "SQLSERVER_2019_WEB"))
    assert lines["SQL Server licence (web)"] == Decimal("33.11")  # 4 x 730 x 0.01134
    assert "SQL Server licence" not in str(
        list(cost_lines(SQL, database("db-custom-2-7680", "SQLSERVER_2019_EXPRESS")))
    )


def test_what_is_switched_off_costs_nothing(cost_lines: CostLines) -> None:
    settings: dict[str, Any] = {"activation_policy": "NEVER", "ip_configuration": [{"ipv4_enabled": False}]}
    assert cost_lines(SQL, database("db-custom-2-7680", **settings)) == {
        "Storage (SSD, zonal)": Decimal("1.70"),
        "Backups": "usage",
    }


def test_backups_cost_what_is_told_and_replicas_have_none(cost_lines: CostLines) -> None:
    told = {"backup_storage_gb": 1000}
    assert cost_lines(SQL, database("db-g1-small"), told)["Backups"] == Decimal("80.00")
    assert "Backups" not in cost_lines(SQL, {**database("db-g1-small"), "master_instance_name": "main"}, told)


@pytest.mark.parametrize(("settings", "storage"), [({}, "85.00"), ({"disk_size": 600}, "102.00")])
def test_a_replica_is_as_large_as_its_primary(cost_lines: CostLines, settings: dict[str, Any], storage: str) -> None:
    primary = declared(SQL, database("db-standard-2", disk_size=500), name="primary")
    lines = cost_lines(
        SQL,
        database("db-standard-2", **settings),
        others=[primary],
        references={"master_instance_name": (primary.address,)},
    )
    assert lines["Storage (SSD, zonal)"] == Decimal(storage)


def test_an_absent_tier_is_unpriced(cost_lines: CostLines) -> None:
    assert cost_lines(SQL, {}) == {"unknown_until_apply": "settings.tier is not given"}


EXAMPLES = (
    Example(
        SQL, database("db-custom-4-15360", disk_size=100), {"backup_storage_gb": 100}, grows=("settings.disk_size",)
    ),
    Example(
        SQL, database("db-perf-optimized-n-4", edition="ENTERPRISE_PLUS", disk_size=100), {"backup_storage_gb": 10}
    ),
    Example(SQL, database("db-g1-small", availability_type="REGIONAL", disk_type="PD_HDD"), {"backup_storage_gb": 10}),
    Example(SQL, database("db-custom-4-15360", "SQLSERVER_2019_STANDARD"), {"backup_storage_gb": 10}),
)
