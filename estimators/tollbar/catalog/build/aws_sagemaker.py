"""SageMaker AI instance hours and storage: hosting, training, notebooks, processing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/sagemaker"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of SageMaker."""
    yield from page_prices(tables, TABLE)
