"""Load balancers and their rules."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.resource import Resource

BALANCER, RULE, OUTBOUND = "azurerm_lb", "azurerm_lb_rule", "azurerm_lb_outbound_rule"
OWN = {"loadbalancer_id": (f"{BALANCER}.this",)}


def rules(count: int, kind: str = RULE) -> list[Resource]:
    return [declared(kind, {}, name=f"a{number}", references=OWN) for number in range(count)]


EXAMPLES = (
    Example(BALANCER, {"sku": "Standard"}, {"monthly_data_processed_gb": 100}, others=tuple(rules(1))),
    Example(RULE, {}, others=(declared(BALANCER, {}), *rules(5)), references=OWN),
    Example(OUTBOUND, {}, others=(declared(BALANCER, {}), *rules(5, OUTBOUND)), references=OWN),
)


@pytest.mark.parametrize("sku", ["Standard", None])
def test_a_standard_balancer_bills_its_first_rules_together(cost_lines: CostLines, sku: str | None) -> None:
    usage = {"monthly_data_processed_gb": 100}
    assert cost_lines(BALANCER, {"sku": sku}, usage, others=rules(2)) == {
        "Rules (first 5)": Decimal("18.25"),
        "Data processed": Decimal("0.50"),
    }
    assert cost_lines(BALANCER, {"sku": sku}, usage) == {"Data processed": Decimal("0.50")}


@pytest.mark.parametrize("kind", [RULE, OUTBOUND])
@pytest.mark.parametrize(("others", "cost"), [(4, "0.00"), (5, "7.30")])
def test_a_rule_costs_beyond_the_first_five(cost_lines: CostLines, kind: str, others: int, cost: str) -> None:
    lines = cost_lines(kind, {}, others=[declared(BALANCER, {}), *rules(others, kind)], references=OWN)
    assert lines == {"Rule beyond the first 5": Decimal(cost)}


def test_basic_balancers_are_free(cost_lines: CostLines) -> None:
    basic = declared(BALANCER, {"sku": "Basic"})
    assert cost_lines(BALANCER, {"sku": "Basic"}, {"monthly_data_processed_gb": 100}, others=rules(1)) == {}
    assert cost_lines(RULE, {}, others=[basic, *rules(6)], references=OWN) == {}


def test_a_rule_of_a_balancer_elsewhere_is_not_guessed(cost_lines: CostLines) -> None:
    assert list(cost_lines(RULE, {"loadbalancer_id": "/subscriptions/0"})) == ["unknown_until_apply"]


def test_a_gateway_balancer_has_no_price_yet(cost_lines: CostLines) -> None:
    assert str(cost_lines(BALANCER, {"sku": "Gateway"})["Data processed"]).startswith("price_not_found")
