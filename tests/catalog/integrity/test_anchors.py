"""Well-known list prices that a snapshot must have right."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tollbar.catalog.integrity.anchors import Anchor, anchor_problems, read_anchors
from tollbar.errors import CatalogError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from pathlib import Path

KEY = PriceKey("aws/lambda/requests", "us-east-1")
ANCHOR = Anchor(KEY, "requests", (Tier(Decimal(0), Decimal("0.0000002")),), "AWS Lambda pricing")


def _problems(*prices: Price, most_off: str = "0.001") -> list[str]:
    return [str(problem) for problem in anchor_problems([ANCHOR], lambda _key: list(prices), Decimal(most_off))]


def _price(amount: str, unit: str = "requests", *more: Tier) -> Price:
    return Price(KEY, unit, (Tier(Decimal(0), Decimal(amount)), *more), "list", "2026-07-20", "A")


def test_the_preferred_price_is_the_one_that_must_be_right() -> None:
    assert _problems(_price("0.0000002"), _price("9")) == []
    assert _problems(_price("0.00000022")) == [
        "anchor: aws/lambda/requests in us-east-1: $0.00000022 per requests, $0.0000002 on AWS Lambda pricing"
    ]


def test_a_share_may_be_off_up_or_down() -> None:
    for amount in ("0.0000004", "0.0000001"):
        assert _problems(_price(amount), most_off="1") == []
    for amount in ("0.00000041", "0.00000009"):
        assert len(_problems(_price(amount), most_off="1")) == 1


def test_a_missing_price_another_unit_and_other_tiers_are_told() -> None:
    assert _problems() == ["anchor: aws/lambda/requests in us-east-1: has no price; AWS Lambda pricing lists one"]
    assert _problems(_price("0.0000002", "GB")) == [
        "anchor: aws/lambda/requests in us-east-1: is per GB, on AWS Lambda pricing per requests"
    ]
    assert len(_problems(_price("0.0000002", "requests", Tier(Decimal(5), Decimal("0.0000002"))))) == 1


def test_an_anchor_is_written_as_its_page_writes_it(tmp_path: Path) -> None:
    file = tmp_path / "anchors.csv"
    file.write_text("path,region,unit,prices,page\naws/a,r,1M requests,0:0.4|1000:0.2,The page\n", encoding="utf-8")
    tiers = (Tier(Decimal(0), Decimal("0.0000004")), Tier(Decimal(1_000_000_000), Decimal("0.0000002")))
    assert read_anchors(file) == [Anchor(PriceKey("aws/a", "r"), "requests", tiers, "The page")]


def test_an_unknown_unit_names_the_nearest(tmp_path: Path) -> None:
    file = tmp_path / "anchors.csv"
    file.write_text("path,region,unit,prices,page\naws/a,r,1M request,1,The page\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"unknown unit '1M request'\n  Did you mean '1M requests'\?"):
        read_anchors(file)
