"""Of what is set but known only after apply only the lines that depend on it are lost, type by type."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

SQL = {"tier": "db-custom-2-7680"}
OS_DISK = {"storage_account_type": "Premium_LRS", "disk_size_gb": 128}
LEGACY_DISK = {"managed_disk_type": "Premium_LRS", "disk_size_gb": 128, "create_option": "FromImage"}
POOL = {
    "location": "us-central1-a",
    "node_count": 1,
    "node_config": [{"machine_type": UNKNOWN, "disk_size_gb": 50, "disk_type": "pd-standard"}],
}


@pytest.mark.parametrize(
    ("type_name", "attributes", "unknown", "left"),
    [
        ("aws_eip", {"public_ipv4_pool": UNKNOWN}, "public_ipv4_pool", {}),
        ("aws_eks_cluster", {"version": UNKNOWN}, "version", {}),
        (
            "aws_eks_node_group",
            {"scaling_config": [{"desired_size": 1}], "instance_types": UNKNOWN},
            "instance_types",
            {"Storage (general purpose SSD, gp2)": Decimal("2.00")},
        ),
        (
            "aws_kinesis_stream",
            {"shard_count": UNKNOWN},
            "shard_count",
            {
                "PUT payload units": "usage",
                "Long term retention (7D+)": "usage",
                "Long term retrieval (7D+)": "usage",
                "Enhanced fan-out consumer-shard hours": "usage",
                "Enhanced fan-out data retrieval": "usage",
            },
        ),
        (
            "aws_lambda_function",
            {"architectures": UNKNOWN},
            "architectures",
            {"Requests": "usage"},
        ),
        (
            "aws_s3_bucket",
            {"lifecycle_rule": UNKNOWN},
            "lifecycle_rule",
            {
                "Standard: Storage": "usage",
                "Standard: PUT, COPY, POST, LIST requests": "usage",
                "Standard: GET, SELECT, and all other requests": "usage",
            },
        ),
        ("aws_wafv2_web_acl", {"rule": UNKNOWN}, "rule", {"Web ACL": Decimal("5.00"), "Requests": "usage"}),
        ("aws_route53_resolver_endpoint", {"ip_address": UNKNOWN}, "ip_address", {"DNS queries": "usage"}),
        (
            "google_sql_database_instance",
            {"settings": [{**SQL, "availability_type": UNKNOWN}]},
            "availability_type",
            {"Backups": "usage", "IP address (if unused)": Decimal("7.30")},
        ),
        (
            "google_container_node_pool",
            POOL,
            "machine_type",
            {"Standard provisioned storage (pd-standard)": Decimal("2.00")},
        ),
        (
            "azurerm_linux_virtual_machine",
            {"size": "Standard_D2s_v3", "os_disk": [{**OS_DISK, "disk_size_gb": UNKNOWN}]},
            "os_disk.disk_size_gb",
            {"Instance usage (Linux, pay as you go, Standard_D2s_v3)": Decimal("70.08")},
        ),
        (
            "azurerm_virtual_machine",
            {
                "vm_size": "Standard_D2s_v3",
                "storage_image_reference": [{"publisher": UNKNOWN}],
                "storage_os_disk": [LEGACY_DISK],
            },
            "publisher",
            {"storage_os_disk: Storage (P10, LRS)": Decimal("19.71")},
        ),
    ],
)
def test_only_what_depends_on_it_is_unpriced(
    cost_lines: CostLines, type_name: str, attributes: dict[str, Any], unknown: str, left: dict[str, Decimal | str]
) -> None:
    lines = cost_lines(type_name, attributes)
    assert lines.pop("unknown_until_apply") == f"{unknown} is known only after apply"
    assert lines == left
