"""Kubernetes quantities."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbar.inputs.kubernetes.amount import NotAQuantityError, amount, gib, is_amount

SUFFIXES = {
    "": Decimal(1),
    "n": Decimal("1e-9"),
    "u": Decimal("1e-6"),
    "m": Decimal("1e-3"),
    "k": Decimal(10) ** 3,
    "M": Decimal(10) ** 6,
    "G": Decimal(10) ** 9,
    "T": Decimal(10) ** 12,
    "P": Decimal(10) ** 15,
    "E": Decimal(10) ** 18,
    "Ki": Decimal(2) ** 10,
    "Mi": Decimal(2) ** 20,
    "Gi": Decimal(2) ** 30,
    "Ti": Decimal(2) ** 40,
    "Pi": Decimal(2) ** 50,
    "Ei": Decimal(2) ** 60,
}
NUMBERS = st.decimals(min_value=0, max_value=10**6, places=3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100m", "0.1"),
        ("0.5", "0.5"),
        (".5", "0.5"),
        ("1.", "1"),
        ("2", "2"),
        ("+1", "1"),
        ("-1", "-1"),
        ("1Gi", "1073741824"),
        ("1G", "1000000000"),
        ("1e3", "1000"),
        ("1E3", "1000"),
        ("12e-1", "1.2"),
        ("1E", "1000000000000000000"),
        ("128974848", "128974848"),
        ("129M", "129000000"),
        ("123Mi", "128974848"),
    ],
)
def test_quantities_of_the_documentation(text: str, expected: str) -> None:
    assert amount(text) == Decimal(expected)


@given(NUMBERS, st.sampled_from(sorted(SUFFIXES)))
def test_a_quantity_is_its_number_times_its_suffix(number: Decimal, suffix: str) -> None:
    assert amount(f"{number:f}{suffix}") == number * SUFFIXES[suffix]


@given(NUMBERS, st.integers(min_value=-9, max_value=18))
def test_a_quantity_with_an_exponent_is_a_number(number: Decimal, exponent: int) -> None:
    assert amount(f"{number:f}e{exponent}") == amount(f"{number:f}E{exponent}") == number.scaleb(exponent)


@given(NUMBERS)
def test_numbers_of_yaml_are_quantities(number: Decimal) -> None:
    assert amount(number) == number
    assert amount(int(number)) == int(number)


@given(NUMBERS)
def test_a_thousand_thousandths_are_one_and_1024_mebibytes_a_gibibyte(number: Decimal) -> None:
    assert amount(f"{number * 1000:f}m") == amount(f"{number:f}")
    assert amount(f"{number * 1024:f}Mi") == amount(f"{number:f}Gi")
    assert gib(f"{number:f}Gi") == number


@given(st.text(max_size=8))
def test_text_is_a_quantity_or_an_error_never_something_else(text: str) -> None:
    try:
        assert amount(text).is_finite()
    except NotAQuantityError as wrong:
        assert str(wrong) == f"{text!r} is not a Kubernetes quantity"  # noqa: PT017 -- both outcomes are right


@pytest.mark.parametrize(
    "value",
    ["", "x", "Ki", "1 Gi", "1gi", "1K", "1ee3", "1.2.3", "1Gib", "0x10", "\u0661", True, None, ["1"], 1.5, "1e999"],
)
def test_what_is_no_quantity(value: object) -> None:
    with pytest.raises(NotAQuantityError):
        amount(value)
    assert not is_amount(value)


def test_a_request_is_not_negative() -> None:
    assert is_amount("0")
    assert not is_amount("-1")
