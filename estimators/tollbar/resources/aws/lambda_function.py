"""Lambda functions and provisioned concurrency. Source: AWS Lambda pricing page.

The free requests and GB-seconds are an account's, not a function's, and are not taken off.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_DEFAULT_MEMORY_MB = Decimal(128)
_INCLUDED_STORAGE_MB = Decimal(512)
_MB_PER_GB = Decimal(1024)


def lambda_function(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield requests, GB-seconds of memory, and GB-seconds of ephemeral storage beyond 512 MB."""
    region = resource.region
    requests = usage.quantity("monthly_requests")
    seconds = requests * usage.quantity("request_duration_ms") / 1000
    yield Component("Requests", requests, "requests", PriceKey("aws/lambda/requests", region))
    yield from as_far_as_known(lambda: _duration(resource, seconds))
    yield from as_far_as_known(lambda: _ephemeral_storage(resource, seconds))


def _duration(resource: Resource, seconds: Quantity) -> Iterator[Component]:
    architecture = _architecture(resource)
    yield Component(
        f"Duration ({architecture})",
        seconds * (_memory_mb(resource) / _MB_PER_GB),
        "GB-seconds",
        PriceKey(f"aws/lambda/duration/{architecture}", resource.region),
    )


def _ephemeral_storage(resource: Resource, seconds: Quantity) -> Iterator[Component]:
    storage = resource.attributes.block("ephemeral_storage").number("size", _INCLUDED_STORAGE_MB)
    if storage is not None and storage > _INCLUDED_STORAGE_MB:
        yield Component(
            "Ephemeral storage",
            seconds * ((storage - _INCLUDED_STORAGE_MB) / _MB_PER_GB),
            "GB-seconds",
            PriceKey("aws/lambda/ephemeral_storage", resource.region),
        )


def provisioned_concurrency(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the requests served, the GB-seconds kept ready, and the GB-seconds of duration.

    Memory and architecture are those of the function unless the usage tells them; a function
    outside of the project leaves the GB-seconds unknown.
    """
    region = resource.region
    function = _function(resource, inventory)
    architecture = usage.text("architecture") or (_architecture(function) if function else "x86_64")
    memory_gb = _provisioned_memory(usage, function) / _MB_PER_GB
    requests = usage.quantity("monthly_requests")
    executions = resource.attributes.number("provisioned_concurrent_executions")
    hours = usage.quantity("monthly_duration_hrs") if _is_told(usage, "monthly_duration_hrs") else usage.hours
    kept_ready = hours * 3600 * Quantity.fixed(executions) if executions is not None else Quantity.unknown()
    yield Component("Requests", requests, "requests", PriceKey("aws/lambda/requests", region))
    yield Component(
        f"Provisioned concurrency ({architecture})",
        kept_ready * memory_gb,
        "GB-seconds",
        PriceKey(f"aws/lambda/provisioned_concurrency/{architecture}", region),
    )
    yield Component(
        f"Duration ({architecture})",
        requests * usage.quantity("request_duration_ms") / 1000 * memory_gb,
        "GB-seconds",
        PriceKey(f"aws/lambda/provisioned_duration/{architecture}", region),
    )


def _architecture(function: Resource) -> str:
    return next(iter(function.attributes.texts("architectures")), "x86_64")


def _memory_mb(function: Resource) -> Decimal:
    return function.attributes.number("memory_size") or _DEFAULT_MEMORY_MB


def _provisioned_memory(usage: Usage, function: Resource | None) -> Quantity:
    if _is_told(usage, "memory_mb"):
        return usage.quantity("memory_mb")
    return Quantity.fixed(_memory_mb(function)) if function else Quantity.unknown()


def _is_told(usage: Usage, key: str) -> bool:
    return usage.is_told(key)


def _function(resource: Resource, inventory: Inventory) -> Resource | None:
    if referenced := inventory.referenced(resource, "function_name", "aws_lambda_function"):
        return referenced
    name = resource.attributes.get("function_name")
    return inventory.named("aws_lambda_function", "function_name", name) if isinstance(name, str) else None


TYPES = (
    ResourceType(
        "aws_lambda_function",
        "serverless",
        lambda_function,
        usage_keys=(
            UsageKey("monthly_requests", "Requests to the function a month", (10_000, 100_000, 1_000_000)),
            UsageKey("request_duration_ms", "Average duration of a request in milliseconds", (50, 200, 1000)),
        ),
    ),
    ResourceType(
        "aws_lambda_provisioned_concurrency_config",
        "serverless",
        provisioned_concurrency,
        usage_keys=(
            UsageKey(
                "monthly_duration_hrs", "Hours a month that provisioned concurrency is on; all of them if not told"
            ),
            UsageKey("monthly_requests", "Requests served a month by it", (10_000, 100_000, 1_000_000)),
            UsageKey("request_duration_ms", "Average duration of a request in milliseconds", (50, 200, 1000)),
            UsageKey("architecture", "Architecture of the function: x86_64 or arm64"),
            UsageKey("memory_mb", "Memory of the function in MB"),
        ),
    ),
)
