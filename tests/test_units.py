"""The vocabulary of units."""

from decimal import Decimal

import pytest

from tollbar.errors import CatalogError
from tollbar.units import Unit, unit


def test_a_plain_unit_is_shown_as_it_is() -> None:
    assert unit("hours") == Unit("hours", "hours", Decimal(1), Decimal(2000))


def test_requests_are_read_by_the_million() -> None:
    assert unit("requests") == Unit("requests", "1M requests", Decimal(1_000_000), unit("requests").highest)


def test_an_unknown_unit_names_the_nearest() -> None:
    with pytest.raises(CatalogError, match=r"unknown unit 'hour'\n  Did you mean 'hours'\?"):
        unit("hour")
