"""Unit economics: what one unit comes to of what a resource produces, and from when on that beats buying it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.pricing import PricedComponent, price_component

if TYPE_CHECKING:
    from tollbar.catalog.lookup import PriceLookup
    from tollbar.component import Production


@dataclass(frozen=True, slots=True)
class UnitCost:
    """USD per unit here and as compared, not rounded; ``break_even`` in units a month, None where out of reach."""

    unit: str
    quantity: Decimal
    cost: Decimal
    compared_with: str | None = None
    compared_cost: Decimal | None = None
    break_even: Decimal | None = None


def unit_cost(monthly_cost: Decimal, production: Production, catalog: PriceLookup) -> UnitCost | None:
    """Return what a unit comes to at a monthly cost, None where nobody told how much is produced.

    The monthly cost is taken as fixed: it buys up to the capacity, however much of that is used.
    """
    quantity = production.quantity.expected
    if not quantity:
        return None
    compared = _compared_cost(production, catalog)
    per_unit = None if compared is None else compared / quantity
    break_even = monthly_cost / per_unit if per_unit else None
    capacity = production.capacity.expected
    if break_even is not None and (capacity is None or break_even > capacity):
        break_even = None
    return UnitCost(production.unit, quantity, monthly_cost / quantity, production.compared_with, per_unit, break_even)


def _compared_cost(production: Production, catalog: PriceLookup) -> Decimal | None:
    """Return what the same costs elsewhere, None where one of its prices is not known."""
    lines = [price_component(component, catalog) for component in production.compared]
    costs = [line.cost for line in lines if isinstance(line, PricedComponent)]
    known = [cost.expected for cost in costs if cost is not None]
    return sum(known, Decimal(0)) if lines and len(known) == len(lines) else None
