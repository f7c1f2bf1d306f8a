"""The use of a resource: given, assumed, or unknown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tollbar.component import Quantity
from tollbar.resource import Attributes, Resource
from tollbar.usage import NotANumberError, Usage, UsageKey, UsageSize

KEYS = {"gb": UsageKey("gb", "GB a month", (1, 10, 100)), "os": UsageKey("os", "operating system")}


def _usage(given: dict[str, Any], *, assumptions: bool = True) -> Usage:
    return Usage(given, KEYS, assumptions)


def test_what_is_given_counts_before_what_is_assumed() -> None:
    assert _usage({"gb": 5}).quantity("gb") == Quantity(Decimal(5), Decimal(5), Decimal(5), "usage")
    assert _usage({}).quantity("gb") == Quantity(Decimal(1), Decimal(10), Decimal(100), "assumed")


def test_without_assumptions_what_is_not_given_is_unknown() -> None:
    assert _usage({}, assumptions=False).quantity("gb") == Quantity.unknown()
    assert _usage({}).quantity("os") == Quantity.unknown()


def test_a_range_may_leave_out_its_ends() -> None:
    assert _usage({"gb": {"expected": 5, "high": 9}}).quantity("gb") == Quantity(
        Decimal(5), Decimal(5), Decimal(9), "usage"
    )


def test_numbers_and_texts_are_never_assumed() -> None:
    assert _usage({}).number("gb") is None
    assert _usage({"gb": "2.5"}).number("gb") == Decimal("2.5")
    assert _usage({"os": "windows"}).text("os") == "windows"
    assert _usage({}).text("os") is None


@pytest.mark.parametrize("value", ["many", True, "nan", [1]])
def test_text_where_a_number_counts_is_an_error(value: Any) -> None:
    with pytest.raises(NotANumberError):
        _usage({"gb": value}).quantity("gb")


@pytest.mark.parametrize("read", [_usage({}).quantity, _usage({}).number, _usage({}).text])
def test_a_key_that_is_not_declared_is_a_mistake_of_the_estimator(read: Any) -> None:
    with pytest.raises(KeyError):
        read("undeclared")


def test_the_use_of_another_resource_is_told_by_the_same_file() -> None:
    other = Resource("aws_appautoscaling_target.t", "aws_appautoscaling_target", "t", "aws", None, Attributes())
    usage = Usage({}, KEYS, given_elsewhere=lambda address, _: {"capacity": 7} if address.endswith(".t") else {})
    assert usage.told_of(other, "capacity") == Quantity(Decimal(7), Decimal(7), Decimal(7), "usage")
    assert usage.told_of(other, "absent") is None


@pytest.mark.parametrize(("size", "ends"), [("small", (1, 1, 10)), ("medium", (1, 10, 100)), ("large", (10, 100, 100))])
def test_the_size_of_use_picks_the_assumption(size: UsageSize, ends: tuple[int, int, int]) -> None:
    low, expected, high = map(Decimal, ends)
    assert Usage({}, KEYS, size=size).quantity("gb") == Quantity(low, expected, high, "assumed")


def test_the_months_before_count_after_what_is_given_and_before_what_is_assumed() -> None:
    past = {"gb": Quantity(Decimal(2), Decimal(3), Decimal(4), "history")}
    assert Usage({}, KEYS, assumptions=False, past=past).quantity("gb") == past["gb"]
    assert Usage({"gb": 7}, KEYS, past=past).quantity("gb").basis == "usage"
    assert (Usage({}, KEYS, past=past).is_told("gb"), Usage({}, KEYS).is_told("gb")) == (True, False)
    assert Usage({"gb": 0}, KEYS).is_told("gb")


def test_a_quantity_names_the_keys_it_depends_on() -> None:
    usage = Usage({"os": 3}, KEYS)
    product = usage.quantity("gb") * usage.quantity("os") * 2
    assert product.keys == ("gb", "os")
    assert (product + usage.quantity("gb")).above(1).keys == ("gb", "os")
    assert Usage({}, KEYS, assumptions=False).quantity("gb").keys == ("gb",)


def test_the_use_of_another_resource_is_read_by_its_own_keys() -> None:
    other = Resource("aws_eip.b", "aws_eip", "b", "aws", None, Attributes())
    seen = Quantity.between(1, 2, 3, "history")
    usage = Usage(
        {"hours": 1},
        given_elsewhere=lambda address, _type: {"requests": 7} if address == other.address else {},
        past_elsewhere=lambda address: {"gb": seen} if address == other.address else {},
        assumptions=False,
    )
    keys = {name: UsageKey(name, "d", (1, 2, 3)) for name in ("requests", "gb", "hours")}
    found = usage.of(other, keys)
    assert found.quantity("requests").expected == 7
    assert found.quantity("gb").expected == 2
    assert not found.quantity("hours").is_known
