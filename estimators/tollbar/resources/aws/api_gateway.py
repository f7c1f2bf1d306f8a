"""API Gateway APIs and stage caches. Source: Amazon API Gateway pricing page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resource import UnknownUntilApplyError
from tollbar.resources.aws.payload_chunks import requests_per_request
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_HTTP_CHUNK_KB = 512
_WEBSOCKET_CHUNK_KB = 32
_DEFAULT_CACHE_GB = "0.5"


def rest_api(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the API calls of a REST API."""
    key = PriceKey("aws/api_gateway/requests/rest", resource.region)
    yield Component("Requests (REST)", usage.quantity("monthly_requests"), "requests", key)


def http_or_websocket_api(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the requests of an HTTP API, or the messages and connection minutes of a WebSocket API."""
    protocol = resource.attributes.text("protocol_type")
    region = resource.region
    if protocol == "HTTP":
        requests = usage.quantity("monthly_requests") * requests_per_request(usage, "request_size_kb", _HTTP_CHUNK_KB)
        yield Component("Requests (HTTP)", requests, "requests", PriceKey("aws/api_gateway/requests/http", region))
    elif protocol == "WEBSOCKET":
        chunks = requests_per_request(usage, "message_size_kb", _WEBSOCKET_CHUNK_KB)
        messages = usage.quantity("monthly_messages") * chunks
        yield Component("Messages", messages, "messages", PriceKey("aws/api_gateway/websocket/messages", region))
        minutes = usage.quantity("monthly_connection_mins")
        key = PriceKey("aws/api_gateway/websocket/connection_minutes", region)
        yield Component("Connection duration", minutes, "minutes", key)
    else:
        yield Unpriced("unknown_until_apply", f"protocol_type is {protocol!r}, neither HTTP nor WEBSOCKET")


def stage(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a stage's cache; a stage without one is free."""
    attributes = resource.attributes
    if attributes.is_unknown("cache_cluster_enabled"):
        raise UnknownUntilApplyError("cache_cluster_enabled")
    if not attributes.flag("cache_cluster_enabled"):
        return
    size = attributes.text("cache_cluster_size") or _DEFAULT_CACHE_GB
    size = size.removesuffix(".0")
    key = PriceKey(f"aws/api_gateway/cache/{size}", resource.region)
    yield Component(f"Cache memory ({size} GB)", usage.hours, "hours", key)


TYPES = (
    ResourceType(
        "aws_api_gateway_rest_api",
        "serverless",
        rest_api,
        usage_keys=(UsageKey("monthly_requests", "API calls a month", (10_000, 100_000, 1_000_000)),),
    ),
    ResourceType(
        "aws_apigatewayv2_api",
        "serverless",
        http_or_websocket_api,
        usage_keys=(
            UsageKey("monthly_requests", "Requests to the HTTP API a month", (10_000, 100_000, 1_000_000)),
            UsageKey("request_size_kb", "Average size of a request in KB; up to 512 if not told"),
            UsageKey("monthly_messages", "Messages of the WebSocket API a month", (10_000, 100_000, 1_000_000)),
            UsageKey("message_size_kb", "Average size of a message in KB; up to 32 if not told"),
            UsageKey("monthly_connection_mins", "Minutes of all connections a month", (10_000, 100_000, 1_000_000)),
        ),
    ),
    ResourceType("aws_api_gateway_stage", "serverless", stage),
)
