"""API Gateway requests, messages and caches in us-east-1."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import tiered_prices
from tollbar.catalog.build.source_tables import tiered_price
from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price

TABLE = "aws/api_gateway"
_PATHS = {
    "APIGateway-REST-Request": "aws/api_gateway/requests/rest",
    "APIGateway-HTTP-Request-tiered": "aws/api_gateway/requests/http",
    "APIGateway-WebSocket-ConnectionMinute": "aws/api_gateway/websocket/connection_minutes",
}
_MESSAGE_TIERS = {"Messages (first 1B)": 0, "Messages (over 1B)": 1_000_000_000}
_CACHE = re.compile(r"Cache memory \(([\d.]+) GB\)")
_CACHE_PAGE = {"1.6": "0.038", "6.1": "0.2", "13.5": "0.25", "28.4": "0.5", "58.2": "1", "118": "1.9"}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield request, message and cache prices."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows("misc_curated_services", service="api_gateway"):
        rows[row.sku_key].append(row)
    for sku_key, path in _PATHS.items():
        yield _with_starts_in_base_units(path, rows[sku_key])
    peer_rows = tables.test_suite_prices("aws_apigatewayv2_api")
    yield from tiered_prices("aws/api_gateway/websocket/messages", peer_rows, _MESSAGE_TIERS, "messages", 1_000_000)
    for peer_row in tables.test_suite_prices("aws_api_gateway_stage"):
        if size := _CACHE.fullmatch(peer_row.component):
            yield peer_row.price(f"aws/api_gateway/cache/{size[1]}")
    # Amazon API Gateway pricing, "Caching", US East (N. Virginia): the sizes the tests leave out.
    for cache_gb, text in _CACHE_PAGE.items():
        key = PriceKey(f"aws/api_gateway/cache/{cache_gb}", "us-east-1")
        yield page_price(tables, key, text, "hours", "2025-01-01")
    yield from page_prices(tables, TABLE)


def _with_starts_in_base_units(path: str, rows: list[Row]) -> Price:
    """Return the tiers of rows whose price is per million while their tiers count single requests."""
    return tiered_price(path, [replace(row, tier_start=row.tier_start / 1_000_000) for row in rows])
