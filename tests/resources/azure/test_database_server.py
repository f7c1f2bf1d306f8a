"""Flexible and single servers of MySQL, PostgreSQL and MariaDB."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

MYSQL, POSTGRESQL = "azurerm_mysql_flexible_server", "azurerm_postgresql_flexible_server"
SINGLE = tuple(f"azurerm_{engine}_server" for engine in ("mysql", "postgresql", "mariadb"))
BACKUPS = {"additional_backup_storage_gb": 1000}
BACKUP_LINE = "Additional backup storage"


def server(size: str, **attributes: Any) -> dict[str, Any]:
    return {"sku_name": size, **attributes}


EXAMPLES = (
    Example(
        MYSQL,
        server("MO_Standard_E4ds_v4", storage=[{"size_gb": 20, "iops": 500}]),
        BACKUPS,
        region="westus",
        grows=("storage.iops",),
    ),
    Example(
        MYSQL,
        server("B_Standard_B2s", storage=[{"size_gb": 20, "io_scaling_enabled": True}]),
        {**BACKUPS, "monthly_io_requests": 1_000_000},
        region="westeurope",
        grows=("storage.size_gb",),
    ),
    Example(POSTGRESQL, server("GP_Standard_D2ds_v5", storage_mb=32_768), BACKUPS, grows=("storage_mb",)),
    *(
        Example(
            kind,
            server("GP_Gen5_4", storage_mb=5120, geo_redundant_backup_enabled=True),
            BACKUPS,
            grows=("storage_mb",),
        )
        for kind in SINGLE
    ),
)


@pytest.mark.parametrize(
    ("size", "region", "cost"),
    [
        ("B_Standard_B1ms", "westus", "16.06"),
        ("B_Standard_B2s", "eastus", "49.64"),
        ("GP_Standard_D2ads_v5", "westus", "142.35"),
        ("MO_Standard_E4ds_v4", "westus", "382.81"),
        ("GP_Standard_D4ds_v4", "eastus2", "249.66"),
        ("MO_Standard_E8ads_v6", "eastus2", "870.16"),
        ("MO_Standard_E96ds_v5", "centralus", "9503.14"),
    ],
)
def test_mysql_sizes(cost_lines: CostLines, size: str, region: str, cost: str) -> None:
    assert cost_lines(MYSQL, server(size), region=region)[f"Compute ({size})"] == Decimal(cost)


@pytest.mark.parametrize(
    ("size", "region", "cost"),
    [
        ("B_Standard_B2ms", "westus", "128.48"),
        ("GP_Standard_D4s_v3", "westus", "284.70"),
        ("GP_Standard_D2ds_v5", "eastus", "129.94"),
        ("MO_Standard_E16ds_v5", "eastus", "1460.00"),
        ("MO_Standard_E4s_v3", "westus", "382.81"),
        ("GP_Standard_DC4ads_v5", "westeurope", "335.80"),
    ],
)
def test_postgresql_sizes(cost_lines: CostLines, size: str, region: str, cost: str) -> None:
    assert cost_lines(POSTGRESQL, server(size), region=region)[f"Compute ({size})"] == Decimal(cost)


def test_mysql_includes_300_iops_and_3_a_gb(cost_lines: CostLines) -> None:
    attributes = server("MO_Standard_E4ds_v4", storage=[{"size_gb": 20, "iops": 500}])
    assert cost_lines(MYSQL, attributes, BACKUPS, region="westus") == {
        "Compute (MO_Standard_E4ds_v4)": Decimal("382.81"),
        "Storage": Decimal("2.76"),
        "Additional IOPS": Decimal("8.40"),
        BACKUP_LINE: Decimal("95.00"),
    }
    included = server("B_Standard_B1ms", storage=[{"size_gb": 30, "iops": 390}])
    assert list(cost_lines(MYSQL, included)) == ["Compute (B_Standard_B1ms)", "Storage", BACKUP_LINE]
    unsized = cost_lines(MYSQL, server("B_Standard_B1ms"))
    assert unsized == {"Compute (B_Standard_B1ms)": Decimal("12.41"), "Storage": Decimal("2.30"), BACKUP_LINE: "usage"}


def test_iops_that_scale_by_themselves_are_billed_by_use(cost_lines: CostLines) -> None:
    attributes = server("B_Standard_B1ms", storage=[{"iops": 5000, "io_scaling_enabled": True}])
    lines = cost_lines(MYSQL, attributes, {"monthly_io_requests": 10_000_000}, region="westeurope")
    assert lines["I/O operations"] == Decimal("2.60")
    assert "Additional IOPS" not in lines
    assert cost_lines(MYSQL, attributes, region="westeurope")["I/O operations"] == "usage"


@pytest.mark.parametrize("kind", [MYSQL, POSTGRESQL])
def test_a_standby_and_backups_in_two_regions_cost_double(cost_lines: CostLines, kind: str) -> None:
    attributes = server("B_Standard_B2s", storage_mb=20 * 1024)
    alone = cost_lines(kind, attributes, BACKUPS)
    assert alone == {
        "Compute (B_Standard_B2s)": Decimal("49.64"),
        "Storage": Decimal("2.30"),
        BACKUP_LINE: Decimal("95.00"),
    }
    doubled = {
        **attributes,
        "high_availability": [{"mode": "ZoneRedundant"}],
        "geo_redundant_backup_enabled": True,
    }
    assert cost_lines(kind, doubled, BACKUPS) == {name: 2 * Decimal(str(cost)) for name, cost in alone.items()}


def test_postgresql_that_nobody_sized_has_32_gb_and_a_copy_what_its_source_has(cost_lines: CostLines) -> None:
    assert cost_lines(POSTGRESQL, server("B_Standard_B1ms"))["Storage"] == Decimal("3.68")
    lines = cost_lines(POSTGRESQL, server("B_Standard_B1ms", create_mode="Replica", source_server_id="/server"))
    assert lines == {
        "unknown_until_apply": "storage_mb is not given: it is that of the server it is a copy of",
        "Compute (B_Standard_B1ms)": Decimal("12.41"),
        BACKUP_LINE: "usage",
    }


@pytest.mark.parametrize("kind", SINGLE)
@pytest.mark.parametrize(
    ("size", "compute", "storage"),
    [("B_Gen5_2", "49.64", "0.50"), ("GP_Gen5_4", "255.79", "0.58"), ("MO_Gen5_16", "1379.41", "0.58")],
)
def test_single_servers(cost_lines: CostLines, kind: str, size: str, compute: str, storage: str) -> None:
    assert cost_lines(kind, server(size, storage_mb=5120), BACKUPS) == {
        f"Compute ({size})": Decimal(compute),
        "Storage": Decimal(storage),
        BACKUP_LINE: Decimal("100.00"),
    }


@pytest.mark.parametrize("kind", SINGLE)
def test_backups_of_single_servers_in_two_regions(cost_lines: CostLines, kind: str) -> None:
    lines = cost_lines(kind, server("GP_Gen5_8", geo_redundant_backup_enabled=True), BACKUPS)
    assert lines[BACKUP_LINE] == Decimal("200.00")
    profile = [{"storage_mb": 4_096_000}]
    assert cost_lines(kind, server("GP_Gen5_8", storage_profile=profile))["Storage"] == Decimal("460.00")


@pytest.mark.parametrize("kind", ["azurerm_mysql_server", "azurerm_postgresql_server"])
def test_single_servers_of_other_regions(cost_lines: CostLines, kind: str) -> None:
    assert cost_lines(kind, server("GP_Gen5_8", storage_mb=102_400), BACKUPS, region="westeurope") == {
        "Compute (GP_Gen5_8)": Decimal("608.53"),
        "Storage": Decimal("13.69"),
        BACKUP_LINE: Decimal("119.00"),
    }


@pytest.mark.parametrize("kind", [MYSQL, POSTGRESQL, *SINGLE])
def test_what_is_unknown_is_lost_alone(cost_lines: CostLines, kind: str) -> None:
    lines = cost_lines(kind, server("odd_size", geo_redundant_backup_enabled=UNKNOWN, storage_mb=32_768))
    assert lines["unknown_until_apply"] == "geo_redundant_backup_enabled is known only after apply"
    assert str(lines["Compute (odd_size)"]).startswith("price_not_found")
    assert "Storage" in lines
    assert "unknown_until_apply" in cost_lines(kind, {})
