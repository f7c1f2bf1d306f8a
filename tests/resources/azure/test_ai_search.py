"""Azure AI Search services."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_SERVICE = "azurerm_search_service"
EXAMPLES = (
    Example(
        _SERVICE,
        {"sku": "standard", "partition_count": 2, "replica_count": 2},
        {"monthly_images_extracted": 2_000_000},
        grows=("partition_count", "replica_count"),
    ),
    Example(_SERVICE, {"sku": "storage_optimized_l2"}, {"monthly_images_extracted": 0}),
)


def test_replicas_times_partitions_are_billed(cost_lines: CostLines) -> None:
    attributes = {"sku": "basic", "partition_count": 2, "replica_count": 2}
    assert cost_lines(_SERVICE, attributes, {"monthly_images_extracted": 6_000_000}) == {
        "Search usage (Basic, 4 units)": Decimal("294.92"),
        "Image extraction": Decimal("4850.00"),
    }
    assert cost_lines(_SERVICE, {"sku": "standard2"}) == {
        "Search usage (Standard S2, 1 unit)": Decimal("981.12"),
        "Image extraction": "usage",
    }


def test_free_services_have_no_lines(cost_lines: CostLines) -> None:
    assert cost_lines(_SERVICE, {"sku": "free"}) == {}
