"""Google's usage units in ours.

Short forms of the Cloud Billing Catalog (``usageUnit``): By is a byte, Ki, Mi, Gi and Ti are binary
prefixes, a dot multiplies. A GB of Google's price lists is a GiB ("1 GB is 2^30 bytes", "VM instance
pricing"), and so are the GB, GB-months and GB-seconds of Google's prices here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tollbar.errors import RefreshError
from tollbar.money import HOURS_PER_MONTH
from tollbar.price import Tier

if TYPE_CHECKING:
    from tollbar.catalog.refresh.gcp.sku import Sku

_ONE = Fraction(1)
_KI = Fraction(1024)
_GIB_IN_GB = Fraction(2**30, 10**9)
_HOURS = Fraction(HOURS_PER_MONTH)
_COUNTED = (
    "requests", "operations", "notifications", "queries", "samples", "keys", "secrets", "zones", "rules", "months",
)  # fmt: skip
_A_MONTH = ("months", "keys", "secrets", "zones", "rules", "IOPS-months", "MBps-months")
_STORED = ("GB-months", "GiB-months")
IN_ONE_OF_OURS: dict[str, dict[str, Fraction]] = {
    "h": dict.fromkeys(("hours", "vCPU-hours", "slot-hours"), _ONE) | dict.fromkeys(_A_MONTH, _HOURS),
    "s": dict.fromkeys(("vCPU-seconds", "GHz-seconds"), _ONE),
    "mo": dict.fromkeys(_A_MONTH, _ONE),
    "count": dict.fromkeys(_COUNTED, _ONE),
    "By": {"GB": _KI**3},
    "MiBy": {"MiB": _ONE, "GB": _KI},
    "GiBy": {"GB": _ONE, "TiB": _KI},
    "TiBy": {"GB": 1 / _KI, "TiB": _ONE},
    "GBy": {"GB": _GIB_IN_GB},
    "GiBy.s": dict.fromkeys(("GB-seconds", "GiB-seconds"), _ONE),
    "GiBy.h": dict.fromkeys(("GiB-hours", "GB-hours"), _ONE) | dict.fromkeys(_STORED, _HOURS),
    # C4D's memory alone is sold so. Its machine types are documented in GB that price lists multiply as they are.
    "GBy.h": {"GiB-hours": _ONE},
    "GiBy.d": dict.fromkeys(_STORED, _HOURS / 24),
    "GiBy.mo": dict.fromkeys(_STORED, _ONE),
    "GBy.mo": dict.fromkeys(_STORED, _GIB_IN_GB),
    "TiBy.mo": dict.fromkeys(_STORED, 1 / _KI),
}
"""How many of a usage unit one of our base units holds."""


def tiers_per(unit: str, sku: Sku) -> tuple[Tier, ...]:
    """Return the price of a SKU per base unit of ours, from so many of them a month on.

    Raises:
        RefreshError: The SKU's usage unit is not known, or does not measure what ours does.
    """
    ours = IN_ONE_OF_OURS.get(sku.unit)
    if ours is None:
        raise RefreshError(f"{sku} is sold by the unknown unit {sku.unit!r}")
    if unit not in ours:
        raise RefreshError(f"{sku} is sold by {sku.unit!r}, which does not measure {unit}")
    many, few = ours[unit].as_integer_ratio()
    return tuple(Tier(rate.start * few / many, rate.unit_price * many / few) for rate in sku.rates)
