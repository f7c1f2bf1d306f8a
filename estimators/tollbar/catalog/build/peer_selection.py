"""What the peer's test suite says of the resource that a price was seen on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tollbar.catalog.build.source_tables import TestSuitePrice


def selection(row: TestSuitePrice) -> dict[str, str]:
    """Return the attributes and usage keys of a row by name: ``engine``, ``usage.reserved_instance_term``.

    Attributes on which the resources of one row differ are left out by the table.
    """
    pairs = (pair.partition("=") for pair in row.selecting_attributes.split(";") if pair)
    return {name: value for name, _, value in pairs}


def reservation(row: TestSuitePrice) -> str:
    """Return how the hours of a row are bought, as a part of a price path: ``reserved_1yr_no_upfront``."""
    chosen = selection(row)
    term = chosen.get("usage.reserved_instance_term")
    payment = chosen.get("usage.reserved_instance_payment_option")
    if term is None or payment is None:
        return "on_demand"
    return f"reserved_{term.replace('_year', 'yr')}_{payment}"
