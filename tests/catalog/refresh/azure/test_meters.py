"""The services that are read as ``catalog/azure_meters.py`` names their meters."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

import httpx2
import pytest

from tests.catalog.refresh.azure.listed import TODAY, item, page
from tollbar.catalog.refresh.azure.services import SERVICES
from tollbar.catalog.refresh.azure.source import open_source
from tollbar.catalog.refresh.interface import Connection, Portion
from tollbar.catalog.table import format_tiers
from tollbar.errors import RefreshError
from tollbar.units import unit

REGION = "eastus2"


def fetched(service: str, *items: dict[str, Any], region: str = REGION) -> dict[str, str]:
    """Return what a portion comes to: unit and tiers by path."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.params["$filter"])
        return httpx2.Response(200, content=page(list(items)))

    asked: list[str] = []
    source = open_source(Connection(date.fromisoformat(TODAY)), transport=httpx2.MockTransport(answer))
    found = source.fetch(Portion(service, region), None)
    assert found is not None
    assert len(asked) == 1
    assert asked[0].startswith(f"serviceName eq '{SERVICES[service].service_name}'")
    for price in found.prices:
        unit(price.unit)
    return {
        f"{price.key.path} in {price.key.region}": f"{format_tiers(price.tiers)} {price.unit}" for price in found.prices
    }


def listed(
    service: str, product: str, sku: str, meter: str, unit_of_measure: str, price: float, **more: Any
) -> dict[str, Any]:
    """Return the item of a meter."""
    return item(
        serviceName=service,
        productName=product,
        skuName=sku,
        meterName=meter,
        unitOfMeasure=unit_of_measure,
        retailPrice=price,
        meterId=more.pop("meterId", f"{product}/{sku}/{meter}"),
        armSkuName="",
        **{"armRegionName": REGION, **more},
    )


def disk(sku: str, meter: str, price: float, unit_of_measure: str = "1/Month", **more: Any) -> dict[str, Any]:
    return listed("Storage", "Premium SSD Managed Disks", sku, meter, unit_of_measure, price, **more)


def test_a_disk_has_the_path_that_its_estimator_asks_for() -> None:
    found = fetched("managed_disk", disk("P10 LRS", "P10 LRS Disk", 19.71))
    assert found["azure/managed_disk/premium_ssd/lrs/p10 in eastus2"] == "19.71 months"


def test_provisioned_performance_is_stored_a_month_without_what_is_free() -> None:
    product, sku, meter = "Azure Premium SSD v2", "Premium LRS", "Premium LRS Provisioned IOPS"
    tiers = [
        listed("Storage", product, sku, meter, "1/Hour", 0),
        listed("Storage", product, sku, meter, "1/Hour", 0.0000068, tierMinimumUnits=3000),
    ]
    assert (
        fetched("managed_disk", *tiers)["azure/managed_disk/premium_ssd_v2/iops in eastus2"] == "0.004964 IOPS-months"
    )


def test_disks_are_no_part_of_storage() -> None:
    blob = listed("Storage", "General Block Blob v2", "Hot LRS", "Hot LRS Data Stored", "1 GB/Month", 0.0184)
    found = fetched("storage", disk("P10 LRS", "P10 LRS Disk", 19.71), blob)
    assert found == {
        "azure/storage/blob/hot/lrs/data_stored in eastus2": "0.0184 GB-months",
        "azure/storage/general_block_blob_v2/hot_lrs/data_stored in eastus2": "0.0184 GB-months",
    }


