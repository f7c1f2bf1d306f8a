"""A price as the Azure Retail Prices API lists it, and the pages it comes in.

Source: "Azure Retail Prices overview" (learn.microsoft.com, read 2026-11), section "API property details".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

CURRENCY = "USD"
_MISSING = object()


@dataclass(frozen=True, slots=True)
class SavingsPlanRate:
    """What a savings plan of one term makes of an hourly price; ``term`` reads ``1 Year`` or ``3 Years``."""

    term: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """One tier of one meter in one region.

    ``price`` is USD per ``unit``, except for a reservation: there it is the price of the whole ``term``,
    whatever the unit says. ``region`` is the vendor's ``armRegionName``: empty or ``Global`` for what is
    sold at one price everywhere. ``ends`` is the last day of a price that is announced to end.
    """

    service: str
    product: str
    sku: str
    arm_sku: str
    meter: str
    meter_id: str
    region: str
    kind: str
    term: str | None
    unit: str
    price: Decimal
    tier_start: Decimal
    begins: date
    ends: date | None
    is_primary: bool
    savings_plans: tuple[SavingsPlanRate, ...]

    @property
    def name(self) -> str:
        """The meter as people read it, for messages."""
        return f"{self.product} / {self.sku} / {self.meter}"


@dataclass(frozen=True, slots=True)
class Page:
    """The items of one answer, and the address of the next where there is one."""

    items: tuple[Item, ...]
    next_link: str | None


class MalformedPageError(ValueError):
    """An answer that is not what the API documents; the message names the field."""


def read_page(body: bytes) -> Page:
    """Return the page in the body of an answer, its numbers exact.

    Raises:
        MalformedPageError: It is no JSON, or an item lacks a field or has one of another kind.
    """
    try:
        document = json.loads(body, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise MalformedPageError(f"is not JSON: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("Items"), list):
        raise MalformedPageError("has no list 'Items'")
    next_link = document.get("NextPageLink")
    if next_link is not None and not isinstance(next_link, str):
        raise MalformedPageError(f"has a 'NextPageLink' that is no text: {next_link!r}")
    items = tuple(_item(entry, number) for number, entry in enumerate(document["Items"], 1))
    return Page(items, next_link or None)


def _item(entry: object, number: int) -> Item:
    if not isinstance(entry, dict):
        raise MalformedPageError(f"item {number} is no object")
    fields = _Fields(entry, number)
    if (currency := fields.text("currencyCode")) != CURRENCY:
        raise MalformedPageError(f"item {number} has 'currencyCode' {currency!r} instead of {CURRENCY!r}")
    return Item(
        fields.text("serviceName"),
        fields.text("productName"),
        fields.text("skuName"),
        fields.text("armSkuName", ""),
        fields.text("meterName"),
        fields.text("meterId"),
        fields.text("armRegionName"),
        fields.text("type"),
        fields.text("reservationTerm", "") or None,
        fields.text("unitOfMeasure"),
        fields.number("retailPrice"),
        fields.number("tierMinimumUnits"),
        fields.day("effectiveStartDate"),
        fields.day("effectiveEndDate") if entry.get("effectiveEndDate") else None,
        fields.flag("isPrimaryMeterRegion"),
        _savings_plans(entry.get("savingsPlan"), number),
    )


def _savings_plans(rates: object, number: int) -> tuple[SavingsPlanRate, ...]:
    if rates is None:
        return ()
    if not isinstance(rates, list) or not all(isinstance(rate, dict) for rate in rates):
        raise MalformedPageError(f"item {number} has a 'savingsPlan' that is no list of objects")
    fields = [_Fields(rate, number) for rate in rates]
    return tuple(SavingsPlanRate(rate.text("term"), rate.number("retailPrice")) for rate in fields)


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of an item; what is missing or of another kind is an error that names item and field."""

    entry: dict[str, Any]
    number_of_item: int

    def text(self, field: str, default: str | None = None) -> str:
        """Return a text; an absent or null one is the default, where there is one."""
        value = self.entry.get(field, _MISSING)
        if default is not None and (value is None or value is _MISSING):
            return default
        if not isinstance(value, str):
            raise self._wrong(field, value, "text")
        return value.strip()

    def number(self, field: str) -> Decimal:
        """Return a number of 0 or more."""
        value = self.entry.get(field, _MISSING)
        if not isinstance(value, Decimal) or value < 0:
            raise self._wrong(field, value, "number of 0 or more")
        return value

    def flag(self, field: str) -> bool:
        """Return true or false."""
        value = self.entry.get(field, _MISSING)
        if not isinstance(value, bool):
            raise self._wrong(field, value, "true or false")
        return value

    def day(self, field: str) -> date:
        """Return the day of a point in time."""
        text = self.text(field)
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            raise self._wrong(field, text, "date") from None

    def _wrong(self, field: str, value: object, wanted: str) -> MalformedPageError:
        if value is _MISSING:
            return MalformedPageError(f"item {self.number_of_item} has no {field!r}")
        return MalformedPageError(f"item {self.number_of_item} has a {field!r} that is no {wanted}: {value!r}")


def _no_number(text: str) -> Decimal:
    raise ValueError(f"{text} is no number")
