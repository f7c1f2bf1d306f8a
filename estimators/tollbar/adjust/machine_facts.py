"""What is known of a machine by its name, or by a service's name of it: its size and what its name tells."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from tollbar.adjust.machine_traits import MachineTraits, machine_name, machine_traits
from tollbar.resources.aws.cache_node_memory import cache_node_memory
from tollbar.resources.machine_types import MachineType, machine_type

if TYPE_CHECKING:
    from tollbar.resource import Cloud


@cache
def machine_facts(cloud: str, size: str) -> tuple[MachineType | None, MachineTraits | None]:
    """Return the size of a machine and what its name tells, each None where it is not known."""
    name = machine_name(cloud, size)
    machine = machine_type(_CLOUDS[cloud], name) if cloud in _CLOUDS else None
    if machine is not None and size.startswith("cache."):
        memory = cache_node_memory(name)
        machine = None if memory is None else replace(machine, memory_gib=memory)
    return machine, machine_traits(cloud, name)


_CLOUDS: dict[str, Cloud] = {"aws": "aws", "azure": "azure", "gcp": "gcp"}
