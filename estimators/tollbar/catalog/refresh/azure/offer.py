"""What an item of the price list is in the catalogue, and when an item counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from tollbar.catalog.refresh.azure.item import Item

CONSUMPTION = "Consumption"
RESERVATION = "Reservation"


@dataclass(frozen=True, slots=True)
class Offer:
    """The price of something of ours from ``tier_start`` units a month on, in USD per base unit ``unit``."""

    path: str
    unit: str
    unit_price: Decimal
    tier_start: Decimal


def is_current(item: Item, today: date) -> bool:
    """Return whether an item's price has begun and has not ended."""
    return item.begins <= today and (item.ends is None or today <= item.ends)
