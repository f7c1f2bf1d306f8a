"""Azure services where the retail price list's regions end: East US above all, from the peer's test suite (trust C).

Taken are only rows whose unit price follows well from the tested cost. A price per month of 730 hours
goes back to the hour it is sold by.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tollbar.catalog.build.source_tables import by_service
from tollbar.money import HOURS_PER_MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from tollbar.catalog.build.source_tables import SourceTables, TestSuitePrice
    from tollbar.price import Price

_IMPRECISE = frozenset({"low", "zero"})
_SERVER_OF_VCORES = re.compile(r"(azure/(?:postgresql|mysql|mariadb)/(?:flexible|single)_server/\w+)/(\d+)_vcore")
"""Database servers whose price is that of one vCore times their number."""


class _Rule(NamedTuple):
    """Rows of a resource type (without ``azurerm_``) by their component, and the path, unit and size of theirs.

    ``only`` is a pattern that the row's selecting attributes must hold.
    """

    resource_type: str
    component: str
    path: str
    unit: str
    per: Decimal | int = 1
    only: str = ""


_RULES = (
    _Rule(
        "api_management",
        r"API management \((basic|developer|premium|standard)\)",
        r"api_management/\1/unit",
        "hours",
        HOURS_PER_MONTH,
    ),
    _Rule("api_management", r"Self hosted gateway", "api_management/gateway/unit", "hours", HOURS_PER_MONTH),
    _Rule("app_configuration", r"Instance", "app_configuration/standard/instance", "days"),
    _Rule(
        "app_configuration", r"Requests .*", "app_configuration/standard/requests_over_200k_a_day", "requests", 10_000
    ),
    _Rule(
        "application_gateway", r"Gateway usage \(WAF v2\)", "application_gateway/waf_v2/standard/fixed_cost", "hours"
    ),
    _Rule(
        "application_gateway",
        r"Gateway usage \(basic v2\)",
        "application_gateway/standard_v2/standard/fixed_cost",
        "hours",
    ),
    _Rule(
        "application_gateway",
        r"V2 capacity units \(WAF\)",
        "application_gateway/waf_v2/standard/capacity_units",
        "hours",
    ),
    _Rule(
        "application_gateway",
        r"V2 capacity units \(basic\)",
        "application_gateway/standard_v2/standard/capacity_units",
        "hours",
    ),
    _Rule("application_insights", r"Data ingested", "application_insights/data_ingested", "GB"),
    _Rule("automation_account", r"Job run time", "automation/process/job_run_time", "minutes"),
    _Rule("automation_account", r"Non-azure config nodes", "automation/configuration/non_azure_node", "months"),
    _Rule("service_plan", r"Instance usage \((\w+)\)", r"app_service/linux/\1", "hours", only="os_type=Linux"),
    _Rule("service_plan", r"Instance usage \((\w+)\)", r"app_service/windows/\1", "hours", only="^(?!.*os_type=Linux)"),
    _Rule(
        "app_service_plan",
        r"Instance usage \((PC\d)\)",
        r"app_service/premium_windows_container_plan/\1/app",
        "hours",
    ),
    _Rule("app_service_plan", r"Instance usage \((P\d)v1\)", r"app_service/windows/\1", "hours"),
    _Rule("app_service_environment", r"Instance usage \((I\d)\)", r"app_service/linux/\1", "hours"),
    _Rule("app_service_environment", r"Stamp fee", "app_service/isolated_plan_linux/stamp/fee", "hours"),
    _Rule("bastion_host", r"Bastion host", "bastion/basic/gateway", "hours"),
    _Rule("search_service", r"Search usage \((Basic), \d+ units?\)", r"ai_search/\1/unit", "hours"),
    _Rule("search_service", r"Search usage \(Standard (S\d), \d+ units?\)", r"ai_search/standard_\1/unit", "hours"),
    _Rule(
        "search_service",
        r"Search usage \(Storage Optimized (L\d), \d+ units?\)",
        r"ai_search/storage_optimized_\1/unit",
        "hours",
    ),
    _Rule("network_ddos_protection_plan", r"DDoS Protection Plan", "ddos_protection/network/plan", "hours"),
    _Rule("dns_zone", r"Hosted zone", "dns/public/zone", "months"),
    _Rule("private_dns_zone", r"Hosted zone", "dns/private/zone", "months"),
    _Rule(
        "private_dns_resolver_dns_forwarding_ruleset", r"Forwarding ruleset", "dns/private_resolver/ruleset", "months"
    ),
    _Rule(
        "private_dns_resolver_(in|out)bound_endpoint",
        r"(In|Out)bound endpoint",
        r"dns/private_resolver/\1bound_endpoint",
        "months",
    ),
    _Rule("data_factory", r"Monitoring operations", "data_factory/monitoring_operations", "operations", 50_000),
    _Rule("data_factory", r"Read/Write operations", "data_factory/read_write_operations", "operations", 50_000),
    _Rule(
        "data_factory_integration_runtime_azure",
        r"Orchestration",
        "data_factory/azure_runtime/orchestration_activity_run",
        "units",
        1_000,
    ),
    _Rule(
        "data_factory_integration_runtime_self_hosted",
        r"Orchestration",
        "data_factory/self_hosted_runtime/orchestration_activity_run",
        "units",
        1_000,
    ),
    _Rule(
        "data_factory_integration_runtime_azure",
        r"Data movement activity",
        "data_factory/azure_runtime/data_movement_diu",
        "hours",
    ),
    _Rule(
        "data_factory_integration_runtime_azure",
        r"Pipeline activity",
        "data_factory/azure_runtime/pipeline_activity",
        "hours",
    ),
    _Rule(
        "data_factory_integration_runtime_self_hosted",
        r"Data movement activity",
        "data_factory/self_hosted_runtime/data_movement",
        "hours",
    ),
    _Rule(
        "data_factory_integration_runtime_self_hosted",
        r"Pipeline activity",
        "data_factory/self_hosted_runtime/pipeline_activity",
        "hours",
    ),
    _Rule(
        "data_factory_integration_runtime_azure",
        r"Compute \((Compute Optimized|General Purpose|Memory Optimized), (\d+) vCores\)",
        r"data_factory/data_flow/\1/\2_vcore",
        "hours",
    ),
    _Rule(
        "data_factory_integration_runtime_azure",
        r"Compute \(General Purpose, 8 vCores\)",
        "data_factory/data_flow/general_purpose/vcore",
        "vCPU-hours",
        8,
    ),
    _Rule(
        "data_factory_integration_runtime_azure",
        r"Compute \(Compute Optimized, 16 vCores\)",
        "data_factory/data_flow/compute_optimized/vcore",
        "vCPU-hours",
        16,
    ),
    _Rule(
        "data_factory_integration_runtime_azure",
        r"Compute \(Memory Optimized, 272 vCores\)",
        "data_factory/data_flow/memory_optimized/vcore",
        "vCPU-hours",
        272,
    ),
    _Rule(
        "data_factory_integration_runtime_managed",
        r"(Pipeline activity|External pipeline activity)",
        r"data_factory/managed_vnet_runtime/\1",
        "hours",
    ),
    _Rule(
        "data_factory_integration_runtime_azure_ssis",
        r"Compute \((\w+ v\d), (Standard|Enterprise), license included\)",
        r"data_factory/ssis/\2/license_included/\1",
        "hours",
    ),
    _Rule(
        "data_factory_integration_runtime_azure_ssis",
        r"Compute \((\w+ v\d), (Standard|Enterprise)\)",
        r"data_factory/ssis/\2/base_price/\1",
        "hours",
    ),
    _Rule(
        "databricks_workspace",
        r"(All-purpose|Jobs|Jobs light) compute DBUs",
        r"databricks/standard/\1_compute_dbu",
        "DBU-hours",
        only="sku=standard",
    ),
    _Rule(
        "databricks_workspace",
        r"(All-purpose|Jobs|Jobs light) compute DBUs",
        r"databricks/premium/\1_compute_dbu",
        "DBU-hours",
        only="sku=premium",
    ),
    _Rule("firewall", r"Deployment \((.+)\)", r"firewall/\1/deployment", "hours"),
    _Rule("firewall", r"Data processed", "firewall/standard/data_processed", "GB"),
    _Rule("kubernetes_cluster", r"Uptime SLA", "aks/standard/uptime_sla", "hours"),
    _Rule(
        "eventhub_namespace",
        r"Capacity \((Basic|Standard)\)",
        r"event_hubs/\1/throughput_unit",
        "hours",
        HOURS_PER_MONTH,
    ),
    _Rule(
        "eventhub_namespace", r"Capacity \(Premium\)", "event_hubs/premium/processing_unit", "hours", HOURS_PER_MONTH
    ),
    _Rule(
        "eventhub_namespace", r"Capacity \(Dedicated\)", "event_hubs/dedicated/capacity_unit", "hours", HOURS_PER_MONTH
    ),
    _Rule("eventhub_namespace", r"Capture", "event_hubs/standard/capture", "hours", HOURS_PER_MONTH),
    _Rule("eventhub_namespace", r"Extended retention", "event_hubs/premium/extended_retention", "GB-months"),
    _Rule(
        "eventhub_namespace",
        r"Ingress event \((Basic|Standard)\)",
        r"event_hubs/\1/ingress_events",
        "events",
        1_000_000,
    ),
    _Rule("linux_function_app", r"vCPU \(EP\d\)", "functions/premium/vcpu_duration", "vCPU-hours", HOURS_PER_MONTH),
    _Rule("linux_function_app", r"Memory \(EP\d\)", "functions/premium/memory_duration", "GiB-hours", HOURS_PER_MONTH),
    _Rule("hdinsight_\\w+_cluster", r"\w+ node \((.+)\)", r"hdinsight/node/\1", "hours"),
    _Rule(
        "hdinsight_kafka_cluster",
        r"Managed OS disks",
        "hdinsight/managed_disk/standard",
        "months",
        only="tier=Standard",
    ),
    _Rule(
        "hdinsight_kafka_cluster", r"Managed OS disks", "hdinsight/managed_disk/premium", "months", only="tier=Premium"
    ),
    _Rule(
        "hdinsight_kafka_cluster", r"Disk operations", "hdinsight/managed_disk/disk_operations", "operations", 100_000
    ),
    _Rule("iothub_dps", r"Device provisioning", "iot_hub/device_provisioning/operations", "operations", 1_000),
    _Rule(
        "key_vault_certificate", r"Certificate renewals", "key_vault/standard/certificate_renewal_request", "requests"
    ),
    _Rule("key_vault_key", r"Secrets operations", "key_vault/standard/operations", "operations", 10_000),
    _Rule("lb", r"Data processed", "load_balancer/standard/data_processed", "GB"),
    _Rule("lb_rule", r"Rule usage", "load_balancer/standard/overage_rule", "hours"),
    _Rule(
        "active_directory_domain_service",
        r"Active directory domain service \((\w+)\)",
        r"entra_domain_services/\1",
        "hours",
    ),
    _Rule("network_watcher_flow_log", r"Network logs collected .*", "network_watcher/flow_logs_collected", "GB"),
    _Rule(
        "network_watcher_flow_log",
        r"Traffic Analytics data processed \((\d+) min interval\)",
        r"network_watcher/traffic_analytics/\1_minutes",
        "GB",
    ),
    _Rule("notification_hub_namespace", r"Namespace usage \((\w+)\)", r"notification_hubs/\1/namespace", "months"),
    _Rule("powerbi_embedded", r"Node usage \((A\d)\)", r"power_bi_embedded/\1/node", "hours"),
    _Rule(
        "managed_redis",
        r"Cache usage \(([A-Z][a-z]+)(Optimized|)_(\w+)\)",
        r"redis_cache/managed_redis_\1_\2/\3/cache_instance",
        "hours",
    ),
    _Rule("redis_cache", r"Cache usage \((Basic)_(\w+)\)", r"redis_cache/\1/\2/cache", "hours", HOURS_PER_MONTH),
    _Rule(
        "redis_cache",
        r"Cache usage \((Standard|Premium)_(\w+)\)",
        r"redis_cache/\1/\2/cache_instance",
        "hours",
        HOURS_PER_MONTH,
    ),
    _Rule(
        "mssql_managed_instance",
        r"Compute \((GP|BC)_GEN5 (\d+) cores\)",
        r"sql_managed_instance/\1_gen5/\2_vcore",
        "hours",
    ),
    _Rule(
        "mssql_managed_instance",
        r"(LTR|PITR) backup storage \((LRS|ZRS)\)",
        r"sql_managed_instance/\1_backup/\2",
        "GB-months",
    ),
    _Rule("virtual_network_gateway", r"VPN gateway \((\w+)\)", r"vpn_gateway/\1", "hours", only="type=Vpn"),
    _Rule(
        "virtual_network_gateway", r"VPN gateway P2S tunnels .*", "vpn_gateway/p2s_connection", "hours", HOURS_PER_MONTH
    ),
    _Rule("virtual_network_gateway_connection", r"VPN gateway \((\w+)\)", r"vpn_gateway/\1/s2s_connection", "hours"),
    _Rule("private_endpoint", r"Private endpoint", "private_link/private_endpoint", "hours"),
    _Rule("express_route_connection", r"ER Connections", "virtual_wan/expressroute/connection", "hours"),
    _Rule(
        "express_route_gateway", r"ER scale units .*", "virtual_wan/expressroute/scale_unit", "hours", HOURS_PER_MONTH
    ),
    _Rule(
        "point_to_site_vpn_gateway", r"P2S scale units .*", "virtual_wan/vpn_p2s/scale_unit", "hours", HOURS_PER_MONTH
    ),
    _Rule("vpn_gateway", r"S2S scale units .*", "virtual_wan/vpn_s2s/scale_unit", "hours", HOURS_PER_MONTH),
    _Rule("vpn_gateway_connection", r"S2S Connections", "virtual_wan/vpn_s2s/connection", "hours"),
    _Rule("virtual_hub", r"Deployment", "virtual_wan/hub/deployment", "hours"),
    _Rule("virtual_hub", r"Data processed", "virtual_wan/hub/data_processed", "GB"),
    _Rule("synapse_sql_pool", r"DWU blocks \((\w+)\)", r"synapse/dedicated_sql_pool/\1", "hours"),
    _Rule("synapse_sql_pool", r"DWU blocks \(DW200c\)", "synapse/dedicated_sql_pool/100_dwus", "hours", 2),
    _Rule("synapse_sql_pool", r"Storage", "synapse/dedicated_sql_pool/storage", "TB-months"),
    _Rule(
        "synapse_sql_pool",
        r"Geo-redundant disaster recovery",
        "synapse/dedicated_sql_pool/geo_redundant_disaster_recovery",
        "TB-months",
    ),
    _Rule("synapse_spark_pool", r"small \(3 nodes\)", "synapse/spark_pool/memory_optimized/vcore", "vCPU-hours"),
    _Rule(
        "synapse_workspace",
        r"Data pipeline (azure|self) hosted activity runs",
        r"synapse/pipelines/\1_hosted/orchestration_activity_run",
        "units",
        1_000,
    ),
    _Rule(
        "synapse_workspace",
        r"Data pipeline azure hosted data integration units",
        "synapse/pipelines/azure_hosted/data_movement_diu",
        "hours",
    ),
    _Rule(
        "synapse_workspace",
        r"Data pipeline self hosted data movement",
        "synapse/pipelines/self_hosted/data_movement",
        "hours",
    ),
    _Rule(
        "synapse_workspace",
        r"Data pipeline azure hosted integration runtime",
        "synapse/pipelines/azure_hosted_managed_vnet/pipeline_activity",
        "hours",
        only="managed_virtual_network_enabled=true",
    ),
    _Rule(
        "synapse_workspace",
        r"Data pipeline azure hosted external integration runtime",
        "synapse/pipelines/azure_hosted_managed_vnet/external_pipeline_activity",
        "hours",
        only="managed_virtual_network_enabled=true",
    ),
    _Rule(
        "synapse_workspace",
        r"Data pipeline (azure|self) hosted integration runtime",
        r"synapse/pipelines/\1_hosted/pipeline_activity",
        "hours",
        only="^(?!.*managed_virtual_network_enabled=true)",
    ),
    _Rule(
        "synapse_workspace",
        r"Data pipeline (azure|self) hosted external integration runtime",
        r"synapse/pipelines/\1_hosted/external_pipeline_activity",
        "hours",
        only="^(?!.*managed_virtual_network_enabled=true)",
    ),
    _Rule("synapse_workspace", r"Serverless SQL pool size", "synapse/serverless_sql_pool/data_processed", "TB"),
    _Rule("synapse_workspace", r"Data flow \((basic|standard)\)", r"synapse/data_flow/\1_vcore", "hours"),
    _Rule(
        "(postgresql|mysql)_flexible_server",
        r"Compute \(B_Standard_(\w+)\)",
        r"{0}/flexible_server/burstable/\1",
        "hours",
    ),
    _Rule(
        "(postgresql|mysql)_flexible_server",
        r"Compute \((GP|MO)_Standard_[DE](\d+)(\w*)_(v\d)\)",
        r"{0}/flexible_server/\1_{1}\3\4/\2_vcore",
        "hours",
    ),
    _Rule("(postgresql|mysql)_flexible_server", r"Storage", "{0}/flexible_server/storage", "GB-months"),
    _Rule(
        "(postgresql|mysql)_flexible_server",
        r"Additional backup storage",
        "{0}/flexible_server_backup_storage/backup_storage_lrs/data_stored",
        "GB-months",
    ),
    _Rule("mysql_flexible_server", r"Additional IOPS", "mysql/flexible_server_storage/additional_iops", "IOPS-months"),
    _Rule(
        "(postgresql|mysql|mariadb)_server",
        r"Additional backup storage",
        "{0}/single_server/backup/grs",
        "GB-months",
        only="geo_redundant_backup_enabled=true",
    ),
    _Rule(
        "(postgresql|mysql|mariadb)_server",
        r"Additional backup storage",
        "{0}/single_server/backup/lrs",
        "GB-months",
        only="geo_redundant_backup_enabled=false",
    ),
    _Rule(
        "(postgresql|mysql|mariadb)_server",
        r"Compute \((B|GP|MO)_Gen5_(\d+)\)",
        r"{0}/single_server/\1_gen5/\2_vcore",
        "hours",
    ),
)


def tables(source: SourceTables) -> dict[str, list[Price]]:
    """Return the prices by table."""
    rows = [row for row in source.test_suite_prices() if row.cloud == "azure" and row.precision not in _IMPRECISE]
    return by_service(price for row in rows for price in _named(row))


def _named(row: TestSuitePrice) -> Iterator[Price]:
    for rule in _RULES:
        kind = re.fullmatch(rule.resource_type, row.resource_type.removeprefix("azurerm_"))
        match = re.fullmatch(rule.component, row.component)
        if kind and match and row.region and row.unit_price and re.search(rule.only, row.selecting_attributes):
            letter = "d" if "_Standard_D" in row.component else "e"
            path = match.expand(rule.path.format(*kind.groups(), letter) if kind.groups() else rule.path)
            named = f"azure/{re.sub(r'[^a-z0-9./]+', '_', path.lower()).replace('_/', '/')}"
            yield row.price(named, rule.unit, rule.per)
            if servers := _SERVER_OF_VCORES.fullmatch(named):
                yield row.price(f"{servers[1]}/1_vcore", rule.unit, rule.per * int(servers[2]))
