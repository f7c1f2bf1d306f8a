"""Amazon RDS Extended Support: major versions that are past their standard support.

Sources: the release calendars of RDS for MySQL, RDS for PostgreSQL and Aurora, and the RDS
Extended Support pricing page. The charge is per vCPU-hour and holds for standbys too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Phase = Literal["year 1", "year 3"]


@dataclass(frozen=True, slots=True)
class _Charges:
    """The first day of the price of years 1 and 2, and that of year 3 (None where there is none)."""

    year_1: date
    year_3: date | None


_POSTGRES = {
    "11": _Charges(date(2024, 4, 1), date(2026, 4, 1)),
    "12": _Charges(date(2025, 3, 1), date(2027, 3, 1)),
    "13": _Charges(date(2026, 3, 1), date(2028, 3, 1)),
    "14": _Charges(date(2027, 3, 1), date(2029, 3, 1)),
    "15": _Charges(date(2028, 3, 1), date(2030, 3, 1)),
    "16": _Charges(date(2029, 3, 1), date(2031, 3, 1)),
}
_CALENDAR = {
    "mysql": {
        "5.7": _Charges(date(2024, 3, 1), date(2026, 3, 1)),
        "8.0": _Charges(date(2026, 8, 1), date(2028, 8, 1)),
        "8.4": _Charges(date(2029, 8, 1), date(2031, 8, 1)),
    },
    "postgres": _POSTGRES,
    # Aurora MySQL has no price for year 3: the price of year 1 holds throughout.
    "aurora-mysql": {"5.7": _Charges(date(2024, 12, 1), None), "8.0": _Charges(date(2028, 5, 1), None)},
    "aurora-postgresql": _POSTGRES,
}


def has_extended_support(product: str) -> bool:
    """Whether Extended Support is sold for a product at all."""
    return product in _CALENDAR


def phase(product: str, engine_version: str | None, on: date) -> Phase | None:
    """Return which price of Extended Support holds on a day, None in standard support.

    ``product`` is the engine as it is sold (``aurora-mysql``). A version that tells no major version
    (``8`` for MySQL) gives None.
    """
    charges = _CALENDAR.get(product, {}).get(_major_version(product, engine_version or ""))
    if charges is None or on < charges.year_1:
        return None
    return "year 3" if charges.year_3 is not None and on >= charges.year_3 else "year 1"


def _major_version(product: str, engine_version: str) -> str:
    pattern = r"\d+" if product.endswith(("postgres", "postgresql")) else r"\d+\.\d+"
    found = re.match(pattern, engine_version)
    return found.group() if found else ""
