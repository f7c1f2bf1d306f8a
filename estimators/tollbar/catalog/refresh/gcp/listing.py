"""From SKUs to prices: which SKU is the price of what, and never two for one.

Each file of this folder that is called like a table of ``catalog/data/gcp`` reads one family of services
and describes it as a :class:`ServiceFamily`. Most are a list of :class:`Rule`: Google tells SKUs apart
by their description alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.gcp.usage_units import tiers_per
from tollbar.errors import RefreshError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tollbar.catalog.refresh.gcp.sku import Sku

SOURCE_ID = "cloud-billing-catalog"


@dataclass(frozen=True, slots=True)
class BillingService:
    """A service of the Cloud Billing Catalog: its identifier there and the name Google gives it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Named:
    """Our name for what a SKU sells.

    ``unit`` is a base unit of ours. ``per`` says how many of the SKU's own things one of ours is: 1000
    where it sells milli-vCPUs. Of two SKUs for one thing the one of the lower ``rank`` counts.
    ``regions`` replaces those of the SKU where these are not the ones our keys name.
    """

    path: str
    unit: str
    per: int = 1
    rank: int = 0
    regions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A price and the SKUs it follows from."""

    price: Price
    skus: tuple[Sku, ...]
    rank: int = 0


@dataclass(frozen=True, slots=True)
class ServiceFamily:
    """What one table is read from: its name, the billing services, and how their SKUs become prices.

    ``read`` takes the SKUs of all ``services`` and the ISO date of the prices.
    """

    name: str
    services: tuple[BillingService, ...]
    read: Callable[[Sequence[Sku], str], Iterator[Listed]]


@dataclass(frozen=True, slots=True)
class Rule:
    """SKUs whose whole description matches ``pattern``, and our name for them.

    ``path`` may hold the pattern's groups: in lower case, with underscores, or as ``words`` translates them.
    """

    pattern: str
    path: str
    unit: str
    per: int = 1
    rank: int = 0
    words: Mapping[str, str] = field(default_factory=dict)
    usage_type: str = "OnDemand"

    def named(self, sku: Sku) -> Named | None:
        """Return our name for a SKU, None where the rule is not about it."""
        if sku.usage_type != self.usage_type:
            return None
        match = re.fullmatch(self.pattern, sku.description, re.IGNORECASE)
        if match is None:
            return None
        groups = {name: self._word(text or "") for name, text in match.groupdict().items()}
        return Named(self.path.format(**groups), self.unit, self.per, self.rank)

    def _word(self, text: str) -> str:
        lower = text.lower()
        return self.words.get(lower, re.sub(r"[^a-z0-9]+", "_", lower).strip("_"))


def named_by(rules: Iterable[Rule], sku: Sku) -> Named | None:
    """Return the name that the first fitting rule gives a SKU, None for one that none is about."""
    return next((named for rule in rules if (named := rule.named(sku)) is not None), None)


def by_rules(*rules: Rule) -> Callable[[Sequence[Sku], str], Iterator[Listed]]:
    """Return a reader of a family for which rules say it all."""
    return by_name(lambda sku: named_by(rules, sku))


def by_name(name_of: Callable[[Sku], Named | None]) -> Callable[[Sequence[Sku], str], Iterator[Listed]]:
    """Return a reader of a family whose every SKU is the price of one thing, or of none."""

    def read(skus: Sequence[Sku], as_of: str) -> Iterator[Listed]:
        for sku in skus:
            named = name_of(sku)
            if named is not None:
                yield from listed(sku, named, as_of)

    return read


def listed(sku: Sku, named: Named, as_of: str) -> Iterator[Listed]:
    """Yield the price of a SKU under our name in each of its regions; nothing where it is sold at 0 throughout.

    Raises:
        RefreshError: The SKU's usage unit is not known or measures something else.
    """
    tiers = tuple(Tier(tier.start / named.per, tier.unit_price * named.per) for tier in tiers_per(named.unit, sku))
    tiers = without_allowance(tiers)
    if not any(tier.unit_price for tier in tiers):
        return
    for region in sku.regions if named.regions is None else named.regions:
        price = Price(PriceKey(named.path, region), named.unit, tiers, SOURCE_ID, as_of, "A")
        yield Listed(price, (sku,), named.rank)


def without_allowance(tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
    """Return tiers without a free one in front: the billing account has that once, not each resource."""
    paid = [tier for number, tier in enumerate(tiers) if any(before.unit_price for before in tiers[: number + 1])]
    return (Tier(Decimal(0), paid[0].unit_price), *paid[1:]) if paid else tiers


def flat(tiers: tuple[Tier, ...]) -> Decimal | None:
    """Return the one unit price of tiers, without a free allowance in front; None of more or none.

    The allowance is the billing account's: it is not part of the price of a machine.
    """
    paid = {tier.unit_price for tier in tiers if tier.unit_price}
    return paid.pop() if len(paid) == 1 else None


def scaled(price: Price, factor: Decimal, path: str | None = None) -> Price:
    """Return a price times a factor, under another path if one is given."""
    tiers = tuple(Tier(tier.start, tier.unit_price * factor) for tier in price.tiers)
    return replace(price, key=PriceKey(path or price.key.path, price.key.region), tiers=tiers)


def unambiguous(found: Iterable[Listed]) -> list[Listed]:
    """Return one price of each key, in the order they came: that of the lowest rank.

    Raises:
        RefreshError: Two SKUs of equal rank tell different prices of one thing; both are named.
    """
    chosen: dict[PriceKey, Listed] = {}
    for entry in found:
        other = chosen.setdefault(entry.price.key, entry)
        if entry.rank < other.rank:
            chosen[entry.price.key] = entry
        elif entry.rank == other.rank and entry.price.tiers != other.price.tiers:
            ours, theirs = (", ".join(map(str, one.skus)) for one in (other, entry))
            raise RefreshError(f"two prices of {entry.price.key}: {ours} and {theirs}")
    return list(chosen.values())
