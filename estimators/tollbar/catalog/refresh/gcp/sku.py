"""One SKU of the Cloud Billing Catalog, as much of it as tells a price.

Field names and their meaning from "Method: services.skus.list" of the Cloud Billing API reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.errors import RefreshError
from tollbar.money import HOURS_PER_MONTH
from tollbar.price import Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from google.cloud.billing_v1.types import cloud_catalog

_HOURS_PER_DAY = 24
_NANO = Decimal("1e-9")
# Values of the API's enumerations, which raw messages give as numbers.
_DAILY = 1
_GLOBAL = 1
_REGIONAL = 2
_MULTI_REGIONAL = 3


@dataclass(frozen=True, slots=True)
class Sku:
    """What Google sells under one identifier, in which regions, and its list price in USD.

    ``unit`` is Google's usage unit and ``rates`` the price per unit from so many units a month on.
    """

    id: str
    description: str
    family: str
    group: str
    usage_type: str
    regions: tuple[str, ...]
    unit: str
    rates: tuple[Tier, ...]

    def __str__(self) -> str:
        """Return the identifier and the description."""
        return f"SKU {self.id} ({self.description})"


def read_sku(message: cloud_catalog.Sku) -> Sku | None:
    """Return a SKU message of the API as a :class:`Sku`, None where it tells no price.

    The protocol buffer inside such a message will do and is quicker.

    Raises:
        RefreshError: The price is not in USD.
    """
    if not message.pricing_info:
        return None
    pricing = message.pricing_info[-1]  # in the order of time: the last holds
    expression = pricing.pricing_expression
    sku = Sku(
        message.sku_id,
        " ".join(message.description.split()),
        message.category.resource_family,
        message.category.resource_group,
        message.category.usage_type,
        _regions(message),
        expression.usage_unit,
        tuple(_rates(message, pricing)),
    )
    return sku if sku.rates else None


def _rates(message: cloud_catalog.Sku, pricing: cloud_catalog.PricingInfo) -> Iterator[Tier]:
    """Yield the tiers; where an allowance is given each day, a tier starts at that of a month."""
    is_daily = pricing.aggregation_info.aggregation_interval == _DAILY
    for rate in pricing.pricing_expression.tiered_rates:
        money = rate.unit_price
        if money.currency_code != "USD":
            raise RefreshError(f"SKU {message.sku_id} ({message.description}) is priced in {money.currency_code}")
        start = Decimal(str(rate.start_usage_amount))
        a_month = start * HOURS_PER_MONTH / _HOURS_PER_DAY if is_daily else start
        yield Tier(a_month, Decimal(money.units) + money.nanos * _NANO)


def _regions(message: cloud_catalog.Sku) -> tuple[str, ...]:
    """Return where a SKU's price holds.

    ``service_regions`` says it. But the SKUs of a service that calls itself global (Firestore) are told apart
    by ``geo_taxonomy`` where they are regional, and by nothing but the description where they are
    multi-regional; and what is sold at one price everywhere (Cloud KMS) may list all regions.
    """
    served = tuple(message.service_regions)
    if message.geo_taxonomy.type_ == _GLOBAL:
        return ("global",)
    if message.geo_taxonomy.type_ == _REGIONAL and message.geo_taxonomy.regions:
        return tuple(message.geo_taxonomy.regions)
    if message.geo_taxonomy.type_ == _MULTI_REGIONAL and served == ("global",):
        return ()
    return served
