"""Amazon EMR."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

PRIMARY = {"instance_type": "m5.xlarge"}
CORE = {
    "instance_type": "c5.xlarge",
    "instance_count": 2,
    "ebs_config": [{"type": "gp3", "size": 100, "volumes_per_instance": 2}],
}
CLUSTER = {"master_instance_group": [PRIMARY], "core_instance_group": [CORE]}
FLEET = {
    "target_on_demand_capacity": 4,
    "target_spot_capacity": 3,
    "instance_type_configs": [{"instance_type": "m5.xlarge", "weighted_capacity": 2}],
}
SERVERLESS = {"monthly_vcpu_hours": 100, "monthly_memory_gb_hours": 400}

EXAMPLES = (
    Example("aws_emr_cluster", CLUSTER, grows=("core_instance_group.instance_count",)),
    Example("aws_emr_instance_group", {**PRIMARY, "instance_count": 2}, grows=("instance_count",)),
    Example("aws_emr_instance_fleet", FLEET, grows=("target_on_demand_capacity",)),
    Example("aws_emrserverless_application", {}, SERVERLESS),
)


def test_emr_comes_on_top_of_ec2_and_its_volumes(cost_lines: CostLines) -> None:
    assert cost_lines("aws_emr_cluster", CLUSTER) == {
        "master_instance_group: Instance usage (Linux/UNIX, on-demand, m5.xlarge)": Decimal("140.16"),
        "master_instance_group: EMR (on-demand, m5.xlarge)": Decimal("35.04"),
        "master_instance_group.ebs_config[0]: Storage (general purpose SSD, gp2)": Decimal("6.40"),
        "core_instance_group: Instance usage (Linux/UNIX, on-demand, c5.xlarge)": Decimal("248.20"),
        "core_instance_group: EMR (on-demand, c5.xlarge)": Decimal("62.78"),
        "core_instance_group.ebs_config[0]: Storage (general purpose SSD, gp3)": Decimal("32.00"),
    }


def test_instances_with_disks_of_their_own_get_no_volume(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_emr_instance_group", {"instance_type": "m5d.xlarge"})
    assert not any("Storage" in name for name in lines)
    assert str(lines["EMR (on-demand, m5d.xlarge)"]).startswith("price_not_found")


def test_a_bid_price_means_spot(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_emr_instance_group", {**PRIMARY, "bid_price": "0.1"})
    assert lines["EMR (spot, m5.xlarge)"] == Decimal("35.04")
    assert "Instance usage (Linux/UNIX, spot, m5.xlarge)" in lines


def test_a_fleet_is_divided_between_on_demand_and_spot(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_emr_instance_fleet", FLEET)
    assert lines["EMR (on-demand, m5.xlarge)"] == Decimal("70.08")
    assert lines["EMR (spot, m5.xlarge)"] == Decimal("70.08")
    assert lines["ebs_config[0]: Storage (general purpose SSD, gp2)"] == Decimal("25.60")


def test_a_fleet_in_a_cluster(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_emr_cluster", {"master_instance_fleet": [FLEET]})
    assert lines["master_instance_fleet: EMR (on-demand, m5.xlarge)"] == Decimal("70.08")


def test_serverless_by_architecture(cost_lines: CostLines) -> None:
    x86 = cost_lines("aws_emrserverless_application", {}, SERVERLESS)
    assert x86 == {"vCPU": Decimal("5.26"), "Memory": Decimal("2.31")}
    arm = cost_lines("aws_emrserverless_application", {"architecture": "ARM64"}, SERVERLESS)
    assert arm == {"vCPU": Decimal("4.21"), "Memory": Decimal("1.85")}


def test_what_is_not_declared_is_unpriced(cost_lines: CostLines) -> None:
    assert list(cost_lines("aws_emr_cluster", {})) == ["unknown_until_apply"]
    assert list(cost_lines("aws_emr_instance_group", {})) == ["unknown_until_apply"]
    assert list(cost_lines("aws_emr_instance_fleet", {})) == ["unknown_until_apply"]
