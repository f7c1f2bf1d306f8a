"""Price books: the user's own prices and discounts, and which of them holds.

A negotiated price wins over every list price and over every discount, and no discount is taken off
it. Of several negotiated prices that match, the most specific holds: a path without wildcards
before one with, then the one with more literal characters, then a region named before a region with
wildcards before none; of equals the later book's, in it the later line's.

Of several discounts that match, one holds: a path without wildcards before a Terraform resource
type before the longest path with wildcards (``service`` is one); then as for prices. Discounts with
``stack: true`` are taken off on top of it, one after the other: 10 % and 20 % leave 72 % of the price.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from tollbar.catalog.lookup import EVERYWHERE
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tollbar.catalog.search import Query, Searchable
    from tollbar.location import Location

_HUNDRED = Decimal(100)
_OF = " of "


@dataclass(frozen=True, slots=True)
class Pattern:
    """A name in which ``*`` stands for any text, slashes too, and ``?`` for one character."""

    text: str

    @property
    def is_exact(self) -> bool:
        """Whether it has no wildcard."""
        return "*" not in self.text and "?" not in self.text

    @property
    def literal_length(self) -> int:
        """How much of it is no wildcard: the more, the more it counts."""
        return len(self.text) - self.text.count("*") - self.text.count("?")

    def matches(self, name: str) -> bool:
        """Return whether the pattern covers the whole name."""
        return self.text == name if self.is_exact else _compiled(self.text).fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class NegotiatedPrice:
    """A price of the user's own: USD per base unit. Without a region it holds everywhere."""

    path: Pattern
    region: Pattern | None
    unit: str
    tiers: tuple[Tier, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Discount:
    """Percent off list prices, by path or by Terraform resource type; both days are included."""

    path: Pattern | None
    resource_type: str | None
    region: Pattern | None
    percent: Decimal
    location: Location
    since: date | None = None
    until: date | None = None
    stack: bool = False

    def holds_on(self, day: date) -> bool:
        """Return whether the discount is given on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class PriceBook:
    """One book. ``origin`` is the file it stands in, ``as_of`` an ISO date."""

    name: str
    as_of: str
    origin: str
    prices: tuple[NegotiatedPrice, ...] = ()
    discounts: tuple[Discount, ...] = ()


@dataclass(frozen=True)
class PriceBooks:
    """All books together, on one day."""

    books: tuple[PriceBook, ...]
    day: date
    _exact: dict[str, list[tuple[PriceBook, NegotiatedPrice]]] = field(init=False, repr=False)
    _wildcards: list[tuple[PriceBook, NegotiatedPrice]] = field(init=False, repr=False)
    _discounts: list[tuple[PriceBook, Discount]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the prices by path, the later books first, and leave out discounts of other days."""
        entries = [(book, price) for book in reversed(self.books) for price in reversed(book.prices)]
        exact: dict[str, list[tuple[PriceBook, NegotiatedPrice]]] = {}
        for book, price in entries:
            if price.path.is_exact:
                exact.setdefault(price.path.text, []).append((book, price))
        discounts = [(book, discount) for book in reversed(self.books) for discount in reversed(book.discounts)]
        object.__setattr__(self, "_exact", exact)
        object.__setattr__(self, "_wildcards", [entry for entry in entries if not entry[1].path.is_exact])
        object.__setattr__(self, "_discounts", [entry for entry in discounts if entry[1].holds_on(self.day)])

    @property
    def judge_types(self) -> bool:
        """Whether a price depends on the Terraform type it is looked up for."""
        return any(discount.resource_type for _, discount in self._discounts)

    def negotiated(self, key: PriceKey) -> list[tuple[str, Price]]:
        """Return the negotiated prices for a key with their book's name, the one that holds first."""
        entries = self._exact.get(key.path, []) + [e for e in self._wildcards if e[1].path.matches(key.path)]
        matching = [(book, price) for book, price in entries if _covers(price.region, key.region)]
        matching.sort(key=lambda entry: _price_rank(entry[1]))
        key_told = PriceKey(key.path, key.region or EVERYWHERE)
        return [
            (book.name, Price(key_told, price.unit, price.tiers, book.name, book.as_of, "own"))
            for book, price in matching
        ]

    def discounted(self, listed: Price, region: str | None, resource_type: str | None) -> tuple[str, Price] | None:
        """Return a list price less the discounts that hold for it, with the names of their books; None without any.

        Tiers, unit, date and range stay those of the list price. A borrowed price stays borrowed.
        """
        given = list(self._given(listed.key.path, region, resource_type))
        if not given:
            return None
        share = Decimal(1)
        for _, discount in given:
            share *= 1 - discount.percent / _HUNDRED
        tiers = tuple(Tier(tier.start, tier.unit_price * share) for tier in listed.tiers)
        source = f"{', '.join(_told(book, discount) for book, discount in given)}{_OF}{listed.source}"
        trust = listed.trust if listed.trust == "borrowed" else "own"
        names = ", ".join(dict.fromkeys(book.name for book, _ in given))
        return names, replace(listed, tiers=tiers, source=source, trust=trust)

    def regions_of(self, path: str) -> list[str]:
        """Return the regions that the books name for one path; ``global`` where a price holds everywhere."""
        regions = (price.region.text if price.region else EVERYWHERE for _, price in self._exact.get(path, []))
        return sorted({region for region in regions if Pattern(region).is_exact})

    def searchable(self, query: Query) -> list[Searchable]:
        """Return the paths without wildcards with what a search needs to know of them."""
        from tollbar.catalog.search import Searchable, words_of  # noqa: PLC0415 -- only a search pays for it

        found = []
        for path in self._exact:
            sold = self.regions_of(path)
            regions = tuple(any(code in sold for code in codes) for _, codes in query.regions)
            found.append(Searchable(path, f" {words_of(path)} ", regions=regions, everywhere=EVERYWHERE in sold))
        return found

    def list_source(self, source: str) -> tuple[str, str]:
        """Return what is taken off (``acme -12% of ``, or nothing) and the source of the list price."""
        taken_off, of, listed = source.rpartition(_OF)
        return f"{taken_off}{of}", listed

    def source_name(self, source: str) -> str | None:
        """Return where the book called so is written, None where none is."""
        return next((f"price book {book.name} ({book.origin})" for book in self.books if book.name == source), None)

    def _given(self, path: str, region: str | None, resource_type: str | None) -> Iterator[tuple[PriceBook, Discount]]:
        """Yield the one discount that holds by itself, then those that are taken off on top."""
        matching = [
            (book, discount)
            for book, discount in self._discounts
            if (discount.path.matches(path) if discount.path else discount.resource_type == resource_type)
            and _covers(discount.region, region)
        ]
        matching.sort(key=lambda entry: _discount_rank(entry[1]))
        yield from [entry for entry in matching if not entry[1].stack][:1]
        yield from (entry for entry in matching if entry[1].stack)


def _told(book: PriceBook, discount: Discount) -> str:
    return f"{book.name} -{discount.percent.normalize():f}%"


def _covers(pattern: Pattern | None, region: str | None) -> bool:
    return pattern is None or (region is not None and pattern.matches(region))


def _price_rank(price: NegotiatedPrice) -> tuple[int, int, int, int]:
    return int(not price.path.is_exact), -price.path.literal_length, *_region_rank(price.region)


def _discount_rank(discount: Discount) -> tuple[int, int, int, int]:
    if discount.path is None:
        return 1, 0, *_region_rank(discount.region)
    exactness = 0 if discount.path.is_exact else 2
    return exactness, -discount.path.literal_length, *_region_rank(discount.region)


def _region_rank(region: Pattern | None) -> tuple[int, int]:
    if region is None:
        return 2, 0
    return (0, 0) if region.is_exact else (1, -region.literal_length)


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)
