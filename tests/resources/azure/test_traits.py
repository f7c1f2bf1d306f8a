"""Traits of Azure resources: exactly those that are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import TraitsOf
    from tollbar.resource import Resource

D2 = {"vcpus": 2, "memory_gib": 8, "previous_generation": False}
D2_V2 = {"vcpus": 2, "memory_gib": 7, "previous_generation": True}
RUNS = {"purchase_option": "on_demand", "hours_per_month": 730}
SPOT = {"purchase_option": "spot", "hours_per_month": 730}
OS_DISK = {"storage_class": "Standard_LRS", "storage_gib": 32}


def _scaled(scaled: str, minimum: int, maximum: int) -> Resource:
    return declared(
        "azurerm_monitor_autoscale_setting",
        {"profile": [{"capacity": [{"minimum": minimum, "maximum": maximum, "default": minimum}]}]},
        references={"target_resource_id": (f"{scaled}.this",)},
    )


@pytest.mark.parametrize(
    ("type_name", "attributes", "expected"),
    [
        (
            "azurerm_linux_virtual_machine",
            {"size": "Standard_D2s_v5", "os_disk": [{"storage_account_type": "Premium_LRS", "disk_size_gb": 100}]},
            {**D2, **RUNS, "storage_class": "Premium_LRS", "storage_gib": 128},
        ),
        (
            "azurerm_linux_virtual_machine",
            {"size": "Standard_DS2_v2", "priority": "Spot", "os_disk": [{}]},
            {**D2_V2, **SPOT, **OS_DISK},
        ),
        (
            "azurerm_windows_virtual_machine",
            {"size": "Standard_D2s_v5", "os_disk": [{"storage_account_type": UNKNOWN}]},
            {**D2, **RUNS},
        ),
        (
            "azurerm_managed_disk",
            {"storage_account_type": "StandardSSD_ZRS", "disk_size_gb": 64},
            {"storage_class": "StandardSSD_ZRS", "storage_gib": 64, "redundancy": "multi_zone", "attached": False},
        ),
        (
            "azurerm_managed_disk",
            {"storage_account_type": "PremiumV2_LRS", "disk_size_gb": 70},
            {"storage_class": "PremiumV2_LRS", "storage_gib": 70, "redundancy": "zone", "attached": False},
        ),
        (
            "azurerm_mysql_flexible_server",
            {"sku_name": "GP_Standard_D2ds_v4", "high_availability": [{"mode": "ZoneRedundant"}]},
            {**D2, **RUNS, "redundancy": "multi_zone", "retention_days": 7},
        ),
        (
            "azurerm_postgresql_flexible_server",
            {"sku_name": "B_Standard_B2s", "high_availability": [{"mode": "SameZone"}], "backup_retention_days": 14},
            {
                "vcpus": 2,
                "memory_gib": 4,
                "previous_generation": False,
                **RUNS,
                "redundancy": "zone",
                "retention_days": 14,
            },
        ),
        ("azurerm_postgresql_server", {"sku_name": "GP_Gen5_4"}, {"retention_days": 7}),
        (
            "azurerm_mssql_database",
            {"sku_name": "GP_Gen5_2", "zone_redundant": True},
            {"redundancy": "multi_zone", "retention_days": 7},
        ),
        (
            "azurerm_mssql_database",
            {"sku_name": "GP_Gen5_2", "short_term_retention_policy": [{"retention_days": 35}]},
            {"redundancy": "zone", "retention_days": 35},
        ),
        (
            "azurerm_storage_account",
            {"account_replication_type": "LRS"},
            {"redundancy": "zone", "storage_class": "Hot", "lifecycle_rules": False},
        ),
        (
            "azurerm_storage_account",
            {"account_replication_type": "ZRS", "access_tier": "Cool"},
            {"redundancy": "multi_zone", "storage_class": "Cool", "lifecycle_rules": False},
        ),
        (
            "azurerm_storage_account",
            {"account_replication_type": "RAGZRS", "account_tier": "Premium"},
            {"redundancy": "multi_region", "storage_class": "Premium", "lifecycle_rules": False},
        ),
        (
            "azurerm_storage_account",
            {"account_replication_type": UNKNOWN},
            {"storage_class": "Hot", "lifecycle_rules": False},
        ),
        ("azurerm_log_analytics_workspace", {}, {"retention_days": 30}),
        ("azurerm_log_analytics_workspace", {"retention_in_days": 365}, {"retention_days": 365}),
        ("azurerm_application_insights", {}, {"retention_days": 90}),
        ("azurerm_redis_cache", {"zones": ["1", "2"]}, {"redundancy": "multi_zone"}),
        ("azurerm_redis_cache", {}, {"redundancy": "zone"}),
        ("azurerm_public_ip", {"zones": ["1", "2", "3"]}, {"redundancy": "multi_zone", "attached": False}),
        ("azurerm_public_ip", {"zones": ["1"]}, {"redundancy": "zone", "attached": False}),
        ("azurerm_public_ip", {"sku_tier": "Global"}, {"redundancy": "multi_region", "attached": False}),
        ("azurerm_public_ip", {}, {"attached": False}),
        ("azurerm_lb", {}, {"attached": False}),
        (
            "azurerm_kubernetes_cluster",
            {
                "default_node_pool": [
                    {
                        "vm_size": "Standard_D2s_v5",
                        "node_count": 2,
                        "min_count": 1,
                        "max_count": 5,
                        "os_disk_size_gb": 128,
                    }
                ]
            },
            {
                **D2,
                **RUNS,
                "storage_class": "Premium_LRS",
                "storage_gib": 256,
                "replicas_min": 1,
                "replicas_max": 5,
                "autoscaling": True,
            },
        ),
        (
            "azurerm_kubernetes_cluster_node_pool",
            {"vm_size": "Standard_D2s_v5", "priority": "Spot", "os_disk_type": "Ephemeral"},
            {**D2, **SPOT, "replicas_min": 1, "replicas_max": 1, "autoscaling": False},
        ),
        (
            "azurerm_linux_virtual_machine_scale_set",
            {"sku": "Standard_D2s_v5", "instances": 3, "os_disk": [{"storage_account_type": "Standard_LRS"}]},
            {
                **D2,
                **RUNS,
                "storage_class": "Standard_LRS",
                "storage_gib": 96,
                "replicas_min": 3,
                "replicas_max": 3,
                "autoscaling": False,
            },
        ),
    ],
)
def test_what_attributes_tell(
    traits_of: TraitsOf, type_name: str, attributes: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert traits_of(type_name, attributes) == expected


@pytest.mark.parametrize(
    ("type_name", "attributes"),
    [
        ("azurerm_linux_virtual_machine_scale_set", {"sku": "Standard_D2s_v5", "instances": 3}),
        ("azurerm_virtual_machine_scale_set", {"sku": [{"name": "Standard_D2s_v5", "capacity": 3}]}),
    ],
)
def test_a_scale_set_has_the_bounds_of_its_setting(
    traits_of: TraitsOf, type_name: str, attributes: dict[str, Any]
) -> None:
    found = traits_of(type_name, attributes, others=[_scaled(type_name, 2, 10)])
    bounds = (found["replicas_min"], found["replicas_max"], found["autoscaling"])
    assert bounds == (2, 10, True)


def _referring(type_name: str, attribute: str, target: str) -> Resource:
    return declared(type_name, {}, references={attribute: (f"{target}.this",)})


@pytest.mark.parametrize(
    ("type_name", "others", "expected"),
    [
        (
            "azurerm_public_ip",
            [_referring("azurerm_network_interface", "ip_configuration.public_ip_address_id", "azurerm_public_ip")],
            True,
        ),
        (
            "azurerm_public_ip",
            [
                declared(
                    "azurerm_network_interface", {"ip_configuration": [{"public_ip_address_id": "/subscriptions/s"}]}
                )
            ],
            None,
        ),
        ("azurerm_public_ip", [declared("azurerm_network_interface", {"ip_configuration": [{"name": "i"}]})], False),
        ("azurerm_public_ip", [_referring("azurerm_dns_a_record", "records", "azurerm_public_ip")], False),
        ("azurerm_public_ip", [_referring("azurerm_key_vault_secret", "value", "azurerm_public_ip")], None),
        (
            "azurerm_managed_disk",
            [_referring("azurerm_virtual_machine_data_disk_attachment", "managed_disk_id", "azurerm_managed_disk")],
            True,
        ),
        ("azurerm_lb", [_referring("azurerm_lb_backend_address_pool", "loadbalancer_id", "azurerm_lb")], False),
        ("azurerm_lb", [_referring("azurerm_lb_rule", "loadbalancer_id", "azurerm_lb")], True),
    ],
)
def test_attached_is_false_only_where_that_is_sure(
    traits_of: TraitsOf, type_name: str, others: list[Resource], *, expected: bool | None
) -> None:
    assert traits_of(type_name, {}, others=others).get("attached") is expected


@pytest.mark.parametrize(
    ("attributes", "references", "expected"),
    [
        ({"rule": [{"name": "old", "enabled": True}]}, {"storage_account_id": ("azurerm_storage_account.this",)}, True),
        (
            {"rule": [{"name": "old", "enabled": False}]},
            {"storage_account_id": ("azurerm_storage_account.this",)},
            False,
        ),
        ({"rule": [{"name": "old", "enabled": True}], "storage_account_id": UNKNOWN}, {}, None),
    ],
)
def test_lifecycle_rules_stand_in_a_policy(
    traits_of: TraitsOf,
    attributes: dict[str, Any],
    references: dict[str, tuple[str, ...]],
    *,
    expected: bool | None,
) -> None:
    policy = declared("azurerm_storage_management_policy", attributes, references=references)
    assert traits_of("azurerm_storage_account", {}, others=[policy]).get("lifecycle_rules") is expected


def test_a_shutdown_schedule_hides_the_hours(traits_of: TraitsOf) -> None:
    schedule = _referring(
        "azurerm_dev_test_global_vm_shutdown_schedule", "virtual_machine_id", "azurerm_linux_virtual_machine"
    )
    found = traits_of("azurerm_linux_virtual_machine", {"size": "Standard_D2s_v5", "os_disk": [{}]}, others=[schedule])
    assert found == {**D2, "purchase_option": "on_demand", **OS_DISK}
