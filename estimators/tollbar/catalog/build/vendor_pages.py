"""Prices that no table has, kept by hand: trust C, the vendor's page that lists them named beside each.

They were written down from knowledge of these pages and not read there anew; a refresh from the
vendor's own API replaces them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.table import parse_tiers
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from tollbar.catalog.build.source_tables import SourceTables

SOURCE = "vendor-pages"
NAME = "kept by hand after the vendors' pricing pages, not verified there"


def page_price(tables: SourceTables, key: PriceKey, text: str, unit: str, as_of: str, per: int = 1) -> Price:
    """Return a price as a vendor's page states it, per base unit.

    ``text`` is USD per ``per`` units, or tiers written as in the reviewable tables
    (``0:0.029|512000:0.025``), whose starts count base units.
    """
    tables.sources.setdefault(SOURCE, (NAME, "facts"))
    tiers = tuple(Tier(tier.start, tier.unit_price / Decimal(per)) for tier in parse_tiers(text))
    return Price(key, unit, tiers, SOURCE, as_of, "C")
