"""Second paths of Azure's meters: what estimators and people call them, by their systematic path.

Terraform's own words are used where it has some (``gp_gen5``, ``p1v3``, ``ragrs``), so that an
estimator can ask for what a configuration says.
"""

from __future__ import annotations

import re

_TIERS = r"(hot|cool|cold|archive)"
_REDUNDANCY = r"(lrs|zrs|grs|gzrs|ragrs|ragzrs)"
_REPEATED = r"(?:(?:hot|cool|cold|archive|standard|premium)_)?(?:(?:lrs|zrs|grs|gzrs|ragrs|ragzrs)_)?"
_RULES: tuple[tuple[str, str], ...] = (
    # Managed disks, snapshots, addresses and gateways: the paths of resources/azure.
    (
        r"storage/(premium_ssd|standard_ssd|standard_hdd)_managed_disks/([pes]\d+)_(lrs|zrs)/disk",
        r"managed_disk/\1/\3/\2",
    ),
    (
        r"storage/(premium_ssd)_managed_disks/burst_enablement_(lrs|zrs)/\2_burst_enablement",
        r"managed_disk/\1/\2/burst_enablement",
    ),
    (r"storage/(standard_ssd)_managed_disks/e10_(lrs|zrs)/disk_operations", r"managed_disk/operations/\1/\2"),
    (r"storage/(standard_hdd)_managed_disks/s10_(lrs|zrs)/disk_operations", r"managed_disk/operations/\1/\2"),
    (r"storage/standard_hdd_managed_disks/snapshots_lrs/lrs_snapshots", r"snapshot/standard_hdd/lrs"),
    (r"storage/ultra_disks/ultra_lrs/provisioned_(capacity|iops)", r"managed_disk/ultra_disk/\1"),
    (r"storage/ultra_disks/ultra_lrs/provisioned_throughput_mbps", r"managed_disk/ultra_disk/throughput"),
    (r"storage/ultra_disks/ultra_lrs/reservation_per_vcpu_provisioned", r"managed_disk/ultra_disk/reservation"),
    (r"storage/premium_ssd_v2/premium_lrs/provisioned_(capacity|iops)", r"managed_disk/premium_ssd_v2/\1"),
    (r"storage/premium_ssd_v2/premium_lrs/provisioned_throughput_mbps", r"managed_disk/premium_ssd_v2/throughput"),
    (r"virtual_network/ip_addresses/(basic|standard|global)/ipv4_(static|dynamic)_public_ip", r"public_ip/ipv4/\2/\1"),
    (
        r"virtual_network/public_ip_prefix/(standard|global)/static_(?:ip_addresses|public_ip)",
        r"public_ip_prefix/ipv4/\1",
    ),
    (r"nat_gateway/standard/gateway", r"nat_gateway/hours"),
    (r"nat_gateway/standard/data_processed", r"nat_gateway/data_processed"),
    # Storage accounts, by access tier and redundancy.
    (rf"storage/general_block_blob_v2/{_TIERS}_{_REDUNDANCY}/{_REPEATED}(.+)", r"storage/blob/\1/\2/\3"),
    (rf"storage/premium_block_blob/(premium)_{_REDUNDANCY}/{_REPEATED}(.+)", r"storage/blob/\1/\2/\3"),
    (
        rf"storage/data_lake_storage_gen2_hierarchical_namespace/{_TIERS}_{_REDUNDANCY}/{_REPEATED}(.+)",
        r"storage/data_lake_gen2/\1/\2/\3",
    ),
    (
        rf"storage/premium_adls_gen2_hierarchical_namespace/(premium)_{_REDUNDANCY}/{_REPEATED}(.+)",
        r"storage/data_lake_gen2/\1/\2/\3",
    ),
    (rf"storage/files_v2/(hot|cool)_{_REDUNDANCY}/{_REPEATED}(.+)", r"storage/files/\1/\2/\3"),
    (rf"storage/files_v2/standard_{_REDUNDANCY}/{_REPEATED}(.+)", r"storage/files/transaction_optimized/\1/\2"),
    (rf"storage/premium_files/(premium)_{_REDUNDANCY}/{_REPEATED}(.+)", r"storage/files/\1/\2/\3"),
    (rf"storage/queues_v2/standard_{_REDUNDANCY}/{_REPEATED}(.+)", r"storage/queue/\1/\2"),
    (rf"storage/tables/standard_{_REDUNDANCY}/{_REPEATED}(.+)", r"storage/table/\1/\2"),
    # App Service plans, by system and size.
    (r"app_service/[a-z]+(?:_v\d)?_plan_linux/(?!stamp|front)(\w+?)_?(v\d)?(?:/app)?", r"app_service/linux/\1\2"),
    (r"app_service/[a-z]+(?:_v\d)?_plan/(?!stamp|front)(\w+?)_?(v\d)?(?:/app)?", r"app_service/windows/\1\2"),
    # Databases.
    (r"sql_database/single_standard/(s\d+)/(?:10_)?dtus", r"sql_database/dtu/\1"),
    (r"sql_database/single_premium/(p\d+)/dtu", r"sql_database/dtu/\1"),
    (r"sql_database/single_basic/b/dtu", r"sql_database/dtu/basic"),
    (
        r"sql_database/elastic_pool_(basic|standard|premium)/(\d+)_dtu_pack/edtus",
        r"sql_database/elastic_pool/\1/\2_edtu",
    ),
    (
        r"sql_database/single_elastic_pool_general_purpose_compute_gen5/(?:(\d+)_)?vcore",
        r"sql_database/gp_gen5/\1_vcore",
    ),
    (
        r"sql_database/single_elastic_pool_general_purpose_compute_gen5/(?:(\d+)_)?vcore_zone_redundancy/.*",
        r"sql_database/gp_gen5/zone_redundancy/\1_vcore",
    ),
    (
        r"sql_database/single_elastic_pool_business_critical_compute_gen5/(?:(\d+)_)?vcore",
        r"sql_database/bc_gen5/\1_vcore",
    ),
    (r"sql_database/singledb_elastic_pool_hyperscale_compute_gen5/(?:(\d+)_)?vcore", r"sql_database/hs_gen5/\1_vcore"),
    (r"sql_database/general_purpose_serverless_compute_gen5/1_vcore", r"sql_database/gp_s_gen5/1_vcore"),
    (
        r"sql_database/single_elastic_pool_general_purpose_storage/general_purpose/data_stored",
        r"sql_database/gp/storage",
    ),
    (
        r"sql_database/single_elastic_pool_business_critical_storage/business_critical/data_stored",
        r"sql_database/bc/storage",
    ),
    (r"sql_database/singledb_hyperscale_storage/hyperscale/data_stored", r"sql_database/hs/storage"),
    (
        r"(postgresql|mysql)/flexible_server_burstable_bs_series_compute/(?:standard_)?(b\d+m?s)2?(?:/.*)?",
        r"\1/flexible_server/burstable/\2",
    ),
    (
        r"(postgresql|mysql)/flexible_server_general_purpose_(\w+)_series_compute/(?:(\d+)_)?vcore",
        r"\1/flexible_server/gp_\2/\3_vcore",
    ),
    (
        r"(postgresql|mysql)/flexible_server_memory_optimized_(\w+)_series_compute/(?:(\d+)_)?vcore",
        r"\1/flexible_server/mo_\2/\3_vcore",
    ),
    (r"(postgresql|mysql)/flexible_server_storage/storage/data_stored", r"\1/flexible_server/storage"),
    # The products of MySQL that name no series are those of the v4 sizes; E_ds_v5 is sold by the size.
    (r"mysql/flexible_server_general_purpose_series_compute/1_vcore", r"mysql/flexible_server/gp_ddsv4/1_vcore"),
    (r"mysql/flexible_server_memory_optimized_series_compute/1_vcore", r"mysql/flexible_server/mo_edsv4/1_vcore"),
    (
        r"mysql/flexible_server_memory_optimized_edsv5_series_compute/standard_e\d+i?d_v5/(\d+)_vcore",
        r"mysql/flexible_server/mo_edsv5/\1_vcore",
    ),
    (r"(postgresql|mysql)/single_server_basic_compute_(gen\d)/1_vcore", r"\1/single_server/b_\2/1_vcore"),
    (r"(postgresql|mysql)/single_server_general_purpose_compute_(gen\d)/1_vcore", r"\1/single_server/gp_\2/1_vcore"),
    (r"(postgresql|mysql)/single_server_memory_optimized_compute_(gen\d)/1_vcore", r"\1/single_server/mo_\2/1_vcore"),
    (
        r"(postgresql|mysql)/single_server_(?:basic|general_purpose)_storage/(basic|general_purpose)/data_stored",
        r"\1/single_server/storage/\2",
    ),
    (r"(postgresql|mysql)/single_server_backup_storage/backup_(lrs|grs)/data_stored", r"\1/single_server/backup/\2"),
    (r"sql_managed_instance/general_purpose_compute_gen5/(?:(\d+)_)?vcore", r"sql_managed_instance/gp_gen5/\1_vcore"),
    (
        r"sql_managed_instance/business_critical_compute_gen5/(?:(\d+)_)?vcore",
        r"sql_managed_instance/bc_gen5/\1_vcore",
    ),
    (
        r"sql_managed_instance/(?:general_purpose|business_critical)_storage/(general_purpose|business_critical)/data_stored",
        r"sql_managed_instance/storage/\1",
    ),
    (r"cosmos_db/rus/100_ru_s", r"cosmos_db/provisioned_throughput/100_ru_per_second"),
    (r"cosmos_db/autoscale/ap1/100_rus", r"cosmos_db/autoscale_throughput/100_ru_per_second"),
    (r"cosmos_db/rus/data_stored", r"cosmos_db/storage"),
    (r"cosmos_db/serverless/rus/1m_rus", r"cosmos_db/serverless/request_units"),
    # Services that are known by another name.
    (r"kubernetes_service/(.+)", r"aks/\1"),
    (r"functions/standard/(.+)", r"functions/consumption/\1"),
    (r"functions/premium_functions/premium/(.+)", r"functions/premium/\1"),
    (r"log_analytics/analytics_logs/data_ingestion", r"log_analytics/ingestion"),
    (r"log_analytics/analytics_logs/data_retention", r"log_analytics/retention"),
    (
        r"virtual_network/global_virtual_network_peering/(?:inter_region/)?(egress|ingress|inter_region_egress|inter_region_ingress)",
        r"virtual_network/global_peering/\1",
    ),
    (r"container_instances/standard/(.+)", r"container_instances/linux/\1"),
    (r"load_balancer/standard/included_lb_rules_and_outbound_rules", r"load_balancer/standard/included_rules"),
    (r"load_balancer/standard/overage_lb_rules_and_outbound_rules", r"load_balancer/standard/overage_rule"),
    (r"bandwidth/rtn_preference_mgn/standard/data_transfer_out", r"bandwidth/internet_egress"),
    (
        r"bandwidth/routing_preference_internet/standard/data_transfer_out",
        r"bandwidth/internet_egress/internet_routing",
    ),
    (r"bandwidth/rtn_preference_mgn/standard/inter_region_data_transfer", r"bandwidth/inter_region"),
    (
        r"virtual_network/private_link/standard/(private_endpoint|data_processed_ingress|data_processed_egress)",
        r"private_link/\1",
    ),
    (r"virtual_network/peering/intra_region/(ingress|egress)", r"virtual_network/peering/\1"),
    (
        r"expressroute/(zone_\d)/(\w+)_(metered|unlimited)_data/(standard|premium|local)_\3_data_\2_circuit",
        r"expressroute/circuit/\1/\4/\3/\2",
    ),
    (r"cognitive_search/ai_search/(.+)", r"ai_search/\1"),
    (r"(?:foundry_tools|cognitive_services)/(.+)", r"ai_services/\1"),
    (r"microsoft_defender_for_cloud/microsoft_defender_for_(.+)", r"defender_for_cloud/\1"),
    (r"sql_database/single_elastic_pool_general_purpose_sql_license/vcore", r"sql_database/gp_gen5/sql_license_vcore"),
    (
        r"sql_database/single_elastic_pool_business_critical_sql_license/vcore",
        r"sql_database/bc_gen5/sql_license_vcore",
    ),
)
_BEYOND_WHAT_IS_FREE = re.compile(
    r"azure/(?:managed_disk/premium_ssd_v2/(?:iops|throughput)"
    r"|functions/(?:consumption|flex_consumption/on_demand)/(?:execution_time|total_executions)"
    r"|api_management/consumption/calls|event_grid/standard/operations|log_analytics/ingestion"
    r"|monitor/(?:alerts/metric_monitored|emails|notifications/\w+|sms_\w+/notification|voice_calls/\w+))"
)
"""Paths under which only what goes beyond the free amount is counted: their first tier is the paid one.

Either the estimator takes the free amount off (it depends on the disk), or a whole subscription shares it, so that
it is no resource's."""
_COMPILED = [(re.compile(pattern), template) for pattern, template in _RULES]


def is_beyond_what_is_free(path: str) -> bool:
    """Whether a path counts only what goes beyond the free amount."""
    return _BEYOND_WHAT_IS_FREE.fullmatch(path) is not None


def readable_path(systematic: str) -> str | None:
    """Return the second path of a meter, None where its systematic one is good enough."""
    path = systematic.removeprefix("azure/")
    for pattern, template in _COMPILED:
        if match := pattern.fullmatch(path):
            return "azure/" + match.expand(template).replace("/_", "/")
    return None
