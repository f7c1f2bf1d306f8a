"""vCPUs and memory of Compute Engine's predefined machines, and the local SSDs that machine types include."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.gcp.listing import SOURCE_ID, Listed, ServiceFamily
from tollbar.catalog.refresh.gcp.machine_parts import COMPUTE_ENGINE, UNITS, component_rates
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.catalog.refresh.gcp.machine_parts import Component
    from tollbar.catalog.refresh.gcp.sku import Sku


def read(skus: Sequence[Sku], as_of: str) -> Iterator[Listed]:
    """Yield prices per vCPU hour and GiB hour by machine series, and per GB of included local SSDs, by region.

    Raises:
        RefreshError: A component has two prices in a region, or is sold by an unknown unit.
    """
    for part, by_region in component_rates(skus, as_of).items():
        path = _path(part)
        for region, rate in by_region.items() if path is not None else ():
            tiers = (Tier(Decimal(0), rate.amount),)
            price = Price(PriceKey(path or "", region), UNITS[part.what], tiers, SOURCE_ID, as_of, "A")
            yield Listed(price, (rate.sku,))


def _path(part: Component) -> str | None:
    if part.what in {"vcpu", "ram"} and not part.is_custom:
        return f"gcp/compute/predefined_{part.what}/{part.purchase}/{part.series}"
    if part.what == "local_ssd" and part.series:
        return f"gcp/compute/local_ssd/{part.purchase}/{part.series}"
    return None


FAMILY = ServiceFamily("compute_components", (COMPUTE_ENGINE,), read)
