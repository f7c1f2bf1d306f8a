"""Well-known list prices, each with the vendor's page that states it, that a snapshot must have right.

``data/anchors.csv`` has the columns ``path, region, unit, prices, page, read``: the price as the page
writes it, per the unit that people read (``1M requests``), tiers as in the price tables.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.integrity.problem import Problem
from tollbar.catalog.table import parse_tiers
from tollbar.price import PriceKey, Tier
from tollbar.units import unit_by_display

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from tollbar.price import Price

ANCHORS = "anchors.csv"
COLUMNS = ("path", "region", "unit", "prices", "page")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a vendor's page states: tiers in base units."""

    key: PriceKey
    unit: str
    tiers: tuple[Tier, ...]
    page: str


def read_anchors(file: Path) -> list[Anchor]:
    """Return the anchors in a file; none where there is no file.

    Raises:
        CatalogError: An anchor's unit is not known.
    """
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return [_anchor(row) for row in csv.DictReader(lines)]


def anchor_problems(
    anchors: Iterable[Anchor], find: Callable[[PriceKey], Sequence[Price]], most_off: Decimal = Decimal("0.001")
) -> Iterator[Problem]:
    """Yield the anchors that are missing, or of which a tier is off by more than a share, up or down.

    ``find`` returns the prices of a key, the preferred first.
    """
    for anchor in anchors:
        found = find(anchor.key)
        if not found:
            yield Problem("anchor", str(anchor.key), f"has no price; {anchor.page} lists one")
            continue
        price = found[0]
        if price.unit != anchor.unit:
            yield Problem("anchor", str(anchor.key), f"is per {price.unit}, on {anchor.page} per {anchor.unit}")
        elif not _agree(price.tiers, anchor.tiers, most_off):
            detail = f"{_written(price.tiers)} per {price.unit}, {_written(anchor.tiers)} on {anchor.page}"
            yield Problem("anchor", str(anchor.key), detail)


def _agree(found: tuple[Tier, ...], listed: tuple[Tier, ...], most_off: Decimal) -> bool:
    return len(found) == len(listed) and all(
        ours.start == theirs.start and _is_near(ours.unit_price, theirs.unit_price, most_off)
        for ours, theirs in zip(found, listed, strict=True)
    )


def _is_near(ours: Decimal, theirs: Decimal, most_off: Decimal) -> bool:
    low, high = sorted((ours, theirs))
    return high <= low * (1 + most_off)


def _written(tiers: tuple[Tier, ...]) -> str:
    return " | ".join(f"${tier.unit_price:f}" + (f" above {tier.start:f}" if tier.start else "") for tier in tiers)


def _anchor(row: dict[str, str]) -> Anchor:
    unit = unit_by_display(row["unit"])
    tiers = tuple(Tier(tier.start * unit.per, tier.unit_price / unit.per) for tier in parse_tiers(row["prices"]))
    return Anchor(PriceKey(row["path"], row["region"]), unit.name, tiers, row["page"])