@pytest.mark.parametrize("region", ["", "Global"])
def test_what_is_sold_at_one_price_everywhere_is_global(region: str) -> None:
    gateway = ("NAT Gateway", "NAT Gateway", "Standard")
    found = fetched(
        "nat_gateway",
        listed(*gateway, "Standard Gateway", "1 Hour", 0.045, armRegionName=region),
        listed(*gateway, "Standard Data Processed", "1 GB", 0.045, armRegionName=region),
        listed(*gateway, "Standard Gateway", "1 Hour", 0.05625, armRegionName="US Gov", meterId="gov"),
        listed(*gateway, "Standard Gateway", "1 Hour", 0.99, armRegionName="attdallas1", meterId="edge"),
        region="global",
    )
    assert found["azure/nat_gateway/hours in global"] == "0.045 hours"
    assert found["azure/nat_gateway/data_processed in global"] == "0.045 GB"


def test_a_zone_of_regions_is_part_of_the_path() -> None:
    meter = ("Azure Front Door Service", "Azure Front Door", "Standard", "Standard Data Transfer Out", "1 GB")
    found = fetched(
        "front_door",
        listed(*meter, 0.0825, armRegionName="Zone 1"),
        listed(*meter, 0.115, armRegionName="Zone 2"),
        region="global",
    )
    assert {path: price for path, price in found.items() if "/zone_" in path} == {
        "azure/front_door/zone_1/standard/data_transfer_out in global": "0.0825 GB",
        "azure/front_door/zone_2/standard/data_transfer_out in global": "0.115 GB",
    }


def test_what_is_sold_by_the_hour_and_by_the_month_is_kept_by_the_hour() -> None:
    meter = ("Service Bus", "Service Bus", "Standard", "Standard Base Unit")
    found = fetched("service_bus", listed(*meter, "1/Month", 10), listed(*meter, "1/Hour", 0.013441, meterId="hourly"))
    assert found == {"azure/service_bus/standard/base_unit in eastus2": "0.013441 hours"}


def test_of_prices_that_differ_by_rounding_the_dearer_counts() -> None:
    meter = ("SQL Database", "SQL Database General Purpose - Serverless - Compute Gen5", "1 vCore", "vCore", "1 Hour")
    found = fetched("sql_database", listed(*meter, 0.391318), listed(*meter, 0.391319, meterId="other"))
    assert set(found.values()) == {"0.391319 hours"}
    with pytest.raises(RefreshError, match="several meters ask different prices"):
        fetched("sql_database", listed(*meter, 0.39), listed(*meter, 0.391, meterId="other"))


def test_a_reservation_is_stored_an_hour() -> None:
    meter = ("Redis Cache", "Azure Redis Cache Premium", "P1", "P1 Cache Instance", "1 Hour", 3504.0)
    found = fetched("redis", listed(*meter, type="Reservation", reservationTerm="1 Year"))
    assert found == {"azure/redis_cache/premium/p1/cache_instance/reserved/1_year in eastus2": "0.4 hours"}


def test_dev_test_prices_are_left_out() -> None:
    assert (
        fetched("redis", listed("Redis Cache", "Basic", "C0", "C0 Cache", "1 Hour", 1, type="DevTestConsumption")) == {}
    )


def test_a_unit_without_a_name_keeps_nothing_else_out(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "tollbar")
    strange = listed("Key Vault", "Key Vault", "Standard", "Standard Wishes", "3 Wishes", 1)
    operations = listed("Key Vault", "Key Vault", "Standard", "Operations", "10K", 0.03)
    assert list(fetched("key_vault", strange, operations).values()) == ["0.000003 operations"]
    assert "left out meter Key Vault/Standard/Standard Wishes" in caplog.text


@pytest.mark.parametrize("name", SERVICES)
def test_every_condition_keeps_within_the_apis_limits(name: str) -> None:
    conditions: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        conditions.append(request.url.params["$filter"])
        assert len(str(request.url)) < 2_048
        return httpx2.Response(200, content=page([]))

    source = open_source(Connection(date.fromisoformat(TODAY)), transport=httpx2.MockTransport(answer))
    for portion in source.portions([name], ["southafricanorth"]):
        source.fetch(portion, None)
    assert all(condition.count(" eq ") + condition.count("contains(") <= 20 for condition in conditions)
    assert len(conditions) == (1 if SERVICES[name].is_global else 2)
