"""From where on a model of one's own pays: the formulas, and that no smaller number does."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbar.llm.break_even import FineTuning, SelfHosting, capacity, per_month

USD = st.decimals(min_value="0.01", max_value="100000", places=2)
TOKENS = st.decimals(min_value=1000, max_value=10_000_000, places=0)
PRICE = st.decimals(min_value="0.0000001", max_value="0.01", places=7)


@given(PRICE, USD, USD, TOKENS)
def test_at_break_even_it_costs_no_more_and_below_it_does(
    price: Decimal, machine: Decimal, operations: Decimal, served: Decimal
) -> None:
    hosting = SelfHosting(price, machine, operations, served)
    tokens = hosting.break_even
    if tokens is None:
        assert all(hosting.own(served * n) > hosting.api(served * n) for n in (1, 10, 1_000))
        return
    slack = Decimal("0.000001") * hosting.own(tokens)
    assert hosting.own(tokens) <= hosting.api(tokens) + slack
    for share in ("0.999", "0.9", "0.5", "0.1"):
        assert hosting.own(tokens * Decimal(share)) > hosting.api(tokens * Decimal(share))


@pytest.mark.parametrize(
    ("machine", "operations", "tokens"),
    [
        (100, 0, 100),  # $1 a token, a replica serves 200
        (100, 50, 150),
        (100, 100, 200),
        (100, 101, 301),  # two replicas: the first is full
        (100, 250, 550),
        (199, 1, 200),
        (200, 1, None),
        (201, 0, None),
    ],
)
def test_break_even_of_self_hosting(machine: int, operations: int, tokens: int | None) -> None:
    found = SelfHosting(Decimal(1), Decimal(machine), Decimal(operations), Decimal(200)).break_even
    assert found == tokens


@pytest.mark.parametrize(("tokens", "replicas"), [(0, 1), (1, 1), (200, 1), (201, 2), (400, 2)])
def test_replicas_serve_all_tokens(tokens: int, replicas: int) -> None:
    hosting = SelfHosting(Decimal(1), Decimal(10), Decimal(5), Decimal(200))
    assert hosting.replicas(Decimal(tokens)) == replicas
    assert hosting.own(Decimal(tokens)) == replicas * 10 + 5


@given(USD, PRICE, PRICE)
def test_fine_tuning_pays_from_its_break_even_on(training: Decimal, before: Decimal, tuned: Decimal) -> None:
    tuning = FineTuning(training, before, tuned)
    calls = tuning.break_even
    if calls is None:
        assert before <= tuned
        return
    assert calls * before >= training + calls * tuned
    assert (calls - 1) * before < training + (calls - 1) * tuned


def test_months_until_a_training_has_paid() -> None:
    tuning = FineTuning(Decimal(500), Decimal("0.00775"), Decimal("0.00093"))
    assert tuning.break_even == 73314
    assert tuning.months(Decimal(10_000)) == Decimal("7.3314")
    assert tuning.months(Decimal(0)) is None
    assert FineTuning(Decimal(1), Decimal(1), Decimal(1)).months(Decimal(5)) is None


def test_a_months_capacity_and_a_twelfth() -> None:
    assert capacity(Decimal(2), Decimal("0.5")) == 730 * 3600
    assert per_month(Decimal(120)) == 10
