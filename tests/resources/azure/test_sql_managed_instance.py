"""Managed instances of Azure SQL."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

INSTANCE, OLD_INSTANCE = "azurerm_mssql_managed_instance", "azurerm_sql_managed_instance"
BACKUPS = {"backup_storage_gb": 100, "long_term_retention_storage_gb": 100}


def instance(size: str, vcores: Any, **attributes: Any) -> dict[str, Any]:
    return {"sku_name": size, "vcores": vcores, "storage_size_in_gb": 64, **attributes}


EXAMPLES = tuple(
    Example(kind, instance(size, 8), BACKUPS, grows=("vcores", "storage_size_in_gb"))
    for kind, size in ((INSTANCE, "GP_Gen5"), (OLD_INSTANCE, "BC_Gen5"))
)


@pytest.mark.parametrize("kind", [INSTANCE, OLD_INSTANCE])
def test_vcores_licence_storage_and_backups(cost_lines: CostLines, kind: str) -> None:
    attributes = instance("GP_Gen5", 16, storage_account_type="LRS")
    assert cost_lines(kind, attributes, BACKUPS, region="westeurope") == {
        "Compute (GP_Gen5, 16 vCore)": Decimal("1955.69"),
        "SQL license": Decimal("1167.60"),
        "Additional storage": Decimal("4.38"),
        "PITR backup storage (LRS)": Decimal("11.90"),
        "LTR backup storage (LRS)": Decimal("2.98"),
    }


def test_business_critical_with_a_licence_brought_along(cost_lines: CostLines) -> None:
    attributes = instance("BC_Gen5", 40, license_type="BasePrice", storage_size_in_gb=32)
    assert cost_lines(INSTANCE, attributes, BACKUPS) == {
        "Compute (BC_Gen5, 40 vCore)": Decimal("8889.50"),
        "PITR backup storage (GRS)": Decimal("20.00"),
        "LTR backup storage (GRS)": Decimal("5.00"),
    }


def test_hardware_without_a_known_price_is_reported(cost_lines: CostLines) -> None:
    lines = cost_lines(INSTANCE, instance("GP_G8IM", 8, zone_redundant_enabled=True))
    assert "price_not_found" in str(lines["Compute (GP_G8IM, 8 vCore)"])
    assert "price_not_found" in str(lines["Zone redundancy"])


def test_what_is_unknown_is_lost_alone(cost_lines: CostLines) -> None:
    lines = cost_lines(INSTANCE, instance("GP_Gen5", UNKNOWN))
    assert lines["unknown_until_apply"] == "vcores is known only after apply"
    assert lines["Additional storage"] == Decimal("3.68")
    assert "unknown_until_apply" in cost_lines(INSTANCE, {})
