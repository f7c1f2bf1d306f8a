"""Quantities: ranges that multiply, add and never turn unknown into zero."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tollbar.component import Quantity

amounts = st.decimals(min_value=0, max_value=10**6, places=3)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    low, expected, high = sorted(draw(st.tuples(amounts, amounts, amounts)))
    return Quantity(low, expected, high, draw(st.sampled_from(["fixed", "usage", "history", "assumed"])))


@given(quantities(), quantities())
def test_products_and_sums_stay_ordered(a: Quantity, b: Quantity) -> None:
    for result in (a * b, a + b):
        assert result.low is not None
        assert result.expected is not None
        assert result.high is not None
        assert result.low <= result.expected <= result.high


@given(quantities())
def test_unknown_stays_unknown(quantity: Quantity) -> None:
    assert not (quantity * Quantity.unknown()).is_known
    assert not (quantity + Quantity.unknown()).is_known
    assert not Quantity.unknown().above(10).is_known


def test_the_weakest_basis_wins() -> None:
    hours = Quantity.fixed(730)
    assert (hours * Quantity.between(1, 2, 3, "assumed")).basis == "assumed"
    assert (hours * Quantity.between(1, 2, 3, "usage")).basis == "usage"


def test_an_allowance_is_taken_off_each_end() -> None:
    assert Quantity.between(50, 100, 300).above(100) == Quantity.between(0, 0, 200)


def test_division() -> None:
    assert Quantity.fixed(100) / 4 == Quantity.fixed(Decimal(25))


def test_the_largest_is_taken_end_by_end_with_the_weakest_basis() -> None:
    told, assumed = Quantity.between(2, 3, 4, "usage"), Quantity.between(1, 1, 9, "assumed")
    assert Quantity.largest([told, assumed, Quantity.unknown()]) == Quantity.between(2, 3, 9, "assumed")
    assert Quantity.largest([Quantity.unknown("a"), Quantity.unknown("b")]).keys == ("a", "b")
