"""How sizes of one family count against each other.

Sources: "How Reserved Instances are applied" of the EC2 User Guide (factors, order, what is left out),
"Reserved DB instances" of the RDS User Guide (engines; deployments), and "Virtual machine size flexibility"
of the Azure documentation (ratios of the D, E and F series are those of their vCPUs); read 2026-11.
"""

from __future__ import annotations

import re
from decimal import Decimal

_SIZES = {
    "nano": Decimal("0.25"), "micro": Decimal("0.5"), "small": Decimal(1), "medium": Decimal(2), "large": Decimal(4),
}  # fmt: skip
_XLARGE = 8
_XLARGES = re.compile(r"(?P<count>\d*)xlarge")
_NOT_FLEXIBLE = frozenset(
    {
        "g4ad", "g4dn", "g5", "g5g", "g6", "g6e", "g6f", "gr6", "gr6f", "hpc7a", "p5", "inf1", "inf2", "u7i-6tb",
        "u7i-8tb",
    }
)  # fmt: skip
"""Families whose Reserved Instances hold for one size only."""
_FLEXIBLE_ENGINES = frozenset(
    {"mysql", "mariadb", "postgres", "aurora-mysql", "aurora-postgresql", "oracle-byol", "db2-byol"}
)
_UNITS_OF = {
    "multi_az": Decimal(2),
    "multi_az_cluster": Decimal(3),
    "io_optimized": Decimal("1.3"),
}
"""How often an instance counts by its deployment (RDS) or its storage (Aurora I/O-Optimized takes 30 % more)."""
_AZURE_SIZE = re.compile(r"standard_(?P<letters>[def][a-z]*)(?P<vcpus>\d+)(?P<suffix>[a-z]*(?:_v\d+)?)")


def family_of(instance_type: str) -> str:
    """Return ``m5`` for ``m5.large``, ``db.m5`` for ``db.m5.large``."""
    return instance_type.rpartition(".")[0]


def size_factor(instance_type: str) -> Decimal | None:
    """Return the normalisation factor of a size: 4 for ``m5.large``; None where the family has none (metal)."""
    size = instance_type.rpartition(".")[2]
    if match := _XLARGES.fullmatch(size):
        return Decimal(_XLARGE * int(match["count"] or 1))
    return _SIZES.get(size)


def is_flexible_family(instance_type: str) -> bool:
    """Return whether regional Reserved Instances of an EC2 family cover its other sizes."""
    return family_of(instance_type) not in _NOT_FLEXIBLE


def is_flexible_engine(engine: str) -> bool:
    """Return whether reserved DB instances of an engine cover other sizes of the family."""
    return engine in _FLEXIBLE_ENGINES


def deployment_factor(deployment: str) -> Decimal:
    """Return how often an instance of RDS or Aurora counts in its deployment."""
    return _UNITS_OF.get(deployment, Decimal(1))


def azure_series(size: str) -> tuple[str, Decimal] | None:
    """Return the series and the ratio of a size of Azure, None where its ratio does not follow from its vCPUs."""
    match = _AZURE_SIZE.fullmatch(size)
    return (f"{match['letters']}{match['suffix']}", Decimal(match["vcpus"])) if match else None
