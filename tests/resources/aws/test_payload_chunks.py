"""Payload chunks."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tollbar.component import Quantity
from tollbar.resources.aws.payload_chunks import requests_per_request, started
from tollbar.usage import Usage, UsageKey

SIZE = {"size_kb": UsageKey("size_kb", "size")}


def test_an_untold_size_is_one_chunk() -> None:
    assert requests_per_request(Usage({}, SIZE), "size_kb", 64) == Quantity.fixed(1)


def test_a_range_of_sizes_gives_a_range_of_chunks() -> None:
    usage = Usage({"size_kb": {"low": 0, "expected": 65, "high": 200}}, SIZE)
    assert requests_per_request(usage, "size_kb", 64) == Quantity.between(1, 2, 4, "usage")


def test_the_unknown_stays_unknown() -> None:
    assert started(Quantity.unknown(), 64) == Quantity.unknown()


@given(amount=st.decimals(min_value=0, max_value=10**9, places=3), step=st.integers(min_value=1, max_value=1024))
def test_the_steps_hold_the_amount_and_not_one_too_many(amount: Decimal, step: int) -> None:
    steps = started(Quantity.fixed(amount), step).expected
    assert isinstance(steps, Decimal)
    assert steps >= 1
    assert steps * step >= amount
    assert steps == 1 or (steps - 1) * step < amount
