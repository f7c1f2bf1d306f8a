"""Lambda in us-east-1: requests, duration by architecture, provisioned concurrency."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import tiered_prices
from tollbar.catalog.build.source_tables import tiered_price
from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/lambda"
_ARM_TIERS = {
    "Duration (first 7.5B)": 0,
    "Duration (next 11.25B)": 7_500_000_000,
    "Duration (over 18.75B)": 18_750_000_000,
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices a request and a GB-second; the account's free tier is left out."""
    rows = list(tables.rows("aws_services", service="lambda"))
    duration = [row for row in rows if row.sku_key == "Lambda-GB-Second" and row.price_usd]
    cheapest_start = min(row.tier_start for row in duration)
    from_zero = [replace(row, tier_start=Decimal(0)) if row.tier_start == cheapest_start else row for row in duration]
    yield tiered_price("aws/lambda/duration/x86_64", from_zero)
    for row in rows:
        if row.sku_key == "Lambda-Request" and row.price_usd:
            yield replace(row, tier_start=Decimal(0)).price("aws/lambda/requests")
        elif row.sku_key == "Lambda-ProvisionedConcurrency-GB-Second":
            yield row.price("aws/lambda/provisioned_concurrency/x86_64")
    peer = list(tables.test_suite_prices("aws_lambda_function"))
    yield from tiered_prices("aws/lambda/duration/arm64", peer, _ARM_TIERS, "GB-seconds")
    for peer_row in peer:
        if peer_row.component == "Ephemeral storage":
            yield peer_row.price("aws/lambda/ephemeral_storage", "GB-seconds")
    for peer_row in tables.test_suite_prices("aws_lambda_provisioned_concurrency_config"):
        if peer_row.component == "Provisioned Concurrency":
            yield peer_row.price("aws/lambda/provisioned_concurrency/arm64", "GB-seconds")
        elif peer_row.component == "Duration":
            yield peer_row.price("aws/lambda/provisioned_duration/arm64", "GB-seconds")
    # AWS Lambda pricing, "Provisioned Concurrency Pricing", x86, US East (N. Virginia).
    key = PriceKey("aws/lambda/provisioned_duration/x86_64", "us-east-1")
    yield page_price(tables, key, "0.0000097222", "GB-seconds", "2025-01-01")
    yield from page_prices(tables, TABLE)
