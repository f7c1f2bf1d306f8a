"""How prices are written for people and for machines."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.money import HOURS_PER_MONTH, format_usd
from tollbar.units import unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.price import Price, Tier, Trust

TRUST: dict[Trust, str] = {
    "own": "your own price book",
    "A": "read by a program from the vendor's price API or file",
    "B": "a third party that cites the vendor's page, or a price that moves from day to day",
    "C": "kept by hand, or known to be old",
    "borrowed": "another region's price",
}


def amount(number: Decimal) -> str:
    """Return a number as short as it is exact."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def tiers(price: Price) -> str:
    """Return the price per unit as people read it; each further tier with where it begins."""
    per = unit(price.unit).per
    first, *others = price.tiers
    texts = [amount(first.unit_price * per)]
    texts += [f"{amount(tier.unit_price * per)} above {tier.start / per:,f}" for tier in map(_plain, others)]
    return ", ".join(texts)


def scaled_tiers(price: Price, factor: Decimal) -> str:
    """Return the tiers of a price times a factor."""
    return tiers(replace(price, tiers=tuple(replace(t, unit_price=t.unit_price * factor) for t in price.tiers)))


def per_unit(price: Price) -> str:
    """Return what a price is per: ``hour``, ``1M requests``."""
    return unit(price.unit).singular


def a_month(price: Price) -> str | None:
    """Return what running all month costs, of a flat price per hour."""
    if price.unit != "hours" or len(price.tiers) > 1:
        return None
    return f"{format_usd(price.tiers[0].unit_price * HOURS_PER_MONTH)} a month of {HOURS_PER_MONTH} hours"


def age(as_of: str, today: date) -> str:
    """Return how long ago a price was told: ``today``, ``1 day ago``, ``96 days ago``."""
    days = (today - date.fromisoformat(as_of)).days
    return "today" if days <= 0 else f"{days} day{'s' if days > 1 else ''} ago"


def as_json(documents: Sequence[dict[str, Any]] | dict[str, Any]) -> str:
    """Return documents as JSON text."""
    return json.dumps(documents, indent=2) + "\n"


def _plain(tier: Tier) -> Tier:
    """Return a tier whose start is written without an exponent."""
    return type(tier)(Decimal(f"{tier.start:f}"), tier.unit_price)
