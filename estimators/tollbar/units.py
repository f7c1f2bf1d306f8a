"""The units in which things are sold, read from ``units.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from tollbar.errors import CatalogError
from tollbar.spelling import did_you_mean


@dataclass(frozen=True, slots=True)
class Unit:
    """A base unit and how people read amounts of it."""

    name: str
    display: str
    per: Decimal
    """How many base units one display unit holds: 1,000,000 for requests shown as "1M requests"."""
    highest: Decimal | None = None
    """USD that no list price per base unit comes near; a higher one is a mistake."""

    @property
    def singular(self) -> str:
        """What a price is per, as people read it: ``hour``, ``1M requests``."""
        return self.display if self.display[0].isdigit() else self.display.removesuffix("s")


@cache
def units() -> dict[str, Unit]:
    """Return every known unit by its name."""
    text = Path(__file__).with_name("units.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text, parse_float=Decimal)
    return {
        name: Unit(
            name,
            entry.get("display", name),
            Decimal(entry.get("per", 1)),
            Decimal(entry["highest"]) if "highest" in entry else None,
        )
        for name, entry in table.items()
    }


def unit(name: str) -> Unit:
    """Return the unit called ``name``.

    Raises:
        CatalogError: No such unit; the nearest known one is named.
    """
    try:
        return units()[name]
    except KeyError:
        raise CatalogError(f"unknown unit {name!r}", hint=did_you_mean(name, units())) from None


def unit_by_display(display: str) -> Unit:
    """Return the unit that people read as ``display`` (``1M requests``); its plain name will do as well.

    Raises:
        CatalogError: No such unit; the nearest known one is named.
    """
    known = {unit.display: unit for unit in units().values()} | units()
    if display not in known:
        raise CatalogError(f"unknown unit {display!r}", hint=did_you_mean(display, known))
    return known[display]
