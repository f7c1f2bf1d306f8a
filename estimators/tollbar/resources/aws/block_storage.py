"""What an EBS volume is billed for, wherever it is declared. Source: Amazon EBS pricing page.

Storage is billed per GB and month. gp3 includes 3,000 IOPS and 125 MiB/s; io1 and io2 are billed for
every provisioned IOPS (io2 cheaper above 32,000 and again above 64,000); magnetic volumes are billed
for their I/O requests.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced, only_after_apply
from tollbar.price import PriceKey
from tollbar.resource import Attributes
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFAULT_KIND = "gp2"
STANDARD_IO_KEY = UsageKey(
    "monthly_standard_io_requests",
    "I/O requests a month to each magnetic (standard) volume",
    (100_000, 1_000_000, 10_000_000),
)
_LABELS = {
    "gp2": "general purpose SSD, gp2",
    "gp3": "general purpose SSD, gp3",
    "io1": "provisioned IOPS SSD, io1",
    "io2": "provisioned IOPS SSD, io2",
    "st1": "throughput optimized HDD, st1",
    "sc1": "cold HDD, sc1",
    "standard": "magnetic",
}
_GP3_INCLUDED_IOPS = 3_000
_GP3_INCLUDED_MIBPS = 125
_IO2_TIERS = (
    ("Provisioned IOPS", "iops", 0, 32_000),
    ("Provisioned IOPS over 32,000", "iops_over_32000", 32_000, 64_000),
    ("Provisioned IOPS over 64,000", "iops_over_64000", 64_000, None),
)
ONE = Quantity.fixed(1)


@dataclass(frozen=True, slots=True)
class Volume:
    """A declared volume: its type, GB, provisioned IOPS and MiB/s; None where these are not told.

    ``unknown`` names the attributes of these that are set, but known only after apply.
    """

    kind: str
    size_gb: Quantity | None
    iops: Decimal | None = None
    throughput: Decimal | None = None
    unknown: tuple[str, ...] = ()


def declared_volume(
    block: Attributes,
    *,
    type_attribute: str = "volume_type",
    size_attribute: str = "volume_size",
    default_kind: str = DEFAULT_KIND,
    default_size: Quantity | None = None,
) -> Volume:
    """Return the volume that a block declares; ``default_size`` holds where the block does not tell."""
    names = (type_attribute, size_attribute, "iops", "throughput")
    unknown = tuple(name for name in names if block.is_unknown(name) and block.is_set(name))
    known = Attributes({name: value for name, value in block.values.items() if name not in unknown})
    size = known.known_number(size_attribute)
    return Volume(
        known.text(type_attribute, default_kind) or default_kind,
        default_size if size is None else Quantity.fixed(size),
        known.known_number("iops"),
        known.known_number("throughput"),
        unknown,
    )


def volume_lines(
    volume: Volume,
    region: str | None,
    *,
    io_requests: Quantity,
    count: Quantity = ONE,
    part: str | None = None,
) -> Iterator[Component | Unpriced]:
    """Yield storage, IOPS, throughput and I/O of ``count`` equal volumes.

    ``io_requests`` is what one magnetic volume serves a month.
    """
    decisive = [name for name in volume.unknown if name not in {"iops", "throughput"}]
    for name in decisive:
        yield _only_after_apply(name, part)
    if decisive:
        return
    if volume.size_gb is None:
        yield Unpriced("unknown_until_apply", f"the size of {part or 'the volume'} is not known")
        return
    label = _LABELS.get(volume.kind, volume.kind)
    storage = PriceKey(f"aws/ebs/storage/{volume.kind}", region)
    yield Component(f"Storage ({label})", volume.size_gb * count, "GB-months", storage, part)
    if volume.kind in {"io1", "io2"}:
        yield from _provisioned_iops(volume, region, count, part)
    elif volume.kind == "gp3":
        yield from _gp3_extras(volume, region, count, part)
    elif volume.kind == "standard":
        requests = PriceKey("aws/ebs/requests/standard", region)
        yield Component("I/O requests", io_requests * count, "IOs", requests, part)


def _only_after_apply(attribute: str, part: str | None) -> Unpriced:
    return only_after_apply(f"{part}.{attribute}" if part else attribute)


def _provisioned_iops(
    volume: Volume, region: str | None, count: Quantity, part: str | None
) -> Iterator[Component | Unpriced]:
    if "iops" in volume.unknown:
        yield _only_after_apply("iops", part)
        return
    if volume.iops is None:
        where = f" of {part}" if part else ""
        yield Unpriced("unknown_until_apply", f"the provisioned IOPS{where} ({volume.kind}) are not told")
        return
    # Each tier is a line of its own: tiers hold per volume, so a group of volumes must not be summed first.
    for name, what, start, end in _IO2_TIERS if volume.kind == "io2" else (("Provisioned IOPS", "iops", 0, None),):
        amount = (volume.iops if end is None else min(volume.iops, Decimal(end))) - start
        if amount > 0:
            key = PriceKey(f"aws/ebs/{what}/{volume.kind}", region)
            yield Component(name, count * amount, "IOPS-months", key, part)


def _gp3_extras(
    volume: Volume, region: str | None, count: Quantity, part: str | None
) -> Iterator[Component | Unpriced]:
    for name in volume.unknown:
        yield _only_after_apply(name, part)
    iops = (volume.iops or 0) - _GP3_INCLUDED_IOPS
    if iops > 0:
        yield Component("Provisioned IOPS", count * iops, "IOPS-months", PriceKey("aws/ebs/iops/gp3", region), part)
    throughput = (volume.throughput or 0) - _GP3_INCLUDED_MIBPS
    if throughput > 0:
        key = PriceKey("aws/ebs/throughput/gp3", region)
        yield Component("Provisioned throughput", count * throughput, "MBps-months", key, part)
