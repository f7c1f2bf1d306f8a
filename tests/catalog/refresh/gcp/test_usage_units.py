"""Google's usage units in ours."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.catalog.refresh.gcp.billing_server import sku
from tests.catalog.refresh.gcp.test_sku import read
from tollbar.catalog.refresh.gcp.usage_units import IN_ONE_OF_OURS, tiers_per
from tollbar.errors import RefreshError
from tollbar.price import Tier
from tollbar.units import units


def test_our_units_are_known_units() -> None:
    assert {ours for held in IN_ONE_OF_OURS.values() for ours in held} <= set(units())


@pytest.mark.parametrize(
    ("usage_unit", "ours", "price", "expected"),
    [
        ("h", "hours", "0.1", "0.1"),
        ("GiBy.h", "GiB-hours", "0.004237", "0.004237"),
        ("GiBy.mo", "GB-months", "0.17", "0.17"),
        ("GiBy.h", "GB-months", "0.0001", "0.073"),
        ("h", "IOPS-months", "0.00001", "0.0073"),
        ("GiBy.d", "GB-months", "0.024", "0.73"),
        ("GiBy.s", "GiB-seconds", "0.0000025", "0.0000025"),
        ("s", "vCPU-seconds", "0.000024", "0.000024"),
        ("count", "requests", "0.0000004", "0.0000004"),
        ("mo", "secrets", "0.06", "0.06"),
        ("MiBy", "GB", "0.00005", "0.0512"),
        ("MiBy", "MiB", "0.258", "0.258"),
        ("TiBy", "TiB", "6.25", "6.25"),
        ("TiBy", "GB", "40", "0.0390625"),
        ("By", "GB", "0.000000001", "1.073741824"),
        ("GBy.mo", "GB-months", "0.1", "0.1073741824"),
    ],
)
def test_a_price_per_usage_unit_is_one_per_base_unit(usage_unit: str, ours: str, price: str, expected: str) -> None:
    assert tiers_per(ours, read(sku("a", price, usage_unit))) == (Tier(Decimal(0), Decimal(expected)),)


def test_tiers_start_at_so_many_base_units() -> None:
    message = sku("Message Delivery Basic", [(0, "0"), (0.009765625, "40")], "TiBy")
    assert tiers_per("GB", read(message)) == (
        Tier(Decimal(0), Decimal(0)),
        Tier(Decimal(10), Decimal("0.0390625")),
    )


def test_an_unknown_unit_is_named_with_its_sku() -> None:
    with pytest.raises(RefreshError, match=r"SKU 0000-0000-0000 \(a\) is sold by the unknown unit 'GiBy.fortnight'"):
        tiers_per("GB-months", read(sku("a", "1", "GiBy.fortnight")))


def test_a_unit_that_measures_something_else_is_an_error() -> None:
    with pytest.raises(RefreshError, match="is sold by 's', which does not measure GB-months"):
        tiers_per("GB-months", read(sku("a", "1", "s")))
