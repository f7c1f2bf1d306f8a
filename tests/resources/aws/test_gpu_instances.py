"""Instances with accelerators: priced on demand and as Spot where AWS sells them, whoever launches them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

VIRGINIA, OREGON = "us-east-1", "us-west-2"
ON_DEMAND = {
    # One type of each family with its hourly price, which is the same in N. Virginia and Oregon.
    "p3.8xlarge": "12.24",
    "p4d.24xlarge": "21.95764",
    "p4de.24xlarge": "27.44705",
    "p5.48xlarge": "55.04",
    "p5.4xlarge": "6.88",
    "p5en.48xlarge": "63.296",
    "p6-b200.48xlarge": "113.9328",
    "p6-b300.48xlarge": "142.416",
    "g4dn.xlarge": "0.526",
    "g5.48xlarge": "16.288",
    "g6.12xlarge": "4.6016",
    "g6e.xlarge": "1.861",
    "gr6.4xlarge": "1.5392",
    "inf2.48xlarge": "12.98127",
    "trn1.32xlarge": "21.50",
}
NO_SPOT = {"p5.4xlarge", "p6-b200.48xlarge", "p6-b300.48xlarge"}
"""Types whose Spot price no source has."""
ROOT = {"root_block_device": [{"volume_type": "gp3", "volume_size": 100}]}


def a_month(hourly: str, count: int = 1) -> Decimal:
    """Return the cost of 730 hours to the cent."""
    return (Decimal(hourly) * 730 * count).quantize(Decimal("0.01"))


@pytest.mark.parametrize("region", [VIRGINIA, OREGON])
@pytest.mark.parametrize("instance_type", ON_DEMAND)
def test_an_hour_on_demand(cost_lines: CostLines, instance_type: str, region: str) -> None:
    assert cost_lines("aws_instance", {"instance_type": instance_type, **ROOT}, region=region) == {
        f"Instance usage (Linux/UNIX, on-demand, {instance_type})": a_month(ON_DEMAND[instance_type]),
        "root_block_device: Storage (general purpose SSD, gp3)": Decimal("8.00"),
    }


@pytest.mark.parametrize("region", [VIRGINIA, OREGON])
@pytest.mark.parametrize("instance_type", sorted(ON_DEMAND.keys() - NO_SPOT))
def test_an_hour_of_spot_costs_something(cost_lines: CostLines, instance_type: str, region: str) -> None:
    spot = {"instance_market_options": [{"market_type": "spot"}]}
    line = cost_lines("aws_instance", {"instance_type": instance_type, **spot}, region=region)
    cost = line[f"Instance usage (Linux/UNIX, spot, {instance_type})"]
    assert isinstance(cost, Decimal)
    assert 0 < cost < 2 * a_month(ON_DEMAND[instance_type])


@pytest.mark.parametrize("instance_type", ["p5e.48xlarge", "trn2.48xlarge"])
def test_what_is_sold_as_capacity_blocks_alone_is_unpriced(cost_lines: CostLines, instance_type: str) -> None:
    name = f"Instance usage (Linux/UNIX, on-demand, {instance_type})"
    lines = cost_lines("aws_instance", {"instance_type": instance_type})
    assert str(lines[name]).startswith(f"price_not_found: {name}")


def test_a_group_of_them_from_a_launch_template(cost_lines: CostLines) -> None:
    template = declared("aws_launch_template", {"instance_type": "p5.48xlarge", "block_device_mappings": []})
    lines = cost_lines(
        "aws_autoscaling_group",
        {"min_size": 0, "max_size": 4, "desired_capacity": 2, "launch_template": [{"version": "$Latest"}]},
        others=[template],
        references={"launch_template.id": ("aws_launch_template.this",)},
    )
    assert lines["Instance usage (Linux/UNIX, on-demand, p5.48xlarge)"] == a_month("55.04", 2)


def test_a_mixed_group_of_them(cost_lines: CostLines) -> None:
    template = declared("aws_launch_template", {"instance_type": "g6e.xlarge"})
    policy = {
        "instances_distribution": [{"on_demand_base_capacity": 1, "on_demand_percentage_above_base_capacity": 0}],
        "launch_template": [{"launch_template_specification": [{"version": "$Latest"}]}],
    }
    path = "mixed_instances_policy.launch_template.launch_template_specification.launch_template_id"
    lines = cost_lines(
        "aws_autoscaling_group",
        {"min_size": 3, "max_size": 3, "mixed_instances_policy": [policy]},
        others=[template],
        references={path: ("aws_launch_template.this",)},
    )
    assert lines["Instance usage (Linux/UNIX, on-demand, g6e.xlarge)"] == a_month("1.861")
    # two at the Spot price of N. Virginia, 0.78162 an hour
    assert lines["Instance usage (Linux/UNIX, spot, g6e.xlarge)"] == a_month("0.78162", 2)


@pytest.mark.parametrize("type_name", ["aws_instance", "aws_spot_instance_request"])
def test_hours_that_are_told_are_billed(cost_lines: CostLines, type_name: str) -> None:
    market = "spot" if type_name == "aws_spot_instance_request" else "on-demand"
    lines = cost_lines(type_name, {"instance_type": "g4dn.xlarge"}, {"monthly_hrs": 100})
    hourly = {"on-demand": "0.526", "spot": "0.2204"}[market]
    assert lines[f"Instance usage (Linux/UNIX, {market}, g4dn.xlarge)"] == Decimal(hourly) * 100
