"""Data transfer out of EC2 and most services: to the internet, between zones, between regions.

Sold by AWSDataTransfer, whose products name the region they leave in ``fromRegionCode``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.service import Query, Service, Sold, renamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.catalog.refresh.aws.product import Product, Term
    from tollbar.price import Price

_ROOT = "aws/data_transfer"


def _sold(product: Product, term: Term) -> Sold | None:
    kind, usage = product["transferType"], product.usage
    if term.kind != "OnDemand":
        return None
    if kind == "AWS Outbound" and usage == "DataTransfer-Out-Bytes" and product["toLocation"] in {"External", ""}:
        return Sold(f"{_ROOT}/internet_egress", "GB")
    if kind == "IntraRegion" and usage == "DataTransfer-Regional-Bytes":
        return Sold(f"{_ROOT}/inter_az", "GB")
    target = product.region("toRegionCode")
    if kind == "InterRegion Outbound" and usage.endswith("-AWS-Out-Bytes") and target:
        return Sold(f"{_ROOT}/inter_region/{target}", "GB")
    return None


def _derived(prices: Mapping[str, Price]) -> Iterator[Price]:
    """Yield the price to any other region: the dearest route, where most routes cost as much."""
    routes = [price for path, price in prices.items() if path.startswith(f"{_ROOT}/inter_region/")]
    dearest = max(routes, key=lambda price: price.tiers[0].unit_price, default=None)
    if dearest is not None and 2 * sum(route.tiers == dearest.tiers for route in routes) > len(routes):
        yield renamed(dearest, f"{_ROOT}/inter_region/other_regions")


SERVICE = Service(
    "data_transfer",
    tuple(
        Query("AWSDataTransfer", {"transferType": kind})
        for kind in ("AWS Outbound", "IntraRegion", "InterRegion Outbound")
    ),
    _sold,
    region_attribute="fromRegionCode",
    derived=_derived,
)
