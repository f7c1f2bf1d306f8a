"""The reviewable form of the price snapshot: one text line per thing sold, all regions on it.

A file ``data/<cloud>/<service>.csv`` has the columns ``path, unit, source, as_of, trust, prices``.
``prices`` lists ``region=price`` separated by spaces; a tiered price is written
``region=start:price|start:price``. ``source`` is an identifier of ``data/sources.csv``. A path has
several lines where its regions come from different sources or dates.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from tollbar.errors import CatalogError
from tollbar.location import Location
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tollbar.price import Trust

DATA = Path(__file__).parent / "data"
SNAPSHOT = DATA / "prices.sqlite"
"""The embedded snapshot, compiled from the tables."""
COLUMNS = ("path", "unit", "source", "as_of", "trust", "prices")


@dataclass(frozen=True, slots=True)
class Source:
    """Where prices were taken from."""

    id: str
    name: str
    licence: str


def read_sources(file: Path) -> dict[str, Source]:
    """Return the sources of a snapshot by their identifier."""
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: Source(row["id"], row["name"], row["licence"]) for row in csv.DictReader(lines)}


def read_table(file: Path) -> Iterator[Price]:
    """Yield the prices of one file of the reviewable form.

    Raises:
        CatalogError: A line does not follow the form; file and line are named.
    """
    with file.open(encoding="utf-8", newline="") as lines:
        yield from read_rows(lines, str(file))


def read_all(data: Path = DATA) -> Iterator[Price]:
    """Yield the prices of all tables of a folder."""
    for table in sorted(data.glob("*/*.csv")):
        yield from read_table(table)


def read_rows(lines: TextIO, name: str) -> Iterator[Price]:
    """Yield the prices written in ``lines``; ``name`` says in errors what they are.

    Raises:
        CatalogError: A line does not follow the form.
    """
    rows = csv.DictReader(lines)
    for row in rows:
        try:
            for entry in row["prices"].split():
                region, _, text = entry.partition("=")
                trust: Trust = row["trust"]  # type: ignore[assignment]  # checked by the integrity tests
                key = PriceKey(row["path"], region)
                yield Price(key, row["unit"], parse_tiers(text), row["source"], row["as_of"], trust)
        except (ArithmeticError, AttributeError, KeyError, ValueError) as error:
            raise CatalogError(
                f"not a line of a price table: {error}", location=Location(name, rows.line_num)
            ) from error


def write_table(file: Path, prices: Iterable[Price]) -> None:
    """Write prices in the reviewable form, sorted, so that equal prices give an equal file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as lines:
        write_rows(lines, prices)


def write_rows(lines: TextIO, prices: Iterable[Price]) -> None:
    """Write prices as the lines of a table, its header first.

    Raises:
        CatalogError: One source gives two prices for one thing on one day.
    """
    grouped: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for price in prices:
        line: tuple[str, ...] = (price.key.path, price.unit, price.source, price.as_of, price.trust)
        text = format_tiers(price.tiers)
        known = grouped[line].setdefault(price.key.region or "", text)
        if known != text:
            raise CatalogError(f"{price.key} has two prices from {price.source}: {known} and {text}")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line, regions in sorted(grouped.items()):
        writer.writerow([*line, " ".join(f"{region}={text}" for region, text in sorted(regions.items()))])


def parse_tiers(text: str) -> tuple[Tier, ...]:
    """Return the tiers written as ``0.1`` or ``0:0.09|10240:0.085``."""
    if ":" not in text:
        return (Tier(Decimal(0), Decimal(text)),)
    pairs = (part.split(":") for part in text.split("|"))
    return tuple(Tier(Decimal(start), Decimal(unit_price)) for start, unit_price in pairs)


def format_tiers(tiers: tuple[Tier, ...]) -> str:
    """Return tiers as text; the inverse of :func:`parse_tiers`."""
    if len(tiers) == 1 and tiers[0].start == 0:
        return _plain(tiers[0].unit_price)
    return "|".join(f"{_plain(tier.start)}:{_plain(tier.unit_price)}" for tier in tiers)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text
