"""EFS storage, access and throughput: us-east-1 from the peer's test suite, elastic throughput from the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/efs"
_COMPONENTS = {
    "Storage (standard)": ("storage/standard", "GB-months"),
    "Storage (one zone)": ("storage/one_zone", "GB-months"),
    "Storage (standard, infrequent access)": ("infrequent_access_storage/standard", "GB-months"),
    "Storage (one zone, infrequent access)": ("infrequent_access_storage/one_zone", "GB-months"),
    "Read requests (infrequent access)": ("infrequent_access/read", "GB"),
    "Write requests (infrequent access)": ("infrequent_access/write", "GB"),
    "Provisioned throughput": ("throughput", "MBps-months"),
}
# Amazon EFS pricing page, US East (N. Virginia), as listed in mid-2025.
_ELASTIC_THROUGHPUT = {"read": "0.03", "write": "0.06"}
_PAGE_DATE = "2025-06-30"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of every dimension of a file system."""
    for row in tables.test_suite_prices("aws_efs_file_system"):
        path, unit = _COMPONENTS[row.component]
        yield row.price(f"aws/efs/{path}", unit)
    for action, text in _ELASTIC_THROUGHPUT.items():
        key = PriceKey(f"aws/efs/elastic_throughput/{action}", "us-east-1")
        yield page_price(tables, key, text, "GB", _PAGE_DATE)
    yield from page_prices(tables, TABLE)
