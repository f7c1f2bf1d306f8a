"""Auto Scaling groups."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.component import Component
from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET, Inventory, Resource
from tollbar.resources.aws.autoscaling import Mixture
from tollbar.resources.registry import bill, resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example(
        "aws_autoscaling_group",
        {"min_size": 1, "max_size": 9, "desired_capacity": 2, "launch_template": [{"version": "$Latest"}]},
        {"monthly_hrs": 300},
        others=(
            declared(
                "aws_launch_template",
                {
                    "instance_type": "g5.xlarge",
                    "monitoring": [{"enabled": True}],
                    "block_device_mappings": [{"device_name": "/dev/xvda", "ebs": [{"volume_size": 100}]}],
                },
            ),
        ),
        references={"launch_template.id": ("aws_launch_template.this",)},
        grows=("desired_capacity",),
    ),
    Example("aws_appautoscaling_target", {"min_capacity": 1, "max_capacity": 3}, {"capacity": 2}),
)

T2 = "Instance usage (Linux/UNIX, on-demand, t2.medium)"
SIZE = {"min_size": 1, "desired_capacity": 2, "max_size": 3}
CONFIGURATION = {"instance_type": "t2.medium", "root_block_device": [{"volume_size": 10}]}
TEMPLATE = {
    "name": "web",
    "instance_type": "t2.medium",
    "block_device_mappings": [{"device_name": "/dev/xvda", "ebs": [{"volume_size": 10}]}],
}


def test_instances_of_a_launch_configuration(cost_lines: CostLines) -> None:
    configuration = declared("aws_launch_configuration", CONFIGURATION, name="web")
    lines = cost_lines(
        "aws_autoscaling_group",
        {**SIZE, "launch_configuration": UNKNOWN},
        others=[configuration],
        references={"launch_configuration": (configuration.address,)},
    )
    assert lines == {
        T2: Decimal("67.74"),
        "EC2 detailed monitoring": Decimal("4.20"),
        "root_block_device: Storage (general purpose SSD, gp2)": Decimal("2.00"),
    }


def test_a_launch_configuration_by_name_with_a_spot_price(cost_lines: CostLines) -> None:
    spot = {**CONFIGURATION, "name": "web", "spot_price": "0.03", "enable_monitoring": False}
    lines = cost_lines(
        "aws_autoscaling_group",
        {**SIZE, "launch_configuration": "web"},
        others=[declared("aws_launch_configuration", spot, name="web"), declared("aws_launch_configuration", {})],
    )
    assert "EC2 detailed monitoring" not in lines
    assert isinstance(lines["Instance usage (Linux/UNIX, spot, t2.medium)"], Decimal)


def test_instances_of_a_launch_template(cost_lines: CostLines) -> None:
    lines = cost_lines(
        "aws_autoscaling_group",
        {**SIZE, "launch_template": [{"id": UNKNOWN}]},
        others=[declared("aws_launch_template", TEMPLATE, name="web")],
        references={"launch_template.id": ("aws_launch_template.web",)},
    )
    assert lines == {T2: Decimal("67.74"), "root_block_device: Storage (general purpose SSD, gp2)": Decimal("2.00")}


def test_the_root_volume_that_only_the_image_tells_is_an_assumption(cost_lines: CostLines) -> None:
    template = declared("aws_launch_template", {"name": "web", "instance_type": "t2.medium"}, name="web")
    attributes = {**SIZE, "launch_template": [{"name": "web"}]}
    root = "root_block_device: Storage (general purpose SSD, gp2)"
    assert cost_lines("aws_autoscaling_group", attributes, others=[template])[root] == "usage"
    assumed = cost_lines("aws_autoscaling_group", attributes, others=[template], assumptions=True)
    assert assumed[root] == Decimal("1.60")


def test_the_minimum_stands_for_a_desired_capacity_that_is_not_declared(cost_lines: CostLines) -> None:
    attributes = {
        "min_size": 3,
        "max_size": 9,
        "desired_capacity": UNKNOWN_OR_UNSET,
        "launch_template": [{"name": "web"}],
    }
    lines = cost_lines("aws_autoscaling_group", attributes, others=[declared("aws_launch_template", TEMPLATE)])
    assert lines[T2] == Decimal("101.62")


def test_the_group_ranges_between_its_minimum_and_maximum() -> None:
    quantity = _hours({**SIZE, "launch_template": [{"name": "web"}]})[T2]
    assert (quantity.low, quantity.expected, quantity.high, quantity.basis) == (730, 1460, 2190, "fixed")


def test_the_usage_may_tell_the_number_of_instances(cost_lines: CostLines) -> None:
    attributes = {**SIZE, "launch_template": [{"name": "web"}]}
    template = declared("aws_launch_template", TEMPLATE)
    assert cost_lines("aws_autoscaling_group", attributes, {"instances": 6}, others=[template])[T2] == Decimal("203.23")


MIXED = {
    "launch_template_specification": [{"launch_template_name": "web"}],
    "override": [{"instance_type": "t2.large", "weighted_capacity": "2"}, {"instance_type": "t2.xlarge"}],
}


def test_a_mixed_policy_divides_weighted_capacity() -> None:
    distribution = {"on_demand_base_capacity": 1, "on_demand_percentage_above_base_capacity": 25}
    hours = _hours(
        {
            "min_size": 1,
            "desired_capacity": 9,
            "max_size": 9,
            "mixed_instances_policy": [{"launch_template": [MIXED], "instances_distribution": [distribution]}],
        }
    )
    # 1 + 25 % of 8 units are on-demand: 3 units in instances of 2 units each; the other 6 units are Spot.
    assert hours["Instance usage (Linux/UNIX, on-demand, t2.large)"].expected == 2 * 730
    assert hours["Instance usage (Linux/UNIX, spot, t2.large)"].expected == 3 * 730


def test_a_mixed_policy_without_a_distribution_is_on_demand(cost_lines: CostLines) -> None:
    attributes = {
        "min_size": 1,
        "desired_capacity": 6,
        "max_size": 6,
        "mixed_instances_policy": [{"launch_template": [MIXED]}],
    }
    lines = cost_lines("aws_autoscaling_group", attributes, others=[declared("aws_launch_template", TEMPLATE)])
    assert lines == {
        "Instance usage (Linux/UNIX, on-demand, t2.large)": Decimal("203.23"),
        "root_block_device: Storage (general purpose SSD, gp2)": Decimal("3.00"),
    }


def test_told_instances_are_machines_not_units_of_capacity() -> None:
    distribution = {"on_demand_percentage_above_base_capacity": 0}
    policy = {"launch_template": [MIXED], "instances_distribution": [distribution]}
    hours = _hours({**SIZE, "mixed_instances_policy": [policy]}, {"instances": 4})
    assert {name: line.expected for name, line in hours.items()} == {
        "Instance usage (Linux/UNIX, spot, t2.large)": 4 * 730
    }


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ({"launch_template": [{"name": "elsewhere"}]}, "which launch template or configuration the group uses"),
        ({"launch_configuration": "elsewhere"}, "which launch template or configuration the group uses"),
        (
            {
                "mixed_instances_policy": [
                    {"launch_template": [{"launch_template_specification": [{"launch_template_id": "lt-0"}]}]}
                ]
            },
            "which launch template or configuration the group uses",
        ),
        (
            {
                "mixed_instances_policy": [
                    {"launch_template": [{**MIXED, "override": [{"instance_requirements": [{}]}]}]}
                ]
            },
            "the instance type is not known",
        ),
    ],
)
def test_what_cannot_be_told_is_unpriced_not_free(
    cost_lines: CostLines, attributes: dict[str, Any], reason: str
) -> None:
    others = [declared("aws_launch_template", TEMPLATE), declared("aws_launch_configuration", CONFIGURATION)]
    lines = cost_lines("aws_autoscaling_group", {**SIZE, **attributes}, others=others)
    assert reason in str(lines["unknown_until_apply"])


@given(capacity=st.integers(0, 500), base=st.integers(0, 50), percentage=st.integers(0, 100), weight=st.integers(1, 16))
def test_the_two_markets_hold_the_capacity_with_less_than_an_instance_each_to_spare(
    capacity: int, base: int, percentage: int, weight: int
) -> None:
    mixture = Mixture(Decimal(weight), Decimal(base), Decimal(percentage))
    on_demand, spot = mixture.on_demand(Decimal(capacity)), mixture.spot(Decimal(capacity))
    assert on_demand >= 0
    assert spot >= 0
    assert 0 <= (on_demand + spot) * weight - capacity < 2 * weight
    if weight == 1:
        assert on_demand + spot == capacity


def _hours(attributes: dict[str, Any], usage: dict[str, Any] | None = None) -> dict[str, Any]:
    group = declared("aws_autoscaling_group", attributes)
    estimator = resource_type(group)
    assert estimator is not None
    resources: tuple[Resource, ...] = (group, declared("aws_launch_template", TEMPLATE))
    billed = bill(group, Usage(usage or {}, estimator.usage_key_by_name), Inventory(resources))
    return {c.name: c.quantity for c in billed.components if isinstance(c, Component) and c.unit == "hours"}


@pytest.mark.parametrize("size", ["min_size", "max_size"])
def test_a_size_that_only_apply_tells_is_not_none(cost_lines: CostLines, size: str) -> None:
    attributes = {**SIZE, size: UNKNOWN, "launch_template": [{"name": "web"}]}
    lines = cost_lines("aws_autoscaling_group", attributes, others=[declared("aws_launch_template", TEMPLATE)])
    assert lines == {"unknown_until_apply": f"{size} is known only after apply"}
