"""From items to prices: which of several items counts, and how tiers belong together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.azure_meter_paths import is_beyond_what_is_free
from tollbar.catalog.azure_meters import catalog_region
from tollbar.catalog.table import format_tiers
from tollbar.errors import RefreshError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tollbar.catalog.refresh.azure.item import Item
    from tollbar.catalog.refresh.azure.offer import Offer

SOURCE = "azure-retail-prices"
_ROUNDING = Decimal("0.00001")
"""By what part meters of one thing differ where the vendor rounded once more for one of them."""
_SPOT = "/spot/"
_SOLD_TWICE = frozenset(
    {"azure/mysql/single_server_basic_storage/basic/data_stored", "azure/mysql/single_server/storage/basic"}
)
"""Retired products that two meters list at two prices: the dearer counts, as in the tables."""


@dataclass(slots=True)
class _Meter:
    """What one meter says of one thing: the newest price of each tier."""

    name: str
    unit: str
    is_primary: bool
    tiers: dict[Decimal, tuple[date, Decimal]]

    def key(self) -> tuple[str, tuple[Tier, ...]]:
        """Return unit and tiers in their order: what two meters have to agree on."""
        return self.unit, tuple(Tier(start, price) for start, (_, price) in sorted(self.tiers.items()))


class PriceList:
    """Collects what the items of a portion say, and settles what they say together.

    Of a meter the newest price that has begun counts, tier by tier. Several meters that are the same
    thing to us must ask the same price. Where they do not, those count that are primary in their region;
    of what is sold by the hour and by the month, the hour (as in the tables, see ``azure_meters``); and the
    dearer of prices that differ by rounding, and of Spot prices, which move anyway.
    """

    def __init__(self, today: date) -> None:
        self._today = today
        self._meters: dict[PriceKey, dict[str, _Meter]] = defaultdict(dict)

    def add(self, item: Item, offers: Iterable[Offer]) -> None:
        """Take note of what an item, whose price holds today, is in our catalogue."""
        region = catalog_region(item.region)
        for offer in offers:
            meters = self._meters[PriceKey(offer.path, region)]
            meter = meters.setdefault(item.meter_id, _Meter(item.name, offer.unit, item.is_primary, {}))
            meter.is_primary |= item.is_primary
            known = meter.tiers.get(offer.tier_start)
            if known is None or known[0] < item.begins:
                meter.tiers[offer.tier_start] = (item.begins, offer.unit_price)
            elif known[0] == item.begins and known[1] != offer.unit_price:
                raise RefreshError(
                    f"meter {item.meter_id} ({item.name}) asks two prices for {offer.path} in {region} from"
                    f" {item.begins} on: {known[1]} and {offer.unit_price}"
                )

    def prices(self) -> tuple[Price, ...]:
        """Return the prices, ordered by path and region.

        What costs nothing in every tier is left out: it is not for sale yet, or free under conditions
        that a price cannot tell. So is what has no price for its first unit.

        Raises:
            RefreshError: Two meters ask different prices for one thing; both are named.
        """
        found = [self._price(key, meters) for key, meters in sorted(self._meters.items(), key=_by_path)]
        return tuple(price for price in found if price is not None)

    def _price(self, key: PriceKey, meters: dict[str, _Meter]) -> Price | None:
        unit, tiers = self._agreed(key, meters)
        if tiers[0].start != 0 or all(tier.unit_price == 0 for tier in tiers):
            return None
        if is_beyond_what_is_free(key.path):
            tiers = (Tier(Decimal(0), tiers[-1].unit_price),)
        return Price(key, unit, tiers, SOURCE, self._today.isoformat(), "A")

    def _agreed(self, key: PriceKey, meters: dict[str, _Meter]) -> tuple[str, tuple[Tier, ...]]:
        smallest = min(meter.unit for meter in meters.values())
        by_id = {meter_id: meter for meter_id, meter in sorted(meters.items()) if meter.unit == smallest}
        disputed = {meter.key(): meter_id for meter_id, meter in by_id.items()}
        if len(disputed) > 1 and any(meter.is_primary for meter in by_id.values()):
            disputed = {meter.key(): meter_id for meter_id, meter in by_id.items() if meter.is_primary}
        dearest = max(disputed, key=lambda what: [tier.unit_price for tier in what[1]])
        if (
            key.path in _SOLD_TWICE
            or _SPOT in key.path
            or all(_differ_by_rounding(dearest[1], tiers) for _, tiers in disputed)
        ):
            return dearest
        told = " and ".join(
            f"{meter_id} ({meters[meter_id].name}: {_told(what)})" for what, meter_id in disputed.items()
        )
        raise RefreshError(f"several meters ask different prices for {key}: {told}")


def _differ_by_rounding(dearest: tuple[Tier, ...], tiers: tuple[Tier, ...]) -> bool:
    """Return whether tiers are those of the dearest meter, or would be but for rounding."""
    return [tier.start for tier in dearest] == [tier.start for tier in tiers] and all(
        abs(high.unit_price - low.unit_price) <= high.unit_price * _ROUNDING
        for high, low in zip(dearest, tiers, strict=True)
    )


def _told(what: tuple[str, tuple[Tier, ...]]) -> str:
    unit, tiers = what
    return f"{format_tiers(tiers)} per {unit}"


def _by_path(entry: tuple[PriceKey, dict[str, _Meter]]) -> tuple[str, str]:
    return entry[0].path, entry[0].region or ""
