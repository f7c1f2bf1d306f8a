"""Traits of AWS resources: exactly those that are known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import TraitsOf
    from tollbar.resource import Resource

M5 = {"vcpus": 2, "memory_gib": 8, "previous_generation": False}
RUNS = {"purchase_option": "on_demand", "hours_per_month": 730}
POSTGRES = {"engine": "postgres", "instance_class": "db.m5.large", "allocated_storage": 100}
STORED = {"storage_class": "gp2", "storage_gib": 100}


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"instance_type": "m5.large"}, {**M5, **RUNS, "storage_class": "gp2", "storage_gib": 8}),
        (
            {"instance_type": "m5.large", "root_block_device": [{"volume_type": "gp3", "volume_size": 30}]},
            {**M5, **RUNS, "storage_class": "gp3", "storage_gib": 30},
        ),
        (
            {
                "instance_type": "m5.large",
                "root_block_device": [{"volume_type": "gp3", "volume_size": 30}],
                "ebs_block_device": [
                    {"device_name": "b", "volume_type": "gp2", "volume_size": 20},
                    {"device_name": "c", "volume_type": "gp2", "volume_size": 11},
                ],
            },
            {**M5, **RUNS, "storage_class": "gp2", "storage_gib": 31},
        ),
        (
            {"instance_type": "m4.large"},
            {**M5, **RUNS, "previous_generation": True, "storage_class": "gp2", "storage_gib": 8},
        ),
        (
            {"instance_type": "g4dn.xlarge", "instance_market_options": [{"market_type": "spot"}]},
            {
                "vcpus": 4,
                "memory_gib": 16,
                "gpu": "t4",
                "gpus": 1,
                "previous_generation": False,
                "purchase_option": "spot",
                "hours_per_month": 730,
                "storage_class": "gp2",
                "storage_gib": 8,
            },
        ),
        ({"instance_type": UNKNOWN}, {"storage_class": "gp2", "storage_gib": 8}),
        (
            {"instance_type": "m5.large", "root_block_device": [{"volume_type": UNKNOWN, "volume_size": 9}]},
            {**M5, **RUNS},
        ),
    ],
    ids=["default", "root", "largest class", "previous generation", "spot gpu", "unknown type", "unknown volume"],
)
def test_an_instance(traits_of: TraitsOf, attributes: dict[str, Any], expected: dict[str, Any]) -> None:
    assert traits_of("aws_instance", attributes) == expected


def test_a_reserved_instance_is_neither_on_demand_nor_spot(traits_of: TraitsOf) -> None:
    usage = {"reserved_instance_term": "1_year", "reserved_instance_payment_option": "no_upfront"}
    found = traits_of("aws_instance", {"instance_type": "m5.large"}, usage)
    assert found == {**M5, "hours_per_month": 730, "storage_class": "gp2", "storage_gib": 8}


def test_hours_are_told_and_a_schedule_hides_them(traits_of: TraitsOf) -> None:
    told = traits_of("aws_instance", {"instance_type": "m5.large"}, {"monthly_hrs": 200})
    assert told["hours_per_month"] == 200
    scheduled = traits_of("aws_instance", {"instance_type": "m5.large"}, tags={"Schedule": "office-hours"})
    assert "hours_per_month" not in scheduled


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({}, None),
        ({"fault-tolerant": "true"}, True),
        ({"Fault_Tolerant": "yes"}, True),
        ({"team:interruptible": "1"}, True),
        ({"interruptible": "false"}, False),
        ({"interruptible": "perhaps"}, None),
        ({"workload": "batch"}, True),
        ({"workload": "web"}, None),
    ],
)
def test_tags_say_whether_work_can_be_interrupted(
    traits_of: TraitsOf, tags: dict[str, str], *, expected: bool | None
) -> None:
    assert traits_of("aws_instance", {"instance_type": "m5.large"}, tags=tags).get("fault_tolerant") is expected


def test_a_group_has_the_machine_of_its_template_and_its_bounds(traits_of: TraitsOf) -> None:
    template = declared("aws_launch_template", {"instance_type": "m5.large"})
    group = {"min_size": 2, "max_size": 6, "desired_capacity": 3, "launch_template": [{"version": "$Latest"}]}
    references = {"launch_template.id": ("aws_launch_template.this",)}
    schedule = declared(
        "aws_autoscaling_schedule",
        {},
        references={"autoscaling_group_name": ("aws_autoscaling_group.this",)},
    )
    expected = {
        **M5,
        **RUNS,
        "storage_class": "gp2",
        "replicas_min": 2,
        "replicas_max": 6,
        "autoscaling": True,
    }
    assert traits_of("aws_autoscaling_group", group, others=[template], references=references) == expected
    del expected["hours_per_month"]
    assert traits_of("aws_autoscaling_group", group, others=[template, schedule], references=references) == expected


def test_a_mixed_group_has_no_one_purchase_option(traits_of: TraitsOf) -> None:
    template = declared("aws_launch_template", {"instance_type": "m5.large"})
    specification: dict[str, Any] = {"launch_template": [{"launch_template_specification": [{}]}]}
    policy = {
        **specification,
        "instances_distribution": [{"on_demand_base_capacity": 1, "on_demand_percentage_above_base_capacity": 0}],
    }
    found = traits_of(
        "aws_autoscaling_group",
        {"min_size": 3, "max_size": 3, "mixed_instances_policy": [policy]},
        others=[template],
        references={
            "mixed_instances_policy.launch_template.launch_template_specification": ("aws_launch_template.this",)
        },
    )
    assert found == {
        **M5,
        "hours_per_month": 730,
        "storage_class": "gp2",
        "replicas_min": 3,
        "replicas_max": 3,
        "autoscaling": False,
    }


BUCKET = {"redundancy": "multi_zone", "storage_class": "STANDARD"}


@pytest.mark.parametrize(
    ("type_name", "attributes", "expected"),
    [
        (
            "aws_eks_node_group",
            {"instance_types": ["m5.large"], "scaling_config": [{"min_size": 1, "max_size": 1, "desired_size": 1}]},
            {
                **M5,
                **RUNS,
                "storage_class": "gp2",
                "storage_gib": 20,
                "replicas_min": 1,
                "replicas_max": 1,
                "autoscaling": False,
            },
        ),
        (
            "aws_appautoscaling_target",
            {"min_capacity": 2, "max_capacity": 20},
            {"replicas_min": 2, "replicas_max": 20, "autoscaling": True},
        ),
        (
            "aws_appautoscaling_target",
            {"min_capacity": UNKNOWN, "max_capacity": 20},
            {"replicas_max": 20, "autoscaling": True},
        ),
        ("aws_db_instance", POSTGRES, {**M5, **RUNS, **STORED, "redundancy": "zone"}),
        (
            "aws_db_instance",
            {**POSTGRES, "multi_az": True, "backup_retention_period": 7, "storage_type": "io1", "iops": 3000},
            {
                **M5,
                **RUNS,
                "storage_class": "io1",
                "storage_gib": 100,
                "redundancy": "multi_zone",
                "retention_days": 7,
            },
        ),
        ("aws_db_instance", {**POSTGRES, "multi_az": UNKNOWN}, {**M5}),
        (
            "aws_rds_cluster",
            {"engine": "aurora-postgresql", "storage_type": "aurora-iopt1"},
            {"redundancy": "zone", "storage_class": "aurora-iopt1", "retention_days": 1},
        ),
        (
            "aws_elasticache_cluster",
            {"engine": "memcached", "node_type": "cache.m5.large", "az_mode": "cross-az", "num_cache_nodes": 2},
            {
                "vcpus": 2,
                "memory_gib": Decimal("6.38"),
                "previous_generation": False,
                **RUNS,
                "redundancy": "multi_zone",
            },
        ),
        (
            "aws_elasticache_replication_group",
            {"node_type": "cache.m4.large", "automatic_failover_enabled": True, "snapshot_retention_limit": 5},
            {
                "vcpus": 2,
                "memory_gib": Decimal("6.42"),
                "previous_generation": True,
                **RUNS,
                "redundancy": "multi_zone",
                "retention_days": 5,
            },
        ),
        (
            "aws_ebs_volume",
            {"size": 50},
            {"storage_class": "gp2", "storage_gib": 50, "redundancy": "zone", "attached": False},
        ),
        (
            "aws_ebs_volume",
            {"size": 50, "type": "gp3"},
            {"storage_class": "gp3", "storage_gib": 50, "redundancy": "zone", "attached": False},
        ),
        ("aws_ebs_volume", {"size": UNKNOWN, "type": "gp3"}, {"redundancy": "zone", "attached": False}),
        ("aws_cloudwatch_log_group", {}, {"storage_class": "STANDARD", "retention_days": 0}),
        ("aws_cloudwatch_log_group", {"retention_in_days": 0}, {"storage_class": "STANDARD", "retention_days": 0}),
        (
            "aws_cloudwatch_log_group",
            {"retention_in_days": 30, "log_group_class": "INFREQUENT_ACCESS"},
            {"storage_class": "INFREQUENT_ACCESS", "retention_days": 30},
        ),
        ("aws_cloudwatch_log_group", {"retention_in_days": UNKNOWN}, {"storage_class": "STANDARD"}),
        ("aws_dynamodb_table", {}, {"redundancy": "multi_zone", "storage_class": "STANDARD"}),
        (
            "aws_dynamodb_table",
            {"replica": [{"region_name": "eu-west-1"}], "table_class": "STANDARD_INFREQUENT_ACCESS"},
            {"redundancy": "multi_region", "storage_class": "STANDARD_INFREQUENT_ACCESS"},
        ),
        ("aws_s3_bucket", {}, {**BUCKET, "lifecycle_rules": False}),
        (
            "aws_s3_bucket",
            {"lifecycle_rule": [{"enabled": True, "expiration": [{"days": 30}]}]},
            {**BUCKET, "lifecycle_rules": True},
        ),
        (
            "aws_s3_bucket",
            {"lifecycle_rule": [{"enabled": False, "expiration": [{"days": 30}]}]},
            {**BUCKET, "lifecycle_rules": False},
        ),
        (
            "aws_s3_bucket",
            {"lifecycle_rule": [{"enabled": True, "abort_incomplete_multipart_upload_days": 3}]},
            {**BUCKET, "lifecycle_rules": False},
        ),
        ("aws_s3_bucket", {"lifecycle_rule": UNKNOWN}, BUCKET),
        ("aws_efs_file_system", {}, {"redundancy": "multi_zone", "lifecycle_rules": False}),
        (
            "aws_efs_file_system",
            {"availability_zone_name": "us-east-1a", "lifecycle_policy": [{"transition_to_ia": "AFTER_30_DAYS"}]},
            {"redundancy": "zone", "lifecycle_rules": True},
        ),
        (
            "aws_fsx_windows_file_system",
            {"storage_capacity": 300, "throughput_capacity": 32, "deployment_type": "MULTI_AZ_1"},
            {"redundancy": "multi_zone", "storage_class": "SSD", "storage_gib": 300, "retention_days": 7},
        ),
        ("aws_ecr_repository", {"name": "shop"}, {"lifecycle_rules": False}),
        (
            "aws_opensearch_domain",
            {"cluster_config": [{"instance_type": "m5.large.search", "zone_awareness_enabled": True}]},
            {**M5, **RUNS, "redundancy": "multi_zone", "storage_class": "gp2"},
        ),
        (
            "aws_redshift_cluster",
            {"node_type": "ra3.xlplus", "multi_az": True},
            {"redundancy": "multi_zone", "retention_days": 1},
        ),
        ("aws_docdb_cluster", {}, {"redundancy": "zone", "retention_days": 1}),
        ("aws_neptune_cluster", {"backup_retention_period": 5}, {"redundancy": "zone", "retention_days": 5}),
        (
            "aws_memorydb_cluster",
            {"node_type": "db.r6g.large", "num_replicas_per_shard": 0},
            {"vcpus": 2, "memory_gib": 16, "previous_generation": False, **RUNS, "redundancy": "zone"},
        ),
    ],
)
def test_what_attributes_tell(
    traits_of: TraitsOf, type_name: str, attributes: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert traits_of(type_name, attributes) == expected


def _referring(type_name: str, attribute: str, target: str, attributes: dict[str, Any] | None = None) -> Resource:
    return declared(type_name, attributes or {attribute: UNKNOWN}, references={attribute: (f"{target}.this",)})


@pytest.mark.parametrize(
    ("type_name", "attributes", "others", "expected"),
    [
        ("aws_eip", {}, [], False),
        ("aws_eip", {"instance": "i-1"}, [], True),
        ("aws_eip", {"instance": UNKNOWN}, [], True),
        ("aws_eip", {}, [_referring("aws_eip_association", "allocation_id", "aws_eip")], True),
        ("aws_eip", {}, [_referring("aws_nat_gateway", "allocation_id", "aws_eip")], True),
        ("aws_eip", {}, [_referring("aws_route53_record", "records", "aws_eip")], False),
        ("aws_eip", {}, [_referring("aws_ssm_parameter", "value", "aws_eip")], None),
        ("aws_eip", {}, [declared("aws_nat_gateway", {"allocation_id": "eipalloc-1"})], None),
        ("aws_eip", {}, [declared("aws_nat_gateway", {"allocation_id": UNKNOWN})], None),
        ("aws_eip", {}, [declared("aws_nat_gateway", {})], False),
        ("aws_eip", {}, [declared("aws_lb", {"subnet_mapping": [{"allocation_id": "eipalloc-1"}]})], None),
        ("aws_eip", {}, [declared("aws_lb", {"subnet_mapping": [{"subnet_id": "s"}]})], False),
        ("aws_ebs_volume", {}, [], False),
        ("aws_ebs_volume", {}, [_referring("aws_volume_attachment", "volume_id", "aws_ebs_volume")], True),
        ("aws_ebs_volume", {}, [declared("aws_volume_attachment", {"volume_id": "vol-1"})], None),
        ("aws_ebs_volume", {}, [_referring("aws_ebs_snapshot", "volume_id", "aws_ebs_volume")], False),
        ("aws_lb", {}, [], False),
        ("aws_lb", {}, [_referring("aws_lb_listener", "load_balancer_arn", "aws_lb")], True),
        ("aws_elb", {"instances": ["i-1"]}, [], True),
        ("aws_elb", {}, [declared("aws_autoscaling_group", {"load_balancers": ["web"]})], None),
        ("aws_elb", {}, [declared("aws_autoscaling_group", {"load_balancers": []})], False),
    ],
)
def test_attached_is_false_only_where_that_is_sure(
    traits_of: TraitsOf, type_name: str, attributes: dict[str, Any], others: list[Resource], *, expected: bool | None
) -> None:
    assert traits_of(type_name, attributes, others=others).get("attached") is expected


def test_nothing_is_surely_unattached_where_a_module_is_missing(traits_of: TraitsOf) -> None:
    module = replace(declared("aws_instance", {}), missing="its module is not there")
    assert "attached" not in traits_of("aws_eip", {}, others=[module])


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (
            [
                declared(
                    "aws_s3_bucket_lifecycle_configuration",
                    {"rule": [{"status": "Enabled", "transition": [{"days": 30, "storage_class": "GLACIER"}]}]},
                    references={"bucket": ("aws_s3_bucket.this",)},
                )
            ],
            True,
        ),
        ([declared("aws_s3_bucket_lifecycle_configuration", {"bucket": "mine"})], None),
        ([declared("aws_s3_bucket_lifecycle_configuration", {"bucket": UNKNOWN})], None),
        ([declared("aws_s3_bucket_lifecycle_configuration", {"bucket": "another"})], False),
    ],
)
def test_lifecycle_rules_may_be_configured_beside_the_bucket(
    traits_of: TraitsOf, others: list[Resource], *, expected: bool | None
) -> None:
    assert traits_of("aws_s3_bucket", {"bucket": "mine"}, others=others).get("lifecycle_rules") is expected


def test_a_bucket_holds_what_is_told_not_what_is_assumed(traits_of: TraitsOf) -> None:
    assert traits_of("aws_s3_bucket", {}, {"standard.storage_gb": 500})["storage_gib"] == 500


def test_a_cluster_with_a_second_instance_is_in_several_zones(traits_of: TraitsOf) -> None:
    members = [
        declared(
            "aws_rds_cluster_instance", {}, name=name, references={"cluster_identifier": ("aws_rds_cluster.this",)}
        )
        for name in ("one", "two")
    ]
    assert traits_of("aws_rds_cluster", {"engine": "aurora-mysql"}, others=members[:1])["redundancy"] == "zone"
    assert traits_of("aws_rds_cluster", {"engine": "aurora-mysql"}, others=members)["redundancy"] == "multi_zone"


def test_a_service_has_the_size_of_its_task(traits_of: TraitsOf) -> None:
    definition = declared("aws_ecs_task_definition", {"cpu": "512", "memory": "1024"})
    found = traits_of(
        "aws_ecs_service",
        {"launch_type": "FARGATE", "desired_count": 2},
        others=[definition],
        references={"task_definition": ("aws_ecs_task_definition.this",)},
    )
    assert found == {"vcpus": Decimal("0.5"), "memory_gib": 1, **RUNS}


def test_utilization_is_told(traits_of: TraitsOf) -> None:
    found = traits_of("aws_instance", {"instance_type": "m5.large"}, {"cpu_utilization": 0.07, "memory_utilization": 1})
    assert (found["cpu_utilization"], found["memory_utilization"]) == (Decimal("0.07"), 1)
