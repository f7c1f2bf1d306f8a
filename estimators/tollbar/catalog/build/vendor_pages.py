"""Prices that no table has, kept by hand after the vendors' pages.

Most were written down from knowledge of these pages and not read there anew: trust C. Those that were
read on a stored copy of the page, or in a file of the vendor's that somebody keeps, have the source
``vendor-pages-read`` and trust B. A refresh from the vendor's own API replaces both.

Long lists stand in ``pages/<cloud>/<table>.csv`` beside this module, which is edited by hand. Its columns are
those of the reviewable tables without the source, and ``page`` (the page by name), ``read`` (where it
was read; empty where it was not) and ``per`` (how many base units the price buys).
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.catalog.table import parse_tiers
from tollbar.errors import CatalogError
from tollbar.location import Location
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Trust

PAGES = Path(__file__).with_name("pages")
SOURCE = "vendor-pages"
NAME = "kept by hand after the vendors' pricing pages, not verified there"
READ_SOURCE = "vendor-pages-read"
READ_NAME = "kept by hand, read on stored copies of the vendors' pricing pages and price files"


def page_price(
    tables: SourceTables, key: PriceKey, text: str, unit: str, as_of: str, per: int = 1, *, read: bool = False
) -> Price:
    """Return a price as a vendor's page states it, per base unit.

    ``text`` is USD per ``per`` units, or tiers written as in the reviewable tables
    (``0:0.029|512000:0.025``), whose starts count base units. ``read`` says that it was read there.
    """
    source, name = (READ_SOURCE, READ_NAME) if read else (SOURCE, NAME)
    trust: Trust = "B" if read else "C"
    tables.sources.setdefault(source, (name, "facts"))
    tiers = tuple(Tier(tier.start, tier.unit_price / Decimal(per)) for tier in parse_tiers(text))
    return Price(key, unit, tiers, source, as_of, trust)


def page_prices(tables: SourceTables, table: str, folder: Path = PAGES) -> Iterator[Price]:
    """Yield the prices of the hand-kept list of a table, such as ``aws/fargate``; none without a list.

    Raises:
        CatalogError: A line does not follow the form; file and line are named.
    """
    file = folder / f"{table}.csv"
    if not file.is_file():
        return
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        for row in rows:
            try:
                for entry in row["prices"].split():
                    region, _, text = entry.partition("=")
                    key = PriceKey(row["path"], region)
                    read = bool(row["read"])
                    yield page_price(tables, key, text, row["unit"], row["as_of"], int(row["per"]), read=read)
            except (ArithmeticError, AttributeError, KeyError, ValueError) as error:
                where = Location(str(file), rows.line_num)
                raise CatalogError(f"not a line of a hand-kept price list: {error}", location=where) from error
