"""Whose price is borrowed, and how far off it may be."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from tollbar.catalog import borrowing
from tollbar.catalog.borrowing import Borrowing
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.table import SNAPSHOT
from tollbar.price import Price, PriceKey, Tier


def _prices(path: str = "aws/ec2/m5", **by_region: str) -> list[Price]:
    return [
        Price(PriceKey(path, region.replace("_", "-")), "hours", (Tier(Decimal(0), Decimal(amount)),), "s", "2026", "A")
        for region, amount in by_region.items()
    ]


def _lender(borrowed: Price | None) -> str | None:
    assert borrowed is not None
    assert borrowed.trust == "borrowed"
    return borrowed.key.region


def test_the_first_region_named_lends() -> None:
    known = _prices(eu_west_1="3", us_east_1="1", eu_north_1="2")
    assert _lender(Borrowing().borrow(known)) == "us-east-1"
    assert _lender(Borrowing(("mars-1", "eu-north-1", "us-east-1")).borrow(known)) == "eu-north-1"


def test_where_none_is_named_else_the_dearest_lends() -> None:
    assert _lender(Borrowing().borrow(_prices(eu_west_1="3", eu_north_1="2"))) == "eu-west-1"


def test_where_regions_are_named_no_other_lends() -> None:
    assert Borrowing(("mars-1", "eu-central-1")).borrow(_prices(eu_west_1="3", us_east_1="4")) is None


def test_a_free_first_tier_does_not_make_a_price_cheap() -> None:
    tiers = (Tier(Decimal(0), Decimal(0)), Tier(Decimal(10), Decimal(9)))
    tiered = Price(PriceKey("aws/ec2/m5", "eu-north-1"), "hours", tiers, "s", "2026", "A")
    borrowed = Borrowing().borrow([*_prices(eu_west_1="3"), tiered])
    assert _lender(borrowed) == "eu-north-1"
    assert borrowed is not None
    assert borrowed.tiers == tiers


def test_of_one_region_the_preferred_price_is_taken() -> None:
    borrowed = Borrowing().borrow([*_prices(us_east_1="5"), *_prices(us_east_1="7")])
    assert borrowed is not None
    assert borrowed.tiers[0].unit_price == 5


def test_without_another_region_there_is_nothing_to_borrow() -> None:
    assert Borrowing().borrow([]) is None
    assert Borrowing().borrow(_prices(**{"global": "1"})) is None


@pytest.mark.parametrize(
    ("path", "region", "low", "high"),
    [
        ("aws/ec2/m5", "us_east_1", "1.00", "1.42"),
        ("aws/ec2/m5", "eu_west_1", "0.76", "1.32"),
        ("aws/ec2/instance/spot/m5", "us_east_1", "0.37", "1.32"),
        ("gcp/compute/n2", "us_central1", "1.00", "1.43"),
        ("azure/vm/d4", "westus", "0.74", "1.36"),
        ("lambda_labs/h100", "us", "0.74", "1.45"),
        ("lambda_labs/spot/h100", "us", "0.30", "3.24"),
    ],
)
def test_the_range_is_widened_as_measured(path: str, region: str, low: str, high: str) -> None:
    borrowed = Borrowing((region.replace("_", "-"),)).borrow(_prices(path, **{region: "1"}))
    assert borrowed is not None
    assert (borrowed.low, borrowed.high) == (Decimal(low), Decimal(high))


def test_the_figures_are_those_of_the_docstring() -> None:
    told = re.findall(r"^(aws|azure|gcp) +(by list|as spot) +([\d.]+) - ([\d.]+) +([\d.]+) - ([\d.]+)", *_docstring())
    figures = {(cloud, kind == "as spot"): tuple(Decimal(figure) for figure in rest) for cloud, kind, *rest in told}
    known = {
        kind: (*borrowing._FROM_REFERENCE[kind], *borrowing._FROM_ANY[kind])  # noqa: SLF001 -- the measured table
        for kind in borrowing._FROM_REFERENCE  # noqa: SLF001 -- as above
    }
    assert figures == known


def test_nine_in_ten_shipped_prices_of_one_family_lie_in_the_range() -> None:
    catalog = SnapshotCatalog(SNAPSHOT)
    try:
        ratios = []
        for path in catalog.search(["aws/ec2/instance/linux/shared/on_demand/m5"]):
            prices = {price.key.region: price.tiers[0].unit_price for price in catalog.prices_of(path)}
            ratios += [amount / prices["us-east-1"] for region, amount in prices.items() if region != "us-east-1"]
    finally:
        catalog.close()
    inside = sum(1 for ratio in ratios if Decimal("1.00") <= ratio <= Decimal("1.42"))
    assert len(ratios) > 500
    assert inside / len(ratios) > 0.9


def _docstring() -> tuple[str, re.RegexFlag]:
    assert borrowing.__doc__ is not None
    return borrowing.__doc__, re.MULTILINE
