"""Container apps of the consumption plan."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.component import Component, Quantity
from tollbar.resource import Inventory
from tollbar.resources.azure.container_apps import container_app
from tollbar.resources.registry import resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

APP = "azurerm_container_app"
USED = {"replicas": 2, "active_percentage": 25, "monthly_requests": 1_000_000}


def app(**template: Any) -> dict[str, Any]:
    containers = [{"cpu": 0.5, "memory": "1Gi"}, {"cpu": 0.25, "memory": "512Mi"}]
    return {"template": [{"container": containers, **template}]}


EXAMPLES = (
    Example(APP, app(), USED, grows=("template.container.cpu",)),
    Example(
        APP, app(min_replicas=1), {"active_percentage": 10, "monthly_requests": 100}, grows=("template.min_replicas",)
    ),
)


def test_replicas_cost_by_the_second_active_or_idle(cost_lines: CostLines) -> None:
    assert cost_lines(APP, app(), USED) == {
        "vCPUs (active)": Decimal("23.65"),
        "Memory (active)": Decimal("5.91"),
        "vCPUs (idle)": Decimal("8.87"),
        "Memory (idle)": Decimal("17.74"),
        "Requests": Decimal("0.40"),
    }
    assert cost_lines(APP, app()) == dict.fromkeys(
        ("vCPUs (active)", "Memory (active)", "vCPUs (idle)", "Memory (idle)", "Requests"), "usage"
    )


def test_the_scale_is_a_range(cost_lines: CostLines) -> None:
    lines = cost_lines(APP, app(min_replicas=2, max_replicas=4), {"active_percentage": 100})
    assert lines["vCPUs (active)"] == Decimal("94.61")
    resource = declared(APP, app(min_replicas=2, max_replicas=4))
    estimator = resource_type(resource)
    assert estimator is not None
    usage = Usage({"active_percentage": {"low": 25, "expected": 50, "high": 75}}, estimator.usage_key_by_name)
    lines_of_range = [line for line in container_app(resource, usage, Inventory()) if isinstance(line, Component)]
    hour = Decimal(730 * 3600) * Decimal("0.75")
    assert lines_of_range[0].quantity == Quantity.between(hour / 2, hour, hour * 3, "usage")
    assert lines_of_range[2].quantity == Quantity.between(hour / 2, hour, hour * 3, "usage")


def test_a_dedicated_profile_is_paid_for_by_its_environment(cost_lines: CostLines) -> None:
    assert cost_lines(APP, {**app(), "workload_profile_name": "d4"}, USED) == {}
