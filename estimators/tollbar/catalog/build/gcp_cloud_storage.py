"""Cloud Storage: storage and retrieval everywhere; operations and data transfer by the pricing page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price

TABLE = "gcp/cloud_storage"
_LOCATIONS = {"us-multi": "us", "europe-multi": "eu", "asia-multi": "asia"}
_UNITS = {"GB-month": "storage", "GB": "retrieval"}
_TEST_SUITE = {
    "Object adds, bucket/object list (class A)": "class_a",
    "Object gets, retrieve bucket/object metadata (class B)": "class_b",
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per stored and retrieved GB, per operation and per GB of data transfer, by location."""
    for row in tables.rows("gcp_storage_network", service="cloud_storage"):
        yield _storage(row)
    for peer in tables.test_suite_prices("google_storage_bucket"):
        if what := _TEST_SUITE.get(peer.component):
            storage_class = "coldline" if "COLDLINE" in peer.selecting_attributes else "standard"
            path = f"gcp/cloud_storage/operations/{what}/multi_region/{storage_class}"
            yield _at(peer.price(path, "operations", 10_000), peer.region.lower())
        elif peer.component == "Data transfer in same continent":
            yield _at(peer.price("gcp/cloud_storage/egress/same_continent"), peer.region.lower())
    yield from page_prices(tables, TABLE)


def _storage(row: Row) -> Price:
    what = _UNITS[row.unit]
    storage_class = row.attributes["class"]
    price = row.price(f"gcp/cloud_storage/{what}/{storage_class}")
    return _at(price, _LOCATIONS.get(row.region, row.region))


def _at(price: Price, location: str) -> Price:
    return replace(price, key=PriceKey(price.key.path, location))
