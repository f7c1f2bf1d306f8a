"""What Fargate tasks are billed for: vCPUs, memory and more than 20 GB of storage. Source: AWS Fargate pricing page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.money import HOURS_PER_MONTH
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes
    from tollbar.usage import Usage

_INCLUDED_STORAGE_GB = 20
_PLATFORMS = {"linux/x86_64": "Linux/x86", "linux/arm64": "Linux/ARM", "windows/x86_64": "Windows/x86"}
_SIZE = re.compile(r"\s*(?P<amount>\d*\.?\d+)\s*(?P<unit>[a-z]*)\s*", re.IGNORECASE)
_CPU_UNITS = {"": Decimal(1024), "vcpu": Decimal(1)}
_MEMORY_UNITS = {"": Decimal(1024), "mb": Decimal(1024), "mib": Decimal(1024), "gb": Decimal(1), "gib": Decimal(1)}


@dataclass(frozen=True, slots=True)
class FargateTask:
    """The size of one task: vCPUs, GB of memory and GB of ephemeral storage; ``platform`` as in price paths."""

    vcpus: Decimal
    memory_gb: Decimal
    storage_gb: Decimal
    platform: str


def fargate_task(definition: Attributes) -> FargateTask | None:
    """Return the size that a task definition declares, None where it tells no vCPUs or memory."""
    vcpus = _size(definition.text("cpu"), _CPU_UNITS)
    memory = _size(definition.text("memory"), _MEMORY_UNITS)
    if vcpus is None or memory is None:
        return None
    storage = definition.block("ephemeral_storage").number("size_in_gib", _INCLUDED_STORAGE_GB)
    runtime = definition.block("runtime_platform")
    system = "windows" if (runtime.text("operating_system_family", "") or "").startswith("WINDOWS") else "linux"
    architecture = (runtime.text("cpu_architecture", "X86_64") or "").lower()
    return FargateTask(vcpus, memory, storage or Decimal(0), f"{system}/{architecture}")


def fargate_lines(
    task: FargateTask, usage: Usage, region: str | None, count: Quantity, market: str
) -> Iterator[Component | Unpriced]:
    """Yield ``count`` running tasks; ``market`` is on_demand or spot."""
    platform = _PLATFORMS.get(task.platform, task.platform)
    suffix = f"Fargate Spot, {platform}" if market == "spot" else f"Fargate, {platform}"
    root = f"aws/fargate/{task.platform}/{market}"
    running = usage.hours * count
    yield Component(f"vCPU ({suffix})", running * task.vcpus, "vCPU-hours", PriceKey(f"{root}/vcpu", region))
    yield Component(f"Memory ({suffix})", running * task.memory_gb, "GB-hours", PriceKey(f"{root}/memory", region))
    storage = task.storage_gb - _INCLUDED_STORAGE_GB
    if storage > 0:
        months = usage.hours_per_month / HOURS_PER_MONTH
        key = PriceKey("aws/fargate/ephemeral_storage", region)
        yield Component(f"Ephemeral storage over 20 GB ({suffix})", count * storage * months, "GB-months", key)


def _size(text: str | None, units: dict[str, Decimal]) -> Decimal | None:
    """Return vCPUs or GB of ``1 vCPU``, ``2GB`` or a plain number of CPU units or MiB."""
    match = _SIZE.fullmatch(text or "")
    divisor = units.get(match["unit"].lower()) if match else None
    return Decimal(match["amount"]) / divisor if match and divisor else None
