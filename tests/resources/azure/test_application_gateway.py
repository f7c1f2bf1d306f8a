"""Application gateways of both generations."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.component import Quantity
from tollbar.resource import UNKNOWN, Inventory
from tollbar.resources.azure.application_gateway import TYPES
from tollbar.resources.registry import bill
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

GATEWAY = "azurerm_application_gateway"


def gateway(tier: str, name: str | None = None, **sku: Any) -> dict[str, Any]:
    return {"sku": [{"name": name or tier, "tier": tier, **sku}]}


EXAMPLES = (
    Example(GATEWAY, gateway("Standard_v2", capacity=2), grows=("sku.capacity",)),
    Example(
        GATEWAY,
        {**gateway("WAF_v2"), "autoscale_configuration": [{"min_capacity": 1, "max_capacity": 4}]},
        {"capacity_units": 20},
    ),
    Example(
        GATEWAY,
        gateway("Standard", "Standard_Medium", capacity=2),
        {"monthly_data_processed_gb": 20_000},
        grows=("sku.capacity",),
    ),
)


@pytest.mark.parametrize(
    ("tier", "fixed", "units"),
    [("Standard_v2", "146.00", "116.80"), ("WAF_v2", "262.80", "210.24"), ("Basic", "16.43", "116.80")],
)
def test_each_reserved_instance_is_ten_capacity_units(cost_lines: CostLines, tier: str, fixed: str, units: str) -> None:
    lines = cost_lines(GATEWAY, gateway(tier, capacity=2))
    assert lines == {f"Gateway ({tier})": Decimal(fixed), "Capacity units": Decimal(units)}


@pytest.mark.parametrize("key", ["capacity_units", "monthly_v2_capacity_units"])
def test_told_capacity_units_count_where_the_gateway_scales(cost_lines: CostLines, key: str) -> None:
    scaled = {**gateway("WAF_v2"), "autoscale_configuration": [{"min_capacity": 3, "max_capacity": 10}]}
    assert cost_lines(GATEWAY, scaled, {key: 20})["Capacity units"] == Decimal("210.24")
    fixed = gateway("WAF_v2", capacity=2)
    assert cost_lines(GATEWAY, fixed, {key: 10})["Capacity units"] == Decimal("210.24")
    assert cost_lines(GATEWAY, fixed, {key: 30})["Capacity units"] == Decimal("315.36")


@pytest.mark.parametrize(
    ("scaling", "units"),
    [
        ({"min_capacity": 3, "max_capacity": 5}, Quantity.between(30, 30, 50)),
        ({"min_capacity": 0}, Quantity.between(0, 0, 100)),
        ({"max_capacity": 2}, Quantity.between(0, 0, 20)),
    ],
)
def test_the_autoscalers_bounds_are_a_range(scaling: dict[str, int], units: Quantity) -> None:
    resource = declared(GATEWAY, {**gateway("WAF_v2"), "autoscale_configuration": [scaling]})
    usage = Usage({}, TYPES[0].usage_key_by_name, assumptions=False)
    lines = {line.name: line.quantity for line in bill(resource, usage, Inventory((resource,))).components}
    assert lines["Capacity units"] == units * 730


@pytest.mark.parametrize(
    ("kind", "size", "hours", "data"),
    [
        ("Standard", "Small", "36.50", "160.00"),
        ("Standard", "Medium", "102.20", "68.32"),
        ("Standard", "Large", "467.20", "0.00"),
        ("WAF", "Medium", "183.96", "68.32"),
        ("WAF", "Large", "654.08", "0.00"),
    ],
)
def test_the_first_generation_bills_instances_and_data(
    cost_lines: CostLines, kind: str, size: str, hours: str, data: str
) -> None:
    lines = cost_lines(GATEWAY, gateway(kind, f"{kind}_{size}", capacity=2), {"monthly_data_processed_gb": 20_000})
    name = f"Gateway ({kind.lower()} {size.lower()})"
    assert lines == {name: Decimal(hours), "Data processed": Decimal(data)}


def test_an_unknown_capacity_ends_the_units_only(cost_lines: CostLines) -> None:
    lines = cost_lines(GATEWAY, gateway("WAF_v2", capacity=UNKNOWN))
    assert lines["Gateway (WAF_v2)"] == Decimal("262.80")
    assert lines["unknown_until_apply"] == "capacity is known only after apply"
