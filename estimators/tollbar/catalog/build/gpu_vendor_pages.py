"""GPU clouds that no source table has, by the GPU-hour, from the hand-kept list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gpu/gpu_clouds"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per GPU-hour; where instances of several are sold, the instance's price divided by its GPUs."""
    yield from page_prices(tables, TABLE)
