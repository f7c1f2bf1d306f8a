"""Which SKU is the price of what."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.catalog.refresh.gcp.billing_server import sku
from tests.catalog.refresh.gcp.test_sku import read
from tollbar.catalog.refresh.gcp.listing import Listed, Named, Rule, by_rules, flat, listed, named_by, unambiguous
from tollbar.errors import RefreshError
from tollbar.price import Price, PriceKey, Tier

RULE = Rule(r"(?P<tier>Basic|Standard HA) Capacity in .+", "gcp/cache/{tier}", "GiB-hours", words={"basic": "plain"})


def entries(description: str, price: str, rank: int = 0) -> list[Listed]:
    """Return the price of one thing in one region."""
    return list(listed(read(sku(description, price)), Named("gcp/a", "hours", rank=rank), "2026-11-26"))


def test_a_rule_is_about_whole_descriptions_in_any_case() -> None:
    assert RULE.named(read(sku("basic capacity in Iowa"))) == Named("gcp/cache/plain", "GiB-hours")
    assert RULE.named(read(sku("Standard HA Capacity in Iowa"))) == Named("gcp/cache/standard_ha", "GiB-hours")
    assert RULE.named(read(sku("Basic Capacity in Iowa for Spot", usage_type="Preemptible"))) is None
    assert RULE.named(read(sku("Reserved Basic Capacity in Iowa"))) is None


def test_the_first_fitting_rule_counts() -> None:
    rules = (Rule("a", "gcp/first", "hours"), Rule(".", "gcp/second", "hours"))
    assert named_by(rules, read(sku("a"))) == Named("gcp/first", "hours")
    assert named_by(rules, read(sku("b"))) == Named("gcp/second", "hours")
    assert named_by(rules, read(sku("cc"))) is None


def test_a_sku_is_a_price_in_each_of_its_regions() -> None:
    message = read(sku("Basic Capacity in Iowa", "0.049", "GiBy.h", regions=["us-central1", "us-east1"]))
    found = [entry.price for entry in by_rules(RULE)([message], "2026-11-26")]
    tiers = (Tier(Decimal(0), Decimal("0.049")),)
    assert found == [
        Price(PriceKey("gcp/cache/plain", region), "GiB-hours", tiers, "cloud-billing-catalog", "2026-11-26", "A")
        for region in ("us-central1", "us-east1")
    ]


def test_a_thousandth_is_priced_as_a_whole() -> None:
    message = read(sku("Autopilot Pod mCPU Requests (us-east1)", [(0, "0.00005"), (1000, "0.0000445")]))
    (entry,) = listed(message, Named("gcp/a", "vCPU-hours", per=1000), "2026-11-26")
    assert entry.price.tiers == (Tier(Decimal(0), Decimal("0.05")), Tier(Decimal(1), Decimal("0.0445")))


def test_a_free_allowance_of_the_billing_account_is_no_tier() -> None:
    rates = [(0, "0"), (30, "0.04"), (1000, "0.03")]
    (entry,) = listed(read(sku("Storage PD Capacity", rates)), Named("gcp/a", "vCPU-hours", per=1), "2026-11-26")
    assert entry.price.tiers == (Tier(Decimal(0), Decimal("0.04")), Tier(Decimal(1000), Decimal("0.03")))


def test_what_is_sold_for_nothing_at_any_amount_has_no_price() -> None:
    assert entries("a", "0") == []


def test_the_same_price_twice_is_one() -> None:
    assert unambiguous(entries("a", "1") + entries("b", "1")) == entries("a", "1")


def test_of_two_prices_the_lower_rank_counts_in_any_order() -> None:
    preferred, other = entries("a", "1"), entries("b", "2", rank=1)
    assert unambiguous(preferred + other) == preferred
    assert unambiguous(other + preferred) == preferred


def test_two_prices_of_equal_rank_are_an_error() -> None:
    with pytest.raises(RefreshError, match=r"two prices of gcp/a in us-central1: SKU .+ \(a\) and SKU .+ \(b\)"):
        unambiguous(entries("a", "1") + entries("b", "2"))


@pytest.mark.parametrize(
    ("tiers", "expected"),
    [
        ([(0, "0.02")], Decimal("0.02")),
        ([(0, "0"), (744, "0.0076")], Decimal("0.0076")),
        ([(0, "0.2"), (25, "0.1")], None),
    ],
)
def test_a_flat_price_is_the_one_that_is_paid(tiers: list[tuple[float, str]], expected: Decimal | None) -> None:
    assert flat(read(sku("a", tiers)).rates) == expected
