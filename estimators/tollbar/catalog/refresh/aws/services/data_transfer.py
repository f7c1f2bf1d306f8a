"""Data transfer out of EC2 and most services: to the internet, between zones, between regions.

Sold by AWSDataTransfer, whose products name the region they leave in ``fromRegionCode``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.service import Query, Service, Sold

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

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


SERVICE = Service(
    "data_transfer",
    tuple(
        Query("AWSDataTransfer", {"transferType": kind})
        for kind in ("AWS Outbound", "IntraRegion", "InterRegion Outbound")
    ),
    _sold,
    region_attribute="fromRegionCode",
)
