"""Elastic pools of Azure SQL."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

POOL, OLD_POOL = "azurerm_mssql_elasticpool", "azurerm_sql_elasticpool"


def pool(name: str, capacity: Any, **attributes: Any) -> dict[str, Any]:
    return {"sku": [{"name": name, "capacity": capacity}], **attributes}


EXAMPLES = (
    Example(POOL, pool("GP_Gen5", 4, max_size_gb=100, zone_redundant=True), grows=("sku.capacity", "max_size_gb")),
    Example(POOL, pool("PremiumPool", 500, max_size_gb=1024), grows=("max_size_gb",)),
    Example(OLD_POOL, {"edition": "Standard", "dtu": 200, "pool_size": 307_200}, grows=("pool_size",)),
)


@pytest.mark.parametrize(
    ("name", "edtus", "gb", "compute", "extra"),
    [
        ("BasicPool", 100, 9.765625, "147.22", None),
        ("StandardPool", 200, 300, "441.04", "17.00"),
        ("StandardPool", 200, 200, "441.04", None),
        ("PremiumPool", 500, 1024, "2737.50", "93.16"),
        ("PremiumPool", 2000, 2049, "10950.00", "0.34"),
    ],
)
def test_edtus_include_storage(
    cost_lines: CostLines, name: str, edtus: int, gb: float, compute: str, extra: str | None
) -> None:
    tier = name.removesuffix("Pool")
    expected = {f"Compute ({tier}, {edtus} eDTUs)": Decimal(compute)}
    if extra is not None:
        expected["Extra data storage"] = Decimal(extra)
    assert cost_lines(POOL, pool(name, edtus, max_size_gb=gb)) == expected
    assert cost_lines(OLD_POOL, {"edition": tier, "dtu": edtus, "pool_size": gb * 1024}) == expected


def test_vcores_licence_and_storage(cost_lines: CostLines) -> None:
    assert cost_lines(POOL, pool("GP_Gen5", 4, max_size_gb=100, zone_redundant=True), region="westeurope") == {
        "Compute (GP_Gen5, 4 vCore)": Decimal("488.92"),
        "Zone redundancy (GP_Gen5, 4 vCore)": Decimal("293.35"),
        "SQL license": Decimal("291.90"),
        "Storage": Decimal("27.40"),
    }
    assert cost_lines(POOL, pool("BC_DC", 8, max_size_gb=100, zone_redundant=True), region="westeurope") == {
        "Compute (BC_DC, 8 vCore)": Decimal("4625.28"),
        "SQL license": Decimal("2190.00"),
        "Storage": Decimal("29.75"),
    }


def test_a_licence_that_is_brought_along_costs_nothing(cost_lines: CostLines) -> None:
    lines = cost_lines(POOL, pool("GP_Gen5", 4, license_type="BasePrice"))
    assert lines == {"Compute (GP_Gen5, 4 vCore)": Decimal("444.47"), "Storage": Decimal("3.68")}


def test_what_cannot_be_told(cost_lines: CostLines) -> None:
    assert list(cost_lines(POOL, {})) == list(cost_lines(OLD_POOL, {})) == ["unknown_until_apply"]
    assert list(cost_lines(POOL, pool("GP_Gen5", UNKNOWN))) == ["unknown_until_apply"]
    assert cost_lines(POOL, pool("Odd", 4)) == {"price_not_found": "Odd is not a size of an elastic pool"}
