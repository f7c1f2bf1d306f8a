"""What the meters of Azure's retail price list are called in the catalogue.

Every meter has a systematic path, ``azure/<service>/<product>/<sku>/<meter>``; words that only repeat
what stands before them are left out. A meter that people or an estimator ask for by another name has
that path too (``azure_meter_paths``). Both the tables and a refresh name meters here, so that what is
refreshed is what is looked up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, getcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from tollbar.catalog.azure_meter_paths import is_beyond_what_is_free, readable_path
from tollbar.catalog.azure_meter_units import base_unit
from tollbar.catalog.azure_model_meters import model_paths
from tollbar.errors import CatalogError
from tollbar.money import HOURS_PER_MONTH
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tollbar.price import Trust

HOURS_IN_TERM = {"1 Year": 8_760, "3 Years": 26_280, "5 Years": 43_800}
"""A reservation's price is that of its whole term, whatever its unit of measure says."""
_SERVICES = {
    "database_for_mysql": "mysql",
    "database_for_postgresql": "postgresql",
    "front_door_service": "front_door",
}
_PRODUCTS = {"azure_front_door": "", "azure_front_door_service": "classic"}
"""Products whose names tell too little to tell them apart."""
_ZONE = re.compile(r"(?:us gov |de |us )?zone \d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meter:
    """An item of the retail price list, as far as it says what is sold; the fields are the list's own.

    ``type`` is Consumption, Reservation or DevTestConsumption, ``term`` the ``reservationTerm``.
    """

    service: str
    product: str
    sku: str
    meter: str
    unit: str
    arm_sku: str = ""
    type: str = "Consumption"
    term: str = ""


@dataclass(frozen=True, slots=True)
class MeterName:
    """What a meter is called: its path, its base unit, and how many base units its unit of measure holds."""

    path: str
    unit: str
    per: Fraction

    def unit_price(self, listed: Decimal) -> Decimal:
        """Return the USD per base unit of a listed price; where that does not end, to twelve decimals."""
        price = listed * self.per.denominator / self.per.numerator
        ends = len(price.as_tuple().digits) < getcontext().prec
        return price if ends else round(price, 12)

    def tier_start(self, listed: Decimal) -> Decimal:
        """Return the base units of a listed ``tierMinimumUnits``: of what is had for a time, how much is had."""
        if self.per.denominator == int(HOURS_PER_MONTH):
            return listed * self.per.numerator
        return listed * self.per.numerator / self.per.denominator


@dataclass(frozen=True, slots=True)
class ListedPrice:
    """A meter's price in a region (``armRegionName``, or a zone such as ``Zone 1``) from a number of units on."""

    meter: Meter
    region: str
    price: Decimal
    tier_minimum: Decimal = Decimal(0)


def meter_names(meter: Meter, region: str = "") -> tuple[MeterName, ...]:
    """Return what a meter is called, the systematic name first; nothing for prices that not everyone gets.

    ``region`` matters only where the list has a zone of several regions in its place: the zone becomes
    part of the path.

    Raises:
        CatalogError: The unit of measure, or the term of a reservation, is not known.
    """
    if meter.type == "DevTestConsumption":
        return ()
    unit, per = base_unit(meter.unit, meter.meter)
    if meter.type == "Reservation":
        if meter.term not in HOURS_IN_TERM:
            raise CatalogError(f"the reservation term {meter.term!r} of {meter.product} is not known")
        unit, per = "hours", Fraction(HOURS_IN_TERM[meter.term])
    if machine := _virtual_machine_path(meter):
        return (MeterName(machine, unit, per),)
    if models := model_paths(_slug(meter.product), meter.meter):
        return tuple(MeterName(path, unit, per) for path in models)
    path = systematic_path(meter, region)
    other = readable_path(path)
    return tuple(MeterName(named, unit, per) for named in (path, other) if named)


def systematic_path(meter: Meter, region: str = "") -> str:
    """Return ``azure/<service>/<product>/<sku>/<meter>`` in snake case, without repetitions."""
    service = _slug(meter.service).removeprefix("azure_")
    product = _product(_slug(meter.product), service)
    sku = _slug(meter.sku)
    name = _slug(meter.meter)
    name = "" if name == sku or f"_{sku}".endswith(f"_{name}") else name.removeprefix(f"{sku}_")
    zone = _slug(region) if _ZONE.fullmatch(region) else ""
    bought = f"reserved/{_slug(meter.term)}" if meter.type == "Reservation" else ""
    parts = ("azure", _SERVICES.get(service, service), zone, product, sku, name, bought)
    return "/".join(part for part in parts if part)


def catalog_region(region: str) -> str:
    """Return the catalogue's region of an ``armRegionName``: ``global`` for zones, and where there is none."""
    return "global" if not region or region.lower() == "global" or _ZONE.fullmatch(region) else region


def listed_prices(listed: Iterable[ListedPrice], source: str, as_of: str, trust: Trust) -> Iterator[Price]:
    """Yield the prices of meters, the tiers of each together.

    What is sold both by the hour and by the month under one name is kept by the hour; of two prices of
    one name (retired products, rounding) the higher counts. Left out is what costs nothing in every
    tier, and what has no price for the first unit.

    Raises:
        CatalogError: A unit, or the term of a reservation, is not known.
    """
    tiers: dict[tuple[PriceKey, str], dict[Decimal, Decimal]] = defaultdict(dict)
    units: dict[PriceKey, set[str]] = defaultdict(set)
    for item in listed:
        for name in meter_names(item.meter, item.region):
            key = PriceKey(name.path, catalog_region(item.region))
            start, price = name.tier_start(item.tier_minimum), name.unit_price(item.price)
            known = tiers[key, name.unit].get(start, price)
            tiers[key, name.unit][start] = max(known, price)
            units[key].add(name.unit)
    for (key, unit), by_start in tiers.items():
        if unit == min(units[key]) and Decimal(0) in by_start and any(by_start.values()):
            ordered = tuple(Tier(start, by_start[start]) for start in sorted(by_start))
            if is_beyond_what_is_free(key.path):
                ordered = (Tier(Decimal(0), ordered[-1].unit_price),)
            yield Price(key, unit, ordered, source, as_of, trust)


def _product(product: str, service: str) -> str:
    if product in _PRODUCTS:
        return _PRODUCTS[product]
    product = product.removeprefix("azure_").removeprefix("az_")
    for prefix in (service, _SERVICES.get(service, service), "db_for_postgresql", "database_for_postgsql"):
        product = product.removeprefix(prefix).strip("_")
    return product


def _virtual_machine_path(meter: Meter) -> str | None:
    """Return the path of a virtual machine's hours as the estimators ask for it, None for anything else."""
    if (
        _slug(meter.service) != "virtual_machines"
        or not meter.arm_sku
        or not meter.product.startswith("Virtual Machines")
    ):
        return None
    system = "windows" if meter.product.endswith(" Windows") else "linux"
    bought = "on_demand"
    if meter.type == "Reservation":
        bought = f"reserved/{_slug(meter.term)}"
    elif meter.sku.endswith(" Spot"):
        bought = "spot"
    elif meter.sku.endswith(" Low Priority"):
        bought = "low_priority"
    return f"azure/virtual_machines/{system}/{bought}/{meter.arm_sku.lower()}"


def _slug(text: str) -> str:
    """Return a name in snake case, redundancies as Terraform writes them: RA-GRS is ``ragrs``."""
    slug = re.sub(r"[^a-z0-9.]+", "_", text.lower()).strip("_")
    return re.sub(r"(?<![a-z])ra_(gz?rs)(?![a-z])", r"ra\1", slug)
