"""EC2 instances, Spot requests and Dedicated Hosts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET
from tollbar.resources import aws
from tollbar.resources.machine_types import family_of, machine_type, machine_types
from tollbar.resources.registry import free_types, resource_types

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example(
        "aws_instance",
        {
            "instance_type": "t3.medium",
            "monitoring": True,
            "root_block_device": [{"volume_type": "gp3", "volume_size": 50}],
            "ebs_block_device": [{"device_name": "/dev/sdf", "volume_type": "standard", "volume_size": 100}],
        },
        {
            "monthly_hrs": 300,
            "monthly_cpu_credit_hrs": 10,
            "monthly_standard_io_requests": 1_000_000,
        },
        grows=("root_block_device.volume_size", "ebs_block_device.volume_size"),
    ),
    Example(
        "aws_instance",
        {"instance_type": "m5.xlarge", "ebs_optimized": True, "tenancy": "default"},
        {
            "operating_system": "linux",
            "reserved_instance_type": "standard",
            "reserved_instance_term": "1_year",
            "reserved_instance_payment_option": "no_upfront",
        },
    ),
    Example("aws_spot_instance_request", {"instance_type": "g5.xlarge"}, {"monthly_hrs": 300}),
    Example("aws_ec2_host", {"instance_family": "m5"}),
)

ROOT = {"root_block_device: Storage (general purpose SSD, gp2)": Decimal("0.80")}
BURST = {"CPU credits": "usage"}
M5_LARGE = "Instance usage (Linux/UNIX, on-demand, m5.large)"
NO_UPFRONT = {"reserved_instance_term": "1_year", "reserved_instance_payment_option": "no_upfront"}


def test_an_instance_costs_its_hours_and_its_root_volume(cost_lines: CostLines) -> None:
    assert cost_lines("aws_instance", {"instance_type": "m5.large"}) == {M5_LARGE: Decimal("70.08"), **ROOT}


def test_every_volume_is_a_part_of_its_own(cost_lines: CostLines) -> None:
    volumes = [
        {"device_name": "xvdf", "volume_size": 10},
        {"device_name": "xvdg", "volume_size": 20, "volume_type": "standard"},
        {"device_name": "xvdi", "volume_size": 40, "volume_type": "io1", "iops": 1000},
    ]
    lines = cost_lines(
        "aws_instance",
        {"instance_type": "m5.large", "root_block_device": [{"volume_size": 50}], "ebs_block_device": volumes},
    )
    assert lines == {
        M5_LARGE: Decimal("70.08"),
        "root_block_device: Storage (general purpose SSD, gp2)": Decimal("5.00"),
        "ebs_block_device[0]: Storage (general purpose SSD, gp2)": Decimal("1.00"),
        "ebs_block_device[1]: Storage (magnetic)": Decimal("1.00"),
        "ebs_block_device[1]: I/O requests": "usage",
        "ebs_block_device[2]: Storage (provisioned IOPS SSD, io1)": Decimal("5.00"),
        "ebs_block_device[2]: Provisioned IOPS": Decimal("65.00"),
    }


def test_hours_follow_the_usage_but_volumes_stay(cost_lines: CostLines) -> None:
    attributes = {"instance_type": "m3.large", "monitoring": True}
    assert cost_lines("aws_instance", attributes, {"monthly_hrs": 365}) == {
        "Instance usage (Linux/UNIX, on-demand, m3.large)": Decimal("48.55"),
        "EC2 detailed monitoring": Decimal("1.05"),
        **ROOT,
    }


@pytest.mark.parametrize(
    ("system", "label", "cost"),
    [("windows", "Windows", "137.24"), ("rhel", "RHEL", "91.10")],
)
def test_an_operating_system_brings_its_licence(cost_lines: CostLines, system: str, label: str, cost: str) -> None:
    lines = cost_lines("aws_instance", {"instance_type": "m5.large"}, {"operating_system": system})
    assert lines[f"Instance usage ({label}, on-demand, m5.large)"] == Decimal(cost)


def test_a_system_without_a_price_is_unpriced_not_linux(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_instance", {"instance_type": "m5.large"}, {"operating_system": "suse"})
    assert str(lines["Instance usage (SUSE, on-demand, m5.large)"]).startswith("price_not_found")


@pytest.mark.parametrize(
    ("offering", "term", "option", "cost"),
    [
        ("standard", "1_year", "no_upfront", "19.05"),
        ("standard", "3_year", "no_upfront", "13.14"),
        ("convertible", "1_year", "no_upfront", "21.90"),
        ("convertible", "3_year", "partial_upfront", "7.01"),
        ("standard", "1_year", "all_upfront", "0.00"),
    ],
)
def test_a_reservation_replaces_the_on_demand_price(
    cost_lines: CostLines, offering: str, term: str, option: str, cost: str
) -> None:
    usage = {
        "reserved_instance_type": offering,
        "reserved_instance_term": term,
        "reserved_instance_payment_option": option,
    }
    lines = cost_lines("aws_instance", {"instance_type": "t3.medium"}, usage)
    assert lines == {"Instance usage (Linux/UNIX, reserved, t3.medium)": Decimal(cost), **BURST, **ROOT}


def test_half_a_reservation_is_none(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_instance", {"instance_type": "m5.large"}, {"reserved_instance_term": "1_year"})
    assert M5_LARGE in lines


def test_dedicated_tenancy_has_its_own_price(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_instance", {"instance_type": "t3.medium", "tenancy": "dedicated"})
    assert lines["Instance usage (Linux/UNIX, on-demand, t3.medium)"] == Decimal("32.19")


def test_instances_on_a_host_cost_only_their_volumes(cost_lines: CostLines) -> None:
    host = declared("aws_ec2_host", {"instance_type": "mac1.metal"}, name="mac")
    attributes = {"instance_type": "mac1.metal", "host_id": UNKNOWN}
    lines = cost_lines("aws_instance", attributes, others=[host], references={"host_id": (host.address,)})
    assert lines == ROOT
    assert cost_lines("aws_instance", {"instance_type": "m5.large", "tenancy": "host"}) == ROOT


def test_an_unset_host_is_unknown_in_a_plan_and_means_no_host(cost_lines: CostLines) -> None:
    lines = cost_lines(
        "aws_instance", {"instance_type": "m5.large", "host_id": UNKNOWN_OR_UNSET, "tenancy": UNKNOWN_OR_UNSET}
    )
    assert lines[M5_LARGE] == Decimal("70.08")


@pytest.mark.parametrize(
    ("type_name", "mode", "hours", "cost"),
    [
        ("t3.medium", None, 730, "73.00"),
        ("t4g.medium", None, 100, "8.00"),
        ("t2.medium", "unlimited", 300, "30.00"),
        ("t3.medium", "unlimited", 730, "73.00"),
    ],
)
def test_unlimited_mode_bills_surplus_credits_per_vcpu(
    cost_lines: CostLines, type_name: str, mode: str | None, hours: int, cost: str
) -> None:
    attributes = {"instance_type": type_name, "credit_specification": [{"cpu_credits": mode}] if mode else []}
    assert cost_lines("aws_instance", attributes, {"monthly_cpu_credit_hrs": hours})["CPU credits"] == Decimal(cost)


@pytest.mark.parametrize(
    "attributes",
    [
        {"instance_type": "t2.medium"},
        {"instance_type": "t3.medium", "credit_specification": [{"cpu_credits": "standard"}]},
        {"instance_type": "m5.large"},
    ],
)
def test_other_instances_have_no_surplus_credits(cost_lines: CostLines, attributes: dict[str, Any]) -> None:
    assert "CPU credits" not in cost_lines("aws_instance", attributes, {"monthly_cpu_credit_hrs": 100})


def test_credits_of_windows_cost_more(cost_lines: CostLines) -> None:
    usage = {"operating_system": "windows", "monthly_cpu_credit_hrs": 100}
    lines = cost_lines("aws_instance", {"instance_type": "t3.medium"}, usage)
    assert lines["CPU credits"] == Decimal("19.20")
    assert lines["Instance usage (Windows, on-demand, t3.medium)"] == Decimal("43.80")


def test_the_usage_tells_vcpus_of_a_type_that_is_not_known(cost_lines: CostLines) -> None:
    usage = {"monthly_cpu_credit_hrs": 100, "vcpu_count": 4}
    assert cost_lines("aws_instance", {"instance_type": "t3.huge"}, usage)["CPU credits"] == Decimal("20.00")


def test_ebs_optimization_costs_only_where_it_is_not_included(cost_lines: CostLines) -> None:
    old = cost_lines("aws_instance", {"instance_type": "r3.xlarge", "ebs_optimized": True})
    assert old["EBS-optimized usage"] == Decimal("14.60")
    assert "EBS-optimized usage" not in cost_lines("aws_instance", {"instance_type": "m5.large", "ebs_optimized": True})


def test_spot_by_request_and_by_market_options(cost_lines: CostLines) -> None:
    spot = "Instance usage (Linux/UNIX, spot, m5.large)"
    options = {"instance_type": "m5.large", "instance_market_options": [{"market_type": "spot"}]}
    by_options = cost_lines("aws_instance", options, NO_UPFRONT)[spot]
    by_request = cost_lines("aws_spot_instance_request", {"instance_type": "m5.large"})[spot]
    assert by_options == by_request
    assert isinstance(by_request, Decimal)
    assert 0 < by_request < Decimal("70.08")


TEMPLATE = {
    "name": "web",
    "instance_type": "t3.medium",
    "monitoring": [{"enabled": True}],
    "placement": [{"tenancy": "dedicated"}],
    "credit_specification": [{"cpu_credits": "unlimited"}],
    "block_device_mappings": [
        {"device_name": "/dev/sda1", "ebs": [{"volume_size": 20, "volume_type": "gp3"}]},
        {"device_name": "xvdc", "ebs": [{"volume_size": 10, "volume_type": "io1", "iops": 100}]},
        {"device_name": "xvdz", "virtual_name": "ephemeral0"},
    ],
}


@pytest.mark.parametrize(
    ("block", "references"),
    [
        ({"id": UNKNOWN}, {"launch_template.id": ("aws_launch_template.web",)}),
        ({"name": "web"}, None),
        ({"id": UNKNOWN, "name": UNKNOWN}, None),
    ],
)
def test_an_instance_takes_what_its_launch_template_says(
    cost_lines: CostLines, block: dict[str, Any], references: dict[str, tuple[str, ...]] | None
) -> None:
    template = declared("aws_launch_template", TEMPLATE, name="web")
    attributes = {
        "launch_template": [block],
        "instance_type": UNKNOWN_OR_UNSET,
        "monitoring": UNKNOWN_OR_UNSET,
        "tenancy": UNKNOWN_OR_UNSET,
    }
    lines = cost_lines("aws_instance", attributes, others=[template], references=references)
    assert lines == {
        "Instance usage (Linux/UNIX, on-demand, t3.medium)": Decimal("32.19"),
        "EC2 detailed monitoring": Decimal("2.10"),
        **BURST,
        "root_block_device: Storage (general purpose SSD, gp3)": Decimal("1.60"),
        "ebs_block_device[0]: Storage (provisioned IOPS SSD, io1)": Decimal("1.25"),
        "ebs_block_device[0]: Provisioned IOPS": Decimal("6.50"),
    }


def test_own_attributes_override_the_launch_template(cost_lines: CostLines) -> None:
    template = declared("aws_launch_template", TEMPLATE, name="web")
    attributes = {
        "launch_template": [{"name": "web"}],
        "instance_type": "t3.large",
        "monitoring": False,
        "tenancy": "default",
        "credit_specification": [{"cpu_credits": "standard"}],
        "root_block_device": [{"volume_size": 30}],
        "ebs_block_device": [{"device_name": "xvdc", "volume_size": 20}],
    }
    assert cost_lines("aws_instance", attributes, others=[template]) == {
        "Instance usage (Linux/UNIX, on-demand, t3.large)": Decimal("60.74"),
        "root_block_device: Storage (general purpose SSD, gp3)": Decimal("2.40"),
        "ebs_block_device[0]: Storage (provisioned IOPS SSD, io1)": Decimal("2.50"),
        "ebs_block_device[0]: Provisioned IOPS": Decimal("6.50"),
    }


def test_a_template_of_elsewhere_leaves_the_type_unknown(cost_lines: CostLines) -> None:
    templates = [declared("aws_launch_template", TEMPLATE, name="web")]
    lines = cost_lines("aws_instance", {"launch_template": [{"name": "other"}]}, others=templates)
    assert lines["unknown_until_apply"] == "the instance type is not known"


def test_an_unknown_type_or_region_is_unpriced_not_free(cost_lines: CostLines) -> None:
    unknown = cost_lines("aws_instance", {"instance_type": UNKNOWN})
    assert unknown == {"unknown_until_apply": "instance_type is known only after apply", **ROOT}
    nowhere = cost_lines("aws_instance", {"instance_type": "m5.large"}, region="mars-north-1")
    assert "known in af-south-1" in str(nowhere[M5_LARGE])
    misspelt = cost_lines("aws_instance", {"instance_type": "m5.larg"})
    assert "nearest known: aws/ec2/instance/linux/shared/on_demand/m5.large" in str(next(iter(misspelt.values())))


def test_a_volume_without_a_size_is_unpriced(cost_lines: CostLines) -> None:
    attributes = {"instance_type": "m5.large", "ebs_block_device": [{"device_name": "xvdf", "snapshot_id": "snap-1"}]}
    lines = cost_lines("aws_instance", attributes)
    assert lines["unknown_until_apply"] == "the size of ebs_block_device[0] is not known"


@pytest.mark.parametrize(
    ("attributes", "usage", "line", "cost"),
    [
        ({"instance_type": "mac1.metal"}, {}, "EC2 Dedicated Host (on-demand, mac1)", "790.59"),
        ({"instance_type": "c5.18xlarge"}, {}, "EC2 Dedicated Host (on-demand, c5)", "2457.18"),
        ({"instance_family": "m5"}, NO_UPFRONT, "EC2 Dedicated Host (reserved, m5)", "2330.89"),
        (
            {"instance_family": "m5d"},
            {"reserved_instance_term": "3_year", "reserved_instance_payment_option": "all_upfront"},
            "EC2 Dedicated Host (reserved, m5d)",
            "0.00",
        ),
    ],
)
def test_hosts_are_priced_by_family(
    cost_lines: CostLines, attributes: dict[str, Any], usage: dict[str, Any], line: str, cost: str
) -> None:
    assert cost_lines("aws_ec2_host", attributes, usage) == {line: Decimal(cost)}


def test_a_host_without_a_price_or_family_is_unpriced(cost_lines: CostLines) -> None:
    line = cost_lines("aws_ec2_host", {"instance_family": "x1e"})["EC2 Dedicated Host (on-demand, x1e)"]
    assert str(line).startswith("price_not_found")
    assert "unknown_until_apply" in cost_lines("aws_ec2_host", {})


def test_facts_of_instance_types() -> None:
    known = machine_type("aws", "m5.large")
    assert known is not None
    assert (family_of(known.name), known.architecture) == ("m5", "amd64")
    assert (known.vcpus, known.memory_gib) == (Decimal(2), Decimal(8))
    assert machine_type("aws", "m5.larg") is None
    assert len(machine_types("aws")) > 1000
    assert all(fact.vcpus > 0 and fact.memory_gib > 0 for fact in machine_types("aws").values())


def test_free_types_are_sorted_unique_and_never_also_priced() -> None:
    listing = Path(aws.__file__).with_name("free_types.txt").read_text(encoding="utf-8").splitlines()
    names = [line for line in listing if not line.startswith("#")]
    assert names == sorted(set(names))
    assert all(name.startswith(("aws_", "AWS::", "Custom::")) for name in names)
    assert not free_types("aws") & set(resource_types("aws"))
