"""``GET /v1/prices``: what something costs, and where the price comes from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel

from tollbar.price import PriceKey
from tollbar.price_document import price_document
from tollbar.service.access import TheService, caller_with
from tollbar.service.authentication import Caller
from tollbar.service.problems import Problem

if TYPE_CHECKING:
    from tollbar.catalog.layers import LayeredCatalog
    from tollbar.price import Price

router = APIRouter(tags=["prices"])

_MOST = 100
_ONE_AT_A_TIME = anyio.CapacityLimiter(1)
"""The catalogue's connection answers one question at a time."""


class TierAnswer(BaseModel):
    """A price in USD per unit from so many units a month on."""

    start: float
    unit_price: float


class RangeAnswer(BaseModel):
    """Between what the price lies, where it is another region's."""

    low: float
    high: float


class PriceAnswer(BaseModel):
    """A price in USD per unit, its source, the day it was read there, and how far to trust it (own, A, B, C)."""

    path: str
    region: str | None
    currency: str
    unit: str
    unit_price: float
    tiers: list[TierAnswer]
    source: str
    as_of: str
    trust: str
    range: RangeAnswer | None = None


class PricesAnswer(BaseModel):
    """Prices, the plainest match first."""

    prices: list[PriceAnswer]


@router.get("/v1/prices")
async def search_prices(
    service: TheService,
    _: Annotated[Caller, Depends(caller_with("prices"))],
    query: Annotated[
        str, Query(min_length=1, max_length=200, pattern=r"\S", description="words of the name, and a region",
                   examples=["nat gateway eu-west-1"])
    ],
    most: Annotated[int, Query(ge=1, le=_MOST)] = 20,
) -> PricesAnswer:  # fmt: skip
    """Find prices by the words people use."""
    found = await anyio.to_thread.run_sync(
        partial(_search, service.catalog, query.split(), most), limiter=_ONE_AT_A_TIME
    )
    return PricesAnswer(prices=found)


@router.get("/v1/prices/{key:path}")
async def show_price(
    service: TheService,
    _: Annotated[Caller, Depends(caller_with("prices"))],
    key: Annotated[str, Path(max_length=300, examples=["aws/ebs/storage/gp3"])],
    region: Annotated[str | None, Query(max_length=60, examples=["us-east-1"])] = None,
) -> PricesAnswer:
    """Tell what something costs: in a region, or in all where it is sold."""
    found = await anyio.to_thread.run_sync(partial(_show, service.catalog, key, region), limiter=_ONE_AT_A_TIME)
    return PricesAnswer(prices=found)


def _search(catalog: LayeredCatalog, words: list[str], most: int) -> list[PriceAnswer]:
    from tollbar.catalog.search import parse_query  # noqa: PLC0415 -- only a search pays for it

    found = catalog.search(words)
    if found.left_out:
        return []
    regions = parse_query(words).codes
    answers = []
    for match in found.matches[:most]:
        prices = catalog.prices_of(match.path)
        answers += [_answer(price) for price in prices if price.key.region in regions][:1] or [_answer(prices[0])]
    return answers


def _show(catalog: LayeredCatalog, key: str, region: str | None) -> list[PriceAnswer]:
    path = key.strip("/")
    path = path if catalog.prices_of(path) else path.lower()
    if region is not None:
        prices = [price for _, price in catalog.candidates(PriceKey(path, region))][:1]
    else:
        by_region: dict[str | None, Price] = {}
        for price in catalog.prices_of(path):
            by_region.setdefault(price.key.region, price)
        prices = list(by_region.values())
    if not prices:
        more: dict[str, Any] = {}
        if below := catalog.paths_below(path):
            more["below"] = below[:_MOST]
        miss = str(catalog.miss(PriceKey(path, region or "nowhere"))).replace(" in nowhere", "")
        raise Problem(404, "no-such-price", miss, more=more)
    return [_answer(price) for price in prices]


def _answer(price: Price) -> PriceAnswer:
    return PriceAnswer.model_validate(price_document(price))
