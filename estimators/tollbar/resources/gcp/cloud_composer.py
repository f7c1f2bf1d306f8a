"""Cloud Composer environments, versions 2 and 3.

Source: "Cloud Composer pricing". Version 2 charges a fee by the environment's size and the vCPUs, memory and storage
of its components; version 3 charges data compute units (DCU). Workers are as many as their scaling allows.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_VERSION = re.compile(r"composer-(\d+)")
_COMPONENTS = ("scheduler", "triggerer", "web_server", "worker")
_RESOURCES = (
    ("cpu", "vCPU", "vCPU-hours", "compute_vcpu"),
    ("memory_gb", "memory", "GiB-hours", "compute_memory"),
    ("storage_gb", "storage", "GB-hours", "compute_storage"),
)
_OPTIONAL = frozenset({"triggerer"})


def composer_environment(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield an environment's fee and its components' vCPU, memory and storage (version 2), or its DCUs (version 3)."""
    config = resource.attributes.block("config")
    match = _VERSION.match(config.block("software_config").text("image_version", "composer-3") or "")
    version = match[1] if match else "3"
    if version not in {"2", "3"}:
        yield Unpriced("price_not_found", f"Cloud Composer {version} is not sold any more")
        return
    if version == "3":
        key = PriceKey("gcp/cloud_composer/composer_3/dcu", resource.region)
        yield Component("Data compute units", usage.quantity("monthly_dcu_hours"), "DCU-hours", key)
    else:
        yield from as_far_as_known(lambda: _fee(config, resource.region, usage.hours))
        for component in _COMPONENTS:
            yield from as_far_as_known(partial(_component, config, component, resource.region, usage.hours), component)
    key = PriceKey(f"gcp/cloud_composer/composer_{version}/database_storage", resource.region)
    yield Component("Database storage", usage.quantity("database_storage_gb"), "GB-months", key)


def _fee(config: Attributes, region: str | None, hours: Quantity) -> Iterator[Component]:
    declared = config.text("environment_size", "ENVIRONMENT_SIZE_SMALL") or ""
    size = declared.removeprefix("ENVIRONMENT_SIZE_").lower()
    key = PriceKey(f"gcp/cloud_composer/composer_2/environment_fee/{size}", region)
    yield Component(f"Environment fee ({size})", hours, "hours", key)


def _component(config: Attributes, name: str, region: str | None, hours: Quantity) -> Iterator[Component | Unpriced]:
    declared = config.block("workloads_config").block(name)
    if not declared.values:
        if name not in _OPTIONAL:
            yield Unpriced("unknown_until_apply", f"config.workloads_config gives no {name}: the preset decides")
        return
    count = _count(declared, name)
    for attribute, what, unit, path in _RESOURCES:
        amount = declared.known_number(attribute)
        if amount:
            key = PriceKey(f"gcp/cloud_composer/composer_2/{path}", region)
            yield Component(f"{name.replace('_', ' ').capitalize()} {what}", hours * count * amount, unit, key)


def _count(declared: Attributes, name: str) -> Quantity:
    if name != "worker":
        return Quantity.fixed(declared.known_number("count") or Decimal(1))
    low = declared.known_number("min_count") or Decimal(1)
    return Quantity.between(low, low, max(low, declared.known_number("max_count") or low))


TYPES = (
    ResourceType(
        "google_composer_environment",
        "compute",
        composer_environment,
        usage_keys=(
            UsageKey("monthly_dcu_hours", "DCU-hours a month of a Composer 3 environment"),
            UsageKey("database_storage_gb", "GB of the environment's database", (10, 20, 50)),
        ),
    ),
)
