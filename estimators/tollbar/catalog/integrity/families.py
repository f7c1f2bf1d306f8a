"""What each family of prices is to look like: a record of its size, its mean and its tiers, to compare with.

A table whose prices were multiplied, whose columns were exchanged or of which a part is missing is
well formed, price by price; it is its mean and its size that give it away. A family is like things
(``aws/ebs/storage``), or a service in one region (``aws/ebs in eu-west-1``). The record
``data/families.csv`` is written when the tables are built on purpose, and reviewed as they are.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tollbar.catalog.integrity.problem import Problem
from tollbar.errors import CatalogError
from tollbar.location import Location
from tollbar.price import service_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tollbar.price import Price

FAMILIES = "families.csv"
COLUMNS = ("family", "unit", "things", "prices", "mean", "starts")
_SEGMENTS = 4
_MOST_LOST = 0.1
_MOST_MOVED = 0.25
_MOST_MOVED_STARTS = 0.1
"""A tenth of a decimal logarithm is a quarter of the start."""


@dataclass(frozen=True, slots=True)
class Family:
    """The prices of like things: how many things and prices there are, and what is typical of them.

    ``mean`` is the geometric mean of the first and the last price above 0 of every thing, in USD per
    unit. ``starts`` is the mean of the decimal logarithms of where later tiers start, 0 without any.
    """

    name: str
    unit: str
    things: int
    prices: int
    mean: float
    starts: float = 0.0


def family_name(path: str) -> str:
    """Return the family a path belongs to: its beginning, without the thing itself."""
    segments = path.split("/")
    return "/".join(segments[: max(min(len(segments) - 1, _SEGMENTS), 2)])


@dataclass(slots=True)
class _Sums:
    """What is added up over the prices of a family."""

    things: set[str] = field(default_factory=set)
    prices: int = 0
    logarithm: float = 0.0
    amounts: int = 0
    starts: float = 0.0
    tiers: int = 0

    def add(self, price: Price) -> None:
        """Add a price."""
        self.things.add(price.key.path)
        self.prices += 1
        paid = [tier.unit_price for tier in price.tiers if tier.unit_price > 0]
        for amount in (paid[0], paid[-1]) if paid else ():
            self.logarithm += math.log(amount)
            self.amounts += 1
        for tier in price.tiers[1:]:
            self.starts += math.log10(tier.start)
            self.tiers += 1

    def family(self, name: str, unit: str) -> Family:
        """Return the family they make."""
        mean = math.exp(self.logarithm / self.amounts) if self.amounts else 0.0
        starts = self.starts / self.tiers if self.tiers else 0.0
        return Family(name, unit, len(self.things), self.prices, float(f"{mean:.4g}"), round(starts, 3))


def families_of(prices: Iterable[Price]) -> list[Family]:
    """Return the families of prices, by name and unit: of like things, and of each service in each region."""
    sums: dict[tuple[str, str], _Sums] = defaultdict(_Sums)
    for price in prices:
        sums[family_name(price.key.path), price.unit].add(price)
        sums[f"{service_of(price.key.path)} in {price.key.region}", price.unit].add(price)
    return [sums[key].family(*key) for key in sorted(sums)]


def family_problems(
    recorded: Iterable[Family], found: Iterable[Family], most_moved: float = _MOST_MOVED
) -> Iterator[Problem]:
    """Yield the recorded families that vanished, shrank by over 10 %, or whose mean moved by more than a share."""
    by_key = {(family.name, family.unit): family for family in found}
    for before in recorded:
        now = by_key.get((before.name, before.unit))
        subject = f"{before.name} ({before.unit})"
        if now is None:
            yield Problem("vanished family", subject, f"{before.prices} prices are gone")
            continue
        for what, was, is_now in (("things", before.things, now.things), ("prices", before.prices, now.prices)):
            if is_now < was * (1 - _MOST_LOST):
                yield Problem("shrunken family", subject, f"{was} {what}, now {is_now}")
        if before.mean and not 1 / (1 + most_moved) <= now.mean / before.mean <= 1 + most_moved:
            detail = f"its mean price moved from ${before.mean:g} to ${now.mean:g}"
            yield Problem("moved family", subject, detail)
        if abs(now.starts - before.starts) > _MOST_MOVED_STARTS:
            detail = f"its tiers start at 10^{now.starts:g} on average, before at 10^{before.starts:g}"
            yield Problem("moved tiers", subject, detail)


def read_families(file: Path) -> list[Family]:
    """Return the record in a file; nothing where there is no file.

    Raises:
        CatalogError: The file is no such record.
    """
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        try:
            return [_family(row) for row in rows]
        except (KeyError, TypeError, ValueError) as error:
            raise CatalogError(
                f"no line of a record of families: {error}",
                location=Location(str(file), rows.line_num),
                hint="Delete the file, and `make families` writes it anew.",
            ) from error


def _family(row: dict[str, str]) -> Family:
    sizes = int(row["things"]), int(row["prices"])
    return Family(row["family"], row["unit"], *sizes, float(row["mean"]), float(row["starts"]))


def write_families(file: Path, families: Iterable[Family]) -> None:
    """Write a record, one family a line."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((f.name, f.unit, f.things, f.prices, f"{f.mean:.4g}", f"{f.starts:.3g}") for f in families)
