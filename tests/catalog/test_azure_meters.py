"""Azure's meters: their paths, base units and tiers. The items are shaped as the Retail Prices API gives them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tollbar.catalog.azure_meters import ListedPrice, Meter, MeterName, catalog_region, listed_prices, meter_names
from tollbar.errors import CatalogError
from tollbar.price import Price, PriceKey, Tier


def _paths(meter: Meter, region: str = "eastus") -> list[str]:
    return [name.path for name in meter_names(meter, region)]


@pytest.mark.parametrize(
    ("service", "product", "sku", "meter", "path"),
    [
        (
            "Azure Firewall",
            "Azure Firewall",
            "Premium",
            "Premium Data Processed",
            "azure/firewall/premium/data_processed",
        ),
        ("API Management", "API Management", "Basic v2", "Basic v2 Unit", "azure/api_management/basic_v2/unit"),
        ("VPN Gateway", "VPN Gateway", "VpnGw1", "VpnGw1", "azure/vpn_gateway/vpngw1"),
        ("VPN Gateway", "VPN Gateway", "VpnGw1", "S2S Connection", "azure/vpn_gateway/vpngw1/s2s_connection"),
        ("Backup", "Backup", "Standard", "Standard RA-GRS Data Stored", "azure/backup/standard/ragrs_data_stored"),
        (
            "Azure Database for PostgreSQL",
            "Azure Database for PostgreSQL Flexible Server Backup Storage",
            "Backup Storage LRS",
            "Backup Storage LRS Data Stored",
            "azure/postgresql/flexible_server_backup_storage/backup_storage_lrs/data_stored",
        ),
    ],
)
def test_a_meter_is_named_by_service_product_sku_and_meter(
    service: str, product: str, sku: str, meter: str, path: str
) -> None:
    assert _paths(Meter(service, product, sku, meter, "1 Hour")) == [path]


@pytest.mark.parametrize(
    ("service", "product", "sku", "meter", "unit", "path"),
    [
        (
            "Storage",
            "General Block Blob v2",
            "Hot LRS",
            "Hot LRS Data Stored",
            "1 GB/Month",
            "storage/blob/hot/lrs/data_stored",
        ),
        (
            "Storage",
            "General Block Blob v2",
            "Hot RA-GRS",
            "Hot Read Operations",
            "10K",
            "storage/blob/hot/ragrs/read_operations",
        ),
        (
            "Storage",
            "Files v2",
            "Standard LRS",
            "LRS Data Stored",
            "1 GB/Month",
            "storage/files/transaction_optimized/lrs/data_stored",
        ),
        (
            "Storage",
            "Premium SSD Managed Disks",
            "P10 LRS",
            "P10 LRS Disk",
            "1/Month",
            "managed_disk/premium_ssd/lrs/p10",
        ),
        (
            "Storage",
            "Standard SSD Managed Disks",
            "E10 ZRS",
            "E10 ZRS Disk Operations",
            "10K",
            "managed_disk/operations/standard_ssd/zrs",
        ),
        (
            "Virtual Network",
            "IP Addresses",
            "Standard",
            "Standard IPv4 Static Public IP",
            "1 Hour",
            "public_ip/ipv4/static/standard",
        ),
        ("NAT Gateway", "NAT Gateway", "Standard", "Standard Gateway", "1 Hour", "nat_gateway/hours"),
        (
            "Load Balancer",
            "Load Balancer",
            "Standard",
            "Standard Included LB Rules and Outbound Rules",
            "1 Hour",
            "load_balancer/standard/included_rules",
        ),
        (
            "Bandwidth",
            "Rtn Preference: MGN",
            "Standard",
            "Standard Data Transfer Out",
            "1 GB",
            "bandwidth/internet_egress",
        ),
        (
            "Bandwidth",
            "Bandwidth - Routing Preference: Internet",
            "Standard",
            "Standard Data Transfer Out",
            "1 GB",
            "bandwidth/internet_egress/internet_routing",
        ),
        (
            "Virtual Network",
            "Virtual Network Private Link",
            "Standard",
            "Standard Data Processed - Ingress",
            "1 GB",
            "private_link/data_processed_ingress",
        ),
        (
            "Azure Cognitive Search",
            "Azure AI Search",
            "Standard S1",
            "Standard S1 Unit",
            "1 Hour",
            "ai_search/standard_s1/unit",
        ),
        (
            "Microsoft Defender for Cloud",
            "Microsoft Defender for Servers",
            "Standard P2",
            "Standard P2 Node",
            "1/Hour",
            "defender_for_cloud/servers/standard_p2/node",
        ),
        (
            "Azure App Service",
            "Azure App Service Premium v3 Plan - Linux",
            "P1 v3",
            "P1 v3 App",
            "1 Hour",
            "app_service/linux/p1v3",
        ),
        ("Azure App Service", "Azure App Service Basic Plan", "B1", "B1 App", "1 Hour", "app_service/windows/b1"),
        (
            "Azure Kubernetes Service",
            "Azure Kubernetes Service",
            "Standard",
            "Standard Uptime SLA",
            "1 Hour",
            "aks/standard/uptime_sla",
        ),
        (
            "SQL Database",
            "SQL Database Single/Elastic Pool General Purpose - Compute Gen5",
            "vCore",
            "vCore",
            "1 Hour",
            "sql_database/gp_gen5/vcore",
        ),
        (
            "SQL Database",
            "SQL Database Single/Elastic Pool General Purpose - Compute Gen5",
            "2 vCore",
            "vCore",
            "1 Hour",
            "sql_database/gp_gen5/2_vcore",
        ),
        ("SQL Database", "SQL Database Single Standard", "S4", "10 DTUs", "1/Day", "sql_database/dtu/s4"),
        (
            "Azure Database for MySQL",
            "Azure Database for MySQL Flexible Server Burstable BS Series Compute",
            "Standard_B2ms2",
            "B2MS",
            "1 Hour",
            "mysql/flexible_server/burstable/b2ms",
        ),
    ],
)
def test_what_people_ask_for_has_a_second_path(
    service: str, product: str, sku: str, meter: str, unit: str, path: str
) -> None:
    assert _paths(Meter(service, product, sku, meter, unit))[1:] == [f"azure/{path}"]


def test_a_front_door_zone_stands_in_the_path_and_its_prices_hold_everywhere() -> None:
    meter = Meter("Azure Front Door Service", "Azure Front Door", "Standard", "Standard Base Fees", "1/Month")
    classic = Meter("Azure Front Door Service", "Azure Front Door Service", "Standard", "Standard Policy", "1/Month")
    assert _paths(meter, "Zone 1") == ["azure/front_door/zone_1/standard/base_fees"]
    assert _paths(classic, "Zone 1") == ["azure/front_door/zone_1/classic/standard/policy"]
    circuit = Meter(
        "ExpressRoute", "ExpressRoute", "50 Mbps Metered Data", "Standard Metered Data 50 Mbps Circuit", "1/Month"
    )
    assert _paths(circuit, "Zone 1")[1:] == ["azure/expressroute/circuit/zone_1/standard/metered/50_mbps"]
    assert [catalog_region(region) for region in ("Zone 1", "", "Global", "eastus")] == ["global"] * 3 + ["eastus"]


@pytest.mark.parametrize(
    ("product", "sku", "kind", "path"),
    [
        ("Virtual Machines Dsv5 Series", "D4s v5", "Consumption", "linux/on_demand"),
        ("Virtual Machines Dsv5 Series Windows", "D4s v5", "Consumption", "windows/on_demand"),
        ("Virtual Machines Dsv5 Series", "D4s v5 Spot", "Consumption", "linux/spot"),
        ("Virtual Machines Dsv5 Series", "D4s v5 Low Priority", "Consumption", "linux/low_priority"),
        ("Virtual Machines Dsv5 Series", "D4s v5", "Reservation", "linux/reserved/3_years"),
    ],
)
def test_virtual_machines_have_the_paths_of_the_estimators(product: str, sku: str, kind: str, path: str) -> None:
    meter = Meter("Virtual Machines", product, sku, sku, "1 Hour", "Standard_D4s_v5", kind, "3 Years")
    assert _paths(meter) == [f"azure/virtual_machines/{path}/standard_d4s_v5"]


def test_prices_for_development_and_test_are_nobodys_list_price() -> None:
    assert meter_names(Meter("Virtual Machines", "P", "S", "M", "1 Hour", type="DevTestConsumption")) == ()


@pytest.mark.parametrize(
    ("unit", "meter", "expected", "per"),
    [
        ("1 Hour", "Gateway", "hours", 1),
        ("1/Hour", "Standard Overage LB Rules", "hours", 1),
        ("100 Hours", "WCF Relay", "hours", 100),
        ("1/Day", "S0 DTUs", "days", 1),
        ("1 GB/Month", "Data Stored", "GB-months", 1),
        ("1 GiB/Hour", "HDD LRS Provisioned Storage", "GiB-months", Fraction(1, 730)),
        ("1/Hour", "Premium LRS Provisioned IOPS", "IOPS-months", Fraction(1, 730)),
        ("1/Month", "SSD v2 IOPS Provisioned IOPS", "IOPS-months", 1),
        ("1/Hour", "Ultra LRS Provisioned Throughput (MBps)", "MBps-months", Fraction(1, 730)),
        ("1/Hour", "SSD LRS Provisioned Throughput MiBPS", "MiBps-months", Fraction(1, 730)),
        ("10K", "Hot LRS Write Operations", "operations", 10_000),
        ("10", "Standard Total Executions", "executions", 10),
        ("1 GB Second", "Standard Execution Time", "GB-seconds", 1),
        ("100 GB Seconds", "Memory Duration", "GB-seconds", 100),
        ("1 Second", "Standard vCPU Active Usage", "vCPU-seconds", 1),
        ("1 Hour", "Standard vCPU Duration", "vCPU-hours", 1),
        ("1 GiB Second", "Standard Memory Active Usage", "GiB-seconds", 1),
        ("1M/Month", "Standard Default Request", "requests", 1_000_000),
        ("10K/Month", "Index Tags", "tags", 10_000),
        ("10M", "Prometheus Metrics Queries Metric samples", "samples", 10_000_000),
        ("1K", "gpt 4o Inp Tokens", "tokens", 1_000),
        ("1", "Standard Device Handling", "units", 1),
    ],
)
def test_a_unit_of_measure_holds_so_many_base_units(unit: str, meter: str, expected: str, per: Fraction) -> None:
    (name,) = meter_names(Meter("Service", "Product", "Sku", meter, unit))
    assert (name.unit, name.per) == (expected, per)


def test_an_unknown_unit_is_named_and_not_guessed() -> None:
    with pytest.raises(CatalogError, match=r"'1 Furlong' of the meter 'Distance'"):
        meter_names(Meter("Service", "Product", "Sku", "Distance", "1 Furlong"))


def test_a_price_per_hour_of_what_exists_all_month_is_that_of_a_month_of_730_hours() -> None:
    name = MeterName("azure/x", "GiB-months", Fraction(1, 730))
    assert name.unit_price(Decimal("0.000110")) == Decimal("0.0803")
    assert name.tier_start(Decimal(3000)) == 3000


def test_an_hours_share_of_a_term_that_does_not_end_has_twelve_decimals() -> None:
    assert MeterName("azure/x", "hours", Fraction(8760)).unit_price(Decimal(519)) == Decimal("0.059246575342")


def test_a_reservation_is_priced_for_its_whole_term() -> None:
    meter = Meter("Redis Cache", "Azure Redis Cache Premium", "P1", "P1 Cache", "1 Hour", "P1", "Reservation", "1 Year")
    (name,) = meter_names(meter)
    assert name == MeterName("azure/redis_cache/premium/p1/cache/reserved/1_year", "hours", Fraction(8760))
    assert name.unit_price(Decimal(4380)) == Decimal("0.5")


def test_a_reservation_of_an_unknown_term_is_refused() -> None:
    with pytest.raises(CatalogError, match="'2 Years' of Azure Redis Cache"):
        meter_names(Meter("Redis Cache", "Azure Redis Cache", "P1", "P1", "1 Hour", type="Reservation", term="2 Years"))


def test_items_of_one_meter_become_tiers_in_base_units() -> None:
    meter = Meter("Functions", "Functions", "Standard", "Standard Total Executions", "10")
    listed = [
        ListedPrice(meter, "eastus", Decimal("0.000002"), Decimal(100_000)),
        ListedPrice(meter, "eastus", Decimal(0)),
    ]
    paid = Decimal("0.0000002")
    tiers_by_path = {
        "azure/functions/standard/total_executions": (Tier(Decimal(0), Decimal(0)), Tier(Decimal(1_000_000), paid)),
        "azure/functions/consumption/total_executions": (Tier(Decimal(0), paid),),
    }
    assert list(listed_prices(listed, "list", "2026-08-15", "A")) == [
        Price(PriceKey(path, "eastus"), "executions", tiers, "list", "2026-08-15", "A")
        for path, tiers in tiers_by_path.items()
    ]


def test_what_costs_nothing_or_has_no_first_tier_is_left_out() -> None:
    free = Meter("Key Vault", "Key Vault", "Free", "Free Operations", "10K")
    late = Meter("Key Vault", "Key Vault", "Late", "Late Operations", "10K")
    listed = [ListedPrice(free, "eastus", Decimal(0)), ListedPrice(late, "eastus", Decimal(1), Decimal(5))]
    assert list(listed_prices(listed, "list", "2026-08-15", "A")) == []


def test_what_is_sold_by_the_hour_and_by_the_month_is_kept_by_the_hour() -> None:
    hourly = Meter("Service Bus", "Service Bus", "Standard", "Standard Base Unit", "1/Hour")
    monthly = Meter("Service Bus", "Service Bus", "Standard", "Standard Base Unit", "1/Month")
    listed = [ListedPrice(monthly, "eastus", Decimal(10)), ListedPrice(hourly, "eastus", Decimal("0.0135"))]
    (price,) = listed_prices(listed, "list", "2026-08-15", "A")
    assert (price.unit, price.tiers) == ("hours", (Tier(Decimal(0), Decimal("0.0135")),))


def test_of_two_prices_of_one_name_the_higher_counts() -> None:
    meter = Meter("Service Bus", "Service Bus", "Premium", "Premium Messaging Unit", "1/Hour")
    listed = [ListedPrice(meter, "eastus", Decimal(price)) for price in ("0.92", "0.93", "0.91")]
    (price,) = listed_prices(listed, "list", "2026-08-15", "A")
    assert price.tiers == (Tier(Decimal(0), Decimal("0.93")),)
