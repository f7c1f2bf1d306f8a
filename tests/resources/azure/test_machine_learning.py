"""Azure Machine Learning compute."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_CLUSTER, _INSTANCE = "azurerm_machine_learning_compute_cluster", "azurerm_machine_learning_compute_instance"
EXAMPLES = (
    Example(
        _CLUSTER,
        {
            "vm_size": "Standard_D4s_v3",
            "vm_priority": "Dedicated",
            "scale_settings": [{"min_node_count": 2, "max_node_count": 4}],
        },
        {"monthly_hrs": 100},
        grows=("scale_settings.min_node_count",),
    ),
    Example(
        _CLUSTER, {"vm_size": "Standard_D4s_v3", "vm_priority": "LowPriority"}, {"instances": 10, "monthly_hrs": 100}
    ),
    Example(_INSTANCE, {"virtual_machine_size": "Standard_DS3_v2"}, {"monthly_hrs": 100}),
)


def test_a_cluster_runs_its_smallest_size_unless_told(cost_lines: CostLines) -> None:
    attributes = {"vm_size": "Standard_D2s_v3", "scale_settings": [{"min_node_count": 2, "max_node_count": 20}]}
    name = "Instance usage (Linux, pay as you go, Standard_D2s_v3)"
    assert cost_lines(_CLUSTER, attributes, region="westeurope") == {name: Decimal("175.20")}
    assert cost_lines(_CLUSTER, attributes, {"instances": 10}, region="westeurope") == {name: Decimal("876.00")}
    usage = {"instances": 10, "monthly_hrs": 2}
    assert cost_lines(_CLUSTER, attributes, usage, region="westeurope") == {name: Decimal("2.40")}


def test_a_cluster_that_may_shrink_to_nothing_costs_what_it_is_used(cost_lines: CostLines) -> None:
    attributes = {"vm_size": "Standard_D2s_v3", "scale_settings": [{"min_node_count": 0, "max_node_count": 4}]}
    name = "Instance usage (Linux, pay as you go, Standard_D2s_v3)"
    assert cost_lines(_CLUSTER, attributes) == {name: "usage"}
    assert cost_lines(_CLUSTER, attributes, {"monthly_hrs": 100}) == {name: Decimal("9.60")}


def test_low_priority_nodes_have_their_own_price(cost_lines: CostLines) -> None:
    attributes = {
        "vm_size": "Standard_D2s_v3",
        "vm_priority": "LowPriority",
        "scale_settings": [{"min_node_count": 1, "max_node_count": 1}],
    }
    lines = cost_lines(_CLUSTER, attributes)
    assert lines == {"Instance usage (Linux, low priority, Standard_D2s_v3)": Decimal("14.02")}


def test_an_instance_runs_all_the_time_unless_told(cost_lines: CostLines) -> None:
    name = "Instance usage (Linux, pay as you go, Standard_D4s_v3)"
    assert cost_lines(_INSTANCE, {"virtual_machine_size": "Standard_D4s_v3"}) == {name: Decimal("140.16")}
    lines = cost_lines(_INSTANCE, {"virtual_machine_size": "Standard_D4s_v3"}, {"monthly_hrs": 100})
    assert lines == {name: Decimal("19.20")}


def test_a_missing_size_is_unknown(cost_lines: CostLines) -> None:
    assert list(cost_lines(_CLUSTER, {})) == ["unknown_until_apply"]
    assert list(cost_lines(_INSTANCE, {})) == ["unknown_until_apply"]


@pytest.mark.parametrize(("size", "cost"), [("Standard_NC6", "851.18"), ("Standard_NV24", "3985.80")])
def test_promotions_are_not_taken_for_the_price_of_a_size(cost_lines: CostLines, size: str, cost: str) -> None:
    lines = cost_lines(_INSTANCE, {"virtual_machine_size": size}, region="westeurope")
    assert lines == {f"Instance usage (Linux, pay as you go, {size})": Decimal(cost)}
