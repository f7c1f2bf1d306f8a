"""EKS clusters, managed node groups and Fargate profiles."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET
from tollbar.resources.aws.eks import STANDARD_SUPPORT_ENDS, is_in_extended_support

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example("aws_eks_cluster", {"version": "1.27"}),
    Example(
        "aws_eks_node_group",
        {
            "instance_types": ["g5.xlarge"],
            "disk_size": 50,
            "scaling_config": [{"desired_size": 2, "min_size": 1, "max_size": 20}],
        },
        {"monthly_hrs": 300},
        grows=("scaling_config.desired_size", "disk_size"),
    ),
    Example("aws_eks_fargate_profile", {}, {"monthly_vcpu_hours": 730, "monthly_memory_gb_hours": 1460}),
)

T3 = "Instance usage (Linux/UNIX, on-demand, t3.medium)"
DISK = "Storage (general purpose SSD, gp2)"
ONE_NODE = {"scaling_config": [{"desired_size": 1, "min_size": 1, "max_size": 1}]}
THREE_NODES = {"scaling_config": [{"desired_size": 3, "min_size": 1, "max_size": 5}]}


@pytest.mark.parametrize("attributes", [{}, {"version": UNKNOWN_OR_UNSET}, {"version": "1.35"}, {"version": "1.99"}])
def test_a_cluster_in_standard_support(cost_lines: CostLines, attributes: dict[str, Any]) -> None:
    assert cost_lines("aws_eks_cluster", attributes) == {"EKS cluster": Decimal("73.00")}


@pytest.mark.parametrize("version", ["1.23", "1.29", "1.33"])
def test_an_old_version_costs_extended_support(cost_lines: CostLines, version: str) -> None:
    lines = cost_lines("aws_eks_cluster", {"version": version}, region="eu-west-3")
    assert lines == {"EKS cluster (extended support)": Decimal("438.00")}


def test_a_cluster_that_is_upgraded_in_time_never_pays_for_extended_support(cost_lines: CostLines) -> None:
    attributes = {"version": "1.29", "upgrade_policy": [{"support_type": "STANDARD"}]}
    assert cost_lines("aws_eks_cluster", attributes) == {"EKS cluster": Decimal("73.00")}


def test_support_ends_in_the_order_of_versions() -> None:
    assert list(STANDARD_SUPPORT_ENDS.values()) == sorted(STANDARD_SUPPORT_ENDS.values())
    assert not is_in_extended_support("latest", date(2026, 11, 21))


def test_what_else_a_cluster_may_cost_is_not_forgotten(cost_lines: CostLines) -> None:
    attributes = {"compute_config": [{"enabled": True}], "control_plane_scaling_config": [{"tier": "tier-xl"}]}
    lines = cost_lines("aws_eks_cluster", attributes)
    assert "EKS Auto Mode" in str(lines["unknown_until_apply"])
    assert str(lines["Provisioned control plane (tier-xl)"]).startswith("price_not_found")


def test_nodes_by_default(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_eks_node_group", THREE_NODES)
    assert lines == {T3: Decimal("91.10"), "CPU credits": "usage", DISK: Decimal("6.00")}


def test_declared_types_disks_and_purchase(cost_lines: CostLines) -> None:
    attributes = {**ONE_NODE, "instance_types": ["m5.large", "m5a.large"], "disk_size": 30}
    assert cost_lines("aws_eks_node_group", attributes) == {
        "Instance usage (Linux/UNIX, on-demand, m5.large)": Decimal("70.08"),
        DISK: Decimal("3.00"),
    }
    spot = cost_lines("aws_eks_node_group", {**attributes, "capacity_type": "SPOT"})
    assert isinstance(spot["Instance usage (Linux/UNIX, spot, m5.large)"], Decimal)


def test_usage_tells_the_nodes_their_system_and_reservation(cost_lines: CostLines) -> None:
    six = cost_lines("aws_eks_node_group", ONE_NODE, {"instances": 6})
    assert (six[T3], six[DISK]) == (Decimal("182.21"), Decimal("12.00"))
    usage = {
        "reserved_instance_type": "standard",
        "reserved_instance_term": "1_year",
        "reserved_instance_payment_option": "no_upfront",
        "monthly_cpu_credit_hrs": 350,
    }
    assert cost_lines("aws_eks_node_group", ONE_NODE, usage) == {
        "Instance usage (Linux/UNIX, reserved, t3.medium)": Decimal("19.05"),
        "CPU credits": Decimal("35.00"),
        DISK: Decimal("2.00"),
    }


def test_windows_images_bring_the_licence_and_a_larger_disk(cost_lines: CostLines) -> None:
    attributes = {**ONE_NODE, "ami_type": "WINDOWS_CORE_2022_x86_64", "instance_types": ["m5.large"]}
    assert cost_lines("aws_eks_node_group", attributes) == {
        "Instance usage (Windows, on-demand, m5.large)": Decimal("137.24"),
        DISK: Decimal("5.00"),
    }


def test_nodes_of_a_launch_template(cost_lines: CostLines) -> None:
    mapping = {"device_name": "/dev/xvda", "ebs": [{"volume_size": 20}]}
    template = declared(
        "aws_launch_template",
        {"name": "nodes", "instance_type": "m5.xlarge", "ebs_optimized": True, "block_device_mappings": [mapping]},
        name="nodes",
    )
    attributes = {**THREE_NODES, "launch_template": [{"id": UNKNOWN, "version": "1"}]}
    references = {"launch_template.id": (template.address,)}
    root = "root_block_device: Storage (general purpose SSD, gp2)"
    assert cost_lines("aws_eks_node_group", attributes, others=[template], references=references) == {
        "Instance usage (Linux/UNIX, on-demand, m5.xlarge)": Decimal("420.48"),
        root: Decimal("6.00"),
    }
    own_type = {**attributes, "instance_types": ["m5.large"], "capacity_type": "ON_DEMAND"}
    lines = cost_lines("aws_eks_node_group", own_type, others=[template], references=references)
    assert lines["Instance usage (Linux/UNIX, on-demand, m5.large)"] == Decimal("210.24")


def test_a_template_without_a_type_launches_the_default(cost_lines: CostLines) -> None:
    template = declared("aws_launch_template", {"name": "nodes"}, name="nodes")
    attributes = {**THREE_NODES, "launch_template": [{"name": "nodes"}]}
    lines = cost_lines("aws_eks_node_group", attributes, others=[template], assumptions=True)
    assert lines[T3] == Decimal("91.10")
    assert lines["root_block_device: Storage (general purpose SSD, gp2)"] == Decimal("6.00")


def test_a_template_of_elsewhere_is_unpriced_not_free(cost_lines: CostLines) -> None:
    attributes = {**THREE_NODES, "launch_template": [{"name": "elsewhere"}], "instance_types": ["m5.large"]}
    lines = cost_lines("aws_eks_node_group", attributes)
    assert lines["Instance usage (Linux/UNIX, on-demand, m5.large)"] == Decimal("210.24")
    assert "launch template" in str(lines["unknown_until_apply"])


def test_a_profile_costs_what_its_pods_use(cost_lines: CostLines) -> None:
    vcpu, memory = "vCPU (Fargate, Linux/x86)", "Memory (Fargate, Linux/x86)"
    assert cost_lines("aws_eks_fargate_profile", {}) == {vcpu: "usage", memory: "usage"}
    told = cost_lines("aws_eks_fargate_profile", {}, {"monthly_vcpu_hours": 730, "monthly_memory_gb_hours": 730})
    assert told == {vcpu: Decimal("29.55"), memory: Decimal("3.24")}
