"""Amounts: rounding and formatting."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbar.money import format_usd, round_amount


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "$0.00"),
        ("1234.555", "$1,234.56"),
        ("-3", "-$3.00"),
        ("0.004", "<$0.01"),
        ("0.005", "$0.01"),
        ("-0.0001", "-<$0.01"),
        ("1000000", "$1,000,000.00"),
    ],
)
def test_format(amount: str, text: str) -> None:
    assert format_usd(Decimal(amount)) == text


@pytest.mark.parametrize(("amount", "text"), [("420.48", "+$420.48"), ("-3", "-$3.00"), ("0", "$0.00")])
def test_signed_format(amount: str, text: str) -> None:
    assert format_usd(Decimal(amount), signed=True) == text


@pytest.mark.parametrize(
    ("amount", "rounded"), [("0.0000005", "0.000001"), ("30.368000", "30.368"), ("1E+3", "1000"), ("0", "0")]
)
def test_round(amount: str, rounded: str) -> None:
    assert str(round_amount(Decimal(amount))) == rounded


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=12))
def test_rounding_moves_an_amount_by_half_a_millionth_at_most(amount: Decimal) -> None:
    assert abs(round_amount(amount) - amount) <= Decimal("0.0000005")
