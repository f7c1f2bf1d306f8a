"""What a service file declares, and the table of rules that most of them are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.price import PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tollbar.catalog.refresh.aws.product import Product, Term
    from tollbar.price import Price


@dataclass(frozen=True, slots=True)
class Sold:
    """What a product is to us: the path it is priced under, in which base unit.

    ``pieces`` is how many base units one of AWS's pieces stands for where its unit only says that it
    is one (``Units`` of a million tokens).
    """

    path: str
    unit: str
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the query API: the products of one service code that have these attributes."""

    code: str
    where: Mapping[str, str] = field(default_factory=dict)


def _nothing(_prices: Mapping[str, Price]) -> Iterable[Price]:
    return ()


@dataclass(frozen=True, slots=True)
class Service:
    """A service as it is refreshed.

    ``sold`` is pure: it returns what a product under a term is to us, or None. ``is_regional`` and
    ``is_global`` say which portions there are; ``offer_file`` is the service code whose offer file is
    read instead of asking the queries; ``region_attribute`` is the attribute that tells the region;
    ``derived`` returns the prices that follow from the ones read.
    """

    name: str
    queries: tuple[Query, ...]
    sold: Callable[[Product, Term], Sold | None]
    is_regional: bool = True
    is_global: bool = False
    offer_file: str | None = None
    region_attribute: str = "regionCode"
    derived: Callable[[Mapping[str, Price]], Iterable[Price]] = _nothing


@dataclass(frozen=True, slots=True)
class Rule:
    """Products whose usage type, without its region, matches ``usage`` and whose attributes equal ``where``.

    ``path`` may name groups of the pattern: ``aws/ec2/cpu_credits/linux/{family}``.
    """

    usage: str
    path: str
    unit: str
    where: Mapping[str, str] = field(default_factory=dict)

    def sold(self, product: Product) -> Sold | None:
        """Return what the product is to us, None where the rule is not about it."""
        found = re.fullmatch(self.usage, product.usage)
        if found is None or not matches(product, self.where):
            return None
        return Sold(self.path.format(**found.groupdict()), self.unit)


def matches(product: Product, where: Mapping[str, str]) -> bool:
    """Whether the attributes of a product (``productFamily`` among them) are as told."""
    return all((product.family if name == "productFamily" else product[name]) == value for name, value in where.items())


@dataclass(frozen=True, slots=True)
class RuleTable:
    """Maps a product on demand by the first of its rules that is about it."""

    rules: tuple[Rule, ...]

    def __call__(self, product: Product, term: Term) -> Sold | None:
        """Return what the product is to us, None where no rule is about it."""
        if term.kind != "OnDemand":
            return None
        return next((found for rule in self.rules if (found := rule.sold(product)) is not None), None)


def by_rules(rules: Iterable[Rule]) -> RuleTable:
    """Return the mapping of a service that is a table of rules."""
    return RuleTable(tuple(rules))


def families(code: str, *names: str) -> tuple[Query, ...]:
    """Return a query for each product family of a service code."""
    return tuple(Query(code, {"productFamily": name}) for name in names)


def renamed(price: Price, path: str) -> Price:
    """Return the price of one thing as that of another in the same region."""
    return replace(price, key=PriceKey(path, price.key.region))


def sum_of(path: str, *parts: tuple[Price, int]) -> Price:
    """Return a flat price as the sum of others, each so many times."""
    total = sum((price.tiers[0].unit_price * times for price, times in parts), Decimal(0))
    return replace(renamed(parts[0][0], path), tiers=(Tier(Decimal(0), total),))
