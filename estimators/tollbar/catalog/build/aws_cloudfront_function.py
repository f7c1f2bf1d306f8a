"""CloudFront functions: one price at every edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/cloudfront_function"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the price of an invocation."""
    for row in tables.test_suite_prices("aws_cloudfront_function"):
        yield everywhere(row.price("aws/cloudfront_function/invocations", "requests", 1_000_000))
