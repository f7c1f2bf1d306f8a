"""Facts of machine types: vCPUs, memory, architecture and GPUs, by cloud.

Sources: the vendors' pages "Amazon EC2 instance types", "Sizes for virtual machines in Azure" and "Machine families
resource guide", as the price sources repeat them. The tables ``resources/<cloud>/machine_types.csv`` are written by
``python -m tollbar.catalog.build.machine_types``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.resource import Cloud

COLUMNS = ("name", "vcpus", "memory_gib", "architecture", "gpu", "gpus")
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class MachineType:
    """One machine type.

    ``architecture`` is amd64, arm64 or empty. ``gpus`` counts those of the model ``gpu``; a half shared one is 0.5.
    """

    name: str
    vcpus: Decimal
    memory_gib: Decimal
    architecture: str = ""
    gpu: str = ""
    gpus: Decimal = _NOTHING


def family_of(name: str) -> str:
    """Return the family of an EC2 instance type: ``m5`` of ``m5.large``."""
    return name.partition(".")[0]


def table_of(cloud: Cloud) -> Path:
    """Return the file with a cloud's machine types."""
    return Path(__file__).parent / cloud / "machine_types.csv"


@cache
def machine_types(cloud: Cloud) -> Mapping[str, MachineType]:
    """Return the machine types of a cloud by their name in lower case."""
    with table_of(cloud).open(encoding="utf-8", newline="") as lines:
        return {
            row["name"]: MachineType(
                row["name"],
                Decimal(row["vcpus"]),
                Decimal(row["memory_gib"]),
                row["architecture"],
                row["gpu"],
                Decimal(row["gpus"] or 0),
            )
            for row in csv.DictReader(lines)
        }


def machine_type(cloud: Cloud, name: str) -> MachineType | None:
    """Return the facts of a machine type, None where it is not known."""
    return machine_types(cloud).get(name.lower())
