"""What the name of a machine type tells besides its size: generation, what it can do, what it is made for.

Sources: "Amazon EC2 instance type naming conventions", "Azure VM sizes naming conventions", Compute Engine "Machine
families resource guide" (2026-11).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_AWS = re.compile(
    r"(?P<letters>[a-z]+?)(?P<generation>\d+)(?P<options>[a-z]*)(?P<more>-[a-z0-9-]+)?\.(?P<size>[a-z0-9-]+)"
)
_AWS_PREFIXES = ("db.", "cache.", "ml.", "kafka.")
_AWS_SUFFIXES = (".search", ".elasticsearch")
_AWS_WITH_DISK = frozenset({"i", "d", "h", "is", "im"})
_AWS_SPECIAL = frozenset({"f", "vt", "mac", "hpc", "u", "dl", "inf", "trn", "z"}) | _AWS_WITH_DISK
"""Disks of other machines are far smaller than those of machines made for storage; z1d is made for its clock."""
_AWS_OLD = 4
"""Families of this generation and before are previous generations, but for those that count otherwise."""
_AWS_OF_ANY_AGE = frozenset({"t", "p", "g", "inf", "trn", "dl"}) | _AWS_WITH_DISK
_AZURE = re.compile(
    r"standard_(?P<family>[a-z]+?)(?P<vcpus>\d+)(?:-\d+)?(?P<options>[a-z]*)(?P<more>(?:_[a-z0-9]+)*?)(?:_v(?P<generation>\d+))?"
)
_AZURE_SPECIAL = frozenset({"a", "dc", "ec", "h", "hb", "hc", "hx", "l", "m", "g", "gs", "ncc"})
_AZURE_ALWAYS_WITH_DISK = 3
"""Up to this generation machines have a temporary disk, whatever their name; AMD's have it in the next one, too."""
_AZURE_FIRST_WITHOUT_DISK = {"b": 2, "m": 2, "dc": 3, "ec": 3}
_GCP = re.compile(r"(?P<series>[a-z](?P<generation>\d)[a-z]?)-[a-z]+(?:-(?P<size>\d+))?(?P<more>.*)")
_GCP_SPECIAL = frozenset({"c2", "c2d", "t2d", "h3", "m1", "m2", "m3", "m4", "z3", "x4"})
"""Made for their clock, whole cores, memory or disks."""
_GCP_HYPERDISK_ONLY = frozenset({"c4", "c4a", "c4d", "n4", "n4a", "n4d"})
"""Series that take no persistent disks, so that they cannot replace machines that may have them."""


@dataclass(frozen=True, slots=True)
class MachineTraits:
    """``options`` are what a replacement must have too; ``made_for`` names machines that only their like replaces."""

    generation: int
    is_burstable: bool = False
    options: frozenset[str] = frozenset()
    made_for: str = ""
    is_outdated: bool = False

    def may_be_replaced_by(self, other: MachineTraits) -> bool:
        """Whether another machine type is no step back: not older, not throttled, with all options."""
        return (
            other.generation >= self.generation
            and not other.is_outdated
            and (self.is_burstable or not other.is_burstable)
            and self.options <= other.options
            and self.made_for == other.made_for
        )


def machine_name(cloud: str, size: str) -> str:
    """Return the machine type in a service's name of it: ``m5.large`` of ``db.m5.large`` or ``m5.large.search``."""
    if cloud != "aws":
        return size
    for prefix in _AWS_PREFIXES:
        size = size.removeprefix(prefix)
    for suffix in _AWS_SUFFIXES:
        size = size.removesuffix(suffix)
    return size


def machine_traits(cloud: str, name: str) -> MachineTraits | None:
    """Return what a machine type's name tells, None where it is not built as the vendor builds names."""
    read = _READERS.get(cloud)
    return read(name.lower()) if read else None


def _aws(name: str) -> MachineTraits | None:
    match = _AWS.fullmatch(name)
    if match is None:
        return None
    letters, options, generation = match["letters"], match["options"], int(match["generation"])
    has_disk = "d" in options or letters in _AWS_WITH_DISK
    is_flex = (match["more"] or "") == "-flex"
    named = {
        "disk": has_disk,
        "network": "n" in options,
        "block storage": "b" in options,
        "frequency": "z" in options,
        "metal": match["size"].startswith("metal"),
    }
    return MachineTraits(
        generation,
        letters == "t" or is_flex,
        frozenset(option for option, has in named.items() if has),
        letters if letters in _AWS_SPECIAL else "metal" if named["metal"] else "",
        letters not in _AWS_OF_ANY_AGE and generation <= _AWS_OLD,
    )


def _azure(name: str) -> MachineTraits | None:
    match = _AZURE.fullmatch(name)
    if match is None or "promo" in name:
        return None
    family, options = match["family"], match["options"]
    generation = int(match["generation"] or 1)
    first_without = _AZURE_FIRST_WITHOUT_DISK.get(family, _AZURE_ALWAYS_WITH_DISK + (2 if "a" in options else 1))
    is_named = {
        "disk": "d" in options or generation < first_without,
        "premium storage": "s" in options,
        "isolated": "i" in options,
        "block storage": "b" in options,
        "rdma": "r" in options,
    }
    return MachineTraits(
        generation,
        family == "b",
        frozenset(option for option, has in is_named.items() if has),
        family if family in _AZURE_SPECIAL else "",
    )


def _gcp(name: str) -> MachineTraits | None:
    match = _GCP.fullmatch(name)
    if match is None:
        return None
    series, more = match["series"], match["more"]
    is_shared = match["size"] is None or series in {"f1", "g1"}
    return MachineTraits(
        int(match["generation"]),
        is_shared,
        frozenset(option for option in ("lssd", "metal") if option in more),
        _gcp_purpose(series, more),
    )


def _gcp_purpose(series: str, more: str) -> str:
    if series in _GCP_SPECIAL:
        return series
    return "metal" if "metal" in more else "hyperdisk" if series in _GCP_HYPERDISK_ONLY else ""


_READERS: Mapping[str, Callable[[str], MachineTraits | None]] = {"aws": _aws, "azure": _azure, "gcp": _gcp}
