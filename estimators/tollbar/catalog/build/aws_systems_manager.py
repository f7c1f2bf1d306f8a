"""Systems Manager in us-east-1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/systems_manager"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield advanced parameters, their API interactions and advanced managed nodes."""
    for row in tables.test_suite_prices("aws_ssm_parameter", "API interactions (advanced)"):
        yield row.price("aws/systems_manager/parameter/api_interactions", "requests", 10_000)
    for row in tables.test_suite_prices("aws_ssm_activation"):
        yield row.price("aws/systems_manager/managed_node/advanced", "hours")
    # AWS Systems Manager pricing, "Parameter Store": the tests only give the hour, rounded to one digit.
    key = PriceKey("aws/systems_manager/parameter/advanced", "us-east-1")
    yield page_price(tables, key, "0.05", "months", "2025-01-01")
    yield from page_prices(tables, TABLE)
