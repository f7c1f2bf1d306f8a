"""Microsoft Defender for Cloud plans. Source: "Microsoft Defender for Cloud pricing": one price in all regions.

A plan is switched on for a subscription and billed by what it protects there, which only the use tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


class _Line(NamedTuple):
    """A line of a plan: ``unit`` is hours where each protected thing is billed by the hour; ``per`` things are one."""

    name: str
    usage_key: str
    path: str
    unit: str = "hours"
    per: int = 1


_DEFAULT = "virtualmachines"
_SQL = (
    _Line("Defender for SQL, Azure-connected", "monthly_sql_azure_connected_instances", "sql/standard/node", "months"),
    _Line("Defender for SQL, outside Azure", "monthly_sql_outside_azure_vcores", "sql/standard/vcore"),
)
_PLANS: dict[str, tuple[_Line, ...]] = {
    "appservices": (_Line("Defender for App Service", "monthly_app_service_nodes", "app_service/standard/node"),),
    "arm": (_Line("Defender for Resource Manager", "monthly_arm_subscriptions", "resource_manager/per_node_std/node"),),
    "containerregistry": (
        _Line(
            "Defender for container registries",
            "monthly_container_registry_images",
            "container_registry/standard/images",
            "images",
        ),
    ),
    "containers": (_Line("Defender for Containers", "monthly_containers_vcores", "containers/standard/vcore"),),
    "cosmosdbs": (
        _Line(
            "Defender for Cosmos DB (100 RU/s)",
            "cosmosdb_request_units",
            "cosmos_db/standard/100_ru_per_second",
            per=100,
        ),
    ),
    "dns": (_Line("Defender for DNS", "monthly_dns_queries", "dns/standard/queries", "queries"),),
    "keyvaults": (_Line("Defender for Key Vault", "monthly_key_vaults", "key_vault/standard/vault"),),
    "kubernetesservice": (_Line("Defender for Kubernetes", "monthly_kubernetes_cores", "kubernetes/standard/vcore"),),
    "opensourcerelationaldatabases": (
        _Line("Defender for MySQL", "monthly_mysql_instances", "mysql/standard/node", "months"),
        _Line("Defender for PostgreSQL", "monthly_postgresql_instances", "postgresql/standard/node", "months"),
        _Line("Defender for MariaDB", "monthly_mariadb_instances", "mariadb/standard/node"),
    ),
    "sqlservers": _SQL,
    "sqlservervirtualmachines": _SQL,
    "storageaccounts": (_Line("Defender for Storage", "monthly_storage_accounts", "storage/standard/node"),),
    "virtualmachines": (
        _Line("Defender for Servers, plan 1", "monthly_servers_plan_1_nodes", "servers/standard_p1/node"),
        _Line("Defender for Servers, plan 2", "monthly_servers_plan_2_nodes", "servers/standard_p2/node"),
    ),
}
"""The lines of each plan by ``resource_type``. The price list has none of the newer plans (CloudPosture, Api, AI)."""

_SUBPLANS = {"p1": "monthly_servers_plan_1_nodes", "p2": "monthly_servers_plan_2_nodes"}


def plan(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield what the plan protects; the tier Free costs nothing."""
    attributes = resource.attributes
    if (attributes.text("tier") or "Free").lower() == "free":
        return
    kind = (attributes.text("resource_type") or _DEFAULT).lower()
    only = _SUBPLANS.get((attributes.text("subplan") or "").lower()) if kind == _DEFAULT else None
    if kind not in _PLANS:
        yield Unpriced("price_not_found", f"the plan {kind} has no price here; its tier Standard is not free")
        return
    for line in _PLANS[kind]:
        if only in {None, line.usage_key}:
            key = PriceKey(f"azure/defender_for_cloud/{line.path}", None)
            amount = usage.quantity(line.usage_key) / line.per
            yield Component(line.name, usage.hours * amount if line.unit == "hours" else amount, line.unit, key)


_PROTECTED = {
    "monthly_servers_plan_1_nodes": "Servers with plan 1",
    "monthly_servers_plan_2_nodes": "Servers with plan 2",
    "monthly_app_service_nodes": "Instances of App Service plans",
    "monthly_arm_subscriptions": "Subscriptions",
    "monthly_container_registry_images": "Images scanned a month",
    "monthly_containers_vcores": "vCores of container hosts",
    "cosmosdb_request_units": "Provisioned RU/s of Cosmos DB",
    "monthly_dns_queries": "DNS queries a month",
    "monthly_key_vaults": "Key vaults",
    "monthly_kubernetes_cores": "vCores of cluster nodes",
    "monthly_mysql_instances": "MySQL servers",
    "monthly_postgresql_instances": "PostgreSQL servers",
    "monthly_mariadb_instances": "MariaDB servers",
    "monthly_sql_azure_connected_instances": "SQL servers in Azure or connected to it",
    "monthly_sql_outside_azure_vcores": "vCores of SQL servers outside of Azure",
    "monthly_storage_accounts": "Storage accounts",
}

TYPES = (
    ResourceType(
        "azurerm_security_center_subscription_pricing",
        "security",
        plan,
        usage_keys=tuple(UsageKey(name, f"{what} that the plan protects") for name, what in _PROTECTED.items()),
    ),
)
