"""Elastic Beanstalk environments."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.resources.conftest import CostLines

from tests.resources.conftest import declared
from tollbar.component import Quantity
from tollbar.resource import UNKNOWN, Inventory
from tollbar.resources.registry import bill, resource_type
from tollbar.usage import Usage

ASG, LAUNCH, INSTANCES = "aws:autoscaling:asg", "aws:autoscaling:launchconfiguration", "aws:ec2:instances"
ENVIRONMENT, DATABASE = "aws:elasticbeanstalk:environment", "aws:rds:dbinstance"


def settings(**namespaces: Mapping[str, object]) -> dict[str, list[dict[str, object]]]:
    """Return the attributes of an environment with these settings, by the short names of namespaces."""
    names = {"asg": ASG, "launch": LAUNCH, "instances": INSTANCES, "environment": ENVIRONMENT, "database": DATABASE}
    names["logs"] = "aws:elasticbeanstalk:cloudwatch:logs"
    return {
        "setting": [
            {"namespace": names[short], "name": name, "value": value}
            for short, values in namespaces.items()
            for name, value in values.items()
        ]
    }


FULL = settings(
    instances={"InstanceTypes": "t3.small, t3.medium"},
    asg={"MinSize": "2", "MaxSize": "4"},
    environment={"LoadBalancerType": "application"},
    database={
        "DBInstanceClass": "db.m6g.xlarge",
        "DBEngine": "postgres",
        "MultiAZDatabase": "true",
        "DBAllocatedStorage": "100",
    },
    logs={"StreamLogs": "true"},
)
USAGE = {
    "ec2.monthly_cpu_credit_hrs": 10,
    "lb.processed_bytes_gb": 730,
    "db.additional_backup_storage_gb": 100,
    "cloudwatch.storage_gb": 10,
    "cloudwatch.monthly_data_ingested_gb": 10,
    "cloudwatch.monthly_data_scanned_gb": 10,
}
CLASSIC = settings(launch={"InstanceType": "m5.large", "RootVolumeType": "gp3", "RootVolumeSize": "20"})

EXAMPLES = (
    Example("aws_elastic_beanstalk_environment", FULL, USAGE),
    Example("aws_elastic_beanstalk_environment", CLASSIC, {"elb.monthly_data_processed_gb": 100}),
)


def test_everything_that_an_environment_makes(cost_lines: CostLines) -> None:
    assert cost_lines("aws_elastic_beanstalk_environment", FULL, USAGE) == {
        "Instance usage (Linux/UNIX, on-demand, t3.small)": Decimal("30.37"),
        "CPU credits": Decimal("2.00"),
        "root_block_device: Storage (general purpose SSD, gp2)": Decimal("1.60"),
        "load_balancer: Application Load Balancer": Decimal("16.43"),
        "load_balancer: Load balancer capacity units (LCU)": Decimal("5.84"),
        "database: Database instance (on-demand, Multi-AZ, db.m6g.xlarge)": Decimal("464.28"),
        "database: Storage (general purpose SSD, gp2)": Decimal("23.00"),
        "database: Additional backup storage": Decimal("9.50"),
        "cloudwatch: Data ingested": Decimal("5.00"),
        "cloudwatch: Archival storage": Decimal("0.30"),
        "cloudwatch: Insights queries data scanned": Decimal("0.05"),
    }


def test_one_instance_and_a_classic_load_balancer_where_nothing_else_is_set(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_elastic_beanstalk_environment", CLASSIC, {"elb.monthly_data_processed_gb": 100})
    assert lines == {
        "Instance usage (Linux/UNIX, on-demand, m5.large)": Decimal("70.08"),
        "root_block_device: Storage (general purpose SSD, gp3)": Decimal("1.60"),
        "load_balancer: Classic Load Balancer": Decimal("18.25"),
        "load_balancer: Data processed": Decimal("0.80"),
    }


def test_the_group_is_a_range_and_its_quantities_name_the_environments_keys() -> None:
    environment = declared("aws_elastic_beanstalk_environment", FULL)
    estimator = resource_type(environment)
    assert estimator is not None
    lines = bill(environment, Usage(USAGE, estimator.usage_key_by_name), Inventory((environment,))).components
    assert lines[0].quantity == Quantity.between(1460, 1460, 2920)
    assert {key for line in lines for key in line.quantity.keys} >= set(USAGE)


def test_the_newer_setting_of_the_instance_type_holds(cost_lines: CostLines) -> None:
    both = settings(launch={"InstanceType": "t3a.large"}, instances={"InstanceTypes": "t3a.xlarge"})
    assert "Instance usage (Linux/UNIX, on-demand, t3a.xlarge)" in cost_lines("aws_elastic_beanstalk_environment", both)


def test_a_single_instance_has_no_load_balancer(cost_lines: CostLines) -> None:
    single = settings(
        instances={"InstanceTypes": "m5.large"},
        environment={"EnvironmentType": "SingleInstance"},
        asg={"MinSize": "3"},
        launch={"MonitoringInterval": "1 minute"},
    )
    assert cost_lines("aws_elastic_beanstalk_environment", single) == {
        "Instance usage (Linux/UNIX, on-demand, m5.large)": Decimal("70.08"),
        "EC2 detailed monitoring": Decimal("2.10"),
        "root_block_device: Storage (general purpose SSD, gp2)": Decimal("0.80"),
    }


def test_workers_and_users_of_a_shared_load_balancer_have_none_of_their_own(cost_lines: CostLines) -> None:
    worker = {**settings(instances={"InstanceTypes": "m5.large"}), "tier": "Worker"}
    shared = settings(instances={"InstanceTypes": "m5.large"}, environment={"LoadBalancerIsShared": True})
    for attributes in (worker, shared):
        lines = cost_lines("aws_elastic_beanstalk_environment", attributes)
        assert not any(name.startswith("load_balancer") for name in lines)


def test_spot_instances_take_what_on_demand_leaves(cost_lines: CostLines) -> None:
    spot = {
        "EnableSpot": "true",
        "InstanceTypes": "m5.large",
        "SpotFleetOnDemandBase": "1",
        "SpotFleetOnDemandAboveBasePercentage": "50",
    }
    lines = cost_lines("aws_elastic_beanstalk_environment", settings(instances=spot, asg={"MinSize": "3"}))
    assert lines["Instance usage (Linux/UNIX, on-demand, m5.large)"] == Decimal("140.16")
    assert "Instance usage (Linux/UNIX, spot, m5.large)" in lines


def test_windows_platforms(cost_lines: CostLines) -> None:
    windows = {
        **settings(instances={"InstanceTypes": "m5.large"}),
        "solution_stack_name": "64bit Windows Server 2022 v2.15.1 running IIS 10.0",
    }
    lines = cost_lines("aws_elastic_beanstalk_environment", windows)
    assert lines["Instance usage (Windows, on-demand, m5.large)"] == Decimal("137.24")
    assert lines["root_block_device: Storage (general purpose SSD, gp2)"] == Decimal("3.00")


def test_further_volumes_are_mapped(cost_lines: CostLines) -> None:
    mapped = "/dev/sdj=:100:true:gp2, /dev/sdi=:20:true:io1:2000, /dev/sdb=ephemeral0"
    launch = {"InstanceType": "m5.large", "BlockDeviceMappings": mapped}
    lines = cost_lines("aws_elastic_beanstalk_environment", settings(launch=launch))
    assert lines["ebs_block_device[0]: Storage (general purpose SSD, gp2)"] == Decimal("10.00")
    assert lines["ebs_block_device[1]: Storage (provisioned IOPS SSD, io1)"] == Decimal("2.50")
    assert lines["ebs_block_device[1]: Provisioned IOPS"] == Decimal("130.00")
    assert "ebs_block_device[2]: Storage (general purpose SSD, gp2)" not in lines


def test_a_database_of_which_only_the_engine_is_set(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_elastic_beanstalk_environment", settings(database={"DBEngine": "mysql"}))
    assert "database: Database instance (on-demand, Single-AZ, db.t2.micro)" in lines


def test_a_database_that_is_not_coupled_is_not_billed_here(cost_lines: CostLines) -> None:
    decoupled = settings(database={"DBInstanceClass": "db.t3.micro", "HasCoupledDatabase": "false"})
    lines = cost_lines("aws_elastic_beanstalk_environment", decoupled)
    assert not any(name.startswith("database") for name in lines)


def test_what_only_apply_tells_ends_its_part_only(cost_lines: CostLines) -> None:
    unknown = settings(instances={"InstanceTypes": "m5.large"}, asg={"MinSize": UNKNOWN})
    lines = cost_lines("aws_elastic_beanstalk_environment", unknown)
    assert lines["unknown_until_apply"] == "setting aws:autoscaling:asg:MinSize is known only after apply"
    assert lines["load_balancer: Classic Load Balancer"] == Decimal("18.25")
