"""Facts of EC2 instance types: vCPUs, memory and architecture. Source: Amazon EC2 instance types page.

The table ``instance_types.csv`` is written by ``python -m tollbar.catalog.build.aws_instance_types``.
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

TABLE = Path(__file__).with_name("instance_types.csv")
COLUMNS = ("instance_type", "vcpus", "memory_gib", "architecture")


@dataclass(frozen=True, slots=True)
class InstanceType:
    """One machine type. ``memory_gib`` is in GiB, ``architecture`` is amd64, arm64 or empty."""

    name: str
    vcpus: Decimal
    memory_gib: Decimal
    architecture: str

    @property
    def family(self) -> str:
        """The part of the name before the size: ``m5`` of ``m5.large``."""
        return family_of(self.name)


def family_of(name: str) -> str:
    """Return the family of a type: ``m5`` of ``m5.large``."""
    return name.partition(".")[0]


def instance_type(name: str) -> InstanceType | None:
    """Return the facts of a type, None where it is not known."""
    return instance_types().get(name)


@cache
def instance_types() -> Mapping[str, InstanceType]:
    """Return every known type by its name."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {
            row["instance_type"]: InstanceType(
                row["instance_type"], Decimal(row["vcpus"]), Decimal(row["memory_gib"]), row["architecture"]
            )
            for row in csv.DictReader(lines)
        }
