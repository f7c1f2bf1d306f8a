"""Cloud CDN: what caches send, by where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/cloud_cdn"
_LISTED = {"north_america_eu": ("north_america", "europe")}
"""The source's other destinations, $0.12 for Asia and $0.16 for South America, are not Google's prices."""


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per GB that caches send."""
    for row in tables.rows("misc_curated_services", service="cloud_cdn", cloud="gcp"):
        for destination in _LISTED.get(row.region, ()):
            yield everywhere(row.price(f"gcp/cloud_cdn/cache_egress/{destination}"))
