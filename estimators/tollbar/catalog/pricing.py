"""The one arithmetic: a quantity and a price give a monthly cost. Nothing is rounded here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.lookup import PriceNotFound
from tollbar.component import Unpriced
from tollbar.errors import CatalogError
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from tollbar.catalog.lookup import PriceLookup
    from tollbar.component import Component
    from tollbar.price import Price


_ABOVE = re.compile(r"above_(\d+)")
"""The last part of the path of a price that holds for requests above a size."""


@dataclass(frozen=True, slots=True)
class Cost:
    """A monthly cost in USD as a range, not rounded."""

    low: Decimal
    expected: Decimal
    high: Decimal

    def __add__(self, other: Cost) -> Cost:
        """Return the sum, end by end."""
        return Cost(self.low + other.low, self.expected + other.expected, self.high + other.high)


NOTHING = Cost(Decimal(0), Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class PricedComponent:
    """A component with its price. ``cost`` is None where the quantity is not known.

    ``at_high`` is the price of the high end where the largest requests pay another one, None where it is the same.
    """

    component: Component
    price: Price
    cost: Cost | None
    at_high: Price | None = None

    @property
    def unit_price(self) -> Decimal:
        """USD per base unit: the price of the tier where the expected quantity ends."""
        expected = self.component.quantity.expected or Decimal(0)
        reached = [tier for tier in self.price.tiers if tier.start < expected]
        return (reached or self.price.tiers[:1])[-1].unit_price


def price_component(
    component: Component, catalog: PriceLookup, resource_type: str | None = None
) -> PricedComponent | Unpriced:
    """Return a component of a resource of a type with its price and cost, or the reason why it has no price.

    Raises:
        CatalogError: The price is per another unit than the component counts.
    """
    found = _charged(component, catalog, resource_type)
    if isinstance(found, PriceNotFound):
        return Unpriced("price_not_found", f"{component.name}: {found}")
    if found.unit != component.unit:
        raise CatalogError(f"{component.name} counts {component.unit}, its price {found.key} is per {found.unit}")
    if component.request_size is None or not component.request_size.is_known:
        return PricedComponent(component, found, component_cost(component, found, found, found))
    steps = _steps(found, catalog, resource_type)
    low, expected, high = (_of_size(end, found, steps) for end in component.request_size.ends())
    cost = component_cost(component, low, expected, high)
    return PricedComponent(component, expected, cost, at_high=None if high is expected else high)


def component_cost(component: Component, low: Price, expected: Price, high: Price) -> Cost | None:
    """Return the monthly cost of a component at the price of each end, None where its quantity is not known."""
    quantity = component.quantity
    if quantity.low is None or quantity.expected is None or quantity.high is None:
        return None
    return Cost(
        tiered_cost(quantity.low, low) * low.low,
        tiered_cost(quantity.expected, expected),
        tiered_cost(quantity.high, high) * high.high,
    )


def _charged(component: Component, catalog: PriceLookup, resource_type: str | None) -> Price | PriceNotFound:
    """Return the price under the component's key, else the first of those that are charged otherwise."""
    missed = catalog.find(component.price, resource_type)
    if not isinstance(missed, PriceNotFound):
        return missed
    others = (catalog.find(key, resource_type) for key in component.otherwise)
    return next((found for found in others if not isinstance(found, PriceNotFound)), missed)


def _steps(price: Price, catalog: PriceLookup, resource_type: str | None) -> list[tuple[Decimal, Price]]:
    """Return the prices of larger requests, the largest first, each with the size above which it holds.

    A negotiated price holds for every size unless a price of larger requests was negotiated, too.
    """
    steps = []
    for name in catalog.names_below(price.key.path):
        if step := _ABOVE.fullmatch(name):
            found = catalog.find(PriceKey(f"{price.key.path}/{name}", price.key.region), resource_type)
            if not isinstance(found, PriceNotFound) and (price.trust != "own" or found.trust == "own"):
                steps.append((Decimal(step[1]), found))
    return sorted(steps, key=lambda step: step[0], reverse=True)


def _of_size(size: Decimal, price: Price, steps: list[tuple[Decimal, Price]]) -> Price:
    return next((dearer for above, dearer in steps if size > above), price)


def tiered_cost(quantity: Decimal, price: Price) -> Decimal:
    """Return the USD that a monthly quantity costs: each part of it at the price of its own tier."""
    ends = [tier.start for tier in price.tiers[1:]] + [None]
    total = Decimal(0)
    for tier, end in zip(price.tiers, ends, strict=True):
        in_tier = (quantity if end is None else min(quantity, end)) - tier.start
        if in_tier <= 0:
            break
        total += in_tier * tier.unit_price
    return total
