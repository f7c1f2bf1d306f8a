"""Amazon API Gateway: requests, messages, connection minutes, caches by size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, Sold, by_rules

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_RULES = (
    Rule("ApiGatewayRequest", "aws/api_gateway/requests/rest", "requests"),
    Rule("ApiGatewayHttpRequest", "aws/api_gateway/requests/http", "requests"),
    Rule("ApiGatewayMessage", "aws/api_gateway/websocket/messages", "messages"),
    Rule("ApiGatewayMinute", "aws/api_gateway/websocket/connection_minutes", "minutes"),
)
_BY_USAGE = by_rules(_RULES)


def _sold(product: Product, term: Term) -> Sold | None:
    if product.family == "Amazon API Gateway Cache" and term.kind == "OnDemand":
        size = product["cacheMemorySizeGb"]
        return Sold(f"aws/api_gateway/cache/{size.rstrip('0').rstrip('.') if '.' in size else size}", "hours")
    return _BY_USAGE(product, term)


SERVICE = Service("api_gateway", (Query("AmazonApiGateway"),), _sold)
