"""The axis: round amounts, wherever the figures lie."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tollbar.report.html.axis import Axis, Tick, compact_usd, percent


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        ("0", "917.46", ["$0", "$200", "$400", "$600", "$800"]),
        ("0", "1000", ["$0", "$200", "$400", "$600", "$800", "$1k"]),
        ("0", "0.0007", ["$0", "$0.0002", "$0.0004", "$0.0006"]),
        ("0", "338000000", ["$0", "$100M", "$200M", "$300M"]),
        ("960", "1010", ["$960", "$970", "$980", "$990", "$1k", "$1.01k"]),
        ("0", "4200000000", ["$0", "$1B", "$2B", "$3B", "$4B"]),
        ("5", "5", []),
        ("0", "0", []),
    ],
)
def test_ticks(low: str, high: str, labels: list[str]) -> None:
    assert [tick.label for tick in Axis(Decimal(low), Decimal(high)).ticks()] == labels


def test_where_ticks_lie() -> None:
    assert Axis(Decimal(0), Decimal(500)).ticks() == [
        Tick("0%", "$0", "start"),
        Tick("20%", "$100", "middle"),
        Tick("40%", "$200", "middle"),
        Tick("60%", "$300", "middle"),
        Tick("80%", "$400", "middle"),
        Tick("100%", "$500", "end"),
    ]


def test_amounts_off_the_axis_lie_at_its_ends() -> None:
    axis = Axis(Decimal(10), Decimal(20))
    assert [axis.at(Decimal(amount)) for amount in (0, 10, 15, 20, 30)] == [0, 0, 50, 100, 100]
    assert Axis(Decimal(0), Decimal(0)).at(Decimal(3)) == 0


def test_shares_are_written_as_svg_takes_them() -> None:
    assert [percent(Decimal(share)) for share in ("0", "12.5", "33.333", "100", "1E+1")] == [
        "0%", "12.5%", "33.33%", "100%", "10%",
    ]  # fmt: skip


def test_round_amounts_take_little_room() -> None:
    assert [compact_usd(Decimal(amount)) for amount in ("0", "0.05", "250", "1500", "20000", "2E+6")] == [
        "$0", "$0.05", "$250", "$1.5k", "$20k", "$2M",
    ]  # fmt: skip
