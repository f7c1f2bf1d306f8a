"""Route 53 zones, records, health checks and resolver endpoints. Source: Amazon Route 53 pricing page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_ROUTINGS = {
    "standard": ("monthly_standard_queries", "Standard queries", ()),
    "latency": ("monthly_latency_based_queries", "Latency based routing queries", ("latency_routing_policy",)),
    "geo": (
        "monthly_geo_queries",
        "Geo DNS queries",
        ("geolocation_routing_policy", "geoproximity_routing_policy"),
    ),
}
_FAST_INTERVAL_SECONDS = 10


def zone(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the month of a hosted zone."""
    yield Component("Hosted zone", Quantity.fixed(1), "zones", PriceKey("aws/route53/hosted_zone", resource.region))


def record(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the queries by their routing; queries answered by an alias to AWS resources are free."""
    own = _routing(resource.attributes)
    is_alias = bool(resource.attributes.blocks("alias"))
    for routing, (usage_key, name, _) in _ROUTINGS.items():
        is_told = usage.is_told(usage_key)
        if is_told or (routing == own and not is_alias):
            key = PriceKey(f"aws/route53/queries/{routing}", resource.region)
            yield Component(name, usage.quantity(usage_key), "queries", key)


def health_check(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the month of a health check and of each optional feature, by where the endpoint is."""
    is_elsewhere = (usage.text("endpoint_type") or "aws").lower() == "non_aws"
    endpoint, name = ("non_aws", "non-AWS endpoint") if is_elsewhere else ("aws", "AWS endpoint")
    price = PriceKey(f"aws/route53/health_check/{endpoint}", resource.region)
    yield Component(f"Health check ({name})", Quantity.fixed(1), "months", price)
    if features := _optional_features(resource.attributes):
        price = PriceKey(f"aws/route53/health_check_feature/{endpoint}", resource.region)
        yield Component(f"Optional features ({name})", Quantity.fixed(features), "months", price)


def resolver_endpoint(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of each network interface and the queries."""
    yield from as_far_as_known(lambda: _interfaces(resource, usage))
    key = PriceKey("aws/route53/resolver_endpoint/queries", resource.region)
    yield Component("DNS queries", usage.quantity("monthly_queries"), "queries", key)


def _interfaces(resource: Resource, usage: Usage) -> Iterator[Component | Unpriced]:
    interfaces = len(resource.attributes.blocks("ip_address"))
    if interfaces:
        key = PriceKey("aws/route53/resolver_endpoint/hours", resource.region)
        yield Component("Resolver endpoint interfaces", usage.hours * interfaces, "hours", key)
    else:
        yield Unpriced("unknown_until_apply", "the ip_address blocks of the endpoint are not known")


def _routing(attributes: Attributes) -> str:
    for routing, (_, _, policies) in _ROUTINGS.items():
        if any(attributes.blocks(policy) for policy in policies):
            return routing
    return "standard"


def _optional_features(attributes: Attributes) -> int:
    """Return how many of HTTPS, string matching, fast interval and latency measurement are on."""
    check_type = attributes.text("type") or ""
    features = (
        check_type.startswith("HTTPS"),
        check_type.endswith("_STR_MATCH"),
        attributes.number("request_interval") == _FAST_INTERVAL_SECONDS,
        attributes.flag("measure_latency"),
    )
    return sum(features)


TYPES = (
    ResourceType("aws_route53_zone", "network", zone),
    ResourceType(
        "aws_route53_record",
        "network",
        record,
        usage_keys=(
            UsageKey("monthly_standard_queries", "Standard queries a month", (10_000, 100_000, 1_000_000)),
            UsageKey("monthly_latency_based_queries", "Latency based queries a month", (10_000, 100_000, 1_000_000)),
            UsageKey("monthly_geo_queries", "Geo DNS and geoproximity queries a month", (10_000, 100_000, 1_000_000)),
        ),
    ),
    ResourceType(
        "aws_route53_health_check",
        "network",
        health_check,
        usage_keys=(UsageKey("endpoint_type", "Where the checked endpoint is: aws (if not told) or non_aws"),),
    ),
    ResourceType(
        "aws_route53_resolver_endpoint",
        "network",
        resolver_endpoint,
        usage_keys=(
            UsageKey("monthly_queries", "DNS queries through the endpoint a month", (10_000, 100_000, 1_000_000)),
        ),
    ),
)
