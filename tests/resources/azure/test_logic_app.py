"""Standard logic apps and integration accounts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.resource import Resource

APP, ACCOUNT = "azurerm_logic_app_standard", "azurerm_logic_app_integration_account"
CALLS = {"monthly_standard_connector_calls": 2_000_000, "monthly_enterprise_connector_calls": 1_000_000}
REFERENCE = {"app_service_plan_id": ("azurerm_service_plan.plan",)}


def plan(size: object) -> Resource:
    return declared("azurerm_service_plan", {"sku_name": size}, name="plan")


EXAMPLES = (
    Example(APP, usage=CALLS, others=(plan("WS1"),), references=REFERENCE),
    Example(ACCOUNT, {"sku_name": "Standard"}),
)


@pytest.mark.parametrize(
    ("size", "vcpu", "memory"), [("WS1", "140.16", "35.00"), ("WS2", "280.32", "70.01"), ("WS3", "560.64", "140.01")]
)
def test_an_app_costs_its_instance_and_its_calls(cost_lines: CostLines, size: str, vcpu: str, memory: str) -> None:
    expected = {
        f"Workflow vCPU ({size})": Decimal(vcpu),
        f"Workflow memory ({size})": Decimal(memory),
        "Standard connectors": Decimal("250.00"),
        "Enterprise connectors": Decimal("1000.00"),
    }
    assert cost_lines(APP, {}, CALLS, others=[plan(size)], references=REFERENCE) == expected
    assert cost_lines(APP, {}, {**CALLS, "sku": size.lower()}) == expected


def test_the_apps_of_one_plan_share_its_instance(cost_lines: CostLines) -> None:
    others = [plan("WS1"), declared(APP, {}, name="a", references=REFERENCE)]
    lines = cost_lines(APP, {}, CALLS, others=others, references=REFERENCE)
    assert (lines["Workflow vCPU (WS1)"], lines["Workflow memory (WS1)"]) == (Decimal("0.00"), Decimal("0.00"))


def test_a_size_nobody_knows_is_unknown_not_zero(cost_lines: CostLines) -> None:
    assert cost_lines(APP, {}) == {
        "Workflow vCPU (unknown size)": "usage",
        "Workflow memory (unknown size)": "usage",
        "Standard connectors": "usage",
        "Enterprise connectors": "usage",
    }
    lines = cost_lines(APP, {}, CALLS, others=[plan(UNKNOWN)], references=REFERENCE)
    assert lines["unknown_until_apply"] == "sku_name is known only after apply"
    assert lines["Enterprise connectors"] == Decimal("1000.00")


def test_an_app_on_another_plan_costs_its_calls_alone(cost_lines: CostLines) -> None:
    lines = cost_lines(APP, {}, CALLS, others=[plan("P1v3")], references=REFERENCE)
    assert list(lines) == ["Standard connectors", "Enterprise connectors"]


@pytest.mark.parametrize(("tier", "cost"), [("Basic", "300.00"), ("Standard", "1000.00")])
def test_an_integration_account_costs_by_its_tier(cost_lines: CostLines, tier: str, cost: str) -> None:
    assert cost_lines(ACCOUNT, {"sku_name": tier}) == {f"Integration account ({tier})": Decimal(cost)}


def test_the_free_tier_costs_nothing(cost_lines: CostLines) -> None:
    assert cost_lines(ACCOUNT, {"sku_name": "Free"}) == {}
