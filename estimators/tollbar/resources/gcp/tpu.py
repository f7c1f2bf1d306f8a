"""Cloud TPU: hours of chips, or of the boards that the two oldest generations are sold by.

Source: "Cloud TPU pricing"; names of accelerator types from "TPU versions" (documentation, read 2026-11): v4 and v5p
count TensorCores, of which a chip has two, v5e (v5litepod) and v6e count chips.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_TYPE = re.compile(r"(?P<version>v[2-9]\w*)-(?P<count>\d+)")
_SOLD_BY_BOARD = frozenset({"v2", "v3"})
_CORES_PER_CHIP = {"v4": 2, "v5p": 2}
_SHORT = {"v5litepod": "v5e", "v5lite_pod": "v5e", "v5lite": "v5e"}


def tpu(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a TPU's chips."""
    attributes = resource.attributes
    named = attributes.text("accelerator_type", "") or _by_topology(attributes.block("accelerator_config"))
    match = _TYPE.fullmatch(named.lower())
    if match is None:
        yield Unpriced("unknown_until_apply", f"accelerator_type {named or 'is not given'}: no known TPU type")
        return
    version, count = _SHORT.get(match["version"], match["version"]), Decimal(match["count"])
    purchase = "spot" if _is_spot(attributes.block("scheduling_config")) else "on_demand"
    told = usage.quantity("monthly_hrs")
    hours = told if told.is_known else usage.hours
    if version in _SOLD_BY_BOARD:
        key = PriceKey(f"gcp/tpu/{version}-{match['count']}/{purchase}", resource.region)
        yield Component(f"TPU ({version}-{match['count']}, {purchase.replace('_', '-')})", hours, "hours", key)
        return
    chips = count / _CORES_PER_CHIP.get(version, 1)
    key = PriceKey(f"gcp/tpu/{version}/chip/{purchase}", resource.region)
    name = f"TPU chips ({version}, {chips.normalize():f}, {purchase.replace('_', '-')})"
    yield Component(name, hours * chips, "hours", key)


def _by_topology(config: Attributes) -> str:
    """Return the accelerator type of a version and a topology: ``v4-8`` of V4 and ``2x2x1``."""
    version = (config.text("type", "") or "").lower()
    sides = (config.text("topology", "") or "").lower().split("x")
    if not version or not all(side.isdigit() for side in sides):
        return ""
    chips = math.prod(int(side) for side in sides)
    return f"{version}-{chips * _CORES_PER_CHIP.get(version, 1)}"


def _is_spot(scheduling: Attributes) -> bool:
    return scheduling.flag("preemptible") or scheduling.flag("spot")


_KEYS = (UsageKey("monthly_hrs", "Hours that the TPU exists in a month"),)

TYPES = (
    ResourceType("google_tpu_node", "compute", tpu, usage_keys=_KEYS, size_attribute="accelerator_type"),
    ResourceType("google_tpu_v2_vm", "compute", tpu, usage_keys=_KEYS, size_attribute="accelerator_type"),
)
