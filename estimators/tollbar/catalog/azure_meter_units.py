"""What Azure's ``unitOfMeasure`` holds, in base units of ``units.toml``.

The unit of the price list says how many and of which kind ("10K", "1 GB/Month", "1/Hour"), but not
what is counted: that stands in the meter's name. Capacity that is billed by the hour for as long as
it exists (a disk's GiB, IOPS and MB/s) is stored a month, as Azure's pages show it.
"""

from __future__ import annotations

import re
from fractions import Fraction

from tollbar.errors import CatalogError
from tollbar.money import HOURS_PER_MONTH

_UNIT = re.compile(r"(?P<count>\d+)(?P<scale>[KMB]?)(?P<noun>(?:\s*/\s*|\s+|$).*)")
_SCALES = {"": 1, "K": 1_000, "M": 1_000_000, "B": 1_000_000_000}
_A_MONTH = Fraction(1, int(HOURS_PER_MONTH))
_NOUNS: dict[str, tuple[str, Fraction]] = {
    "": ("units", Fraction(1)), "count": ("units", Fraction(1)), "rotation": ("units", Fraction(1)),
    "hour": ("hours", Fraction(1)), "hours": ("hours", Fraction(1)),
    "day": ("days", Fraction(1)), "month": ("months", Fraction(1)), "year": ("years", Fraction(1)),
    "second": ("seconds", Fraction(1)), "seconds": ("seconds", Fraction(1)),
    "minute": ("minutes", Fraction(1)), "minutes": ("minutes", Fraction(1)),
    "mb": ("MB", Fraction(1)), "gb": ("GB", Fraction(1)), "tb": ("TB", Fraction(1)), "gib": ("GiB", Fraction(1)),
    "gb/month": ("GB-months", Fraction(1)), "gib/month": ("GiB-months", Fraction(1)),
    "tb/month": ("TB-months", Fraction(1)), "gb/day": ("GB-days", Fraction(1)),
    "gb/hour": ("GB-months", _A_MONTH), "gib/hour": ("GiB-months", _A_MONTH),
    "gb hour": ("GB-hours", Fraction(1)), "gb hours": ("GB-hours", Fraction(1)),
    "gib hour": ("GiB-hours", Fraction(1)), "gib hours": ("GiB-hours", Fraction(1)),
    "gb second": ("GB-seconds", Fraction(1)), "gb seconds": ("GB-seconds", Fraction(1)),
    "gib second": ("GiB-seconds", Fraction(1)), "gib seconds": ("GiB-seconds", Fraction(1)),
    "iops/month": ("IOPS-months", Fraction(1)),
}  # fmt: skip
"""What follows the number: the base unit, and how many of it one is."""

_COUNTED = (
    ("operations?|transactions?|additional io", "operations"),
    ("tokens?", "tokens"),
    ("samples", "samples"),
    ("requests?|calls|queries", "requests"),
    ("executions?|invocations", "executions"),
    ("messages?", "messages"),
    ("events", "events"),
    ("notifications?|emails", "notifications"),
    ("actions", "actions"),
    ("objects|blob inventory", "objects"),
    ("hour enabled", "hours"),
    ("processed gb", "GB"),
    ("pages", "pages"),
    ("images", "images"),
    ("characters", "characters"),
    ("second", "seconds"),
    ("rus", "RUs"),
    ("index tags|unindexed tags", "tags"),
)
"""What a meter counts, by a word of its name; else it is ``units``."""

_MEASURED: dict[str, tuple[tuple[str, str, Fraction], ...]] = {
    "hours": (
        (r"provisioned iops", "IOPS-months", _A_MONTH),
        (r"throughput \(?mbps\)?", "MBps-months", _A_MONTH),
        (r"throughput mibps", "MiBps-months", _A_MONTH),
        (r"vcpu", "vCPU-hours", Fraction(1)),
        (r"memory (?:usage|duration)", "GiB-hours", Fraction(1)),
    ),
    "months": (
        (r"provisioned iops", "IOPS-months", Fraction(1)),
        (r"throughput \(?mbps\)?", "MBps-months", Fraction(1)),
    ),
    "days": ((r"gb$", "GB-days", Fraction(1)),),
    "seconds": ((r"vcpu", "vCPU-seconds", Fraction(1)),),
}
"""What is had for a time, by words of the meter's name, where it is more than the thing itself."""


def base_unit(unit_of_measure: str, meter: str) -> tuple[str, Fraction]:
    """Return the base unit of a meter, and how many of it one ``unit_of_measure`` holds.

    Raises:
        CatalogError: The unit is not known.
    """
    match = _UNIT.fullmatch(unit_of_measure.strip())
    noun = " ".join(match["noun"].replace("/", " / ").split()).replace(" / ", "/").strip("/ ") if match else None
    if match is None or noun is None or noun.lower() not in _NOUNS:
        raise CatalogError(f"{__name__}._NOUNS does not know the unit {unit_of_measure!r} of the meter {meter!r}")
    unit, held = _NOUNS[noun.lower()]
    held *= int(match["count"]) * _SCALES[match["scale"]]
    words = meter.lower()
    for pattern, measured, factor in _MEASURED.get(unit, ()):
        if re.search(rf"\b{pattern}", words):
            return measured, held * factor
    if unit == "units" or (unit == "months" and match["scale"]):
        return next((name for pattern, name in _COUNTED if re.search(rf"\b(?:{pattern})\b", words)), unit), held
    return unit, held
