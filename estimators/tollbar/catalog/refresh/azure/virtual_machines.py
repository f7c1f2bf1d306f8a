"""Virtual machines: pay as you go, Spot, reservations and savings plans, by operating system and size.

Source: "Azure Retail Prices overview" (learn.microsoft.com, read 2026-11) and the API's own items: a size
comes once for each operating system and purchase option, and only the names tell which. Left out:

- the Cloud Services products, which list the same sizes at the price of another service;
- Low Priority, which only the older Batch accounts and scale sets can still buy;
- dedicated hosts, which are no sizes;
- DevTest prices, which hold in Dev/Test subscriptions only.

Products of Basic machines and of promotions list some sizes under the name of the ordinary size.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.azure.offer import CONSUMPTION, RESERVATION, Offer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.refresh.azure.item import Item

_HOURS_A_YEAR = 8_760
_HOURLY = frozenset({"1 Hour", "1/Hour"})
_OTHER_PRODUCTS = ("cloud services", "cloudservices", "dedicated host")
_SPOT = re.compile(r"\bspot\b")
_TERM = re.compile(r"(?P<years>\d+) Years?")
_EXACT_TO = Decimal("1e-10")
"""What an hour of a reservation is rounded to: far less than a cent over its whole term."""


def offers(item: Item) -> Iterator[Offer]:
    """Yield what an item says of a size: its hourly price, and that under each savings plan."""
    product, size = item.product.lower(), _size(item)
    named = f"{item.sku} {item.meter}".lower()
    is_other = any(words in product for words in _OTHER_PRODUCTS) or "low priority" in named
    if is_other or item.unit not in _HOURLY or not size.startswith(("standard_", "basic_")) or item.price == 0:
        return
    system = f"azure/virtual_machines/{'windows' if 'windows' in product else 'linux'}"
    if item.kind == CONSUMPTION:
        purchase = "spot" if _SPOT.search(named) else "on_demand"
        yield _hourly(f"{system}/{purchase}/{size}", item.price)
        for rate in item.savings_plans:
            if match := _TERM.fullmatch(rate.term):
                yield _hourly(f"{system}/savings_plan/{_term_name(match)}/{size}", rate.price)
    elif item.kind == RESERVATION and (match := _TERM.fullmatch(item.term or "")):
        hourly = (item.price / (_HOURS_A_YEAR * int(match["years"]))).quantize(_EXACT_TO)
        yield _hourly(f"{system}/reserved/{_term_name(match)}/{size}", hourly)


def _size(item: Item) -> str:
    """Return the size that is sold: A0 of "A Series Basic" is Basic_A0 although it is listed as Standard_A0.

    A few sizes are listed with a doubled prefix.
    """
    size, words = item.arm_sku.lower().replace("standard_standard_", "standard_"), item.product.lower().split()
    if "basic" in words:
        size = size.replace("standard_", "basic_")
    return f"{size}_promo" if size and "promo" in words and not size.endswith("_promo") else size


def _hourly(path: str, price: Decimal) -> Offer:
    return Offer(path, "hours", price, Decimal(0))


def _term_name(term: re.Match[str]) -> str:
    return term[0].lower().replace(" ", "_")
