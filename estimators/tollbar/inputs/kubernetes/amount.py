"""Kubernetes quantities: ``100m`` CPU, ``1Gi`` of memory.

The grammar is that of the API reference ("Quantity"): a signed decimal number with a suffix of powers of 1,024
(Ki to Ei), one of powers of 1,000 (n, u, m, k, M to E), or an exponent (e3, E3).
"""

from __future__ import annotations

import re
from decimal import Decimal

_QUANTITY = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([eE][+-]?\d{1,2})|([KMGTPE]i|[numkMGTPE]))?", re.ASCII)
_FACTORS = {
    **{f"{letter}i": Decimal(1024) ** power for power, letter in enumerate("KMGTPE", start=1)},
    **{letter: Decimal(1000) ** power for power, letter in enumerate("kMGTPE", start=1)},
    "m": Decimal("1e-3"),
    "u": Decimal("1e-6"),
    "n": Decimal("1e-9"),
}
_GIB = Decimal(1024) ** 3
EXPECTED = "Write it as 100m or 0.5 (CPU), 512Mi, 1Gi or 1G (memory, storage)."


class NotAQuantityError(ValueError):
    """A value is no Kubernetes quantity."""

    def __init__(self, value: object) -> None:
        super().__init__(f"{value!r} is not a Kubernetes quantity")
        self.value = value


def amount(value: object) -> Decimal:
    """Return what a quantity stands for: cores, bytes or a count.

    Raises:
        NotAQuantityError: It is none.
    """
    if isinstance(value, bool):
        raise NotAQuantityError(value)
    if isinstance(value, (int, Decimal)):
        return Decimal(value)
    match = _QUANTITY.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise NotAQuantityError(value)
    number, exponent, suffix = match.groups()
    return Decimal(f"{number}{exponent or ''}") * _FACTORS.get(suffix or "", Decimal(1))


def is_amount(value: object) -> bool:
    """Whether a value is a quantity of 0 or more."""
    try:
        return amount(value) >= 0
    except NotAQuantityError:
        return False


def gib(value: object) -> Decimal:
    """Return a quantity of bytes in GiB.

    Raises:
        NotAQuantityError: It is none.
    """
    return amount(value) / _GIB
