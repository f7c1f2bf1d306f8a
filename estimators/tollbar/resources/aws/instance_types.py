"""Facts of EC2 instance types, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.resources.machine_types import machine_types

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.resources.machine_types import MachineType


def family_of(name: str) -> str:
    """Return the family of a type: ``m5`` of ``m5.large``."""
    return name.partition(".")[0]


def instance_type(name: str) -> MachineType | None:
    """Return the facts of a type, None where it is not known."""
    return instance_types().get(name)


def instance_types() -> Mapping[str, MachineType]:
    """Return every known type by its name."""
    return machine_types("aws")
