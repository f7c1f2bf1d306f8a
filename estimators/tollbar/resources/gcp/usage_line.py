"""Lines of a bill that are what a usage file tells times a price: the same arithmetic for many types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from tollbar.usage import Usage


@dataclass(frozen=True, slots=True)
class UsageLine:
    """One line: what it is called, the usage key that tells how much, and what is sold.

    ``per`` is how many of the usage key's units make one of the price's: 1024 where MB are told and GB priced.
    """

    name: str
    usage_key: str
    unit: str
    path: str
    per: Decimal | int = 1


def usage_lines(
    lines: Iterable[UsageLine], usage: Usage, region: str | None, part: str | None = None
) -> Iterator[Component]:
    """Yield the lines with what the usage tells of them."""
    for line in lines:
        quantity = usage.quantity(line.usage_key) / line.per
        yield Component(line.name, quantity, line.unit, PriceKey(line.path, region), part)
