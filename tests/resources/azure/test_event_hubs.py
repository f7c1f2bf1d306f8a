"""Event Hubs namespaces."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.component import Quantity
from tollbar.resource import Inventory
from tollbar.resources.registry import bill, resource_types
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_NAMESPACE = "azurerm_eventhub_namespace"
EXAMPLES = (
    Example(
        _NAMESPACE,
        {"sku": "Standard", "capacity": 2},
        {"monthly_ingress_events": 10_000_000, "capture_enabled": True},
        grows=("capacity",),
    ),
    Example(_NAMESPACE, {"sku": "Basic", "capacity": 1}, {"monthly_ingress_events": 10_000_000}),
    Example(_NAMESPACE, {"sku": "Premium", "capacity": 1}, {"retention_storage_gb": 1_200}, grows=("capacity",)),
    Example(
        _NAMESPACE,
        {"sku": "Standard", "dedicated_cluster_id": "cluster"},
        {"throughput_or_capacity_units": 2, "retention_storage_gb": 20_100},
    ),
)


def test_standard_bills_units_events_and_capture(cost_lines: CostLines) -> None:
    usage = {"monthly_ingress_events": 100_000_000, "capture_enabled": True}
    assert cost_lines(_NAMESPACE, {"sku": "Standard", "capacity": 20}, usage) == {
        "Ingress events (standard)": Decimal("2.80"),
        "Capacity (standard)": Decimal("438.00"),
        "Capture": Decimal("1460.00"),
    }


def test_capture_of_a_hub_counts_without_being_told(cost_lines: CostLines) -> None:
    hub = declared(
        "azurerm_eventhub",
        {"capture_description": [{"enabled": True}]},
        references={"namespace_id": (f"{_NAMESPACE}.this",)},
    )
    assert cost_lines(_NAMESPACE, {"sku": "Standard"}, others=[hub])["Capture"] == Decimal("73.00")
    assert "Capture" not in cost_lines(_NAMESPACE, {"sku": "Standard"}, {"capture_enabled": False}, others=[hub])


def test_each_unit_includes_retention(cost_lines: CostLines) -> None:
    assert cost_lines(_NAMESPACE, {"sku": "Premium", "capacity": 8}, {"retention_storage_gb": 20_100}) == {
        "Capacity (premium)": Decimal("5997.68"),
        "Extended retention": Decimal("1210.00"),
    }
    dedicated = {"sku": "Standard", "dedicated_cluster_id": "cluster"}
    assert cost_lines(_NAMESPACE, dedicated) == {
        "Capacity (dedicated)": Decimal("4999.77"),
        "Extended retention": "usage",
    }


def test_units_that_may_be_added_are_the_high_end() -> None:
    attributes = {"sku": "Standard", "capacity": 2, "auto_inflate_enabled": True, "maximum_throughput_units": 10}
    resource = declared(_NAMESPACE, attributes)
    (capacity,) = (
        line
        for line in bill(
            resource, Usage({}, resource_types("azure")[_NAMESPACE].usage_key_by_name), Inventory()
        ).components
        if line.name == "Capacity (standard)"
    )
    assert capacity.quantity == Quantity.between(1460, 1460, 7300)
