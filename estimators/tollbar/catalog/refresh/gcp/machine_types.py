"""The sizes of Compute Engine's predefined machine types, read from ``machine_types.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class MachineType:
    """What one machine of a type holds: vCPUs, memory in GiB, GPUs of one kind, GB of local SSD."""

    name: str
    vcpus: Decimal
    gib: Decimal
    gpu: str | None = None
    gpus: Decimal = Decimal(0)
    local_ssd_gb: Decimal = Decimal(0)


@cache
def machine_types() -> tuple[MachineType, ...]:
    """Return every predefined machine type that is sold at list prices, ordered by family."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    table = tomllib.loads(text, parse_float=Decimal)
    return tuple(machine for name, sizes in table.items() for machine in _types(name, sizes))


def _types(name: str, sizes: dict[str, Any]) -> Iterator[MachineType]:
    for number in sizes["vcpus"]:
        by_vcpus = {what: sizes.get(what, {}).get(str(number)) for what in ("gib", "gpus", "local_ssd_gb")}
        vcpus = Decimal(number)
        gib = by_vcpus["gib"]
        yield MachineType(
            name.format(number),
            vcpus,
            vcpus * sizes["gib_per_vcpu"] if gib is None else Decimal(gib),
            sizes.get("gpu"),
            Decimal(by_vcpus["gpus"] or 0),
            Decimal(by_vcpus["local_ssd_gb"] or 0),
        )
