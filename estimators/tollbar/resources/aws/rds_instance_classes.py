"""How many vCPUs a DB instance class has: those of the EC2 type of the same name.

The table is derived from the EC2 price facts; source: Amazon EC2 instance types.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path


def vcpus(instance_class: str) -> int | None:
    """Return the vCPUs of a class such as ``db.m5.large``, None where the class is not known."""
    return _vcpus_by_class().get(instance_class)


def family(instance_class: str) -> str:
    """Return the family of a class: ``m5`` for ``db.m5.large``."""
    return instance_class.removeprefix("db.").partition(".")[0]


@cache
def _vcpus_by_class() -> dict[str, int]:
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as lines:
        return {row["class"]: int(row["vcpus"]) for row in csv.DictReader(lines)}
