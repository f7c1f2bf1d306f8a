"""What must hold of each price by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tollbar.catalog.integrity.form import form_problems
from tollbar.price import Price, PriceKey, Tier

GOOD = Price(
    PriceKey("aws/ec2/m5.large", "us-east-1"), "hours", (Tier(Decimal(0), Decimal("0.096")),), "list", "2026-07-20", "A"
)


def _tiers(*pairs: tuple[str, str]) -> Price:
    return replace(GOOD, tiers=tuple(Tier(Decimal(start), Decimal(amount)) for start, amount in pairs))


def _found(price: Price) -> list[str]:
    return [f"{problem.check}: {problem.detail}" for problem in form_problems([price], {"list"}, date(2026, 11, 26))]


@pytest.mark.parametrize(
    "price",
    [
        GOOD,
        _tiers(("0", "0"), ("100", "0.09")),
        replace(_tiers(("0", "0")), key=PriceKey("aws/rds/reserved_all_upfront", "global")),
        replace(GOOD, key=PriceKey("llm/x-ai/grok-4.1:fast@latest/input_tokens", "global"), as_of="2026-11-26"),
    ],
)
def test_good_prices_pass(price: Price) -> None:
    assert _found(price) == []


@pytest.mark.parametrize(
    ("price", "problem"),
    [
        (replace(GOOD, key=PriceKey("AWS EC2", "us-east-1")), "path: not a path in lower case"),
        (replace(GOOD, key=PriceKey("aws/a", "US East")), "region: 'US East' is not the name of a region"),
        (replace(GOOD, unit="fortnights"), "unit: the unknown unit 'fortnights'"),
        (replace(GOOD, source="rumour"), "source: the unknown source 'rumour'"),
        (replace(GOOD, trust="own"), "trust: 'own' is not A, B or C"),
        (replace(GOOD, as_of="2026-11-27"), "as_of: '2026-11-27' is not a day between 2010-01-01 and 2026-11-26"),
        (replace(GOOD, as_of="2026-02-30"), "as_of: '2026-02-30' is not a day between 2010-01-01 and 2026-11-26"),
        (_tiers(("10", "1")), "tiers: the first tier starts at 10, not at 0"),
        (_tiers(("0", "1"), ("20", "1"), ("10", "1")), "tiers: the tiers do not follow each other: 0, 20, 10"),
        (_tiers(("0", "1"), ("0", "2")), "tiers: the tiers do not follow each other: 0, 0"),
        (_tiers(("0", "-0.1")), "amount: a negative price"),
        (_tiers(("0", "NaN")), "amount: a negative price"),
        (_tiers(("0", "2001")), "amount: $2001 is absurd for one of hours (at most $2000)"),
        (_tiers(("0", "0"), ("5", "0")), "amount: a price of 0: what is not known is left out"),
    ],
)
def test_each_fault_is_told(price: Price, problem: str) -> None:
    assert _found(price) == [problem]
