"""Cloud Functions of both generations: CPU and memory time, invocations, data sent out.

Sources: "Cloud Functions pricing (1st gen)": time is rounded up to 100 ms, CPU goes with the memory; functions of the
2nd generation are Cloud Run services. The free tier, which is per billing account, is not taken off.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.gcp.cloud_run import Container, Requests, amount, request_time
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_DEFAULT_MB = 256
_CHARGED_MS = 100
_MS_PER_SECOND = 1000
_MB_PER_GB = 1024
_GHZ_BY_MB = {
    128: Decimal("0.2"),
    256: Decimal("0.4"),
    512: Decimal("0.8"),
    1024: Decimal("1.4"),
    2048: Decimal("2.4"),
    4096: Decimal("4.8"),
    8192: Decimal("4.8"),
}
_VCPUS_BY_GIB = (
    (Decimal("0.125"), Decimal("0.083")),
    (Decimal("0.25"), Decimal("0.167")),
    (Decimal("0.5"), Decimal("0.333")),
    (Decimal(1), Decimal("0.583")),
    (Decimal(2), Decimal(1)),
    (Decimal(8), Decimal(2)),
    (Decimal(16), Decimal(4)),
    (Decimal(32), Decimal(8)),
)
"""The CPU that a function of the 2nd generation gets up to a size of memory, where none is asked for."""
_GIB = Decimal(1024**3)


def cloud_function(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the CPU and memory time of a function, its invocations and the GB it sends out."""
    megabytes = resource.attributes.number("available_memory_mb", _DEFAULT_MB) or Decimal(_DEFAULT_MB)
    size = min((mb for mb in _GHZ_BY_MB if mb >= megabytes), default=max(_GHZ_BY_MB))
    invocations = usage.quantity("monthly_function_invocations")
    duration = usage.quantity("request_duration_ms").each_end(_rounded_up) / _MS_PER_SECOND
    seconds = invocations * duration
    region = resource.region
    key = PriceKey("gcp/cloud_functions/cpu", region)
    yield Component("CPU", seconds * _GHZ_BY_MB[size], "GHz-seconds", key)
    key = PriceKey("gcp/cloud_functions/memory", region)
    yield Component("Memory", seconds * (megabytes / _MB_PER_GB), "GB-seconds", key)
    yield Component("Invocations", invocations, "requests", PriceKey("gcp/cloud_functions/invocation", region))
    yield from as_far_as_known(lambda: _kept_idle(resource))
    yield from _sent_out(resource, usage)


def _kept_idle(resource: Resource) -> Iterator[Unpriced]:
    """Yield that idle minimum instances cost something, too: no price source of ours knows their rates."""
    if resource.attributes.number("min_instances", 0):
        yield Unpriced("price_not_found", "Idle minimum instances (min_instances): no price for those of the 1st gen")


def cloud_function_2nd_generation(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield what the Cloud Run service of a function costs: CPU and memory time, requests, GB sent out."""
    config = resource.attributes.block("service_config")
    memory = _memory_gib(config.text("available_memory", "") or "")
    asked = amount(config.text("available_cpu", "") or "")
    vcpus = asked or next((vcpus for gib, vcpus in _VCPUS_BY_GIB if memory <= gib), _VCPUS_BY_GIB[-1][1])
    size = Container(vcpus, memory, min_instances=config.known_number("min_instance_count") or Decimal(0))
    most_at_a_time = max(config.known_number("max_instance_request_concurrency") or Decimal(1), Decimal(1))
    invocations, duration = usage.quantity("monthly_function_invocations"), usage.quantity("request_duration_ms")
    requests = Requests(invocations, duration, Quantity.between(1, 1, most_at_a_time))
    yield from request_time(size, resource.region, requests, usage.hours)
    yield from _sent_out(resource, usage)


def _sent_out(resource: Resource, usage: Usage) -> Iterator[Component]:
    quantity = usage.quantity("monthly_outbound_data_gb")
    yield Component("Outbound data transfer", quantity, "GB", PriceKey("gcp/cloud_functions/egress", resource.region))


def _rounded_up(milliseconds: Decimal) -> Decimal:
    return (milliseconds / _CHARGED_MS).to_integral_value(ROUND_CEILING) * _CHARGED_MS


def _memory_gib(text: str) -> Decimal:
    """Return the memory that ``256M``, ``1Gi`` or bytes ask for; the vendor's M is a MiB."""
    found = amount(text if text.endswith("i") or not text.endswith(("k", "M", "G")) else f"{text}i")
    return (found / _GIB) if found else Decimal(_DEFAULT_MB) / _MB_PER_GB


_USAGE_KEYS = (
    UsageKey("monthly_function_invocations", "Invocations a month", (10_000, 100_000, 1_000_000)),
    UsageKey("request_duration_ms", "Milliseconds that an invocation takes on average", (100, 300, 1000)),
    UsageKey("monthly_outbound_data_gb", "GB a month that are sent out to the internet"),
)

TYPES = (
    ResourceType("google_cloudfunctions_function", "serverless", cloud_function, usage_keys=_USAGE_KEYS),
    ResourceType(
        "google_cloudfunctions2_function", "serverless", cloud_function_2nd_generation, usage_keys=_USAGE_KEYS
    ),
)
