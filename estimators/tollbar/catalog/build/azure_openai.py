"""Language models on Azure, of OpenAI and other makers: tokens, hosting and provisioned throughput in six regions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.azure_meters import ListedPrice, Meter, listed_prices
from tollbar.catalog.build.source_tables import by_service
from tollbar.catalog.lookup import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price

_ENOUGH_REGIONS = 3


def tables(source: SourceTables) -> dict[str, list[Price]]:
    """Return the prices by table, per token, unit-hour, page, image or second."""
    rows = list(source.rows("azure_openai_foundry_models"))
    if not rows:
        return {}
    first = rows[0]
    prices = list(listed_prices(map(_listed, rows), first.source_id, first.as_of, first.trust))
    return by_service([*prices, *_global_deployments(prices)])


def _listed(row: Row) -> ListedPrice:
    meter = Meter("Foundry Models", row.attributes["product"], row.sku_key, row.sku_key, row.unit)
    return ListedPrice(meter, row.region, row.price_usd)


def _global_deployments(prices: Iterable[Price]) -> Iterator[Price]:
    """Yield what a global deployment costs wherever it is made: it runs anywhere, at one price.

    Left out is what is not seen at one price in three regions or more.
    """
    by_path: dict[str, list[Price]] = defaultdict(list)
    for price in prices:
        if "/global/" in price.key.path:
            by_path[price.key.path].append(price)
    for found in by_path.values():
        if len(found) >= _ENOUGH_REGIONS and len({price.tiers for price in found}) == 1:
            yield replace(found[0], key=replace(found[0].key, region=EVERYWHERE))
