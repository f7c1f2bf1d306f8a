"""Tiers that a source lists apart although they cost the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tollbar.price import Price, Tier


def merged(price: Price) -> Price:
    """Return a price without the tiers that cost what the tier before them costs."""
    tiers: list[Tier] = []
    for tier in price.tiers:
        if not tiers or tier.unit_price != tiers[-1].unit_price:
            tiers.append(tier)
    return replace(price, tiers=tuple(tiers))
