"""Premium operating systems of Compute Engine, for every size of machine.

Source of how they are billed: "Disk and image pricing", premium images. Windows Server and Red Hat cost so
much a vCPU (Red Hat less on larger machines), SUSE so much a machine. Of several releases at different
prices the newest counts. A fee for what the user already owns (BYOL) and one for memory are 0 and left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.gcp.listing import Listed, Named, listed, scaled
from tollbar.catalog.refresh.gcp.machine_types import machine_types
from tollbar.resources.gcp.machine import licence_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.catalog.refresh.gcp.sku import Sku

_SHARED_CORE = ("f1-micro", "g1-small")
_NEWEST = 9999
_ON = r"(?: on (?P<type>f1-micro|g1-small)| on VM| \(CPU cost\))"
_BAND = r" on VM with (?P<band>up to 8|9 to 127|1 to 3|4|128|6)(?: or more)? VCPU(?: or more)?"


@dataclass(frozen=True, slots=True)
class _Licence:
    """The SKUs of one operating system; ``shared_core_vcpus`` where its shared-core types count as so many vCPUs."""

    name: str
    pattern: re.Pattern[str]
    is_per_vcpu: bool
    shared_core_vcpus: int | None = None


_LICENCES = (
    _Licence(
        "windows", re.compile(rf"Licensing Fee for Windows Server (?P<release>\d+) Datacenter Edition{_ON}"), True
    ),
    _Licence("rhel", re.compile(rf"Licensing Fee for Red Hat Enterprise Linux (?P<release>\d+){_BAND}"), True, 1),
    _Licence(
        "rhel-sap",
        re.compile(
            r"Licensing Fee for Red Hat Enterprise Linux (?P<release>\d+) for SAP with High Availability "
            rf"and Update Services{_BAND}"
        ),
        True,
        1,
    ),
    _Licence("sles", re.compile(rf"Licensing Fee for SUSE Linux Enterprise Server (?P<release>\d+){_ON}"), False),
    _Licence(
        "sles-sap",
        re.compile(
            rf"Licensing Fee for SLES (?P<release>\d+) For SAP License(?:{_BAND}| on (?P<type>f1-micro|g1-small))"
        ),
        False,
    ),
)
_BANDS = {
    "up to 8": (Decimal(0), Decimal(8)),
    "9 to 127": (Decimal(9), Decimal(127)),
    "128": (Decimal(128), None),
    "1 to 3": (Decimal(0), Decimal(3)),
    "4": (Decimal(4), Decimal(5)),
    "6": (Decimal(6), None),
}
"""From and up to how many vCPUs a fee holds."""


def licences(skus: Sequence[Sku], as_of: str) -> Iterator[Listed]:
    """Yield the hourly licence of each size of machine that predefined types have."""
    for sku in skus:
        if sku.family == "License" and sku.usage_type == "OnDemand":
            for licence in _LICENCES:
                if match := licence.pattern.fullmatch(sku.description):
                    yield from _of_sizes(sku, licence, match, as_of)


def _of_sizes(sku: Sku, licence: _Licence, match: re.Match[str], as_of: str) -> Iterator[Listed]:
    groups = match.groupdict()
    rank = _NEWEST - int(groups["release"])
    only = groups.get("type")
    low, high = _BANDS[groups["band"]] if groups.get("band") else (Decimal(0), None)
    for size, vcpus in _sizes(licence.shared_core_vcpus).items():
        fits = size == only if only else size not in _SHARED_CORE or licence.shared_core_vcpus is not None
        if fits and low <= vcpus and (high is None or vcpus <= high):
            named = Named(f"gcp/compute/licence/{licence.name}/{size}", "hours", rank=rank)
            yield from _times(listed(sku, named, as_of), vcpus if licence.is_per_vcpu and not only else Decimal(1))


@cache
def _sizes(shared_core_vcpus: int | None) -> dict[str, Decimal]:
    """Return the vCPUs of each size that licences are priced by."""
    sizes = {licence_size(machine.name): machine.vcpus for machine in machine_types()}
    return sizes | dict.fromkeys(_SHARED_CORE, Decimal(shared_core_vcpus or 1))


def _times(found: Iterator[Listed], factor: Decimal) -> Iterator[Listed]:
    for entry in found:
        yield replace(entry, price=scaled(entry.price, factor))
