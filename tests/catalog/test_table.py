"""The reviewable form of prices."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbar.catalog.table import format_tiers, parse_tiers, read_table, write_table
from tollbar.errors import CatalogError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from pathlib import Path

starts = st.lists(st.integers(1, 10**12), unique=True, max_size=5).map(lambda found: [0, *sorted(found)])
unit_prices = st.decimals(0, 10**5, places=12)


@given(starts, st.data())
def test_tiers_survive_being_written_and_read(at: list[int], data: st.DataObject) -> None:
    tiers = tuple(Tier(Decimal(start), data.draw(unit_prices)) for start in at)
    assert parse_tiers(format_tiers(tiers)) == tiers


def test_one_line_holds_all_regions_of_one_source_and_date(tmp_path: Path) -> None:
    prices = [
        Price(PriceKey("aws/a", region), "hours", (Tier(Decimal(0), Decimal("0.10")),), "list", "2026-01-01", "A")
        for region in ("us-east-1", "eu-west-1")
    ]
    write_table(tmp_path / "aws" / "a.csv", prices)
    assert (tmp_path / "aws" / "a.csv").read_text(encoding="utf-8") == (
        "path,unit,source,as_of,trust,prices\naws/a,hours,list,2026-01-01,A,eu-west-1=0.1 us-east-1=0.1\n"
    )
    assert sorted(read_table(tmp_path / "aws" / "a.csv"), key=lambda p: str(p.key)) == [prices[1], prices[0]]


def test_a_malformed_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("path,unit,source,as_of,trust,prices\naws/a,hours,list,2026-01-01,A,us-east-1=cheap\n", "utf-8")
    with pytest.raises(CatalogError, match=r"a\.csv:2: not a line of a price table"):
        list(read_table(file))
