"""App Service: plans, environments, certificates and static web apps."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN, Inventory
from tollbar.resources.azure.app_service import TYPES
from tollbar.resources.registry import bill
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.component import Quantity
    from tollbar.resource import Resource

PLAN, OLD_PLAN = "azurerm_service_plan", "azurerm_app_service_plan"
ENVIRONMENT, ORDER = "azurerm_app_service_environment", "azurerm_app_service_certificate_order"
BINDING, HOSTNAME = "azurerm_app_service_certificate_binding", "azurerm_app_service_custom_hostname_binding"
SITE, WEB_APP = "azurerm_static_site", "azurerm_static_web_app"


def plan(size: str, system: str = "Linux", **attributes: Any) -> dict[str, Any]:
    return {"sku_name": size, "os_type": system, **attributes}


def old_plan(size: str, kind: str = "Windows", **sku: Any) -> dict[str, Any]:
    return {"kind": kind, "sku": [{"tier": "Standard", "size": size, **sku}]}


EXAMPLES = (
    Example(PLAN, plan("P1v3", worker_count=2), grows=("worker_count",)),
    Example(OLD_PLAN, old_plan("S1", capacity=2), grows=("sku.capacity",)),
    Example(ENVIRONMENT, {"pricing_tier": "I1"}),
    Example(BINDING, {"ssl_state": "IpBasedEnabled"}),
    Example(HOSTNAME, {"ssl_state": "IpBasedEnabled"}),
    Example(ORDER, {"product_type": "WildCard"}),
    Example(SITE, {"sku_tier": "Standard"}, {"monthly_bandwidth_gb": 250}),
    Example(WEB_APP, {"sku_tier": "Standard"}, {"monthly_bandwidth_gb": 250}),
)


@pytest.mark.parametrize(
    ("size", "linux", "windows"),
    [
        ("B1", "12.41", "54.75"),
        ("S2", "138.70", "146.00"),
        ("P1v2", "73.73", "146.00"),
        ("P0v3", "56.58", "114.98"),
        ("P2mv3", "271.56", "505.16"),
        ("I1", "208.05", "219.00"),
        ("I3v2", "1127.12", "1597.24"),
        ("D1", "9.49", "9.49"),
        ("SHARED", "9.49", "9.49"),
    ],
)
def test_an_instance_costs_by_size_and_system(cost_lines: CostLines, size: str, linux: str, windows: str) -> None:
    name = f"Instance usage ({size})"
    assert cost_lines(PLAN, plan(size)) == {name: Decimal(linux)}
    assert cost_lines(PLAN, plan(size, "Windows")) == {name: Decimal(windows)}
    assert cost_lines(PLAN, plan(size, "WindowsContainer")) == {name: Decimal(windows)}


@pytest.mark.parametrize(("size", "cost"), [("P1mv4", "135.78"), ("I2mv4", "745.99"), ("I1mv2", "339.45")])
def test_sizes_of_other_regions(cost_lines: CostLines, size: str, cost: str) -> None:
    assert cost_lines(PLAN, plan(size), region="eastus2") == {f"Instance usage ({size})": Decimal(cost)}


@pytest.mark.parametrize("size", ["F1", "FREE", "Y1", "FC1"])
def test_free_plans_and_those_whose_apps_are_billed_by_use_cost_nothing(cost_lines: CostLines, size: str) -> None:
    assert cost_lines(PLAN, plan(size)) == {}
    assert cost_lines(OLD_PLAN, old_plan(size)) == {}


@pytest.mark.parametrize(
    ("size", "app", "expected"),
    [
        ("EP1", "azurerm_linux_function_app", {"vCPU (EP1)": "252.58", "Memory (EP1)": "62.85"}),
        ("WS2", "azurerm_logic_app_standard", {"Workflow vCPU (WS2)": "560.64", "Workflow memory (WS2)": "140.01"}),
    ],
)
def test_plans_whose_apps_are_billed_cost_their_instances_without_any(
    cost_lines: CostLines, size: str, app: str, expected: dict[str, str]
) -> None:
    lines = {name: Decimal(cost) for name, cost in expected.items()}
    assert cost_lines(PLAN, plan(size, worker_count=2)) == lines
    assert cost_lines(OLD_PLAN, old_plan(size, capacity=2)) == lines
    on_new = declared(app, {}, references={"service_plan_id": (f"{PLAN}.this",)})
    assert cost_lines(PLAN, plan(size), others=[on_new]) == {}
    on_old = declared(app, {}, references={"app_service_plan_id": (f"{OLD_PLAN}.this",)})
    assert cost_lines(OLD_PLAN, old_plan(size), others=[on_old]) == {}


@pytest.mark.parametrize(
    ("attributes", "cost"),
    [
        (old_plan("B2", "Linux"), "24.82"),
        ({**old_plan("B2"), "reserved": True}, "24.82"),
        (old_plan("B2", capacity=3), "328.50"),
        (old_plan("P1v1", "Linux"), "219.00"),
        (old_plan("P1"), "219.00"),
        (old_plan("PC3", capacity=2), "474.34"),
    ],
)
def test_plans_of_the_old_type(cost_lines: CostLines, attributes: dict[str, Any], cost: str) -> None:
    size = attributes["sku"][0]["size"]
    assert cost_lines(OLD_PLAN, attributes) == {f"Instance usage ({size})": Decimal(cost)}


def workers(attributes: dict[str, Any], *others: Resource) -> Quantity:
    resource = declared(PLAN, plan("P1v3", **attributes))
    (line,) = bill(resource, Usage({}, TYPES[0].usage_key_by_name), Inventory((resource, *others))).components
    return line.quantity / 730


def test_instances_that_scale_by_themselves_are_a_range() -> None:
    setting = declared(
        "azurerm_monitor_autoscale_setting",
        {"profile": [{"capacity": [{"default": 2, "minimum": 1, "maximum": 5}]}]},
        references={"target_resource_id": (f"{PLAN}.this",)},
    )
    scales = {"premium_plan_auto_scale_enabled": True, "maximum_elastic_worker_count": 6}
    assert [round(end or 0, 6) for end in _ends(workers({}, setting))] == [1, 2, 5]
    assert [round(end or 0, 6) for end in _ends(workers({"worker_count": 2, **scales}))] == [2, 2, 6]
    assert [round(end or 0, 6) for end in _ends(workers({"maximum_elastic_worker_count": 6}))] == [1, 1, 1]


def _ends(quantity: Quantity) -> tuple[Decimal | None, ...]:
    return quantity.low, quantity.expected, quantity.high


def test_what_only_apply_tells_is_unknown(cost_lines: CostLines) -> None:
    assert cost_lines(PLAN, plan("P1v3", worker_count=UNKNOWN)) == {
        "unknown_until_apply": "worker_count is known only after apply"
    }
    assert list(cost_lines(PLAN, {})) == ["unknown_until_apply"]


def test_a_size_that_is_not_sold_is_unpriced(cost_lines: CostLines) -> None:
    assert "price_not_found" in str(cost_lines(PLAN, plan("P9v9"))["Instance usage (P9v9)"])


def test_an_environment_costs_its_fee_and_an_instance(cost_lines: CostLines) -> None:
    assert cost_lines(ENVIRONMENT, {"pricing_tier": "I2"}) == {
        "Stamp fee": Decimal("991.34"),
        "Instance usage (I2)": Decimal("416.10"),
    }
    windows = cost_lines(ENVIRONMENT, {}, {"operating_system": "Windows"}, region="westeurope")
    assert windows == {"Stamp fee": Decimal("1128.36"), "Instance usage (I1)": Decimal("219.00")}


@pytest.mark.parametrize("kind", [BINDING, HOSTNAME])
def test_only_ip_based_connections_cost(cost_lines: CostLines, kind: str) -> None:
    assert cost_lines(kind, {"ssl_state": "IpBasedEnabled"}) == {"IP SSL connection": Decimal("39.00")}
    assert cost_lines(kind, {"ssl_state": "SniEnabled"}) == {}
    assert cost_lines(kind, {}) == {}


def test_a_certificate_costs_a_twelfth_of_its_year(cost_lines: CostLines) -> None:
    assert cost_lines(ORDER, {}, region="global") == {"SSL certificate (standard)": Decimal("5.83")}
    assert cost_lines(ORDER, {"product_type": "WildCard"}) == {"SSL certificate (wildcard)": Decimal("25.00")}


def test_a_static_web_app_includes_100_gb(cost_lines: CostLines) -> None:
    lines = cost_lines(WEB_APP, {"sku_tier": "Standard"}, {"monthly_bandwidth_gb": 250})
    assert lines == {"Static Web App (Standard)": Decimal("9.00"), "Bandwidth": Decimal("30.00")}
    assert cost_lines(SITE, {"sku_size": "Standard"})["Bandwidth"] == "usage"
    assert cost_lines(SITE, {"sku_tier": "Free"}) == cost_lines(WEB_APP, {}) == {}
