"""Traits of Google Cloud resources: exactly those that are known."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import TraitsOf
    from tollbar.resource import Resource

E2 = {"vcpus": 4, "memory_gib": 16, "previous_generation": False}
N1 = {"vcpus": 4, "memory_gib": 15, "previous_generation": True}
RUNS = {"purchase_option": "on_demand", "hours_per_month": 730}
BOOT = {"storage_class": "pd-standard", "storage_gib": 10}


@pytest.mark.parametrize(
    ("type_name", "attributes", "expected"),
    [
        ("google_compute_instance", {"machine_type": "e2-standard-4", "boot_disk": [{}]}, {**E2, **RUNS, **BOOT}),
        (
            "google_compute_instance",
            {
                "machine_type": "n1-standard-4",
                "boot_disk": [{}],
                "scheduling": [{"preemptible": True}],
                "guest_accelerator": [{"type": "nvidia-tesla-t4", "count": 2}],
            },
            {
                **N1,
                "gpu": "nvidia-tesla-t4",
                "gpus": 2,
                "purchase_option": "spot",
                "hours_per_month": 730,
                **BOOT,
            },
        ),
        (
            "google_compute_instance",
            {
                "machine_type": "n2-custom-6-20480",
                "boot_disk": [{"initialize_params": [{"type": "pd-ssd", "size": 40}]}],
            },
            {
                "vcpus": 6,
                "memory_gib": 20,
                "previous_generation": False,
                **RUNS,
                "storage_class": "pd-ssd",
                "storage_gib": 40,
            },
        ),
        (
            "google_compute_instance",
            {"machine_type": "e2-standard-4", "desired_status": "TERMINATED", "boot_disk": [{}]},
            {**E2, **BOOT},
        ),
        (
            "google_compute_disk",
            {"type": "pd-ssd", "size": 100},
            {"storage_class": "pd-ssd", "storage_gib": 100, "redundancy": "zone", "attached": False},
        ),
        (
            "google_compute_region_disk",
            {"type": "pd-balanced", "size": 20},
            {"storage_class": "pd-balanced", "storage_gib": 20, "redundancy": "multi_zone", "attached": False},
        ),
        (
            "google_sql_database_instance",
            {"settings": [{"tier": "db-custom-2-7680", "availability_type": "REGIONAL", "disk_size": 50}]},
            {
                "vcpus": 2,
                "memory_gib": Decimal("7.5"),
                **RUNS,
                "redundancy": "multi_zone",
                "storage_class": "PD_SSD",
                "storage_gib": 50,
            },
        ),
        (
            "google_sql_database_instance",
            {"settings": [{"tier": "db-f1-micro", "disk_type": "PD_HDD"}]},
            {"redundancy": "zone", "storage_class": "PD_HDD", "storage_gib": 10},
        ),
        (
            "google_sql_database_instance",
            {"settings": [{"tier": "db-f1-micro", "availability_type": UNKNOWN}]},
            {"storage_class": "PD_SSD"},
        ),
        (
            "google_storage_bucket",
            {"location": "EU"},
            {"redundancy": "multi_region", "storage_class": "STANDARD", "lifecycle_rules": False},
        ),
        (
            "google_storage_bucket",
            {
                "location": "europe-west1",
                "storage_class": "NEARLINE",
                "lifecycle_rule": [{"action": [{"type": "Delete"}], "condition": [{"age": 90}]}],
            },
            {"redundancy": "multi_zone", "storage_class": "NEARLINE", "lifecycle_rules": True},
        ),
        (
            "google_storage_bucket",
            {"location": "US", "lifecycle_rule": [{"action": [{"type": "AbortIncompleteMultipartUpload"}]}]},
            {"redundancy": "multi_region", "storage_class": "STANDARD", "lifecycle_rules": False},
        ),
        (
            "google_storage_bucket",
            {"location": "NAM4", "autoclass": [{"enabled": True}]},
            {"redundancy": "multi_region", "storage_class": "STANDARD", "lifecycle_rules": True},
        ),
        ("google_logging_project_bucket_config", {}, {"retention_days": 30}),
        ("google_logging_folder_bucket_config", {"retention_days": 400}, {"retention_days": 400}),
        (
            "google_spanner_instance",
            {"config": "regional-us-central1"},
            {"redundancy": "multi_zone", "autoscaling": False},
        ),
        (
            "google_spanner_instance",
            {"config": "nam3", "autoscaling_config": [{"autoscaling_limits": [{"min_nodes": 1, "max_nodes": 3}]}]},
            {"redundancy": "multi_region", "autoscaling": True},
        ),
        ("google_redis_instance", {"memory_size_gb": 4}, {"memory_gib": 4, "redundancy": "zone"}),
        (
            "google_redis_instance",
            {"memory_size_gb": 4, "tier": "STANDARD_HA"},
            {"memory_gib": 4, "redundancy": "multi_zone"},
        ),
        (
            "google_alloydb_instance",
            {"machine_config": [{"cpu_count": 4}], "availability_type": "ZONAL"},
            {"vcpus": 4, **RUNS, "redundancy": "zone"},
        ),
        (
            "google_container_node_pool",
            {
                "location": "us-central1",
                "node_config": [{"machine_type": "e2-standard-4", "spot": True}],
                "autoscaling": [{"min_node_count": 1, "max_node_count": 4}],
            },
            {
                **E2,
                "purchase_option": "spot",
                "hours_per_month": 730,
                "storage_class": "pd-standard",
                "storage_gib": 300,
                "replicas_min": 3,
                "replicas_max": 12,
                "autoscaling": True,
            },
        ),
        (
            "google_container_node_pool",
            {"location": "us-central1-a", "node_count": 2, "node_config": [{"machine_type": "e2-standard-4"}]},
            {
                **E2,
                **RUNS,
                "storage_class": "pd-standard",
                "storage_gib": 200,
                "replicas_min": 2,
                "replicas_max": 2,
                "autoscaling": False,
            },
        ),
        (
            "google_container_node_pool",
            {
                "location": "us-central1",
                "node_config": [{"machine_type": "e2-standard-4"}],
                "autoscaling": [{"total_min_node_count": 2, "total_max_node_count": 9}],
            },
            {
                **E2,
                **RUNS,
                "storage_class": "pd-standard",
                "storage_gib": 200,
                "replicas_min": 2,
                "replicas_max": 9,
                "autoscaling": True,
            },
        ),
        (
            "google_artifact_registry_repository",
            {"cleanup_policies": [{"id": "old", "action": "DELETE"}]},
            {"lifecycle_rules": True},
        ),
        (
            "google_artifact_registry_repository",
            {"cleanup_policies": [{"id": "old", "action": "DELETE"}], "cleanup_policy_dry_run": True},
            {"lifecycle_rules": False},
        ),
    ],
)
def test_what_attributes_tell(
    traits_of: TraitsOf, type_name: str, attributes: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert traits_of(type_name, attributes) == expected


def test_a_group_has_the_bounds_of_its_autoscaler(traits_of: TraitsOf) -> None:
    template = declared("google_compute_instance_template", {"machine_type": "e2-standard-4"})
    references = {"version.instance_template": ("google_compute_instance_template.this",)}
    group = "google_compute_region_instance_group_manager"
    autoscaler = declared(
        "google_compute_region_autoscaler",
        {"autoscaling_policy": [{"min_replicas": 2, "max_replicas": 8}]},
        references={"target": (f"{group}.this",)},
    )
    alone = {**E2, **RUNS, "replicas_min": 3, "replicas_max": 3, "autoscaling": False, "redundancy": "multi_zone"}
    assert traits_of(group, {"target_size": 3}, others=[template], references=references) == alone
    scaled = {**alone, "replicas_min": 2, "replicas_max": 8, "autoscaling": True}
    assert traits_of(group, {}, others=[template, autoscaler], references=references) == scaled


def test_a_schedule_hides_the_hours(traits_of: TraitsOf) -> None:
    policy = declared("google_compute_resource_policy", {"instance_schedule_policy": [{"time_zone": "UTC"}]})
    found = traits_of(
        "google_compute_instance",
        {"machine_type": "e2-standard-4"},
        others=[policy],
        references={"resource_policies": ("google_compute_resource_policy.this",)},
    )
    assert found == {**E2, "purchase_option": "on_demand", **BOOT}


@pytest.mark.parametrize(
    ("type_name", "others", "expected"),
    [
        ("google_compute_address", [], False),
        (
            "google_compute_address",
            [
                declared(
                    "google_compute_instance",
                    {"network_interface": [{"access_config": [{"nat_ip": UNKNOWN}]}]},
                    references={"network_interface.access_config.nat_ip": ("google_compute_address.this",)},
                )
            ],
            True,
        ),
        (
            "google_compute_address",
            [declared("google_compute_instance", {"network_interface": [{"access_config": [{}]}]})],
            False,
        ),
        (
            "google_compute_address",
            [declared("google_compute_instance", {"network_interface": [{"access_config": [{"nat_ip": "1.2.3.4"}]}]})],
            None,
        ),
        (
            "google_compute_address",
            [
                declared(
                    "google_compute_router_nat",
                    {"nat_ips": [UNKNOWN, "other"]},
                    references={"nat_ips": ("google_compute_address.other",)},
                ),
                declared("google_compute_address", {}, name="other"),
            ],
            None,
        ),
        (
            "google_compute_global_address",
            [
                declared(
                    "google_compute_global_forwarding_rule",
                    {"ip_address": UNKNOWN},
                    references={"ip_address": ("google_compute_global_address.this",)},
                )
            ],
            True,
        ),
        (
            "google_compute_disk",
            [declared("google_compute_attached_disk", {"disk": "projects/p/zones/z/disks/d"})],
            None,
        ),
        (
            "google_compute_disk",
            [declared("google_compute_snapshot", {}, references={"source_disk": ("google_compute_disk.this",)})],
            False,
        ),
    ],
)
def test_attached_is_false_only_where_that_is_sure(
    traits_of: TraitsOf, type_name: str, others: list[Resource], *, expected: bool | None
) -> None:
    assert traits_of(type_name, {}, others=others).get("attached") is expected
