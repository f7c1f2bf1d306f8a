"""What must hold between prices."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tollbar.catalog.integrity.relations import relation_problems, without_contradictions
from tollbar.price import Price, PriceKey, Tier


def _prices(path: str, **amounts: str) -> list[Price]:
    return [
        Price(PriceKey(path, region), "hours", (Tier(Decimal(0), Decimal(amount)),), "list", "2026-07-20", "A")
        for region, amount in amounts.items()
    ]


def _found(*prices: list[Price]) -> list[str]:
    return [
        f"{problem.check}: {problem.subject}" for problem in relation_problems([p for some in prices for p in some])
    ]


@pytest.mark.parametrize(
    ("amount", "found"), [("5", []), ("5.1", ["outlier: aws/a/x in r3"]), ("0.19", ["outlier: aws/a/x in r3"])]
)
def test_a_region_may_differ_up_to_five_times(amount: str, found: list[str]) -> None:
    assert _found(_prices("aws/a/x", r1="1", r2="1", r3=amount)) == found


def test_spot_and_traffic_may_differ_up_to_ten_times_and_two_regions_are_not_compared() -> None:
    assert _found(_prices("aws/a/spot/x", r1="1", r2="1", r3="9.9")) == []
    assert _found(_prices("aws/data_transfer/internet", r1="1", r2="1", r3="9.9")) == []
    assert _found(_prices("aws/a/x", r1="1", r2="90")) == []


def test_the_first_price_paid_is_compared_not_a_free_tier() -> None:
    tiers = (Tier(Decimal(0), Decimal(0)), Tier(Decimal(1), Decimal(1)))
    free_first = Price(PriceKey("aws/a/x", "r3"), "hours", tiers, "list", "2026-07-20", "A")
    assert _found(_prices("aws/a/x", r1="1", r2="1"), [free_first]) == []


def test_a_commitment_is_not_dearer_and_two_zones_and_windows_not_cheaper() -> None:
    assert _found(
        _prices("gcp/a/on_demand/x", r="1"),
        _prices("gcp/a/committed_use_1yr/x", r="1.1"),
        _prices("aws/b/single_az/x", r="1"),
        _prices("aws/b/multi_az/x", r="0.9"),
        _prices("aws/c/linux/x", r="1"),
        _prices("aws/c/windows/x", r="1"),
    ) == ["more than plain: gcp/a/committed_use_1yr/x in r", "less than plain: aws/b/multi_az/x in r"]


def test_the_few_that_contradict_are_left_out() -> None:
    good = _prices("aws/a/x", r1="1", r2="1", r3="1")
    (bad,) = _prices("aws/a/x", r4="99")
    sound, problems = without_contradictions([*good, bad])
    assert sound == good
    assert [problem.subject for problem in problems] == ["aws/a/x in r4"]


def test_where_many_contradict_nothing_is_left_out() -> None:
    prices = [p for n in range(30) for p in _prices(f"aws/a/x{n}", r1="1", r2="1", r3="99")]
    assert without_contradictions(prices) == (prices, [])


def test_a_whole_region_is_no_placeholder() -> None:
    many = [p for n in range(100) for p in _prices(f"aws/other/x{n}", r1="1", r2="1")]
    prices = [p for n in range(4) for p in _prices(f"aws/a/x{n}", r1="1", r2="1", r3="10")]
    assert without_contradictions([*many, *prices]) == ([*many, *prices], [])
