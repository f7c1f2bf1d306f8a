"""Microsoft Defender for Cloud plans."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_PLAN = "azurerm_security_center_subscription_pricing"
_CASES = (
    ("AppServices", {"monthly_app_service_nodes": 12}, {"Defender for App Service": "175.20"}),
    ("Arm", {"monthly_arm_subscriptions": 14}, {"Defender for Resource Manager": "70.52"}),
    ("ContainerRegistry", {"monthly_container_registry_images": 17}, {"Defender for container registries": "4.93"}),
    ("Containers", {"monthly_containers_vcores": 3}, {"Defender for Containers": "20.61"}),
    ("CosmosDbs", {"cosmosdb_request_units": 900}, {"Defender for Cosmos DB (100 RU/s)": "7.88"}),
    ("Dns", {"monthly_dns_queries": 15_000_000}, {"Defender for DNS": "10.50"}),
    ("KeyVaults", {"monthly_key_vaults": 13}, {"Defender for Key Vault": "3.23"}),
    ("KubernetesService", {"monthly_kubernetes_cores": 16}, {"Defender for Kubernetes": "31.30"}),
    ("StorageAccounts", {"monthly_storage_accounts": 11}, {"Defender for Storage": "107.60"}),
    (
        "OpenSourceRelationalDatabases",
        {"monthly_mysql_instances": 6, "monthly_postgresql_instances": 7, "monthly_mariadb_instances": 8},
        {"Defender for MySQL": "90.00", "Defender for PostgreSQL": "105.00", "Defender for MariaDB": "117.97"},
    ),
    (
        "SqlServers",
        {"monthly_sql_azure_connected_instances": 4, "monthly_sql_outside_azure_vcores": 5},
        {"Defender for SQL, Azure-connected": "60.00", "Defender for SQL, outside Azure": "54.75"},
    ),
    (
        "VirtualMachines",
        {"monthly_servers_plan_1_nodes": 1, "monthly_servers_plan_2_nodes": 2},
        {"Defender for Servers, plan 1": "4.91", "Defender for Servers, plan 2": "29.20"},
    ),
)
EXAMPLES = tuple(Example(_PLAN, {"tier": "Standard", "resource_type": kind}, usage) for kind, usage, _ in _CASES)


@pytest.mark.parametrize(("kind", "usage", "expected"), _CASES, ids=[kind for kind, _, _ in _CASES])
def test_a_plan_is_billed_by_what_it_protects(
    cost_lines: CostLines, kind: str, usage: dict[str, int], expected: dict[str, str]
) -> None:
    lines = cost_lines(_PLAN, {"tier": "Standard", "resource_type": kind}, usage, region=None)
    assert lines == {name: Decimal(cost) for name, cost in expected.items()}


def test_the_default_is_servers_and_free_plans_cost_nothing(cost_lines: CostLines) -> None:
    assert list(cost_lines(_PLAN, {"tier": "Standard"})) == [
        "Defender for Servers, plan 1",
        "Defender for Servers, plan 2",
    ]
    assert cost_lines(_PLAN, {"tier": "Standard", "subplan": "P2"}) == {"Defender for Servers, plan 2": "usage"}
    assert cost_lines(_PLAN, {"tier": "Free", "resource_type": "Arm"}) == {}
    assert cost_lines(_PLAN, {"tier": "Free", "resource_type": "CloudPosture"}) == {}


@pytest.mark.parametrize("kind", ["CloudPosture", "Api", "AI"])
def test_a_plan_without_a_price_is_unpriced_not_free(cost_lines: CostLines, kind: str) -> None:
    assert list(cost_lines(_PLAN, {"tier": "Standard", "resource_type": kind})) == ["price_not_found"]
