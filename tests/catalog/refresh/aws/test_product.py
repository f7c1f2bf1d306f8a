"""A product and its rates, whichever way they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.catalog.refresh.aws.price_list_server import document
from tollbar.catalog.refresh.aws.product import (
    MalformedProductError,
    Product,
    Rate,
    Term,
    rate_of_row,
    rates_of_document,
)

ROW = {
    "sku": "A",
    "offertermcode": "4NA7Y494T4",
    "termtype": "Reserved",
    "startingrange": "",
    "unit": "Hrs",
    "priceperunit": "0.0600000000",
    "currency": "USD",
    "leasecontractlength": "1yr",
    "purchaseoption": "No Upfront",
    "offeringclass": "standard",
    "productfamily": "Compute Instance",
    "preinstalledsw": "NA",
}


@pytest.mark.parametrize(
    ("usage_type", "usage"),
    [
        ("USE1-BoxUsage:m5.large", "BoxUsage:m5.large"),
        ("EU-BoxUsage:m5.large", "BoxUsage:m5.large"),
        ("EU:PI_LTR:M5", "PI_LTR:M5"),
        ("ap-northeast-1-KMS-Keys", "KMS-Keys"),
        ("us-gov-west-1-KMS-Keys", "KMS-Keys"),
        ("USE1-EUC1-AWS-Out-Bytes", "EUC1-AWS-Out-Bytes"),
        ("BoxUsage:m5.large", "BoxUsage:m5.large"),
        ("EBS:VolumeUsage.gp3", "EBS:VolumeUsage.gp3"),
        ("RDS:GP3-Storage", "RDS:GP3-Storage"),
        ("CW:AlarmMonitorUsage", "CW:AlarmMonitorUsage"),
        ("Global-CW:AlarmMonitorUsage", "Global-CW:AlarmMonitorUsage"),
        ("Global1:PI_API", "Global1:PI_API"),
        ("MP:USE1_InputTokenCount-Units", "MP:USE1_InputTokenCount-Units"),
    ],
)
def test_a_usage_type_is_read_without_the_mark_of_its_region(usage_type: str, usage: str) -> None:
    sold = Product("A", "", {"usagetype": usage_type})
    assert (sold.usage, sold.is_marked) == (usage, usage != usage_type)


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("us-gov-east-1", "us-gov-east-1"),
        ("eu-west-1", "eu-west-1"),
        ("us-west-2-lax-1", None),
        ("", None),
        ("Any", None),
    ],
)
def test_only_a_region_is_a_region(code: str, region: str | None) -> None:
    assert Product("A", "", {"regioncode": code}).region() == region


def test_both_ways_of_writing_give_the_same_names() -> None:
    listed = document("A", "AmazonEC2", {"preInstalledSw": "NA"}, ("Hrs", "0", "0.1"), family="Compute Instance")
    [rate] = rates_of_document(listed)
    from_file = rate_of_row(ROW)

    assert from_file is not None
    assert rate.product["Pre Installed S/W"] == from_file.product["preInstalledSw"] == "NA"


def test_a_row_tells_the_term() -> None:
    term = Term("Reserved", "4NA7Y494T4", "1yr", "No Upfront", "standard")
    assert rate_of_row(ROW) == Rate(Product("A", "Compute Instance", ROW), term, "Hrs", Decimal(0), Decimal("0.06"))
    assert (term.years, term.payment_option) == ("1", "no_upfront")


def test_a_row_in_another_currency_has_no_price() -> None:
    rate = rate_of_row({**ROW, "currency": "CNY"})
    assert rate is not None
    assert rate.usd is None


def test_other_terms_are_passed_over() -> None:
    assert rate_of_row({**ROW, "termtype": "FlatRate"}) is None


def test_a_document_in_another_currency_has_no_price() -> None:
    [rate] = rates_of_document(document("A", "AmazonEC2", {}, ("Hrs", "0", "0.7"), currency="CNY"))
    assert rate.usd is None


def test_a_document_tells_the_terms_of_its_reservations() -> None:
    listed = document("A", "AmazonEC2", {}, ("Hrs", "0", "0.1"))
    offer = {
        "offerTermCode": "HU7G6KETJZ",
        "termAttributes": {
            "LeaseContractLength": "1yr",
            "OfferingClass": "standard",
            "PurchaseOption": "Partial Upfront",
        },
        "priceDimensions": {"A.HU7G6KETJZ.6YS6EN2CT7": {"unit": "Hrs", "pricePerUnit": {"USD": "0.029"}}},
    }
    listed["terms"]["Reserved"] = {"A.HU7G6KETJZ": offer}

    assert [rate.term for rate in rates_of_document(listed)] == [
        Term("OnDemand", "JRTCKXETXF"),
        Term("Reserved", "HU7G6KETJZ", "1yr", "Partial Upfront", "standard"),
    ]


@pytest.mark.parametrize("missing", ["sku", "termtype", "priceperunit", "unit", "currency", "productfamily"])
def test_a_missing_column_is_named(missing: str) -> None:
    row = {name: value for name, value in ROW.items() if name != missing}
    with pytest.raises(MalformedProductError, match=f"the column '{missing}' is missing"):
        rate_of_row(row)


@pytest.mark.parametrize("price", ["", "free", "-0.1", "NaN", "Infinity"])
def test_a_price_is_a_number_of_dollars(price: str) -> None:
    with pytest.raises(MalformedProductError, match=r"is no (number|price or amount)$"):
        rate_of_row({**ROW, "priceperunit": price})
