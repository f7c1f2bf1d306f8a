"""CloudFront distributions. Source: Amazon CloudFront pricing page.

The always-free tier belongs to the account as a whole and is not taken off. Of the edge locations, those
are billed that the use tells of; where it tells of none, the United States stand for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_EDGES = {
    "us": ("us_mexico_canada", "US, Mexico, Canada"),
    "europe": ("europe_israel", "Europe, Israel"),
    "south_africa": ("south_africa_kenya_middle_east", "South Africa, Kenya, Middle East"),
    "south_america": ("south_america", "South America"),
    "japan": ("japan", "Japan"),
    "australia": ("australia_new_zealand", "Australia, New Zealand"),
    "asia_pacific": ("hong_kong_philippines_asia_pacific", "Hong Kong, Philippines, Asia Pacific"),
    "india": ("india", "India"),
}
"""Usage keys: the group of edge locations in price paths, and its name on the page."""
_SHIELDS = {
    "us-east-1": ("us", "US East"), "us-east-2": ("us", "US East"), "us-west-2": ("us", "US West"),
    "eu-west-1": ("europe", "Europe"), "eu-west-2": ("europe", "Europe"), "eu-central-1": ("europe", "Europe"),
    "sa-east-1": ("south_america", "South America"), "ap-northeast-1": ("japan", "Japan"),
    "ap-southeast-2": ("australia", "Australia"), "ap-southeast-1": ("singapore", "Singapore"),
    "ap-northeast-2": ("south_korea", "South Korea"), "ap-south-1": ("india", "India"),
}  # fmt: skip
"""The regions that Origin Shield is offered in: usage key, and where that is."""
_FREE_INVALIDATIONS = 1000
_VIP = "vip"


class _Traffic(NamedTuple):
    """What is billed by edge locations: the usage key, the line, its unit and the path of its price."""

    key: str
    name: str
    unit: str
    path: str
    assumed: tuple[float, float, float]


_TRAFFIC = (
    _Traffic(
        "monthly_data_transfer_to_internet_gb",
        "Data transfer out to internet",
        "GB",
        "internet_egress",
        (10, 100, 1000),
    ),
    _Traffic("monthly_data_transfer_to_origin_gb", "Data transfer out to origin", "GB", "origin_egress", (1, 10, 100)),
    _Traffic("monthly_http_requests", "HTTP requests", "requests", "requests/http", (10_000, 100_000, 1_000_000)),
    _Traffic(
        "monthly_https_requests", "HTTPS requests", "requests", "requests/https", (100_000, 1_000_000, 10_000_000)
    ),
)


def distribution(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the data out and the requests by edge location, Origin Shield, invalidations, logs and certificates."""
    for traffic in _TRAFFIC:
        yield from _by_edge(traffic, usage)
    attributes = resource.attributes
    yield from as_far_as_known(lambda: _shield(attributes, usage))
    yield _option(
        "Invalidation requests",
        usage.quantity("monthly_invalidation_requests").above(_FREE_INVALIDATIONS),
        "paths",
        "invalidation",
    )
    yield from as_far_as_known(lambda: _options_of_behaviours(attributes, usage))
    yield from as_far_as_known(lambda: _certificates(attributes.block("viewer_certificate"), usage))


def _by_edge(traffic: _Traffic, usage: Usage) -> Iterator[Component]:
    told = [edge for edge in _EDGES if usage.is_told(f"{traffic.key}.{edge}")]
    for edge in told or ("us",):
        group, name = _EDGES[edge]
        key = PriceKey(f"aws/cloudfront/{traffic.path}/{group}", "global")
        yield Component(traffic.name, usage.quantity(f"{traffic.key}.{edge}"), traffic.unit, key, name)


def _shield(attributes: Attributes, usage: Usage) -> Iterator[Component]:
    """Yield the requests to each region that has a shield; two origins may share one."""
    shields = [shield for origin in attributes.blocks("origin") for shield in origin.blocks("origin_shield")]
    regions = {shield.text("origin_shield_region", "") or "": None for shield in shields if shield.flag("enabled")}
    for region in regions:
        place, name = _SHIELDS.get(region, ("", ""))
        key = f"monthly_shield_requests.{place}"
        quantity = usage.quantity(key) if place else Quantity.unknown()
        line = f"Origin shield HTTP requests ({name} {region})"
        yield Component(line, quantity, "requests", PriceKey("aws/cloudfront/origin_shield", region))


def _options_of_behaviours(attributes: Attributes, usage: Usage) -> Iterator[Component]:
    """Yield what the cache behaviours turn on: encryption of fields and logs in real time."""
    behaviours = (*attributes.blocks("default_cache_behavior"), *attributes.blocks("ordered_cache_behavior"))
    if any(behaviour.names_something("field_level_encryption_id") for behaviour in behaviours):
        quantity = usage.quantity("monthly_encryption_requests")
        yield _option("Field level encryption requests", quantity, "requests", "field_level_encryption")
    logged = any(behaviour.names_something("realtime_log_config_arn") for behaviour in behaviours)
    if logged or usage.is_told("monthly_log_lines"):
        yield _option("Real-time log requests", usage.quantity("monthly_log_lines"), "lines", "real_time_log")


def _certificates(viewer: Attributes, usage: Usage) -> Iterator[Component]:
    """Yield the certificates with addresses of their own; those by server name indication are free."""
    if viewer.text("ssl_support_method", "") == _VIP:
        told = usage.is_told("custom_ssl_certificates")
        quantity = usage.quantity("custom_ssl_certificates") if told else Quantity.fixed(1)
        yield _option("Dedicated IP custom SSLs", quantity, "certificates", "dedicated_ip_certificate")


def _option(name: str, quantity: Quantity, unit: str, path: str) -> Component:
    return Component(name, quantity, unit, PriceKey(f"aws/cloudfront/{path}", "global"))


_KEYS = (
    *(
        UsageKey(
            f"{traffic.key}.{edge}",
            f"{traffic.name}: {traffic.unit} a month at the edges of {name}",
            traffic.assumed if edge == "us" else None,
        )
        for traffic in _TRAFFIC
        for edge, (_, name) in _EDGES.items()
    ),
    *(
        UsageKey(f"monthly_shield_requests.{place}", "requests a month that reach Origin Shield there")
        for place in dict.fromkeys(place for place, _ in _SHIELDS.values())
    ),
    UsageKey("monthly_invalidation_requests", "paths invalidated a month, of which 1000 are free", (0, 100, 1000)),
    UsageKey("monthly_encryption_requests", "requests a month whose fields are encrypted"),
    UsageKey("monthly_log_lines", "lines of real-time logs a month"),
    UsageKey("custom_ssl_certificates", "certificates with dedicated IP addresses, where not one"),
)
TYPES = (ResourceType("aws_cloudfront_distribution", "network", distribution, _KEYS),)
