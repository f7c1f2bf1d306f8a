"""Cloud Storage: storage and retrieval everywhere; operations and data transfer are not in the source tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_price
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
_PAGE_DATE = "2025-06-30"
# cloud.google.com/storage/pricing, "Data transfer": USD per GB up to 1 TB, from 1 TB, from 10 TB.
_EGRESS = {
    "worldwide": "0:0.12|1024:0.11|10240:0.08",
    "asia": "0:0.12|1024:0.11|10240:0.08",
    "china": "0:0.23|1024:0.22|10240:0.2",
    "australia": "0:0.19|1024:0.18|10240:0.15",
}
# cloud.google.com/storage/pricing, "Operation charges", buckets in one region: USD per 10,000.
_REGIONAL_OPERATIONS = {
    "class_a/region/standard": "0.05",
    "class_a/region/nearline": "0.1",
    "class_b/region/standard": "0.004",
    "class_b/region/nearline": "0.01",
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
    for destination, text in _EGRESS.items():
        key = PriceKey(f"gcp/cloud_storage/egress/{destination}", "global")
        yield page_price(tables, key, text, "GB", _PAGE_DATE)
    for path, text in _REGIONAL_OPERATIONS.items():
        key = PriceKey(f"gcp/cloud_storage/operations/{path}", "global")
        yield page_price(tables, key, text, "operations", _PAGE_DATE, 10_000)


def _storage(row: Row) -> Price:
    what = _UNITS[row.unit]
    storage_class = row.attributes["class"]
    price = row.price(f"gcp/cloud_storage/{what}/{storage_class}")
    return _at(price, _LOCATIONS.get(row.region, row.region))


def _at(price: Price, location: str) -> Price:
    return replace(price, key=PriceKey(price.key.path, location))
