"""Language models on Azure, of OpenAI and other makers: tokens, hosting and provisioned throughput in six regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.azure_meters import ListedPrice, Meter, listed_prices
from tollbar.catalog.build.azure_everywhere import sold_everywhere
from tollbar.catalog.build.source_tables import by_service

if TYPE_CHECKING:
    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price


def tables(source: SourceTables) -> dict[str, list[Price]]:
    """Return the prices by table, per token, unit-hour, page, image or second."""
    rows = list(source.rows("azure_openai_foundry_models"))
    if not rows:
        return {}
    first = rows[0]
    prices = list(listed_prices(map(_listed, rows), first.source_id, first.as_of, first.trust))
    global_deployments = (price for price in prices if "/global/" in price.key.path)
    return by_service([*prices, *sold_everywhere(global_deployments)])


def _listed(row: Row) -> ListedPrice:
    meter = Meter("Foundry Models", row.attributes["product"], row.sku_key, row.sku_key, row.unit)
    return ListedPrice(meter, row.region, row.price_usd)
