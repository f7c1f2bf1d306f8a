"""What is different between two sets of prices."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tollbar.catalog.changes import changes_between
from tollbar.price import Price, PriceKey, Tier, Trust


def _price(path: str, amount: str, *, trust: Trust = "A", as_of: str = "2026-07-20", start: int = 0) -> Price:
    tiers = tuple(Tier(Decimal(at), Decimal(amount)) for at in ((0, start) if start else (0,)))
    return Price(PriceKey(path, "r"), "hours", tiers, "list", as_of, trust)


def test_new_vanished_and_changed_keys_are_told_apart() -> None:
    changes = changes_between(
        [_price("aws/a", "1"), _price("aws/b", "1"), _price("aws/c", "1")],
        [_price("aws/b", "1"), _price("aws/c", "1.2"), _price("aws/d", "1")],
    )
    assert changes.new == (PriceKey("aws/d", "r"),)
    assert changes.vanished == (PriceKey("aws/a", "r"),)
    assert [(str(change.after.key), change.ratio) for change in changes.changed] == [("aws/c in r", Decimal("1.2"))]
    assert changes.same == 1


def test_over_a_quarter_is_large_and_the_largest_comes_first() -> None:
    amounts = {"aws/a": "1.25", "aws/b": "1.26", "aws/c": "0.74", "aws/d": "0.1", "aws/e": "4"}
    changes = changes_between([_price(path, "1") for path in amounts], [_price(*item) for item in amounts.items()])
    assert [change.after.key.path for change in changes.large] == ["aws/d", "aws/e", "aws/c", "aws/b"]
    assert len(changes.changed) == 5


def test_another_unit_and_other_tiers_are_large_changes() -> None:
    before = [_price("aws/a", "1"), _price("aws/b", "1", start=10), _price("aws/c", "0")]
    after = [replace(_price("aws/a", "1"), unit="GB"), _price("aws/b", "1", start=20), _price("aws/c", "1")]
    assert len(changes_between(before, after).large) == 3


def test_of_several_prices_for_a_key_the_preferred_is_compared() -> None:
    before = [_price("aws/a", "5", trust="C"), _price("aws/a", "1", trust="A")]
    after = [_price("aws/a", "1", as_of="2026-11-26"), _price("aws/a", "7", as_of="2026-01-01")]
    assert changes_between(before, after).same == 1
