"""What a Terraform configuration says before anything is evaluated: who refers to whom, module by module.

A reference is written as Terraform writes it in a plan (``aws_vpc.main[0].id``, ``var.subnet``,
``module.network.subnet_id``). A plan carries this structure under ``configuration``; for a directory
it is taken from the syntax.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

References = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResourceConfiguration:
    """One resource block.

    ``references`` are by attribute path (``launch_template.id``), ``repetition`` is what its
    ``count`` or ``for_each`` refers to. ``arguments`` and ``blocks`` are the paths of what is written
    (``root_block_device.volume_size`` and ``root_block_device``), where the input tells, dynamic blocks left out.
    """

    provider: str
    references: Mapping[str, References] = field(default_factory=dict)
    repetition: References = ()
    arguments: frozenset[str] = frozenset()
    blocks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ModuleCall:
    """One module block: the module and what each argument refers to."""

    module: ModuleConfiguration
    references: Mapping[str, References] = field(default_factory=dict)
    repetition: References = ()


@dataclass(frozen=True, slots=True)
class ModuleConfiguration:
    """One module: its resources by ``type.name``, the modules it calls, and its named values."""

    resources: Mapping[str, ResourceConfiguration] = field(default_factory=dict)
    calls: Mapping[str, ModuleCall] = field(default_factory=dict)
    outputs: Mapping[str, References] = field(default_factory=dict)
    locals: Mapping[str, References] = field(default_factory=dict)


def most_specific(references: Iterable[str]) -> References:
    """Return the references without those that only begin one before them.

    Terraform lists ``aws_vpc.main[0].id`` together with ``aws_vpc.main[0]`` and ``aws_vpc.main``.
    """
    kept: list[str] = []
    for reference in references:
        if kept and _begins(kept[-1], reference):
            kept[-1] = reference
        elif reference not in kept and not (kept and _begins(reference, kept[-1])):
            kept.append(reference)
    return tuple(kept)


def _begins(beginning: str, reference: str) -> bool:
    return reference.startswith(beginning) and reference[len(beginning) :][:1] in {".", "["}
