"""Payloads are metered in chunks: a request of 65 KB counts as two of 64 KB."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from tollbar.component import Quantity

if TYPE_CHECKING:
    from tollbar.usage import Usage


def requests_per_request(usage: Usage, size_key: str, chunk_kb: int) -> Quantity:
    """Return how many requests one request is billed as; one where its size in KB is not told."""
    size = usage.quantity(size_key)
    return started(size, chunk_kb) if size.is_known else replace(Quantity.fixed(1), keys=size.keys)


def started(quantity: Quantity, step: int) -> Quantity:
    """Return how many steps an amount starts, at least one: 65 in steps of 64 is 2."""
    return quantity.each_end(lambda amount: max((amount / step).to_integral_value(rounding=ROUND_CEILING), Decimal(1)))
