"""Reading the Price List over the wire: pages, offer files, refusals."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.catalog.refresh.aws.conftest import ACCESS_KEY, ATTEMPTS, SECRET_KEY, TODAY
from tests.catalog.refresh.aws.price_list_server import document, offer_file
from tollbar.catalog.refresh.aws.source import open_source
from tollbar.catalog.refresh.interface import Connection, Fetched, Portion
from tollbar.errors import RefreshError, SourceUnavailableError
from tollbar.price import Price, PriceKey, Tier
from tollbar.units import units

if TYPE_CHECKING:
    from tests.catalog.refresh.aws.price_list_server import PriceListState
    from tollbar.catalog.refresh.aws.price_list import AwsPriceList

NAT = Portion("nat_gateway", "eu-west-1")
EC2 = Portion("ec2", "us-east-1")
IRELAND = {"regionCode": "eu-west-1", "locationType": "AWS Region"}
HOURS = document(
    "HOURS",
    "AmazonEC2",
    {**IRELAND, "usagetype": "EU-NatGateway-Hours"},
    ("Hrs", "0", "0.0480000000"),
    family="NAT Gateway",
)
BYTES = document(
    "BYTES",
    "AmazonEC2",
    {**IRELAND, "usagetype": "EU-NatGateway-Bytes"},
    ("GB", "0", "0.0480000000"),
    family="NAT Gateway",
)
ON_DEMAND = {
    "SKU": "HZC9FAP4F9Y8JW67",
    "OfferTermCode": "JRTCKXETXF",
    "TermType": "OnDemand",
    "StartingRange": "0",
    "EndingRange": "Inf",
    "Unit": "Hrs",
    "PricePerUnit": "0.0960000000",
    "Currency": "USD",
    "Product Family": "Compute Instance",
    "serviceCode": "AmazonEC2",
    "Location Type": "AWS Region",
    "Instance Type": "m5.large",
    "Tenancy": "Shared",
    "Operating System": "Linux",
    "License Model": "No License required",
    "usageType": "BoxUsage:m5.large",
    "operation": "RunInstances",
    "CapacityStatus": "Used",
    "Pre Installed S/W": "NA",
    "Region Code": "us-east-1",
}
RESERVED = {
    **ON_DEMAND,
    "OfferTermCode": "4NA7Y494T4",
    "TermType": "Reserved",
    "PricePerUnit": "0.0600000000",
    "LeaseContractLength": "1yr",
    "PurchaseOption": "No Upfront",
    "OfferingClass": "standard",
}


def hourly(path: str, region: str, usd: str) -> Price:
    tiers = (Tier(Decimal(0), Decimal(usd)),)
    return Price(PriceKey(path, region), "hours", tiers, "aws-price-list", "2026-11-20", "A")


def test_all_pages_are_read_and_dated_by_their_publication(source: AwsPriceList, server: PriceListState) -> None:
    server.products, server.page_size = [HOURS, BYTES], 1

    actual = source.fetch(NAT, None)

    per_gb = Price(
        PriceKey("aws/nat_gateway/data_processed", "eu-west-1"),
        "GB",
        (Tier(Decimal(0), Decimal("0.048")),),
        "aws-price-list",
        "2026-11-20",
        "A",
    )
    assert actual == Fetched((per_gb, hourly("aws/nat_gateway/hours", "eu-west-1", "0.048")))
    assert [body.get("NextToken") for _, body in server.asked] == [None, "1"]


def test_a_question_names_service_code_region_and_family(source: AwsPriceList, server: PriceListState) -> None:
    assert source.fetch(NAT, None) == Fetched(())
    assert server.asked == [
        (
            "GetProducts",
            {
                "ServiceCode": "AmazonEC2",
                "Filters": [
                    {"Type": "TERM_MATCH", "Field": "productFamily", "Value": "NAT Gateway"},
                    {"Type": "TERM_MATCH", "Field": "regionCode", "Value": "eu-west-1"},
                ],
                "FormatVersion": "aws_v1",
                "MaxResults": 100,
            },
        )
    ]


def test_what_is_sold_everywhere_is_asked_for_without_a_region(source: AwsPriceList, server: PriceListState) -> None:
    zone = document(
        "ZONE",
        "AmazonRoute53",
        {"location": "Any", "usagetype": "HostedZone"},
        ("HostedZone", "0", "0.5000000000"),
        ("HostedZone", "25", "0.1000000000"),
        family="DNS Zone",
    )
    server.products = [zone]

    actual = source.fetch(Portion("route53", "global"), None)

    tiers = (Tier(Decimal(0), Decimal("0.5")), Tier(Decimal(25), Decimal("0.1")))
    key = PriceKey("aws/route53/hosted_zone", "global")
    assert actual == Fetched((Price(key, "zones", tiers, "aws-price-list", "2026-11-20", "A"),))
    assert server.asked[0][1]["Filters"] == []


def test_throttling_is_waited_out(source: AwsPriceList, server: PriceListState) -> None:
    server.products = [HOURS]
    server.refusals.extend([(400, "ThrottlingException")] * 2)

    assert source.fetch(NAT, None) == Fetched((hourly("aws/nat_gateway/hours", "eu-west-1", "0.048"),))
    assert len(server.asked) == 3


def test_throttling_without_end_ends_the_portion(source: AwsPriceList, server: PriceListState) -> None:
    server.refusals.extend([(400, "ThrottlingException")] * 20)

    with pytest.raises(
        RefreshError, match="nat_gateway in eu-west-1, page 1: AWS answers ThrottlingException"
    ) as caught:
        source.fetch(NAT, None)
    assert type(caught.value) is RefreshError
    assert len(server.asked) == ATTEMPTS


@pytest.mark.parametrize("code", ["ExpiredTokenException", "UnrecognizedClientException"])
def test_refused_credentials_end_the_refresh(source: AwsPriceList, server: PriceListState, code: str) -> None:
    server.refusals.append((400, code))

    with pytest.raises(SourceUnavailableError, match=code) as caught:
        source.fetch(NAT, None)
    assert caught.value.hint == "The credentials are expired or not valid: log in again (aws sso login)."
    assert not [secret for secret in (ACCESS_KEY, SECRET_KEY, "secret-role") if secret in str(caught.value)]


def test_a_missing_permission_is_named(source: AwsPriceList, server: PriceListState) -> None:
    server.refusals.append((400, "AccessDeniedException"))

    with pytest.raises(SourceUnavailableError, match="pricing:GetProducts, pricing:GetAttributeValues"):
        source.fetch(NAT, None)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"product": {"sku": "BYT', "a product is no JSON"),
        ('{"product": {"sku": "BYTES"}}', "not a product: KeyError 'attributes'"),
        ("[]", "not a product"),
        ("null", "not a product"),
    ],
)
def test_a_broken_page_is_named(source: AwsPriceList, server: PriceListState, text: str, complaint: str) -> None:
    server.products, server.page_size, server.texts = [HOURS, BYTES], 1, {1: text}

    with pytest.raises(RefreshError, match=f"^nat_gateway in eu-west-1, page 2 of AmazonEC2: {complaint}"):
        source.fetch(NAT, None)


def test_an_unexpected_price_is_refused(source: AwsPriceList, server: PriceListState) -> None:
    server.products = [
        document("X", "AmazonEC2", HOURS["product"]["attributes"], ("Hrs", "0", "-1"), family="NAT Gateway")
    ]

    with pytest.raises(RefreshError, match="'-1' is no price or amount"):
        source.fetch(NAT, None)


def test_an_offer_file_is_read_by_rows(source: AwsPriceList, server: PriceListState) -> None:
    flat_rate = {**ON_DEMAND, "TermType": "FlatRate", "PricePerUnit": ""}
    server.files["AmazonEC2"] = ('"v1"', offer_file([ON_DEMAND, RESERVED, flat_rate]))

    actual = source.fetch(EC2, None)

    root = "aws/ec2/instance/linux/shared"
    assert actual == Fetched(
        (
            hourly(f"{root}/on_demand/m5.large", "us-east-1", "0.096"),
            hourly(f"{root}/reserved/standard/1_year/no_upfront/m5.large", "us-east-1", "0.06"),
        ),
        '"v1"',
    )
    assert [operation for operation, _ in server.asked] == ["ListPriceLists", "GetPriceListFileUrl"]
    assert "Authorization" not in server.downloads[0]


def test_an_unchanged_offer_file_is_not_read_again(source: AwsPriceList, server: PriceListState) -> None:
    server.files["AmazonEC2"] = ('"v1"', offer_file([ON_DEMAND]))

    assert source.fetch(EC2, '"v1"') is None


def test_a_changed_offer_file_is_read(source: AwsPriceList, server: PriceListState) -> None:
    server.files["AmazonEC2"] = ('"v2"', offer_file([ON_DEMAND]))

    actual = source.fetch(EC2, '"v1"')

    assert actual is not None
    assert actual.etag == '"v2"'


def test_a_service_without_an_offer_file_has_no_prices(source: AwsPriceList) -> None:
    assert source.fetch(EC2, None) == Fetched(())


def test_a_row_cut_short_is_named(source: AwsPriceList, server: PriceListState) -> None:
    whole = offer_file([ON_DEMAND, RESERVED])
    server.files["AmazonEC2"] = ('"v1"', whole[: whole.rindex(b',"us-east-1"')])

    with pytest.raises(RefreshError, match="ec2 in us-east-1: row 8 of its offer file has 27 of 29 columns"):
        source.fetch(EC2, None)


def test_a_download_that_breaks_off_is_refused(source: AwsPriceList, server: PriceListState) -> None:
    whole = offer_file([ON_DEMAND, RESERVED])
    server.files["AmazonEC2"], server.sends_all_files = ('"v1"', whole), False

    with pytest.raises(RefreshError, match=r"ec2 in us-east-1: its offer file breaks off \(ProtocolError\)"):
        source.fetch(EC2, None)


def test_something_else_than_an_offer_file_is_refused(source: AwsPriceList, server: PriceListState) -> None:
    server.files["AmazonEC2"] = ('"v1"', b"<html>\n<body>\nlog in\n</body>\n</html>\n")

    with pytest.raises(RefreshError, match="row 6 names no column SKU"):
        source.fetch(EC2, None)


def test_a_price_that_is_no_number_names_its_row(source: AwsPriceList, server: PriceListState) -> None:
    server.files["AmazonEC2"] = ('"v1"', offer_file([ON_DEMAND, {**RESERVED, "PricePerUnit": "n/a"}]))

    with pytest.raises(RefreshError, match="row 8 of its offer file: 'n/a' is no number"):
        source.fetch(EC2, None)


def test_aws_out_of_reach_ends_the_refresh(source: AwsPriceList, server: PriceListState) -> None:
    server.files["AmazonEC2"] = ('"v1"', offer_file([ON_DEMAND]))
    server.url = "http://127.0.0.1:9"  # the discard port, where nothing listens

    with pytest.raises(SourceUnavailableError, match="ec2 in us-east-1: AWS is out of reach"):
        source.fetch(EC2, None)


def test_portions_are_the_regions_that_aws_names(source: AwsPriceList, server: PriceListState) -> None:
    codes = ("us-east-1", "cn-north-1", "us-west-2-lax-1", "eu-west-1", "", "us-gov-west-1")
    server.products = [document(code or "NONE", "AmazonRoute53", {"regionCode": code}) for code in codes]

    actual = source.portions(["route53"], [])

    regions = ("global", "eu-west-1", "us-east-1", "us-gov-west-1")
    assert actual == [Portion("route53", region) for region in regions]


def test_portions_of_told_regions_ask_nothing(source: AwsPriceList, server: PriceListState) -> None:
    actual = source.portions(["cloudfront", "ec2", "ec2_spot", "savings_plans"], ["eu-west-1", "cn-north-1"])

    assert actual == [
        Portion("cloudfront", "global"),
        Portion("ec2", "eu-west-1"),
        Portion("ec2_spot", "eu-west-1"),
        Portion("savings_plans", "eu-west-1"),
    ]
    assert server.asked == []


def test_an_unknown_service_has_a_suggestion(source: AwsPriceList) -> None:
    with pytest.raises(RefreshError, match=r"there is no AWS service 'dynamo' to refresh") as caught:
        source.portions(["dynamo"], [])
    assert "dynamodb" in (caught.value.hint or "")


def test_every_service_is_named_once(source: AwsPriceList) -> None:
    names = source.services()

    assert len(names) == len(set(names)) == 92
    assert {"ec2", "rds", "s3", "lambda", "bedrock", "sagemaker", "ec2_spot", "savings_plans"} <= set(names)


def test_the_source_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)

    with pytest.raises(RefreshError, match="needs boto3") as caught:
        open_source(Connection(TODAY))
    assert caught.value.hint == "pip install 'tollbar[aws]'"


def test_a_profile_that_does_not_exist_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")

    with pytest.raises(SourceUnavailableError, match="there are no AWS credentials"):
        open_source(Connection(TODAY)).portions(["ec2"], [])


def test_the_source_describes_itself(source: AwsPriceList) -> None:
    assert (source.id, source.licence) == ("aws-price-list", "facts")
    assert {"tokens", "TB", "seconds", "paths", "lines"} <= set(units())
