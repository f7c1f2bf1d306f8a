"""Azure prices that no source table has, from the hand-kept lists ``pages/azure/*.csv``.

What several tables and regions share has one list by subject; each price goes to the table of its path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.source_tables import by_service
from tollbar.catalog.build.vendor_pages import PAGES, page_prices

if TYPE_CHECKING:
    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price


def tables(source: SourceTables) -> dict[str, list[Price]]:
    """Return the prices by table."""
    lists = sorted(file.stem for file in (PAGES / "azure").glob("*.csv"))
    return by_service(price for name in lists for price in page_prices(source, f"azure/{name}"))
