"""Ranges of sums."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tollbar.adjust.uncertainty import Spread, p90_of, spread_of_sum
from tollbar.catalog.pricing import Cost

amounts = st.integers(0, 10_000).map(Decimal)


@st.composite
def costs(draw: st.DrawFn) -> Cost:
    low, expected, high = sorted(draw(st.tuples(amounts, amounts, amounts)))
    return Cost(low, expected, high)


def exactly(amount: int) -> Cost:
    return Cost(Decimal(amount), Decimal(amount), Decimal(amount))


def test_certain_costs_have_no_spread() -> None:
    spread = spread_of_sum([exactly(10), exactly(20)])
    assert spread == Spread(Decimal(30), Decimal(30), Decimal(30))


def test_nothing_costs_nothing() -> None:
    spread = spread_of_sum([])
    assert spread == Spread(Decimal(0), Decimal(0), Decimal(0))


def test_p90_of_a_triangle_is_its_quantile() -> None:
    # A triangle from 0 over 0 to 100 reaches 90 % at 100 - sqrt(0.1 * 100 * 100).
    assert round(p90_of(Cost(Decimal(0), Decimal(0), Decimal(100))), 3) == Decimal("68.377")


def test_p90_of_many_is_far_below_the_sum_of_the_maxima() -> None:
    spread = spread_of_sum([Cost(Decimal(0), Decimal(50), Decimal(100))] * 100)
    assert spread.high == 10_000
    # The sum has mean 5,000 and standard deviation 204; its 90th percentile is 5,262.
    assert 5_230 < spread.p90 < 5_290


def test_very_many_are_summed_without_samples() -> None:
    spread = spread_of_sum([Cost(Decimal(0), Decimal(50), Decimal(100))] * 10_000)
    # Mean 500,000, standard deviation 2,041: the 90th percentile is 502,616.
    assert round(spread.p90) == 502_616


@settings(max_examples=50, deadline=None)
@given(st.lists(costs(), max_size=8))
def test_the_ends_are_ordered_and_the_result_repeats(parts: list[Cost]) -> None:
    spread = spread_of_sum(parts)
    expected = sum((part.expected for part in parts), Decimal(0))
    assert spread.low <= expected <= spread.p90 <= spread.high
    assert spread == spread_of_sum(parts)
