"""Container groups of Container Instances."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

GROUP = "azurerm_container_group"
CONTAINERS = [{"name": "web", "cpu": 1, "memory": 1.5}, {"name": "log", "cpu": 0.5, "memory": 0.5}]
GPU = [{"name": "infer", "cpu": 4, "memory": 14, "gpu": [{"count": 1, "sku": "V100"}]}]

EXAMPLES = (
    Example(GROUP, {"os_type": "Linux", "container": CONTAINERS}, grows=("container.cpu", "container.memory")),
    Example(GROUP, {"os_type": "Linux", "container": CONTAINERS}, {"monthly_hours": 100}),
    Example(GROUP, {"os_type": "Windows", "container": CONTAINERS}, {"monthly_hours": 100}, "westeurope"),
    Example(GROUP, {"os_type": "Linux", "container": GPU}, {"monthly_hours": 100}, "westeurope"),
)


@pytest.mark.parametrize(
    ("settings", "region", "vcpus", "memory"),
    [
        ({}, "eastus", "44.35", "6.50"),
        ({"priority": "Spot"}, "westeurope", "15.31", "2.24"),
        ({"sku": "Confidential"}, "westeurope", "63.42", "9.29"),
    ],
)
def test_a_group_costs_what_its_containers_ask_for(
    cost_lines: CostLines, settings: dict[str, str], region: str, vcpus: str, memory: str
) -> None:
    lines = cost_lines(GROUP, {"os_type": "Linux", "container": CONTAINERS, **settings}, region=region)
    assert lines == {"vCPUs": Decimal(vcpus), "Memory": Decimal(memory)}


def test_windows_costs_a_licence(cost_lines: CostLines) -> None:
    attributes = {"os_type": "Windows", "container": CONTAINERS}
    assert cost_lines(GROUP, attributes, {"monthly_hours": 100}, region="westeurope") == {
        "vCPUs": Decimal("6.99"),
        "Memory": Decimal("1.02"),
        "Windows licence": Decimal("6.48"),
    }


def test_gpus_cost_by_the_second(cost_lines: CostLines) -> None:
    attributes: dict[str, Any] = {"os_type": "Linux", "container": GPU}
    assert cost_lines(GROUP, attributes, {"monthly_hours": 100}, region="westeurope") == {
        "GPUs": Decimal("370.80"),
        "vCPUs": Decimal("16.56"),
        "Memory": Decimal("7.76"),
    }


def test_an_unknown_size_is_not_priced(cost_lines: CostLines) -> None:
    lines = cost_lines(GROUP, {"container": [{"cpu": UNKNOWN, "memory": 1}]})
    assert lines == {"unknown_until_apply": "cpu is known only after apply"}
