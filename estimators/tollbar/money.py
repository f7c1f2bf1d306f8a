"""Amounts of money: exact decimals in USD, rounded once, here.

Everything upstream multiplies and adds :class:`~decimal.Decimal` without rounding. An amount is
rounded when it enters the Estimate (:func:`round_amount`) and formatted when a person reads it
(:func:`format_usd`).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

HOURS_PER_MONTH = Decimal(730)
"""Hours in a month (365 x 24 / 12): what the clouds' own calculators use."""

_AMOUNT_QUANTUM = Decimal("0.000001")
_CENT = Decimal("0.01")


def round_amount(amount: Decimal) -> Decimal:
    """Return a USD amount rounded to six decimals, half up: the only rounding in the cost path."""
    return amount.quantize(_AMOUNT_QUANTUM, rounding=ROUND_HALF_UP).normalize() + 0


def format_usd(amount: Decimal, *, signed: bool = False) -> str:
    """Return an amount as people read it, to the cent: ``$1,234.56``, ``-$3.00``, ``<$0.01``.

    With ``signed`` a positive amount carries a plus: ``+$420.48``.
    """
    magnitude = abs(amount)
    minus = "-" if amount < 0 else ""
    plus = "+" if signed and amount > 0 else ""
    if 0 < magnitude < _CENT / 2:
        return f"{minus}{plus}<$0.01"
    cents = magnitude.quantize(_CENT, rounding=ROUND_HALF_UP)
    return f"{minus}{plus}${cents:,.2f}"
