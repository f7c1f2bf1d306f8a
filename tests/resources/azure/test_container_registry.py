"""Container registries."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

REGISTRY = "azurerm_container_registry"
USAGE = {"storage_gb": 550, "monthly_build_vcpu_hrs": 150}

EXAMPLES = (
    Example(REGISTRY, {"sku": "Basic"}, USAGE),
    Example(REGISTRY, {"sku": "Premium", "georeplications": [{"location": "West US"}]}, USAGE),
)


@pytest.mark.parametrize(
    ("sku", "days", "storage"),
    [("Basic", "5.00", "54.00"), ("Standard", "20.00", "45.00"), ("Premium", "50.00", "5.00")],
)
def test_a_registry_costs_days_storage_and_builds(cost_lines: CostLines, sku: str, days: str, storage: str) -> None:
    assert cost_lines(REGISTRY, {"sku": sku}, USAGE) == {
        f"Registry ({sku})": Decimal(days),
        "Storage beyond what is included": Decimal(storage),
        "Build vCPU": Decimal("53.40"),
    }


def test_each_further_region_costs_days(cost_lines: CostLines) -> None:
    regions = [{"location": "West US"}, {"location": "Japan East"}]
    lines = cost_lines(REGISTRY, {"sku": "Premium", "georeplications": regions}, USAGE)
    assert lines["Geo-replication (2 more)"] == Decimal("100.00")
    older = cost_lines(REGISTRY, {"sku": "Premium", "georeplication_locations": ["West US"]}, USAGE)
    assert older["Geo-replication (1 more)"] == Decimal("50.00")


def test_use_that_is_not_told_is_not_zero(cost_lines: CostLines) -> None:
    lines = cost_lines(REGISTRY, {"sku": "Basic"})
    assert lines["Storage beyond what is included"] == "usage"
    assert lines["Build vCPU"] == "usage"
