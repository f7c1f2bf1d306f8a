"""The builders of Azure's tables, over source tables of a few rows."""

from __future__ import annotations

import csv
import gzip
import json
from typing import TYPE_CHECKING

from tollbar.catalog.build import __main__ as build_command
from tollbar.catalog.build import (
    azure_bandwidth,
    azure_openai,
    azure_retail_prices,
    azure_test_suite,
    azure_vendor_pages,
    azure_virtual_machines,
)
from tollbar.catalog.build.source_tables import SourceTables, by_service
from tollbar.catalog.table import format_tiers
from tollbar.units import unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tollbar.price import Price

_ROW = {
    "cloud": "azure", "service": "", "region": "eastus2", "sku_key": "", "attributes": "{}", "unit": "1 Hour",
    "price_usd": "1", "purchase_option": "on_demand", "as_of": "2026-08-15", "source": "owner/list@1a2b3c:file.json",
    "licence": "MIT", "trust": "A", "vendor_sku": "", "tier_start": "", "tier_end": "",
}  # fmt: skip
_TESTED = {
    "cloud": "azure", "region": "eastus", "service": "", "resource_type": "", "sub_resource": "", "component": "",
    "unit": "hours", "unit_price_usd": "1", "precision": "high", "selecting_attributes": "",
    "price_as_of": "2024-07-01",
}  # fmt: skip
_TABLES = (
    "azure_services",
    "azure_openai_foundry_models",
    "azure_vm_on_demand",
    "azure_vm_spot_windows_eu",
    "azure_vm_spot_other_2024",
    "data_transfer",
)


def _write(file: Path, usual: dict[str, str], rows: Iterable[dict[str, str]]) -> None:
    with gzip.open(file, "wt", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(usual))
        writer.writeheader()
        writer.writerows({**usual, **row} for row in rows)


def _source(folder: Path, tests: Iterable[dict[str, str]] = (), **tables: list[dict[str, str]]) -> SourceTables:
    for name in _TABLES:
        _write(folder / f"{name}.csv.gz", _ROW, tables.get(name, []))
    _write(folder / "infracost_golden_unit_prices.csv.gz", _TESTED, tests)
    return SourceTables(folder)


def _listed(tables: dict[str, list[Price]]) -> list[tuple[str, str, str, str, str]]:
    """Return table, path, unit, region and price of each price, in order."""
    return sorted(
        (name, price.key.path, price.unit, price.key.region or "", format_tiers(price.tiers))
        for name, prices in tables.items()
        for price in prices
    )


def _product(name: str) -> str:
    return json.dumps({"product": name})


def test_every_row_of_the_price_list_stands_under_its_systematic_and_its_usual_path(tmp_path: Path) -> None:
    blob = {
        "service": "storage",
        "attributes": _product("General Block Blob v2"),
        "sku_key": "Hot LRS/Hot LRS Data Stored",
        "unit": "1 GB/Month",
    }
    source = _source(
        tmp_path,
        azure_services=[
            {**blob, "price_usd": "0.0184"},
            {**blob, "price_usd": "0.017664", "tier_start": "51200"},
            {"service": "azure_cosmos_db", "attributes": _product("Azure Cosmos DB"), "sku_key": "RUs/100 RU/s"},
        ],
    )
    tiers = "0:0.0184|51200:0.017664"
    assert _listed(azure_retail_prices.tables(source)) == [
        ("azure/cosmos_db", "azure/cosmos_db/provisioned_throughput/100_ru_per_second", "hours", "eastus2", "1"),
        ("azure/cosmos_db", "azure/cosmos_db/rus/100_ru_s", "hours", "eastus2", "1"),
        ("azure/storage", "azure/storage/blob/hot/lrs/data_stored", "GB-months", "eastus2", tiers),
        ("azure/storage", "azure/storage/general_block_blob_v2/hot_lrs/data_stored", "GB-months", "eastus2", tiers),
    ]


