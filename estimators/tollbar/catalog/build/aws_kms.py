"""KMS keys (one price everywhere, says the page) and requests in us-east-1."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import everywhere
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/kms"
_PEER_PATHS = {
    "Requests (RSA 2048)": "aws/kms/requests/rsa_2048",
    "Requests (asymmetric)": "aws/kms/requests/asymmetric",
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the month of a key and its requests, after the account's free ones."""
    for row in tables.rows("aws_services", service="kms"):
        if row.sku_key == "KMS-Key-Month":
            yield everywhere(row.price("aws/kms/key"))
        elif row.sku_key == "KMS-API-Request" and row.price_usd:
            yield replace(row, tier_start=Decimal(0)).price("aws/kms/requests/symmetric")
    for peer_row in tables.test_suite_prices("aws_kms_key"):
        if path := _PEER_PATHS.get(peer_row.component):
            yield peer_row.price(path, "requests", 10_000)
    yield from page_prices(tables, TABLE)
