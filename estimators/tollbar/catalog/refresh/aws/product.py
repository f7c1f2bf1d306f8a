"""One product of the AWS Price List and one of its rates, whichever way they were read.

Source: "Reading the service price list file for an AWS service", AWS Billing user guide. The query
API gives a JSON text per product with all its terms; an offer file gives a CSV row per rate, its
columns spelled otherwise (``Pre Installed S/W`` for ``preInstalledSw``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TermKind = Literal["OnDemand", "Reserved"]

_REGION_MARK = re.compile(r"^(?:(?:EU|[A-Z]{3}\d{1,2})[-:]|[a-z]{2}(?:-gov)?-[a-z]+-\d-)")
"""What a usage type starts with outside us-east-1, and for younger services there too.

``USE1-``, ``EU-``, ``EU:`` with Performance Insights, ``eu-west-1-`` with KMS.
"""
_REGION = re.compile(r"[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d")
_AWS_REGION = ("", "AWS Region")
_NOT_A_LETTER = re.compile(r"[^a-z0-9]")
_TERM_KINDS: tuple[TermKind, ...] = ("OnDemand", "Reserved")


class MalformedProductError(ValueError):
    """Something that should be a product or a rate is none."""


@dataclass(frozen=True, slots=True)
class Product:
    """What is sold. ``attributes`` are keyed by their names in small letters and digits only."""

    sku: str
    family: str
    attributes: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """Return an attribute by any spelling of its name; what is not told is an empty text."""
        return self.attributes.get(attribute_name(name), "")

    @property
    def usage(self) -> str:
        """The usage type without the mark of its region: ``BoxUsage:m5.large``."""
        return _REGION_MARK.sub("", self["usagetype"], count=1)

    @property
    def is_marked(self) -> bool:
        """Whether the usage type carries the mark of a region."""
        return _REGION_MARK.match(self["usagetype"]) is not None

    def region(self, attribute: str = "regionCode") -> str | None:
        """Return the region it is sold in; None where it is sold everywhere, at an edge, or the list does not tell."""
        code = self[attribute]
        return code if _REGION.fullmatch(code) else None

    @property
    def is_in_a_region(self) -> bool:
        """Whether it is no product of a Local Zone, a Wavelength Zone or an Outpost."""
        return self["locationType"] in _AWS_REGION


@dataclass(frozen=True, slots=True)
class Term:
    """How it is bought. ``lease``, ``payment`` and ``offering_class`` are empty on demand."""

    kind: TermKind
    code: str
    lease: str = ""
    payment: str = ""
    offering_class: str = ""

    @property
    def years(self) -> str:
        """The digits of the lease: ``1`` or ``3``."""
        return self.lease[:1]

    @property
    def payment_option(self) -> str:
        """How it is paid, as a part of a path: ``no_upfront``."""
        return self.payment.lower().replace(" ", "_")


ON_DEMAND = Term("OnDemand", "")


@dataclass(frozen=True, slots=True)
class Rate:
    """A price of a product under a term, from ``begin`` units of ``unit`` on; ``usd`` is None in other currencies."""

    product: Product
    term: Term
    unit: str
    begin: Decimal
    usd: Decimal | None


def attribute_name(spelling: str) -> str:
    """Return an attribute's name in small letters and digits only: ``preinstalledsw``."""
    return _NOT_A_LETTER.sub("", spelling.lower())


def rates_of_document(document: Mapping[str, Any]) -> Iterator[Rate]:
    """Yield the rates of one product as the query API writes it.

    Raises:
        MalformedProductError: A part that every product has is missing or no number.
    """
    try:
        told = document["product"]
        attributes = {attribute_name(name): str(value) for name, value in told["attributes"].items()}
        product = Product(told["sku"], told.get("productFamily", ""), attributes)
        for kind in _TERM_KINDS:
            for offer in document["terms"].get(kind, {}).values():
                yield from _rates_of_offer(product, kind, offer)
    except (KeyError, TypeError, AttributeError) as error:
        raise MalformedProductError(f"not a product: {type(error).__name__} {error}") from error


def rate_of_row(row: Mapping[str, str]) -> Rate | None:
    """Return the rate of one row of an offer file, keyed by :func:`attribute_name`; None for other kinds of terms.

    Raises:
        MalformedProductError: A column that every row has is missing or no number.
    """
    try:
        kind = row["termtype"]
        if kind not in _TERM_KINDS:
            return None
        product = Product(row["sku"], row["productfamily"], row)
        term = Term(
            "Reserved" if kind == "Reserved" else "OnDemand",
            row["offertermcode"],
            row.get("leasecontractlength", ""),
            row.get("purchaseoption", ""),
            row.get("offeringclass", ""),
        )
        usd = _number(row["priceperunit"]) if row["currency"] == "USD" else None
        return Rate(product, term, row["unit"], _number(row["startingrange"] or "0"), usd)
    except KeyError as error:
        raise MalformedProductError(f"the column {error} is missing") from error


def _rates_of_offer(product: Product, kind: TermKind, offer: Mapping[str, Any]) -> Iterator[Rate]:
    told: Mapping[str, str] = offer.get("termAttributes") or {}
    term = Term(
        kind,
        offer.get("offerTermCode", ""),
        told.get("LeaseContractLength", ""),
        told.get("PurchaseOption", ""),
        told.get("OfferingClass", ""),
    )
    for dimension in offer["priceDimensions"].values():
        text = dimension["pricePerUnit"].get("USD")
        usd = None if text is None else _number(text)
        yield Rate(product, term, dimension["unit"], _number(dimension.get("beginRange") or "0"), usd)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise MalformedProductError(f"{text!r} is no number") from error
    if not number.is_finite() or number < 0:
        raise MalformedProductError(f"{text!r} is no price or amount")
    return number
