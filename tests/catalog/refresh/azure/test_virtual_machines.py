"""What the API lists of a virtual machine size, and what of it is kept."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.catalog.refresh.azure.listed import B16ALS_V2, B16ALS_V2_SAVINGS, item, page
from tollbar.catalog.refresh.azure.item import read_page
from tollbar.catalog.refresh.azure.virtual_machines import offers


def read(**fields: Any) -> dict[str, Decimal]:
    """Return what one item says, by path."""
    (listed,) = read_page(page([item(**fields)])).items
    return {offer.path.removeprefix("azure/virtual_machines/"): offer.unit_price for offer in offers(listed)}


def test_all_that_is_listed_of_one_size() -> None:
    found: dict[str, Decimal] = {}
    for product, sku, kind, term, price in B16ALS_V2:
        plans = B16ALS_V2_SAVINGS if price == 0.673 and kind == "Consumption" else None
        told = read(
            productName=product,
            skuName=sku,
            meterName=sku,
            type=kind,
            retailPrice=price,
            **({"reservationTerm": term} if term else {}),
            **({"savingsPlan": plans} if plans else {}),
        )
        assert not found.keys() & told.keys()
        found |= told
    assert found == {
        "linux/on_demand/standard_b16als_v2": Decimal("0.673"),
        "linux/savings_plan/1_year/standard_b16als_v2": Decimal("0.49129"),
        "linux/savings_plan/3_years/standard_b16als_v2": Decimal("0.34323"),
        "linux/reserved/1_year/standard_b16als_v2": Decimal("0.3970319635"),  # 3,478 / 8,760 h
        "linux/reserved/3_years/standard_b16als_v2": Decimal("0.2557458143"),  # 6,721 / 26,280 h
        "linux/spot/standard_b16als_v2": Decimal("0.6057"),
        "windows/on_demand/standard_b16als_v2": Decimal("0.747"),
        "windows/spot/standard_b16als_v2": Decimal("0.6723"),
    }


@pytest.mark.parametrize(
    ("product", "sku", "size", "path"),
    [
        ("NCads A100 v4 Series Linux", "Standard_NC48ads_A100_v4", "Standard_NC48ads_A100_v4", "linux/on_demand"),
        ("ECadsv5-series Windows", "Standard_EC8ads_v5 Spot", "Standard_EC8ads_v5", "windows/spot"),
        ("Virtual Machines Dsv7-series Linux", "Standard_D248s_v7 Spot", "Standard_D248s_v7", "linux/spot"),
        ("Virtual Machines A Series Basic", "A0", "Basic_A0", "linux/on_demand"),
        ("Virtual Machines A Series Basic Windows", "A0 Spot", "Basic_A0", "windows/spot"),
        ("Virtual Machines DSv2 promo Series", "DS1 v2 Promo", "Standard_DS1_v2_Promo", "linux/on_demand"),
        ("Virtual Machines Ev3 Series", "E64i v3 Spot", "Standard_E64i_v3", "linux/spot"),
    ],
)
def test_products_are_told_apart_by_their_names(product: str, sku: str, size: str, path: str) -> None:
    assert list(read(productName=product, skuName=sku, armSkuName=size)) == [f"{path}/{size.lower()}"]


@pytest.mark.parametrize(
    ("product", "listed_as", "size"),
    [
        ("Virtual Machines A Series Basic", "Standard_A0", "basic_a0"),
        ("Virtual Machines A Series", "Standard_A0", "standard_a0"),
        ("Virtual Machines Dsv6 Series", "Standard_Standard_D2s_v6", "standard_d2s_v6"),
        ("Virtual Machines H promo Series", "Standard_H16", "standard_h16_promo"),
    ],
)
def test_basic_and_promotional_sizes_have_names_of_their_own(product: str, listed_as: str, size: str) -> None:
    assert list(read(productName=product, armSkuName=listed_as)) == [f"linux/on_demand/{size}"]


@pytest.mark.parametrize(
    "fields",
    [
        {"productName": "Dadsv5 Series Cloud Services"},
        {"productName": "A Series CloudServices"},
        {"productName": "Dsv3 Series Dedicated Host", "armSkuName": "Dsv3-Type1"},
        {"skuName": "B16als v2 Low Priority"},
        {"meterName": "B16als v2 Low Priority"},
        {"type": "DevTestConsumption"},
        {"armSkuName": ""},
        {"armSkuName": None},
        {"armSkuName": "ARM_SKU_NAME_PLACEHOLDER"},
        {"unitOfMeasure": "1/Month"},
        {"retailPrice": 0},
        {"type": "Reservation", "reservationTerm": "some day"},
        {"type": "Reservation"},
    ],
)
def test_what_is_no_price_of_a_size_is_left_out(fields: dict[str, Any]) -> None:
    assert read(**fields) == {}


def test_numbers_are_exact() -> None:
    text = json.dumps(item()).replace("0.673", "0.10000000000000000001")
    (listed,) = read_page(f'{{"Items": [{text}]}}'.encode()).items
    assert [offer.unit_price for offer in offers(listed)] == [Decimal("0.10000000000000000001")]
