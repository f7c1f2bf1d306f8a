"""What each family of prices is to look like: a record of its size and its mean, to compare with.

A table whose prices were multiplied, whose columns were exchanged or of which a part is missing is
well formed, price by price; it is its mean and its size that give it away. The record
``data/families.csv`` is written when the tables are built on purpose, and reviewed as they are.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.catalog.integrity.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tollbar.price import Price

FAMILIES = "families.csv"
COLUMNS = ("family", "unit", "things", "prices", "mean")
_SEGMENTS = 4
_MOST_LOST = 0.1
_MOST_MOVED = 0.25


@dataclass(frozen=True, slots=True)
class Family:
    """The prices of like things: how many things and prices there are, and the geometric mean in USD per unit."""

    name: str
    unit: str
    things: int
    prices: int
    mean: float


def family_name(path: str) -> str:
    """Return the family a path belongs to: its beginning, without the thing itself."""
    segments = path.split("/")
    return "/".join(segments[: max(min(len(segments) - 1, _SEGMENTS), 2)])


def families_of(prices: Iterable[Price]) -> list[Family]:
    """Return the families of prices, by name and unit. The last tier stands for a tiered price."""
    logarithms: dict[tuple[str, str], list[float]] = defaultdict(list)
    things: dict[tuple[str, str], set[str]] = defaultdict(set)
    for price in prices:
        key = family_name(price.key.path), price.unit
        things[key].add(price.key.path)
        amount = price.tiers[-1].unit_price
        logarithms[key].append(math.log(amount) if amount > 0 else math.nan)
    return [Family(*key, len(things[key]), len(logarithms[key]), _mean(logarithms[key])) for key in sorted(logarithms)]


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


def read_families(file: Path) -> list[Family]:
    """Return the record in a file; nothing where there is no file."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return [
            Family(row["family"], row["unit"], int(row["things"]), int(row["prices"]), float(row["mean"]))
            for row in csv.DictReader(lines)
        ]


def write_families(file: Path, families: Iterable[Family]) -> None:
    """Write a record, one family a line."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((f.name, f.unit, f.things, f.prices, f"{f.mean:.4g}") for f in families)


def _mean(logarithms: list[float]) -> float:
    """Return the geometric mean of the prices above 0; 0 where there is none."""
    known = [logarithm for logarithm in logarithms if not math.isnan(logarithm)]
    return math.exp(math.fsum(known) / len(known)) if known else 0.0
