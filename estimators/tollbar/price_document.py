"""A price as a JSON document: what the command line prints and the service answers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.units import unit

if TYPE_CHECKING:
    from tollbar.price import Price


def price_document(price: Price, layer: str | None = None) -> dict[str, Any]:
    """Return a price as a JSON document.

    ``unit_price`` is USD per ``unit``, after what is free; tiers start at units a month.
    """
    shown = unit(price.unit)
    paid = next((tier.unit_price for tier in price.tiers if tier.unit_price), Decimal(0))
    found: dict[str, Any] = {
        "path": price.key.path,
        "region": price.key.region,
        "currency": "USD",
        "unit": shown.display,
        "unit_price": float(paid * shown.per),
        "tiers": [
            {"start": float(tier.start / shown.per), "unit_price": float(tier.unit_price * shown.per)}
            for tier in price.tiers
        ],
        "source": price.source,
        "as_of": price.as_of,
        "trust": price.trust,
    }
    if price.trust == "borrowed":
        found["range"] = {"low": float(paid * price.low * shown.per), "high": float(paid * price.high * shown.per)}
    return found | ({"layer": layer} if layer else {})
