"""Another region's price, where the user asked for it and the region's own is not known.

How far off it may be was measured on the embedded snapshot of 2026-07-20: for every thing sold in
several regions of a cloud, the price in each region divided by the price in the reference region
(aws us-east-1, gcp us-central1, azure eastus), and divided by the price in every other region (what
is taken from elsewhere). The range is what nine in ten of these lie in, p5 to p95:

=====  =======  =================  =============  ============  =============
cloud  sold     from reference     any two        prices to     pairs of
                region             regions        reference     regions
=====  =======  =================  =============  ============  =============
aws    by list  1.00 - 1.42        0.76 - 1.32    83,546        1,571,722
aws    as spot  0.37 - 1.32        0.47 - 2.14    7,460         78,614
azure  by list  1.00 - 1.45        0.74 - 1.36    48,198        1,083,914
azure  as spot  0.84 - 3.24        0.51 - 1.98    8,245         87,586
gcp    by list  1.00 - 1.43        0.76 - 1.31    55,581        2,129,618
gcp    as spot  0.30 - 1.78        0.37 - 2.74    17,442        672,546
=====  =======  =================  =============  ============  =============

The range holds the price itself too: a reference price is the lowest of what it may be. Vendors of
whom nothing was measured get the widest range of their kind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from tollbar.catalog.lookup import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.price import Price

REFERENCE_REGIONS = ("us-east-1", "us-central1", "eastus")
"""Where prices are borrowed from unless the user says otherwise: the vendors' largest regions, one each."""


class _Range(NamedTuple):
    """What the price in a region may be, as factors of the borrowed one."""

    low: Decimal
    high: Decimal


def _range(low: str, high: str) -> _Range:
    return _Range(Decimal(low), Decimal(high))


_FROM_REFERENCE = {
    ("aws", False): _range("1.00", "1.42"),
    ("aws", True): _range("0.37", "1.32"),
    ("azure", False): _range("1.00", "1.45"),
    ("azure", True): _range("0.84", "3.24"),
    ("gcp", False): _range("1.00", "1.43"),
    ("gcp", True): _range("0.30", "1.78"),
}
_FROM_ANY = {
    ("aws", False): _range("0.76", "1.32"),
    ("aws", True): _range("0.47", "2.14"),
    ("azure", False): _range("0.74", "1.36"),
    ("azure", True): _range("0.51", "1.98"),
    ("gcp", False): _range("0.76", "1.31"),
    ("gcp", True): _range("0.37", "2.74"),
}
_WIDEST = {False: _range("0.74", "1.45"), True: _range("0.30", "3.24")}


@dataclass(frozen=True, slots=True)
class Borrowing:
    """Which regions' prices are taken: the first that has one, and no other's.

    Without regions named it is the first of the reference regions, else the dearest known.
    """

    regions: tuple[str, ...] = ()

    def borrow(self, known: Sequence[Price]) -> Price | None:
        """Return one of the prices of a thing in other regions as borrowed, None where there is none.

        Its key names the region it comes from. Of several prices of one region the first is taken.
        """
        by_region: dict[str, Price] = {}
        for price in known:
            if price.key.region not in {None, EVERYWHERE}:
                by_region.setdefault(price.key.region or "", price)
        if not by_region:
            return None
        lenders = self.regions or REFERENCE_REGIONS
        lent = next((by_region[region] for region in lenders if region in by_region), None)
        if lent is None and not self.regions:
            lent = max(by_region.values(), key=_dearness)
        return _borrowed(lent) if lent else None


def _dearness(price: Price) -> tuple[Decimal, str]:
    return max(tier.unit_price for tier in price.tiers), price.key.region or ""


def _borrowed(price: Price) -> Price:
    cloud, *parts = price.key.path.split("/")
    measured = _FROM_REFERENCE if price.key.region in REFERENCE_REGIONS else _FROM_ANY
    is_spot = "spot" in parts
    factors = measured.get((cloud, is_spot), _WIDEST[is_spot])
    return replace(price, trust="borrowed", low=price.low * factors.low, high=price.high * factors.high)
