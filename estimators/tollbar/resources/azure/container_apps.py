"""Container Apps of the consumption plan: the vCPUs and memory of their replicas, active or idle, and their requests.

Source: "Azure Container Apps pricing". Replicas that wait for requests are idle and pay less for their vCPUs. What a
subscription has free each month (180,000 vCPU-seconds, 360,000 GiB-seconds, 2 million requests) is not taken off: it
is one for all its apps. Apps on a dedicated workload profile are paid for by their environment.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_PATH = "azure/container_apps/standard"
_SECONDS_PER_HOUR = 3600
_DEFAULT_MAX_REPLICAS = 10
_MEBI_IN_GIBI = 1024
_ALWAYS = Decimal(100)


def container_app(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the vCPU-seconds and GiB-seconds of an app's replicas, active and idle, and its requests."""
    profile = (resource.attributes.text("workload_profile_name", "Consumption") or "").lower()
    if profile != "consumption":
        return
    template = resource.attributes.block("template")
    yield from as_far_as_known(lambda: _replica_lines(template, usage, resource.region), "template")
    requests = usage.quantity("monthly_requests")
    yield Component("Requests", requests, "requests", PriceKey(f"{_PATH}/requests", resource.region))


def _replica_lines(template: Attributes, usage: Usage, region: str | None) -> Iterator[Component]:
    containers = template.blocks("container")
    vcpus = sum((container.number("cpu", 0) or Decimal(0) for container in containers), Decimal(0))
    memory = sum((_gib(container.text("memory") or "") for container in containers), Decimal(0))
    seconds = usage.hours * _replicas(template, usage) * _SECONDS_PER_HOUR
    active = usage.quantity("active_percentage").each_end(lambda percent: min(percent, _ALWAYS))
    for state, share in (("active", active), ("idle", _rest(active))):
        for name, amount, unit, meter in (
            ("vCPUs", vcpus, "vCPU-seconds", "vcpu"),
            ("Memory", memory, "GiB-seconds", "memory"),
        ):
            key = PriceKey(f"{_PATH}/{meter}_{state}_usage", region)
            yield Component(f"{name} ({state})", seconds * share / 100 * amount, unit, key)


def _rest(active: Quantity) -> Quantity:
    """Return the rest of 100 %: the most where the active share is least."""
    rest = active.each_end(lambda percent: _ALWAYS - percent)
    return replace(rest, low=rest.high, high=rest.low)


def _replicas(template: Attributes, usage: Usage) -> Quantity:
    """Return the replicas that run: as told, else those that the scale allows; unknown where it may be none."""
    least = template.number("min_replicas", 0) or Decimal(0)
    if usage.is_told("replicas") or least == 0:
        return usage.quantity("replicas")
    most = template.number("max_replicas", _DEFAULT_MAX_REPLICAS) or least
    return Quantity.between(least, least, max(least, most))


def _gib(memory: str) -> Decimal:
    """Return a Kubernetes-like amount of memory (``0.5Gi``, ``512Mi``) in GiB."""
    match = re.fullmatch(r"([\d.]+)(Gi|Mi|)", memory)
    if match is None:
        return Decimal(0)
    return Decimal(match[1]) / (_MEBI_IN_GIBI if match[2] == "Mi" else 1)


TYPES = (
    ResourceType(
        "azurerm_container_app",
        "container",
        container_app,
        (
            UsageKey("replicas", "Replicas that run on average: the fewest declared unless told", (0, 1, 3)),
            UsageKey("active_percentage", "Percent of the time that a replica handles requests", (5, 25, 100)),
            UsageKey("monthly_requests", "Requests a month", (100_000, 1_000_000, 10_000_000)),
        ),
    ),
)
