"""Databases of Azure SQL in both purchasing models."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

DATABASE, OLD_DATABASE = "azurerm_mssql_database", "azurerm_sql_database"
BACKUPS = {"long_term_retention_storage_gb": 1000, "backup_storage_gb": 500}
NO_BACKUPS = {"Long-term retention (RAGRS)": "usage", "PITR backup storage (RAGRS)": "usage"}


def database(size: str | None = None, **attributes: Any) -> dict[str, Any]:
    return {"sku_name": size, **attributes}


EXAMPLES = (
    Example(DATABASE, database("GP_Gen5_4", max_size_gb=50, zone_redundant=True), BACKUPS, grows=("max_size_gb",)),
    Example(DATABASE, database("GP_S_Gen5_2"), {**BACKUPS, "monthly_vcore_hours": 500}),
    Example(DATABASE, database("S3", max_size_gb=500), BACKUPS, grows=("max_size_gb",)),
    Example(
        DATABASE, database("HS_Gen5_2", read_replica_count=1), BACKUPS, region="eastus2", grows=("read_replica_count",)
    ),
    Example(OLD_DATABASE, {"edition": "Premium", "max_size_gb": 600}, BACKUPS, grows=("max_size_gb",)),
    Example(OLD_DATABASE, {"requested_service_objective_name": "P6"}, {**BACKUPS, "extra_data_storage_gb": 500}),
)


def lines_of(cost_lines: CostLines, size: str | None, usage: dict[str, Any] | None = None, **attributes: Any) -> Any:
    lines = cost_lines(DATABASE, database(size, **attributes), usage)
    return {name: cost for name, cost in lines.items() if cost != "usage" or name.startswith("Compute")}


@pytest.mark.parametrize(
    ("size", "cost"),
    [("Basic", "4.90"), ("S0", "14.72"), ("S12", "4415.59"), ("P1", "456.25"), ("P15", "15698.89")],
)
def test_dtus_cost_by_the_day(cost_lines: CostLines, size: str, cost: str) -> None:
    assert cost_lines(DATABASE, database(size)) == {f"Compute ({size})": Decimal(cost), **NO_BACKUPS}


@pytest.mark.parametrize(
    ("size", "gb", "extra"),
    [("S3", 250, None), ("S12", 500, "42.50"), ("P6", 500, None), ("P6", 1000, "170.00"), ("P11", 4096, None)],
)
def test_storage_beyond_what_dtus_include_costs(cost_lines: CostLines, size: str, gb: int, extra: str | None) -> None:
    lines = lines_of(cost_lines, size, max_size_gb=gb)
    assert lines.get("Extra data storage") == (None if extra is None else Decimal(extra))
    told = lines_of(cost_lines, size, {"extra_data_storage_gb": 100}, max_size_gb=gb)
    assert told["Extra data storage"] == Decimal("17.00" if size[0] == "S" else "34.00")


def test_general_purpose(cost_lines: CostLines) -> None:
    compute, licence = Decimal("444.47"), Decimal("291.90")
    assert lines_of(cost_lines, "GP_Gen5_4") == {
        "Compute (provisioned, GP_Gen5_4)": compute,
        "SQL license": licence,
        "Storage": Decimal("3.68"),
    }
    brought = lines_of(cost_lines, "GP_Gen5_4", license_type="BasePrice")
    assert brought == {"Compute (provisioned, GP_Gen5_4)": compute, "Storage": Decimal("3.68")}
    assert lines_of(cost_lines, "GP_Gen5_4", create_mode="Secondary", secondary_type="Standby") == brought
    assert lines_of(cost_lines, "GP_Gen5_4", zone_redundant=True, max_size_gb=100) == {
        "Compute (provisioned, GP_Gen5_4)": compute,
        "Zone redundancy (provisioned, GP_Gen5_4)": Decimal("266.68"),
        "SQL license": licence,
        "Storage": Decimal("23.00"),
    }


def test_serverless_bills_the_vcore_hours_used(cost_lines: CostLines) -> None:
    use = {"monthly_vcore_hours": 500}
    expected = {"Compute (serverless, GP_S_Gen5_4)": Decimal("260.88"), "Storage": Decimal("3.68")}
    assert lines_of(cost_lines, "GP_S_Gen5_4", use) == expected
    assert lines_of(cost_lines, None)["Compute (serverless, GP_S_Gen5_2)"] == "usage"
    zones = lines_of(cost_lines, "GP_S_Gen5_4", use, zone_redundant=True)
    assert zones["Zone redundancy (serverless, GP_S_Gen5_4)"] == Decimal("156.53")


def test_serverless_that_never_pauses_bills_its_fewest_vcores_at_least(cost_lines: CostLines) -> None:
    never = {"min_capacity": 4, "auto_pause_delay_in_minutes": -1}
    compute = "Compute (serverless, GP_S_Gen5_8)"
    assert lines_of(cost_lines, "GP_S_Gen5_8", None, **never)[compute] == Decimal("1523.53")
    told = {"monthly_vcore_hours": 500}
    assert lines_of(cost_lines, "GP_S_Gen5_8", told, **never)[compute] == Decimal("260.88")
    pauses = {**never, "auto_pause_delay_in_minutes": 60}
    assert lines_of(cost_lines, "GP_S_Gen5_8", None, **pauses)[compute] == "usage"


@pytest.mark.parametrize(
    ("size", "compute", "licence"),
    [("BC_Gen5_8", "1777.90", "2190.00"), ("BC_M_8", "9804.08", "2190.00"), ("GP_Fsv2_8", "780.11", "583.80")],
)
def test_other_hardware(cost_lines: CostLines, size: str, compute: str, licence: str) -> None:
    attributes = database(size, zone_redundant=size.startswith("BC"), max_size_gb=10)
    lines = cost_lines(DATABASE, attributes, region="eastus2")
    assert lines[f"Compute (provisioned, {size})"] == Decimal(compute)
    assert lines["SQL license"] == Decimal(licence)
    assert "Zone redundancy" not in str(lines)


def test_hyperscale_has_no_licence_and_bills_replicas(cost_lines: CostLines) -> None:
    attributes = database("HS_Gen5_2", max_size_gb=100, read_replica_count=2)
    assert cost_lines(DATABASE, attributes, BACKUPS, region="eastus2") == {
        "Compute (provisioned, HS_Gen5_2)": Decimal("266.68"),
        "Read replicas": Decimal("533.37"),
        "Storage": Decimal("25.00"),
        "Long-term retention (RAGRS)": Decimal("50.00"),
        "PITR backup storage (RAGRS)": Decimal("100.00"),
    }
    assert cost_lines(DATABASE, database("HS_Gen5_2"))["Storage"] == Decimal("2.50")


@pytest.mark.parametrize(
    ("declared", "name", "long_term", "restore"),
    [
        ("Local", "LRS", "25.00", "50.00"),
        ("Zone", "ZRS", "25.00", "50.00"),
        ("Geo", "RAGRS", "50.00", "100.00"),
        ("GeoZone", "RAGZRS", "50.00", "100.00"),
    ],
)
def test_backups_cost_by_redundancy(
    cost_lines: CostLines, declared: str, name: str, long_term: str, restore: str
) -> None:
    lines = cost_lines(DATABASE, database("S0", storage_account_type=declared), BACKUPS, region="eastus2")
    assert lines[f"Long-term retention ({name})"] == Decimal(long_term)
    assert lines[f"PITR backup storage ({name})"] == Decimal(restore)


def test_a_database_in_a_pool_costs_its_backups(cost_lines: CostLines) -> None:
    assert cost_lines(DATABASE, database("ElasticPool")) == NO_BACKUPS
    assert cost_lines(DATABASE, database(elastic_pool_id="/some/pool")) == NO_BACKUPS
    assert cost_lines(DATABASE, database(elastic_pool_id=UNKNOWN)) == NO_BACKUPS
    assert cost_lines(OLD_DATABASE, {"elastic_pool_name": "pool"}) == NO_BACKUPS


@pytest.mark.parametrize(
    ("attributes", "compute"),
    [
        ({}, "Compute (provisioned, GP_Gen5_2)"),
        ({"edition": "Standard"}, "Compute (S0)"),
        ({"edition": "Premium"}, "Compute (P1)"),
        ({"edition": "BusinessCritical"}, "Compute (provisioned, BC_Gen5_2)"),
        ({"edition": "Hyperscale"}, "Compute (provisioned, HS_Gen5_2)"),
        ({"edition": "Standard", "requested_service_objective_name": "S3"}, "Compute (S3)"),
    ],
)
def test_databases_of_the_old_type(cost_lines: CostLines, attributes: dict[str, Any], compute: str) -> None:
    assert next(iter(cost_lines(OLD_DATABASE, attributes))) == compute


def test_the_old_type_tells_its_size_in_bytes(cost_lines: CostLines) -> None:
    lines = cost_lines(OLD_DATABASE, {"max_size_bytes": 10 * 1024**3})
    assert lines["Storage"] == Decimal("1.15")
    assert lines["SQL license"] == Decimal("145.95")


def test_what_only_apply_tells_is_lost_alone(cost_lines: CostLines) -> None:
    lines = cost_lines(DATABASE, database("GP_Gen5_4", max_size_gb=UNKNOWN))
    assert lines["Compute (provisioned, GP_Gen5_4)"] == Decimal("444.47")
    assert lines["unknown_until_apply"] == "max_size_gb is known only after apply"
    assert next(iter(cost_lines(DATABASE, database("GP_Gen9_4")))) == "Compute (provisioned, GP_Gen9_4)"
