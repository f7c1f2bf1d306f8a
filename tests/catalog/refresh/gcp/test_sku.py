"""SKU messages: money, tiers and regions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from google.cloud import billing_v1

from tests.catalog.refresh.gcp.billing_server import sku
from tollbar.catalog.refresh.gcp.sku import Sku, read_sku
from tollbar.errors import RefreshError
from tollbar.price import Tier


def read(message: billing_v1.Sku) -> Sku:
    """Return a SKU that tells a price."""
    found = read_sku(message)
    assert found is not None
    return found


@pytest.mark.parametrize("amount", ["0.000000004", "0.031611", "2.5", "40", "123456789.987654321"])
def test_money_is_exact(amount: str) -> None:
    assert read(sku("a", amount)).rates == (Tier(Decimal(0), Decimal(amount)),)


def test_a_message_and_the_protocol_buffer_inside_it_say_the_same() -> None:
    message = sku("Jobs CPU in us-east1", "0.000018", "s", regions=["us-east1"])
    assert read_sku(billing_v1.Sku.pb(message)) == read_sku(message)


def test_the_latest_pricing_counts() -> None:
    message = sku("a", "1")
    message.pricing_info.append(sku("a", "2").pricing_info[0])
    assert read(message).rates == (Tier(Decimal(0), Decimal(2)),)


def test_tiers_keep_a_free_allowance_in_front() -> None:
    message = sku("Artifact Registry Storage", [(0, "0"), (0.5, "0.1")], "GiBy.mo")
    assert read(message).rates == (Tier(Decimal(0), Decimal(0)), Tier(Decimal("0.5"), Decimal("0.1")))


def test_an_allowance_of_each_day_is_one_of_a_month_of_730_hours() -> None:
    message = sku("Cloud Firestore Read Ops", [(0, "0"), (50_000, "0.0000003")], "count", interval="DAILY")
    assert [tier.start for tier in read(message).rates] == [Decimal(0), Decimal(36_500_000) / 24]


def test_what_tells_no_price_is_none() -> None:
    unpriced, unrated = sku("a"), sku("a", [])
    unpriced.pricing_info.clear()
    assert (read_sku(unpriced), read_sku(unrated)) == (None, None)


def test_a_price_in_another_currency_is_refused() -> None:
    with pytest.raises(RefreshError, match=r"SKU 0000-0000-0000 \(a\) is priced in EUR"):
        read_sku(sku("a", currency="EUR"))


@pytest.mark.parametrize(
    ("geo", "geo_regions", "served", "expected"),
    [
        ("TYPE_UNSPECIFIED", [], ["us-central1", "us-east1"], ("us-central1", "us-east1")),
        ("TYPE_UNSPECIFIED", [], ["global"], ("global",)),
        ("TYPE_UNSPECIFIED", [], [], ()),
        ("GLOBAL", [], ["asia", "asia-east1"], ("global",)),
        ("REGIONAL", ["us-east1"], ["global"], ("us-east1",)),
        ("REGIONAL", [], ["us-east1"], ("us-east1",)),
        ("MULTI_REGIONAL", ["us-central1", "us-east1"], ["global"], ()),
        ("MULTI_REGIONAL", ["us-central1", "us-east1"], ["us-central1", "us-east1"], ("us-central1", "us-east1")),
    ],
)
def test_a_price_holds_where_the_taxonomy_or_else_the_service_says(
    geo: str, geo_regions: list[str], served: list[str], expected: tuple[str, ...]
) -> None:
    assert read(sku("a", regions=served, geo=geo, geo_regions=geo_regions)).regions == expected


def test_runs_of_spaces_in_a_description_are_one() -> None:
    assert read(sku("Services CPU Tier 2  (Request-based billing)")).description == (
        "Services CPU Tier 2 (Request-based billing)"
    )
