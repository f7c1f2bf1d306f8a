"""Cloud TPU: hours of a chip by generation and commitment; the oldest two are sold by the board of eight cores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/tpu"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices of chip hours, from the hand-kept list."""
    yield from page_prices(tables, TABLE)
