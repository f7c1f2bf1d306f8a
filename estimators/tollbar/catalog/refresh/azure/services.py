"""The services that can be read: what the API calls them, and what reads their items.

The names of the API are told apart by case; those here were seen in its answers (source tables of
2026-08, and public programs that ask for them).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.azure import meters, virtual_machines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tollbar.catalog.refresh.azure.item import Item
    from tollbar.catalog.refresh.azure.offer import Offer


@dataclass(frozen=True, slots=True)
class Service:
    """A service of ours: all of a service of the API, or ``only`` some products of it, or all ``without`` some.

    ``is_global`` where all of it is sold at one price everywhere, or at one in each zone of regions.
    """

    service_name: str
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = field(default=(), kw_only=True)
    is_global: bool = field(default=False, kw_only=True)
    offers: Callable[[Item], Iterable[Offer]] = field(default=meters.offers, kw_only=True)

    @property
    def condition(self) -> str:
        """The OData condition that keeps its items: at most 20 comparisons are allowed, and 2,000 characters."""
        products = " or ".join(f"productName eq '{product}'" for product in self.only)
        named = f"serviceName eq '{self.service_name}'"
        return f"{named} and ({products})" if products else named

    def holds(self, item: Item) -> bool:
        """Return whether an item that meets the condition belongs to this service."""
        return item.product not in self.without


_DISKS = (
    "Premium SSD Managed Disks",
    "Standard SSD Managed Disks",
    "Standard HDD Managed Disks",
    "Ultra Disks",
    "Azure Premium SSD v2",
)
_ADDRESSES = ("IP Addresses", "Public IP Prefix")
_PRIVATE_LINK = ("Virtual Network Private Link",)

SERVICES: dict[str, Service] = {
    "ai_search": Service("Azure Cognitive Search"),
    "aks": Service("Azure Kubernetes Service"),
    "api_management": Service("API Management"),
    "app_configuration": Service("App Configuration"),
    "app_service": Service("Azure App Service"),
    "application_gateway": Service("Application Gateway"),
    "application_insights": Service("Application Insights"),
    "automation": Service("Automation"),
    "backup": Service("Backup"),
    "bandwidth": Service("Bandwidth"),
    "bastion": Service("Azure Bastion"),
    "cdn": Service("Content Delivery Network", is_global=True),
    "container_apps": Service("Azure Container Apps"),
    "container_instances": Service("Container Instances"),
    "container_registry": Service("Container Registry"),
    "cosmos_db": Service("Azure Cosmos DB"),
    "data_factory": Service("Azure Data Factory v2"),
    "databricks": Service("Azure Databricks"),
    "ddos_protection": Service("Azure DDOS Protection"),
    "defender_for_cloud": Service("Microsoft Defender for Cloud"),
    "dns": Service("Azure DNS", is_global=True),
    "event_grid": Service("Event Grid"),
    "event_hubs": Service("Event Hubs"),
    "expressroute": Service("ExpressRoute"),
    "fabric": Service("Microsoft Fabric"),
    "firewall": Service("Azure Firewall"),
    "foundry_models": Service("Foundry Models"),
    "foundry_tools": Service("Foundry Tools"),
    "front_door": Service("Azure Front Door Service"),
    "functions": Service("Functions"),
    "hdinsight": Service("HDInsight"),
    "iot_hub": Service("IoT Hub"),
    "key_vault": Service("Key Vault"),
    "load_balancer": Service("Load Balancer", is_global=True),
    "log_analytics": Service("Log Analytics"),
    "logic_apps": Service("Logic Apps"),
    "machine_learning": Service("Azure Machine Learning"),
    "managed_disk": Service("Storage", _DISKS),
    "monitor": Service("Azure Monitor"),
    "mysql": Service("Azure Database for MySQL"),
    "nat_gateway": Service("NAT Gateway", is_global=True),
    "netapp_files": Service("Azure NetApp Files"),
    "network_watcher": Service("Network Watcher"),
    "notification_hubs": Service("Notification Hubs"),
    "postgresql": Service("Azure Database for PostgreSQL"),
    "private_link": Service("Virtual Network", _PRIVATE_LINK, is_global=True),
    "public_ip": Service("Virtual Network", _ADDRESSES),
    "redis": Service("Redis Cache"),
    "sentinel": Service("Sentinel"),
    "service_bus": Service("Service Bus"),
    "signalr": Service("SignalR"),
    "sql_database": Service("SQL Database"),
    "sql_managed_instance": Service("SQL Managed Instance"),
    "storage": Service("Storage", without=_DISKS),
    "stream_analytics": Service("Stream Analytics"),
    "synapse_analytics": Service("Azure Synapse Analytics"),
    "traffic_manager": Service("Traffic Manager", is_global=True),
    "virtual_machines": Service("Virtual Machines", offers=virtual_machines.offers),
    "virtual_network": Service("Virtual Network", without=(*_ADDRESSES, *_PRIVATE_LINK)),
    "vpn_gateway": Service("VPN Gateway"),
}
"""By the name that ``--service`` takes: the second part of its paths, where that is one word for it."""