def test_premium_ssd_v2_is_priced_from_what_is_not_free(tmp_path: Path) -> None:
    iops = {
        "service": "storage",
        "attributes": _product("Azure Premium SSD v2"),
        "sku_key": "Premium LRS/Premium LRS Provisioned IOPS",
        "unit": "1/Hour",
    }
    source = _source(
        tmp_path,
        azure_services=[{**iops, "price_usd": "0"}, {**iops, "price_usd": "0.000007", "tier_start": "3000"}],
    )
    prices = {path: price for _, path, _, _, price in _listed(azure_retail_prices.tables(source))}
    assert prices == {
        "azure/managed_disk/premium_ssd_v2/iops": "0.00511",
        "azure/storage/premium_ssd_v2/premium_lrs/provisioned_iops": "0:0|3000:0.00511",
    }


def test_a_global_deployment_seen_at_one_price_in_three_regions_costs_that_everywhere(tmp_path: Path) -> None:
    def rows(meter: str, *prices: str) -> list[dict[str, str]]:
        regions = ("eastus", "uksouth", "japaneast")
        usual = {"attributes": _product("Azure OpenAI"), "sku_key": meter, "unit": "1M"}
        return [{**usual, "region": region, "price_usd": price} for region, price in zip(regions, prices, strict=False)]

    source = _source(
        tmp_path,
        azure_openai_foundry_models=[
            *rows("gpt 4.1 Inp glbl 1M Tokens", "2", "2", "2"),
            *rows("gpt 4.1 Outp glbl 1M Tokens", "8", "8", "9"),
            *rows("gpt 4.1 mini Inp glbl 1M Tokens", "1", "1"),
            *rows("gpt 4.1 Inp regnl 1M Tokens", "3", "3", "3"),
        ],
    )
    listed = _listed(azure_openai.tables(source))
    assert [line for line in listed if line[3] == "global"] == [
        ("azure/openai", "azure/openai/gpt-4.1/global/input_tokens", "tokens", "global", "0.000002")
    ]


def test_egress_by_way_of_the_internet_has_the_tiers_of_the_present_meter_only(tmp_path: Path) -> None:
    def rows(region: str, starts: dict[str, str]) -> list[dict[str, str]]:
        usual = {"sku_key": "internet_egress", "unit": "GB", "region": region}
        return [{**usual, "tier_start": start, "price_usd": price} for start, price in starts.items()]

    present = {"100": "0.08", "10100": "0.065", "50100": "0.06", "150100": "0.04"}
    source = _source(
        tmp_path,
        data_transfer=[
            *rows("eastus", {"5": "0.08", "10005": "0.065", **present}),
            *rows("Global", present),
            *rows("usgovtexas", {"5": "0.08"}),
        ],
    )
    path = "azure/bandwidth/internet_egress/internet_routing"
    tiers = "0:0|100:0.08|10100:0.065|50100:0.06|150100:0.04"
    assert _listed(azure_bandwidth.tables(source)) == [("azure/bandwidth", path, "GB", "eastus", tiers)]


