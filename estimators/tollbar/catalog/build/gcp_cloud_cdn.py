"""Cloud CDN: what caches send, by where it goes.

The table of curated services has first tiers only, and for Asia and South America prices that are not
Google's ($0.12 and $0.16, on the page $0.09): it is passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/cloud_cdn"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per GB that caches send, in tiers, and per request."""
    yield from page_prices(tables, TABLE)
