"""How much memory an ElastiCache node has, in GiB: less than the EC2 type of the same name.

Source: "Amazon ElastiCache pricing" (memory of the node types), as of 2026-11.
"""

from __future__ import annotations

from decimal import Decimal

_GENERAL = (
    "large 6.38, xlarge 12.93, 2xlarge 26.04, 4xlarge 52.26, "
    "8xlarge 103.68, 12xlarge 157.12, 16xlarge 209.55, 24xlarge 314.32"
)
_MEMORY = (
    "large 13.07, xlarge 26.32, 2xlarge 52.82, 4xlarge 105.81, "
    "8xlarge 209.55, 12xlarge 317.77, 16xlarge 419.09, 24xlarge 635.61"
)
_BURSTABLE = "micro 0.5, small 1.37, medium 3.09"
_BY_FAMILY = {
    "t2": "micro 0.555, small 1.55, medium 3.22",
    "t3": _BURSTABLE,
    "t4g": _BURSTABLE,
    "m3": "medium 2.78, large 6.05, xlarge 13.3, 2xlarge 27.9",
    "m4": "large 6.42, xlarge 14.28, 2xlarge 29.7, 4xlarge 60.78, 10xlarge 154.64",
    "m5": _GENERAL,
    "m6g": _GENERAL,
    "m7g": _GENERAL,
    "r3": "large 13.5, xlarge 28.4, 2xlarge 58.2, 4xlarge 118, 8xlarge 237",
    "r4": "large 12.3, xlarge 25.05, 2xlarge 50.47, 4xlarge 101.38, 8xlarge 203.26, 16xlarge 407",
    "r5": _MEMORY,
    "r6g": _MEMORY,
    "r7g": _MEMORY,
}
_GIB = {
    f"{family}.{size}": Decimal(gib)
    for family, sizes in _BY_FAMILY.items()
    for size, gib in (word.split() for word in sizes.split(", "))
}


def cache_node_memory(name: str) -> Decimal | None:
    """Return the GiB of a node such as ``m5.large``, None where they are not known."""
    return _GIB.get(name)