def test_rows_of_the_test_suite_go_to_the_paths_of_the_price_list(tmp_path: Path) -> None:
    def row(kind: str, component: str, price: str, **more: str) -> dict[str, str]:
        return {"resource_type": f"azurerm_{kind}", "component": component, "unit_price_usd": price, **more}

    source = _source(
        tmp_path,
        tests=[
            row("service_plan", "Instance usage (P1v3)", "0.155", selecting_attributes="os_type=Linux"),
            row("service_plan", "Instance usage (P1v3)", "0.315"),
            row("service_plan", "Instance usage (F1)", "0", precision="zero"),
            row("eventhub_namespace", "Capacity (Standard)", "21.9", unit="throughput units"),
            row("databricks_workspace", "Jobs compute DBUs", "0.3", selecting_attributes="sku=premium"),
            row("postgresql_flexible_server", "Compute (GP_Standard_D2ads_v5)", "0.178"),
            row("mysql_flexible_server", "Compute (MO_Standard_E4ds_v4)", "0.4724"),
            row("dns_zone", "Hosted zone", "0.5", unit="months", precision="low"),
            row("lb", "Data processed", "0.005", region=""),
        ],
    )
    assert _listed(azure_test_suite.tables(source)) == [
        ("azure/app_service", "azure/app_service/linux/p1v3", "hours", "eastus", "0.155"),
        ("azure/app_service", "azure/app_service/windows/p1v3", "hours", "eastus", "0.315"),
        ("azure/databricks", "azure/databricks/premium/jobs_compute_dbu", "DBU-hours", "eastus", "0.3"),
        ("azure/event_hubs", "azure/event_hubs/standard/throughput_unit", "hours", "eastus", "0.03"),
        ("azure/mysql", "azure/mysql/flexible_server/mo_edsv4/1_vcore", "hours", "eastus", "0.1181"),
        ("azure/mysql", "azure/mysql/flexible_server/mo_edsv4/4_vcore", "hours", "eastus", "0.4724"),
        ("azure/postgresql", "azure/postgresql/flexible_server/gp_dadsv5/1_vcore", "hours", "eastus", "0.089"),
        ("azure/postgresql", "azure/postgresql/flexible_server/gp_dadsv5/2_vcore", "hours", "eastus", "0.178"),
    ]


def test_a_size_has_one_spelling_in_all_sources(tmp_path: Path) -> None:
    linux = {"attributes": json.dumps({"os": "linux"}), "unit": "hour"}
    source = _source(
        tmp_path,
        azure_vm_on_demand=[
            {**linux, "sku_key": "Standard_NC40ads_H100_v5"},
            {**linux, "sku_key": "Standard_NC40adsH100v5", "region": "westeurope"},
            {**linux, "sku_key": "Standard_standard_DC8s_v3", "region": "westeurope"},
        ],
        azure_vm_spot_windows_eu=[
            {**linux, "sku_key": "Standard_NC40adsH100v5", "region": "westeurope", "purchase_option": "spot"}
        ],
    )
    found = sorted((price.key.path, str(price.key.region)) for price in azure_virtual_machines.prices(source))
    assert [(path, region) for path, region in found if "/low_priority/" not in path] == [
        ("azure/virtual_machines/linux/on_demand/standard_dc8s_v3", "westeurope"),
        ("azure/virtual_machines/linux/on_demand/standard_nc40ads_h100_v5", "eastus2"),
        ("azure/virtual_machines/linux/on_demand/standard_nc40ads_h100_v5", "westeurope"),
        ("azure/virtual_machines/linux/spot/standard_nc40ads_h100_v5", "westeurope"),
    ]


def test_a_promotion_is_not_taken_for_the_price_of_its_size(tmp_path: Path) -> None:
    linux = {"attributes": json.dumps({"os": "linux"}), "unit": "hour", "region": "westeurope", "price_usd": "0.5"}
    windows = {**linux, "attributes": json.dumps({"os": "windows"}), "price_usd": "0.7"}
    source = _source(
        tmp_path,
        azure_vm_on_demand=[
            {**linux, "sku_key": "Standard_NC6_Promo"},
            {**linux, "sku_key": "Standard_NC6"},
            {**linux, "sku_key": "Standard_NC6", "region": "eastus", "price_usd": "0.9"},
        ],
        azure_vm_spot_windows_eu=[
            {**windows, "sku_key": "Standard_NC6"},
            {**linux, "sku_key": "Standard_NC6", "purchase_option": "spot"},
        ],
    )
    found = sorted((price.key.path, str(price.key.region)) for price in azure_virtual_machines.prices(source))
    assert found == [
        ("azure/virtual_machines/linux/low_priority/standard_nc6", "eastus"),
        ("azure/virtual_machines/linux/on_demand/standard_nc6", "eastus"),
        ("azure/virtual_machines/linux/on_demand/standard_nc6_promo", "westeurope"),
        ("azure/virtual_machines/linux/spot/standard_nc6", "westeurope"),
    ]


