"""Prices out of rates: tiers in base units, what is sold at nothing left out, contradictions refused.

What a price of 0 means, by kind. A first tier at 0 is the account's free allowance: the tables, and
so the estimators, leave it to the account and start the first paid tier at 0. An hour at 0 under a
reservation is one that was paid upfront, an hour at 0 on demand is a placeholder (a host's instances,
a capacity reservation that is billed as an instance): neither is a price. A tier at 0 behind a paid
one is refused, since no such thing is known to be sold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.vendor_units import held
from tollbar.errors import RefreshError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from tollbar.catalog.refresh.aws.product import Rate
    from tollbar.catalog.refresh.aws.service import Service, Sold
    from tollbar.catalog.refresh.interface import Portion

EVERYWHERE = "global"
_UPFRONT_FEE = "Quantity"
"""The unit of what is paid once, at the start of a reservation."""
_PAYMENTS = frozenset({"no_upfront", "partial_upfront", "all_upfront"})


@dataclass(slots=True)
class _Offer:
    """What one SKU tells of one path."""

    sku: str
    unit: str
    tiers: dict[Decimal, Decimal] = field(default_factory=dict)


class PriceAssembly:
    """The prices of one portion, as its rates come in."""

    def __init__(self, service: Service, portion: Portion) -> None:
        self._service = service
        self._portion = portion
        self._offers: dict[str, dict[tuple[str, str], _Offer]] = {}

    def add(self, rate: Rate) -> None:
        """Take in a rate; those of other regions and of things that are nothing to us are passed over.

        Raises:
            RefreshError: The unit is not known, or a tier has two prices.
        """
        product = rate.product
        if rate.usd is None or (rate.term.kind == "Reserved" and not _is_hour_of_a_reservation(rate)):
            return
        if (product.region(self._service.region_attribute) or EVERYWHERE) != self._portion.region or not self._is_told(
            rate
        ):
            return
        sold = self._service.sold(product, rate.term)
        if sold is None:
            return
        count = held(rate.unit, sold.unit)
        if count is None:
            raise RefreshError(
                f"{self._portion}: {product.sku} ({product['usagetype']}) is sold in {rate.unit!r}, "
                f"which is not known to hold any {sold.unit}",
                hint="Add the unit to estimators/tollbar/catalog/refresh/aws/vendor_units.py.",
            )
        offers = self._offers.setdefault(sold.path, {})
        offer = offers.setdefault((product.sku, rate.term.code), _Offer(product.sku, sold.unit))
        self._add_tier(offer, sold, rate, count * sold.pieces if count == 1 else count)

    def prices(self, source: str, as_of: str) -> tuple[Price, ...]:
        """Return the prices, those that follow from others among them, ordered by path.

        Raises:
            RefreshError: Two products are sold under one path at different prices.
        """
        read = {price.key.path: price for price in self._assembled(source, as_of)}
        derived = {price.key.path: price for price in self._service.derived(read)}
        return tuple(price for _, price in sorted({**derived, **read}.items()))

    def _is_told(self, rate: Rate) -> bool:
        """Whether the product is one of the portion's place: at an edge only what is sold everywhere."""
        return self._portion.region == EVERYWHERE or rate.product.is_in_a_region

    def _add_tier(self, offer: _Offer, sold: Sold, rate: Rate, count: Fraction) -> None:
        start = _times(rate.begin, count.numerator, count.denominator)
        price = _times(rate.usd or Decimal(0), count.denominator, count.numerator)
        if offer.tiers.setdefault(start, price) != price:
            raise RefreshError(
                f"{self._portion}: {offer.sku} has two prices from {start} {sold.unit} on: "
                f"{offer.tiers[start]} and {price}"
            )

    def _assembled(self, source: str, as_of: str) -> Iterator[Price]:
        for path, offers in sorted(self._offers.items()):
            found: tuple[_Offer, tuple[Tier, ...]] | None = None
            for offer in offers.values():
                tiers = self._paid_tiers(path, offer)
                if tiers is None:
                    continue
                if found is not None and found[1] != tiers:
                    raise RefreshError(
                        f"{self._portion}: {found[0].sku} and {offer.sku} are both {path}, at different prices: "
                        f"{found[1][0].unit_price} and {tiers[0].unit_price}",
                        hint="A rule of the service is too wide; it must tell the two products apart.",
                    )
                found = found or (offer, tiers)
            if found is not None:
                key = PriceKey(path, self._portion.region)
                yield Price(key, found[0].unit, found[1], source, as_of, "A")

    def _paid_tiers(self, path: str, offer: _Offer) -> tuple[Tier, ...] | None:
        """Return the tiers from the first paid one on, which starts at 0; None where nothing is paid."""
        ordered = sorted(offer.tiers.items())
        while ordered and ordered[0][1] == 0:
            del ordered[0]
        if not ordered:
            return None
        if any(price == 0 for _, price in ordered):
            raise RefreshError(f"{self._portion}: {offer.sku} sells {path} at 0 behind a tier that is paid")
        (_, first), *others = ordered
        return (Tier(Decimal(0), first), *(Tier(start, price) for start, price in others))


def _is_hour_of_a_reservation(rate: Rate) -> bool:
    """Whether it is no fee paid once, nor a reservation of a kind that is sold no more (Heavy Utilization)."""
    return rate.unit != _UPFRONT_FEE and rate.term.payment_option in _PAYMENTS


def _times(number: Decimal, numerator: int, denominator: int) -> Decimal:
    """Return a product without the zeros that AWS writes behind its prices."""
    product = number * numerator / denominator
    return product.normalize() if product else Decimal(0)
