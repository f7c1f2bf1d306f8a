"""Function apps on Consumption, Premium and other plans."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.component import Quantity
from tollbar.resource import UNKNOWN, Inventory, Resource
from tollbar.resources.azure.function_app import TYPES, plan_of
from tollbar.resources.registry import bill
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

LINUX, WINDOWS, OLD = "azurerm_linux_function_app", "azurerm_windows_function_app", "azurerm_function_app"
FLEX = "azurerm_function_app_flex_consumption"
PLAN, OLD_PLAN = "azurerm_service_plan", "azurerm_app_service_plan"
USE = {"monthly_executions": 3_540_123, "execution_duration_ms": 495, "memory_mb": 490}


def on(size: str, **attributes: Any) -> tuple[Resource, dict[str, tuple[str, ...]]]:
    plan = declared(PLAN, {"sku_name": size, **attributes}, name="plan")
    return plan, {"service_plan_id": (plan.address,)}


def on_old(size: str, tier: str, kind: str) -> tuple[Resource, dict[str, tuple[str, ...]]]:
    plan = declared(OLD_PLAN, {"kind": kind, "sku": [{"size": size, "tier": tier}]}, name="plan")
    return plan, {"app_service_plan_id": (plan.address,)}


PREMIUM, TO_PREMIUM = on("EP1")
EXAMPLES = (
    Example(LINUX, usage={"instances": 2}, others=(PREMIUM,), references=TO_PREMIUM),
    Example(WINDOWS, usage=USE),
    Example(OLD, usage=USE),
    Example(
        FLEX,
        {"instance_memory_in_mb": 2048, "always_ready": [{"name": "http", "instance_count": 1}]},
        {"monthly_executions": 1_000_000, "execution_duration_ms": 1500},
        grows=("instance_memory_in_mb", "always_ready.instance_count"),
    ),
)


@pytest.mark.parametrize(
    ("use", "time", "executions"),
    [
        (USE, "14.02", "0.71"),
        ({"monthly_executions": 3_000_000, "execution_duration_ms": 50, "memory_mb": 10}, "0.60", "0.60"),
    ],
)
def test_consumption_bills_128_mb_and_100_ms_at_least(
    cost_lines: CostLines, use: dict[str, int], time: str, executions: str
) -> None:
    plan, reference = on("Y1")
    expected = {"Execution time": Decimal(time), "Executions": Decimal(executions)}
    assert cost_lines(LINUX, {}, use, others=[plan], references=reference) == expected
    assert cost_lines(OLD, {}, use) == expected


def test_executions_alone_leave_their_time_unknown(cost_lines: CostLines) -> None:
    lines = cost_lines(LINUX, {}, {"monthly_executions": 100_000})
    assert lines == {"Execution time": "usage", "Executions": Decimal("0.02")}


@pytest.mark.parametrize(
    ("size", "vcpu", "memory"), [("EP1", "126.29", "31.43"), ("EP2", "252.58", "62.85"), ("EP3", "505.16", "125.71")]
)
def test_premium_bills_the_instances(cost_lines: CostLines, size: str, vcpu: str, memory: str) -> None:
    plan, reference = on(size)
    lines = cost_lines(WINDOWS, {}, USE, others=[plan], references=reference)
    assert lines == {f"vCPU ({size})": Decimal(vcpu), f"Memory ({size})": Decimal(memory)}
    twice = cost_lines(WINDOWS, {}, {"instances": 2}, others=[plan], references=reference)
    assert twice[f"vCPU ({size})"] == 2 * Decimal(vcpu)


def test_the_apps_of_one_plan_share_its_instances(cost_lines: CostLines) -> None:
    plan, reference = on("EP1")
    others = [plan, declared(LINUX, {}, name="a", references=reference)]
    shared = {"vCPU (EP1)": Decimal("0.00"), "Memory (EP1)": Decimal("0.00")}
    assert cost_lines(LINUX, {}, others=others, references=reference) == shared
    told = cost_lines(LINUX, {}, {"instances": 1}, others=others, references=reference)
    assert told == {"vCPU (EP1)": Decimal("126.29"), "Memory (EP1)": Decimal("31.43")}


def test_instances_reach_from_the_apps_minimum_to_the_plans_maximum() -> None:
    plan, reference = on("EP1", maximum_elastic_worker_count=5)
    app = declared(LINUX, {"site_config": [{"elastic_instance_minimum": 2}]}, references=reference)
    lines = bill(app, Usage({}, TYPES[0].usage_key_by_name, assumptions=False), Inventory((app, plan))).components
    assert lines[0].quantity == Quantity.between(2, 2, 5) * 730


@pytest.mark.parametrize(
    ("size", "tier", "kind", "lines"),
    [
        ("EP2", "Standard", "elastic", ["vCPU (EP2)", "Memory (EP2)"]),
        ("EP2", "ElasticPremium", "FunctionApp", ["vCPU (EP2)", "Memory (EP2)"]),
        ("ep2", "Standard", "FunctionApp", ["Execution time", "Executions"]),
        ("Y1", "ElasticPremium", "elastic", ["Execution time", "Executions"]),
        ("Y1", "Dynamic", "FunctionApp", ["Execution time", "Executions"]),
        ("S1", "Standard", "Windows", []),
    ],
)
def test_plans_of_the_old_type(cost_lines: CostLines, size: str, tier: str, kind: str, lines: list[str]) -> None:
    plan, reference = on_old(size, tier, kind)
    assert list(cost_lines(OLD, {}, others=[plan], references=reference)) == lines


def test_apps_on_a_dedicated_plan_cost_nothing_beyond_it(cost_lines: CostLines) -> None:
    plan, reference = on("P1v3")
    assert cost_lines(LINUX, {}, USE, others=[plan], references=reference) == {}


def test_a_plan_whose_size_only_apply_tells(cost_lines: CostLines) -> None:
    plan = declared(PLAN, {"sku_name": UNKNOWN}, name="plan")
    lines = cost_lines(LINUX, {}, USE, others=[plan], references={"service_plan_id": (plan.address,)})
    assert lines == {"unknown_until_apply": "sku_name is known only after apply"}


def test_a_repeated_app_runs_on_the_plan_its_key_names() -> None:
    first, by_key, by_name = (
        declared(PLAN, {"sku_name": size, "name": f"plan-{size}"}, name=f'plan["{size}"]')
        for size in ("Y1", "EP1", "EP2")
    )
    apps = [
        declared(LINUX, {}, name=name, references={"service_plan_id": (first.address,)})
        for name in ('app["EP1"]', 'app["plan-EP2"]', 'app["other"]', "app")
    ]
    inventory = Inventory((first, by_key, by_name, *apps))
    assert [plan_of(app, inventory) for app in apps] == [by_key, by_name, first, first]


def test_flex_bills_the_memory_of_its_instances(cost_lines: CostLines) -> None:
    use = {"monthly_executions": 1_000_000, "execution_duration_ms": 200}
    assert cost_lines(FLEX, {}, use) == {"Execution time": Decimal("52.00"), "Executions": Decimal("0.40")}
    ready = {"instance_memory_in_mb": 512, "always_ready": [{"instance_count": 2}]}
    assert cost_lines(FLEX, ready, use) == {
        "Execution time": Decimal("13.00"),
        "Executions": Decimal("0.40"),
        "Always ready instances": Decimal("10.51"),
    }
