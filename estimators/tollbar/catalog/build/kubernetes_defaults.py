"""What a Kubernetes cluster costs where nobody said: OpenCost's default prices, on premises and by cloud.

OpenCost bills cores, GiB of memory, GiB of volumes and GPUs by the hour, and traffic by the GiB (its
documentation, "On-Prem", custom pricing; its default for storage, 0.00005479452 an hour, is $0.04 a month
of 730 hours). The figures are those of GCP's us-central1 some years ago, so all of them are trust C,
whatever the source table says: a price book of one's own goes before them.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.lookup import EVERYWHERE
from tollbar.money import HOURS_PER_MONTH
from tollbar.price import PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "kubernetes/opencost_defaults"
_SOLD = {
    "CPU": ("cpu", "vCPU-hours"),
    "RAM": ("ram", "GiB-hours"),
    "GPU": ("gpu", "GPU-hours"),
    "storage": ("storage", "GiB-months"),
    "spotCPU": ("spot/cpu", "vCPU-hours"),
    "spotRAM": ("spot/ram", "GiB-hours"),
    "zoneNetworkEgress": ("network/zone_egress", "GiB"),
    "regionNetworkEgress": ("network/region_egress", "GiB"),
    "internetNetworkEgress": ("network/internet_egress", "GiB"),
}
_CENT_OF_A_CENT = Decimal("0.0001")
_ABSURD = frozenset({("azure", "GPU")})
"""OpenCost's azure.json has a GPU at $0.043 an hour; Azure's cheapest, a T4, lists at $0.526."""


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield OpenCost's defaults, which hold in every region."""
    for row in tables.rows("kubernetes_onprem_opencost_defaults"):
        if (row.cloud, row.sku_key) in _ABSURD:
            continue
        what, unit = _SOLD[row.sku_key]
        key = PriceKey(f"kubernetes/{row.cloud}/{what}", EVERYWHERE)
        price = row.price(key.path, unit)
        if unit == "GiB-months":
            price = replace(price, tiers=tuple(Tier(tier.start, _a_month(tier.unit_price)) for tier in price.tiers))
        yield replace(price, key=key, trust="C")


def _a_month(hourly: Decimal) -> Decimal:
    """Return what is told by the hour by the month, to the cent of a cent it was derived from."""
    return (hourly * HOURS_PER_MONTH).quantize(_CENT_OF_A_CENT)
