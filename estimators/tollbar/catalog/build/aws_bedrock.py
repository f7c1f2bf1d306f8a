"""Bedrock: tokens of the models, per token.

Of the table of the page, only what it sells at one price from everywhere (global cross-region
inference) has a region: the other rows name the page's default, which is not told. Those of common
models in us-east-1 and us-west-2 stand in the hand-kept pages.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/bedrock"
_EVERYWHERE = "Global Cross-region Inference"
_MILLION = 1_000_000
_TOKENS = {
    "1M input tokens": "input_tokens",
    "1M output tokens": "output_tokens",
    "1M cached input tokens": "cache_read_tokens",
    "1M cache write tokens (5m)": "cache_write_tokens",
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the price of a token by model and kind."""
    for row in tables.rows("aws_bedrock_page_2026-07", service="bedrock"):
        if row.attributes.get("category") == _EVERYWHERE and (kind := _TOKENS.get(row.unit)):
            here = replace(row, region="global")
            yield here.price(f"aws/bedrock/{row.sku_key}/{kind}", "tokens", _MILLION)
    yield from page_prices(tables, TABLE)
