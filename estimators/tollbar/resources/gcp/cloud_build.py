"""Cloud Build: minutes of builds by machine type.

Source: "Cloud Build pricing". The free minutes of the default machine are per billing account and not taken off here.
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

_DEFAULT_MACHINE = "e2-standard-2"


def build_trigger(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the minutes of the builds that a trigger starts."""
    declared = resource.attributes.block("build").block("options").text("machine_type", "") or ""
    yield from _minutes(declared, usage)


def worker_pool(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the minutes of the builds that run in a private pool."""
    yield from _minutes(resource.attributes.block("worker_config").text("machine_type", "") or "", usage)


def _minutes(declared: str, usage: Usage) -> Iterator[Component]:
    machine_type = declared.lower().replace("_", "-")
    if machine_type in {"", "unspecified"}:
        machine_type = _DEFAULT_MACHINE
    key = PriceKey(f"gcp/cloud_build/{machine_type}", "global")
    yield Component(f"Build minutes ({machine_type})", usage.quantity("monthly_build_minutes"), "build-minutes", key)


_KEYS = (UsageKey("monthly_build_minutes", "Minutes that builds take a month", (60, 600, 6000)),)

TYPES = (
    ResourceType("google_cloudbuild_trigger", "other", build_trigger, usage_keys=_KEYS),
    ResourceType("google_cloudbuild_worker_pool", "other", worker_pool, usage_keys=_KEYS),
)
