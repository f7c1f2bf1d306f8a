"""SageMaker AI endpoints: instances or serverless inference. Source: Amazon SageMaker AI pricing page.

What an endpoint runs stands in its configuration, which costs nothing by itself. Asynchronous inference has the
prices of real-time inference; shadow variants run on instances of their own.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.aws.autoscaling_target import scaled_capacity
from tollbar.resources.aws.sagemaker import STORAGE
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_VARIANTS = ("production_variants", "shadow_production_variants")
_SCALED = "sagemaker:variant:DesiredInstanceCount"
_MB_OF_A_GB = 1024
_SECONDS_OF_AN_HOUR = 3600
_MILLISECONDS = 1000


class _Variant(NamedTuple):
    """A model behind an endpoint: its block, the name of its lines' part, and its share of the requests."""

    block: Attributes
    part: str
    share: Decimal


def endpoint(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the instance hours and volumes of each variant, or its serverless compute, and the GB in and out."""
    configuration = _configuration(resource, inventory)
    if configuration is None:
        yield Unpriced("unknown_until_apply", "the endpoint's configuration is not in this project")
    else:
        yield from as_far_as_known(lambda: _all_variants(resource, configuration.attributes, usage, inventory))
    yield Component(
        "Data processed",
        usage.quantity("monthly_data_processed_gb"),
        "GB",
        PriceKey("aws/sagemaker/data_processed", resource.region),
    )


def _configuration(resource: Resource, inventory: Inventory) -> Resource | None:
    found = inventory.referenced(resource, "endpoint_config_name", "aws_sagemaker_endpoint_configuration")
    name = resource.attributes.literal("endpoint_config_name")
    if found is None and name:
        return inventory.named("aws_sagemaker_endpoint_configuration", "name", name)
    return found


def _all_variants(
    resource: Resource, configuration: Attributes, usage: Usage, inventory: Inventory
) -> Iterator[Component | Unpriced]:
    variants = [variant for name in _VARIANTS for variant in _variants(configuration, name)]
    for variant in variants:
        lines = partial(_lines, variant, resource, usage, inventory, alone=len(variants) == 1)
        yield from as_far_as_known(lines, variant.part)


def _variants(configuration: Attributes, name: str) -> Iterator[_Variant]:
    """Yield the variants of one kind; the requests are divided by weight, and shadows get a copy of them."""
    blocks = configuration.blocks(name)
    weights = [block.number("initial_variant_weight", 1) or Decimal(0) for block in blocks]
    for number, (block, weight) in enumerate(zip(blocks, weights, strict=True)):
        share = weight / sum(weights) if any(weights) else Decimal(1) / len(blocks)
        yield _Variant(block, block.literal("variant_name") or f"{name}[{number}]", share)


def _lines(
    variant: _Variant, resource: Resource, usage: Usage, inventory: Inventory, *, alone: bool
) -> Iterator[Component]:
    if variant.block.blocks("serverless_config"):
        yield from _serverless(variant, resource.region, usage)
    else:
        count = _instances(variant.block, resource, usage, inventory, alone=alone)
        yield from _on_instances(variant, resource.region, usage, count)


def _on_instances(variant: _Variant, region: str | None, usage: Usage, count: Quantity) -> Iterator[Component]:
    instance_type = variant.block.text("instance_type", "")
    hours = usage.quantity("monthly_hrs") if usage.is_told("monthly_hrs") else usage.hours
    key = PriceKey(f"aws/sagemaker/hosting/{instance_type}", region)
    yield Component(f"Inference instances ({instance_type})", hours * count, "hours", key, variant.part)
    if volume := variant.block.known_number("volume_size_in_gb"):
        name = "Storage (general purpose SSD)"
        yield Component(name, count * volume, "GB-months", PriceKey(STORAGE, region), variant.part)


def _serverless(variant: _Variant, region: str | None, usage: Usage) -> Iterator[Component]:
    settings = variant.block.block("serverless_config")
    memory_gb = (settings.number("memory_size_in_mb") or Decimal(0)) / _MB_OF_A_GB
    seconds = usage.quantity("monthly_requests") * usage.quantity("request_duration_ms") / _MILLISECONDS
    compute = PriceKey("aws/sagemaker/serverless/compute", region)
    yield Component("Serverless inference", seconds * variant.share * memory_gb, "GB-seconds", compute, variant.part)
    if kept_warm := settings.known_number("provisioned_concurrency"):
        held = usage.hours * _SECONDS_OF_AN_HOUR * memory_gb * kept_warm
        key = PriceKey("aws/sagemaker/serverless/provisioned_concurrency", region)
        yield Component("Provisioned concurrency", held, "GB-seconds", key, variant.part)


def _instances(block: Attributes, resource: Resource, usage: Usage, inventory: Inventory, *, alone: bool) -> Quantity:
    """Return how many instances a variant runs, ranging over what scaling may make of them.

    Where there are several variants, only targets that spell out which one they scale are taken to.
    """
    declared = block.number("initial_instance_count", 1) or Decimal(0)
    managed = block.block("managed_instance_scaling")
    if managed.text("status", "") == "ENABLED":
        low = managed.number("min_instance_count", declared) or Decimal(0)
        high = managed.number("max_instance_count", declared) or Decimal(0)
        return Quantity.between(min(low, declared), declared, max(high, declared))
    resource_id = f"endpoint/{resource.attributes.literal('name')}/variant/{block.literal('variant_name')}"
    considered = inventory if alone else _spelled(inventory, resource_id)
    scaled = scaled_capacity(resource, resource_id, _SCALED, usage, considered)
    if scaled is None or scaled.high is None or scaled.low is None:
        return Quantity.fixed(declared)
    if scaled.basis != "fixed":
        return scaled
    return Quantity.between(min(scaled.low, declared), declared, max(scaled.high, declared))


def _spelled(inventory: Inventory, resource_id: str) -> Inventory:
    targets = inventory.of_type("aws_appautoscaling_target")
    return type(inventory)(tuple(target for target in targets if target.attributes.get("resource_id") == resource_id))


TYPES = (
    ResourceType(
        "aws_sagemaker_endpoint",
        "llm",
        endpoint,
        (
            UsageKey("monthly_hrs", "hours a month that the endpoint exists, where not all"),
            UsageKey("monthly_data_processed_gb", "GB into and out of the endpoint a month", (1, 10, 100)),
            UsageKey("monthly_requests", "requests a month (serverless)", (10_000, 100_000, 1_000_000)),
            UsageKey("request_duration_ms", "milliseconds that a request takes (serverless)", (100, 500, 2000)),
        ),
    ),
)