def test_low_priority_nodes_cost_a_fifth(tmp_path: Path) -> None:
    linux = {"attributes": json.dumps({"os": "linux"}), "unit": "hour", "price_usd": "0.5"}
    sizes = ("Standard_D2s_v3", "Standard_D2s_v5")
    source = _source(tmp_path, azure_vm_on_demand=[{**linux, "sku_key": size} for size in sizes])
    found = {price.key.path: price for price in azure_virtual_machines.prices(source)}
    low = found["azure/virtual_machines/linux/low_priority/standard_d2s_v3"]
    assert (format_tiers(low.tiers), low.trust) == ("0.1", "C")
    assert "azure/virtual_machines/linux/low_priority/standard_d2s_v5" not in found


def test_what_costs_the_same_in_all_regions_is_sold_everywhere(tmp_path: Path) -> None:
    def rows(meter: str, *prices: str) -> list[dict[str, str]]:
        sku = {"service": "azure_monitor", "sku_key": f"Alerts/Alerts {meter}", "unit": "1/Month"}
        attributes = json.dumps({"product": "Azure Monitor"})
        return [
            {**sku, "attributes": attributes, "region": f"region{number}", "price_usd": price}
            for number, price in enumerate(prices)
        ]

    listed = [*rows("One Price", "1", "1", "1"), *rows("Several Prices", "1", "1", "2"), *rows("Rare", "1", "1")]
    found = azure_retail_prices.tables(_source(tmp_path, azure_services=listed))["azure/monitor"]
    everywhere = [(price.key.path, price.trust) for price in found if price.key.region == "global"]
    assert everywhere == [("azure/monitor/alerts/one_price", "B")]


def test_free_amounts_of_a_subscription_are_no_resources(tmp_path: Path) -> None:
    row = {
        "service": "azure_monitor",
        "sku_key": "Emails/Emails",
        "unit": "1",
        "attributes": json.dumps({"product": "Azure Monitor"}),
    }
    listed = [{**row, "price_usd": "0"}, {**row, "price_usd": "0.00002", "tier_start": "1000"}]
    (price,) = azure_retail_prices.tables(_source(tmp_path, azure_services=listed))["azure/monitor"]
    assert (price.key.path, format_tiers(price.tiers)) == ("azure/monitor/emails", "0.00002")


def test_the_hand_kept_lists_give_each_price_once_in_known_units_and_rising_tiers(tmp_path: Path) -> None:
    prices = [price for found in azure_vendor_pages.tables(_source(tmp_path)).values() for price in found]
    assert len({(price.key, price.source) for price in prices}) == len(prices)
    for price in prices:
        assert unit(price.unit).name == price.unit
        starts = [tier.start for tier in price.tiers]
        assert starts[0] == 0
        assert starts == sorted(set(starts))
        assert all(tier.unit_price > 0 for tier in price.tiers[1:] or price.tiers), price.key


def test_prices_are_grouped_by_cloud_and_service(tmp_path: Path) -> None:
    prices = [price for found in azure_vendor_pages.tables(_source(tmp_path)).values() for price in found]
    assert all(price.key.path.startswith(f"{name}/") for name, found in by_service(prices).items() for price in found)


def test_a_table_may_have_several_builders_and_a_wanted_cloud_means_all_its_tables(tmp_path: Path) -> None:
    row = {
        "service": "azure_kubernetes_service",
        "attributes": _product("Azure Kubernetes Service"),
        "sku_key": "Standard/Standard Uptime SLA",
        "price_usd": "0.1",
    }
    tested = {"resource_type": "azurerm_kubernetes_cluster", "component": "Uptime SLA", "unit_price_usd": "0.1"}
    source = _source(tmp_path, tests=[tested], azure_services=[row])
    found = build_command._candidates(source, ["azure/aks"])  # noqa: SLF001 -- the command itself would write the real tables
    assert set(found) == {"azure/aks"}
    sources = {(price.source, price.key.region) for price in found["azure/aks"]}
    assert sources == {("list", "eastus2"), ("infracost-tests", "eastus"), ("vendor-pages", "eastus")}
