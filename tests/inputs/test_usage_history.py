"""Usage history."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbar.component import Quantity
from tollbar.errors import InputError
from tollbar.inputs.usage_history import UsageHistory, range_of, read_usage_history

if TYPE_CHECKING:
    from pathlib import Path

QUEUE = "aws_sqs_queue.orders"
HEADER = "address,month,key,value\n"


def _read(tmp_path: Path, text: str) -> UsageHistory:
    file = tmp_path / "history.csv"
    file.write_text(text, encoding="utf-8")
    return read_usage_history(file)


def test_three_months_are_expected_and_a_year_is_the_range(tmp_path: Path) -> None:
    months = "".join(f"{QUEUE},2026-{month:02d},monthly_requests,{month * 100}\n" for month in range(10, 0, -1))
    seen = _read(tmp_path, HEADER + months).of(QUEUE)
    assert seen == {"monthly_requests": Quantity(Decimal(100), Decimal(900), Decimal(1000), "history")}


def test_what_is_older_than_a_year_does_not_count() -> None:
    values = [Decimal(9999), *[Decimal(10)] * 11, Decimal(16)]
    assert range_of(values) == Quantity(Decimal(10), Decimal(12), Decimal(16), "history")


def test_months_without_a_value_do_not_bring_back_those_of_years_ago(tmp_path: Path) -> None:
    months = (("2024-01", 99999), ("2025-09", 7777), ("2025-10", 400), ("2026-08", 100), ("2026-09", 200))
    rows = "".join(f"{QUEUE},{month},monthly_requests,{value}\n" for month, value in months)
    seen = _read(tmp_path, HEADER + rows).of(QUEUE)
    assert seen["monthly_requests"].low == 100
    assert seen["monthly_requests"].high == 400


def test_columns_may_stand_in_any_order_and_empty_lines_between(tmp_path: Path) -> None:
    seen = _read(tmp_path, f"month,value,key,address\n\n2026-10,5,monthly_requests,{QUEUE}\n").of(QUEUE)
    assert seen["monthly_requests"].expected == 5


def test_of_an_address_without_history_nothing_is_known(tmp_path: Path) -> None:
    assert _read(tmp_path, HEADER).of(QUEUE) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1: the columns are missing"),
        ("address,month,value\n", "1: the columns are address, month, value"),
        (HEADER + f"{QUEUE},2026-10,monthly_requests\n", "2: value is missing"),
        (HEADER + f"{QUEUE},October,monthly_requests,5\n", "2: 'October' is not a month"),
        (HEADER + f"{QUEUE},2026-13,monthly_requests,5\n", "2: '2026-13' is not a month"),
        (HEADER + f"{QUEUE},2026-10,monthly_requests,-5\n", "2: '-5' is not a number of 0 or more"),
        (HEADER + f"{QUEUE},2026-10,monthly_requests,NaN\n", "2: 'NaN' is not a number of 0 or more"),
        (
            HEADER + f"{QUEUE},2026-10,monthly_requests,5\n{QUEUE},2026-10,monthly_requests,6\n",
            f"3: {QUEUE} has two values of monthly_requests for 2026-10",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        _read(tmp_path, text)
    assert f"history.csv:{message}" in str(error.value)


def test_an_unknown_key_names_the_nearest(tmp_path: Path) -> None:
    history = _read(tmp_path, HEADER + f"{QUEUE},2026-10,monthly_request,5\n")
    history.check_keys({"aws_sqs_queue.other": ["monthly_requests"]})
    with pytest.raises(InputError) as error:
        history.check_keys({QUEUE: ["monthly_requests"]})
    assert "history.csv:2: aws_sqs_queue.orders has no usage key 'monthly_request'" in str(error.value)
    assert "monthly_requests" in (error.value.hint or "")


def test_a_file_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_usage_history(tmp_path / "none.csv")


@given(st.lists(st.decimals(min_value=0, max_value=10**9, places=2), min_size=1, max_size=30))
def test_a_range_is_ordered(values: list[Decimal]) -> None:
    seen = range_of(values)
    assert seen.low is not None
    assert seen.expected is not None
    assert seen.high is not None
    assert 0 <= seen.low <= seen.expected <= seen.high
