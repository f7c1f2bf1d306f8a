"""Cloud Load Balancing: forwarding rules, proxy instances and the data they process.

Source: "Cloud Load Balancing pricing". The first five rules of a project cost one rate together, each further one a
lower rate. Which rules a project has besides is not known here, so each is charged as a further one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def forwarding_rule(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a forwarding rule and the GB that come in by it."""
    key = PriceKey("gcp/load_balancing/forwarding_rule/additional", resource.region)
    yield Component("Forwarding rules", usage.hours, "hours", key)
    key = PriceKey("gcp/load_balancing/data_processed/inbound", resource.region)
    yield Component("Ingress data", usage.quantity("monthly_ingress_data_gb"), "GB", key)


def target_proxy(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a load balancer's proxy instances and the GB they process."""
    key = PriceKey("gcp/load_balancing/proxy_instance", resource.region)
    yield Component("Proxy instance", usage.quantity("monthly_proxy_instances") * usage.hours, "hours", key)
    key = PriceKey("gcp/load_balancing/data_processed/inbound", resource.region)
    yield Component("Data processed", usage.quantity("monthly_data_processed_gb"), "GB", key)


_RULES = ("google_compute_forwarding_rule", "google_compute_global_forwarding_rule")
_PROXIES = (
    "google_compute_region_target_http_proxy",
    "google_compute_region_target_https_proxy",
    "google_compute_region_target_tcp_proxy",
    "google_compute_target_grpc_proxy",
    "google_compute_target_http_proxy",
    "google_compute_target_https_proxy",
    "google_compute_target_ssl_proxy",
    "google_compute_target_tcp_proxy",
)
_RULE_KEYS = (UsageKey("monthly_ingress_data_gb", "GB a month that come in", (10, 100, 1000)),)
_PROXY_KEYS = (
    UsageKey("monthly_proxy_instances", "Proxy instances that run at any time, on average"),
    UsageKey("monthly_data_processed_gb", "GB a month that the proxies process", (10, 100, 1000)),
)

TYPES = (
    *(ResourceType(name, "network", forwarding_rule, usage_keys=_RULE_KEYS) for name in _RULES),
    *(ResourceType(name, "network", target_proxy, usage_keys=_PROXY_KEYS) for name in _PROXIES),
)
