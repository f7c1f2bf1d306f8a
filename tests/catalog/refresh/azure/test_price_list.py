"""Which of several items counts, and how tiers belong together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.catalog.refresh.azure.listed import TODAY, item, page
from tollbar.catalog.refresh.azure.item import read_page
from tollbar.catalog.refresh.azure.offer import Offer, is_current
from tollbar.catalog.refresh.azure.price_list import PriceList
from tollbar.catalog.table import format_tiers
from tollbar.errors import RefreshError
from tollbar.price import Price, PriceKey, Tier

DAY = date.fromisoformat(TODAY)


def settled(*listed: dict[str, Any], path: str = "azure/thing") -> tuple[Price, ...]:
    """Return the prices of items that are all one thing to us."""
    prices = PriceList(DAY)
    for found in read_page(page(list(listed))).items:
        if is_current(found, DAY):
            prices.add(found, [Offer(path, "hours", found.price, found.tier_start)])
    return prices.prices()


def tiers(*listed: dict[str, Any]) -> str:
    """Return the tiers of items that come to one price, as the tables write them."""
    (price,) = settled(*listed)
    return format_tiers(price.tiers)


def begun(day: str, **fields: Any) -> dict[str, Any]:
    return item(effectiveStartDate=f"{day}T00:00:00Z", **fields)


def test_a_price_carries_source_date_and_trust() -> None:
    expected = Price(
        PriceKey("azure/thing", "australiacentral"),
        "hours",
        (Tier(Decimal(0), Decimal("0.673")),),
        "azure-retail-prices",
        TODAY,
        "A",
    )
    assert settled(item()) == (expected,)


@pytest.mark.parametrize("region", ["", "Global", "global"])
def test_what_is_sold_nowhere_in_particular_is_global(region: str) -> None:
    assert [price.key.region for price in settled(item(armRegionName=region))] == ["global"]


def test_the_newest_price_that_has_begun_counts() -> None:
    listed = [
        begun("2023-09-01", retailPrice=3),
        begun("2026-11-26", retailPrice=2),
        begun("2024-01-01", retailPrice=4),
        begun("2026-11-27", retailPrice=1),
    ]
    assert tiers(*listed) == "2"
    assert tiers(*reversed(listed)) == "2"


def test_a_price_that_has_ended_does_not_count() -> None:
    ended = begun("2026-06-01", retailPrice=1, effectiveEndDate="2026-11-25T23:59:00Z")
    last_day = begun("2026-05-01", retailPrice=2, effectiveEndDate="2026-11-26T23:59:00Z")
    assert tiers(ended, last_day) == "2"
    assert settled(ended) == ()


def test_tiers_of_one_meter_belong_together() -> None:
    listed = [
        item(tierMinimumUnits=50000, retailPrice=0.07),
        item(tierMinimumUnits=0, retailPrice=0),
        item(tierMinimumUnits=10000, retailPrice=0.083),
    ]
    assert tiers(*listed) == "0:0|10000:0.083|50000:0.07"


@pytest.mark.parametrize(
    "listed",
    [
        [item(retailPrice=0)],
        [item(retailPrice=0), item(retailPrice=0, tierMinimumUnits=10)],
        [item(tierMinimumUnits=100)],
    ],
)
def test_what_costs_nothing_or_starts_late_is_left_out(listed: list[dict[str, Any]]) -> None:
    assert settled(*listed) == ()


def test_meters_that_agree_are_one_price() -> None:
    assert tiers(item(meterId="a"), item(meterId="b")) == "0.673"


def test_the_primary_meter_wins() -> None:
    other = item(meterId="a", retailPrice=9, isPrimaryMeterRegion=False)
    assert tiers(other, item(meterId="b")) == "0.673"
    assert tiers(item(meterId="b"), other) == "0.673"


@pytest.mark.parametrize("is_primary", [True, False])
def test_meters_that_disagree_are_both_named(is_primary: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    with pytest.raises(RefreshError) as caught:
        settled(
            item(meterId="b", retailPrice=2, isPrimaryMeterRegion=is_primary),
            item(meterId="a", isPrimaryMeterRegion=is_primary),
        )
    name = "Virtual Machines Basv2 Series / B16als v2 / B16als v2"
    assert caught.value.message == (
        "several meters ask different prices for azure/thing in australiacentral:"
        f" a ({name}: 0.673 per hours) and b ({name}: 2 per hours)"
    )


def test_the_dearer_spot_price_counts() -> None:
    path = "azure/virtual_machines/linux/spot/standard_ncc40adsh100v5"
    (price,) = settled(item(meterId="a", retailPrice=1.984752), item(meterId="b", retailPrice=1.64472), path=path)
    assert format_tiers(price.tiers) == "1.984752"


def test_one_meter_with_two_prices_of_one_day_is_an_error() -> None:
    with pytest.raises(RefreshError) as caught:
        settled(item(), item(retailPrice=1))
    assert caught.value.message == (
        "meter 25385797-d48b-5b47-9e0c-6ee37b6b9a8d (Virtual Machines Basv2 Series / B16als v2 / B16als v2) asks two"
        " prices for azure/thing in australiacentral from 2023-09-01 on: 0.673 and 1"
    )


def test_the_same_item_twice_is_one_price() -> None:
    assert tiers(item(), item()) == "0.673"
