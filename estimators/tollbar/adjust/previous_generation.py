"""Machine types that their vendor names as of a previous generation.

Sources: for AWS "Specifications for Amazon EC2 previous generation instances" (A1, C1 to C4, G3, I2, M1 to M4, P2, R3,
R4, T1), families that are no longer sold, and D2, which EC2's own flag calls previous (currentGeneration of
DescribeInstanceTypes, as moto 5.2.5 keeps it). That flag calls H1, I3, P3dn and X1 current; it also calls M5, C5, R5
and a few younger families previous, which no page of AWS does: they are left out. For Azure "Previous generation
Azure VM size series" (2025-06-17) but for B, whose successor costs as much, and "Retired Azure VM size series". For
Google "General-purpose machine family for Compute Engine" (N1 and its shared-core types are the first generation).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tollbar.adjust.machine_traits import machine_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_AWS = frozenset(
    {
        "a1", "m1", "m2", "m3", "m4", "t1", "c1", "c3", "c4", "cc1", "cc2", "r3", "r4", "cr1",
        "d2", "hi1", "hs1", "i2", "cg1", "f1", "g2", "g3", "g3s", "p2",
    }
)  # fmt: skip
_AZURE = re.compile(
    r"basic_a\d+"
    r"|standard_a\d+m?(_v2)?"
    r"|standard_ds?\d+(_v2)?(_promo)?"
    r"|standard_ds?1[1-5](-\d+)?(_v2)?(_promo)?"
    r"|standard_d\d+s?_v3"
    r"|standard_e\d+(-\d+)?i?[ad]?s?_v[34]"
    r"|standard_fs?\d+s?(_v2)?"
    r"|standard_gs?\d(-\d+)?"
    r"|standard_l\d+s(_v2)?"
    r"|standard_h\d+m?r?(_promo)?"
    r"|standard_nc\d+r?s?(_v[23])?(_promo)?"
    r"|standard_nd\d+r?s(_v2)?"
    r"|standard_nv\d+s?(_v[23])?(_promo)?"
    r"|standard_nv\d+as_v4"
)
_GOOGLE = re.compile(r"n1-.*|f1-micro|g1-small|custom-.*")


@cache
def is_previous_generation(cloud: str, size: str) -> bool | None:
    """Return whether a machine type is of a previous generation, by its name or a service's name of it.

    None of a cloud that has no such list.
    """
    test = _TESTS.get(cloud)
    return None if test is None else test(machine_name(cloud, size).lower())


def _aws(name: str) -> bool:
    return name.partition(".")[0] in _AWS


def _azure(name: str) -> bool:
    return _AZURE.fullmatch(name) is not None


def _google(name: str) -> bool:
    return _GOOGLE.fullmatch(name) is not None


_TESTS: Mapping[str, Callable[[str], bool]] = {"aws": _aws, "azure": _azure, "gcp": _google}
