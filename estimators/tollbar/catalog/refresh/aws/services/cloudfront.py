"""Amazon CloudFront: GB to viewers and to origins, requests, by the edge locations of a continent; options.

The edges that share a price are listed one by one; of each group the one that AWS names first is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, Sold, by_rules

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_ROOT = "aws/cloudfront"
_EDGES = {
    "United States": "us_mexico_canada",
    "Europe": "europe_israel",
    "South Africa": "south_africa_kenya_middle_east",
    "South America": "south_america",
    "Japan": "japan",
    "Australia": "australia_new_zealand",
    "Asia Pacific": "hong_kong_philippines_asia_pacific",
    "India": "india",
}
_TRANSFERS = {"CloudFront Outbound": "internet_egress", "CloudFront to Origin": "origin_egress"}
_REQUESTS = {"CloudFront-Request-HTTP-Proxy": "http", "CloudFront-Request-HTTPS-Proxy": "https"}
_ENCRYPTED = {"requestDescription": "HTTPS Proxy requests with Field Level Encryption", "location": "Europe"}
"""All edges encrypt at one price; those of Europe are read."""
_SHIELDED = "Origin Shield Requests"
"""Sold by the region that the shield is in."""
_OPTIONS = by_rules(
    (
        Rule("SSL-Cert-Custom", f"{_ROOT}/dedicated_ip_certificate", "certificates"),
        Rule(r".*", f"{_ROOT}/real_time_log", "lines", {"operation": "RealTimeLog"}),
        Rule(r".*", f"{_ROOT}/field_level_encryption", "requests", _ENCRYPTED),
        Rule("Invalidations", f"{_ROOT}/invalidation", "paths"),
        Rule("Executions-CloudFrontFunctions", "aws/cloudfront_function/invocations", "requests"),
    )
)


def _sold(product: Product, term: Term) -> Sold | None:
    if product["requestDescription"].startswith((_SHIELDED, _ENCRYPTED["requestDescription"])):
        return _OPTIONS(product, term)
    transfer, request = _TRANSFERS.get(product["transferType"]), _REQUESTS.get(product["requestType"])
    if term.kind == "OnDemand" and transfer is not None:
        edge = _EDGES.get(product["fromLocation"])
        return Sold(f"{_ROOT}/{transfer}/{edge}", "GB") if edge else None
    if term.kind == "OnDemand" and request is not None:
        edge = _EDGES.get(product["location"])
        return Sold(f"{_ROOT}/requests/{request}/{edge}", "requests") if edge else None
    return _OPTIONS(product, term)


SERVICES = (
    Service("cloudfront", (Query("AmazonCloudFront"),), _sold, is_regional=False, is_global=True),
    Service(
        "cloudfront_origin_shield",
        (Query("AmazonCloudFront", {"requestDescription": _SHIELDED}),),
        by_rules([Rule(r".*", f"{_ROOT}/origin_shield", "requests", {"requestDescription": _SHIELDED})]),
    ),
)
