"""Rates under Savings Plans, as DescribeSavingsPlansOfferingRates answers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from botocore.stub import Stubber

from tests.catalog.refresh.aws.conftest import TODAY, session
from tollbar.catalog.refresh.aws import savings_plans
from tollbar.catalog.refresh.aws.clients import Clients
from tollbar.catalog.refresh.aws.price_list import AwsPriceList
from tollbar.catalog.refresh.interface import Connection, Fetched, Portion
from tollbar.errors import RefreshError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Portion("savings_plans", "us-east-1")
ASKED = {
    "savingsPlanTypes": ["Compute", "EC2Instance", "SageMaker"],
    "products": ["EC2", "Fargate", "Lambda", "SageMaker"],
    "serviceCodes": ["AmazonEC2", "AmazonECS", "AWSLambda", "AmazonSageMaker"],
    "filters": [{"name": "region", "values": ["us-east-1"]}],
    "maxResults": 1000,
}
OPERATION = "describe_savings_plans_offering_rates"


@pytest.fixture
def clients() -> Iterator[tuple[Clients, Stubber]]:
    """Clients whose Savings Plans client answers what it is told to."""
    made = Clients(session())
    client = made.client("savingsplans", "us-east-1")
    with Stubber(client) as stubber:
        yield made, stubber
    client.close()


def told(
    rate: str,
    *,
    plan: str = "Compute",
    seconds: int = 31_536_000,
    payment: str = "No Upfront",
    usage: str = "BoxUsage:m5.large",
    system: str = "Linux/UNIX",
    tenancy: str = "shared",
    currency: str = "USD",
) -> dict[str, Any]:
    return {
        "savingsPlanOffering": {
            "offeringId": "b9b6d3f0",
            "paymentOption": payment,
            "planType": plan,
            "durationSeconds": seconds,
            "currency": currency,
            "planDescription": "1 year No Upfront Compute Savings Plan",
        },
        "rate": rate,
        "unit": "Hrs",
        "productType": "EC2",
        "serviceCode": "AmazonEC2",
        "usageType": usage,
        "operation": "RunInstances",
        "properties": [
            {"name": "region", "value": "us-east-1"},
            {"name": "instanceType", "value": "m5.large"},
            {"name": "productDescription", "value": system},
            {"name": "tenancy", "value": tenancy},
        ],
    }


def test_rates_are_named_by_plan_term_and_payment(clients: tuple[Clients, Stubber]) -> None:
    made, stubber = clients
    stubber.add_response(OPERATION, {"searchResults": [told("0.0700")], "nextToken": "more"}, ASKED)
    others = [
        told("0.0390", plan="EC2Instance", seconds=94_608_000, payment="All Upfront"),
        told("0.1620", system="Windows"),
        told("0.0760", usage="USE2-DedicatedUsage:m5.large", tenancy="dedicated"),
        told("0.0700", usage="UnusedBox:m5.large"),
        told("0.5000", currency="CNY"),
        told("0.0000", payment="Partial Upfront"),
        told("0.0800", plan="Database"),
    ]
    stubber.add_response(OPERATION, {"searchResults": others}, {**ASKED, "nextToken": "more"})

    actual = AwsPriceList(Connection(TODAY), made).fetch(HERE, None)

    expected = {
        "linux/dedicated/savings_plan_compute_1yr_no_upfront/m5.large": "0.076",
        "linux/shared/savings_plan_compute_1yr_no_upfront/m5.large": "0.07",
        "linux/shared/savings_plan_ec2_3yr_all_upfront/m5.large": "0.039",
        "windows/shared/savings_plan_compute_1yr_no_upfront/m5.large": "0.162",
    }
    prices = tuple(
        Price(
            PriceKey(f"aws/ec2/instance/{what}", "us-east-1"),
            "hours",
            (Tier(Decimal(0), Decimal(usd)),),
            "aws-price-list",
            "2026-11-26",
            "A",
        )
        for what, usd in expected.items()
    )
    assert actual == Fetched(prices)


@pytest.mark.parametrize(
    ("code", "usage", "unit", "plan", "path", "our_unit"),
    [
        (
            "AmazonECS",
            "USE1-Fargate-ARM-vCPU-Hours:perCPU",
            "Hrs",
            "Compute",
            "aws/fargate/linux/arm64/savings_plan_compute_1yr_no_upfront/vcpu",
            "vCPU-hours",
        ),
        (
            "AmazonECS",
            "USE1-Fargate-GB-Hours",
            "Hrs",
            "Compute",
            "aws/fargate/linux/x86_64/savings_plan_compute_1yr_no_upfront/memory",
            "GB-hours",
        ),
        (
            "AWSLambda",
            "Lambda-GB-Second-ARM",
            "Lambda-GB-Second",
            "Compute",
            "aws/lambda/duration/arm64/savings_plan_compute_1yr_no_upfront",
            "GB-seconds",
        ),
        (
            "AmazonSageMaker",
            "USE1-Host:ml.m5.xlarge",
            "Hrs",
            "SageMaker",
            "aws/sagemaker/hosting/savings_plan_sagemaker_1yr_no_upfront/ml.m5.xlarge",
            "hours",
        ),
        ("AmazonECS", "USE1-Fargate-Windows-GB-Hours", "Hrs", "Compute", "", ""),
        ("AmazonECS", "USE1-SpotUsage-Fargate-GB-Hours", "Hrs", "Compute", "", ""),
        ("AmazonECS", "USE1-Fargate-EphemeralStorage-GB-Hours", "Hrs", "Compute", "", ""),
        ("AWSLambda", "Request", "Request", "Compute", "", ""),
        ("AmazonSageMaker", "USE1-Notebk:VolumeUsage.gp2", "Hrs", "SageMaker", "", ""),
        ("AmazonRDS", "InstanceUsage:db.m5.large", "Hrs", "Compute", "", ""),
    ],
)
def test_plans_hold_for_fargate_lambda_and_sagemaker(
    clients: tuple[Clients, Stubber], code: str, usage: str, unit: str, plan: str, path: str, our_unit: str
) -> None:
    made, stubber = clients
    rate = told("0.0500", usage=usage, plan=plan) | {"serviceCode": code, "unit": unit, "properties": []}
    stubber.add_response(OPERATION, {"searchResults": [rate]}, ASKED)

    actual = savings_plans.prices(made, HERE, TODAY, "list")

    expected = [(path, our_unit, Decimal("0.05"))] if path else []
    assert [(price.key.path, price.unit, price.tiers[0].unit_price) for price in actual] == expected


def test_one_thing_has_one_rate(clients: tuple[Clients, Stubber]) -> None:
    made, stubber = clients
    stubber.add_response(OPERATION, {"searchResults": [told("0.07"), told("0.08")]}, ASKED)

    with pytest.raises(RefreshError, match=r"m5\.large has two rates: 0\.07 and 0\.08"):
        savings_plans.prices(made, HERE, TODAY, "list")


def test_a_rate_is_a_number(clients: tuple[Clients, Stubber]) -> None:
    made, stubber = clients
    stubber.add_response(OPERATION, {"searchResults": [told("cheap")]}, ASKED)

    with pytest.raises(RefreshError, match="savings_plans in us-east-1: a Savings Plans rate is 'cheap'"):
        savings_plans.prices(made, HERE, TODAY, "list")


def test_a_page_that_follows_itself_is_refused(clients: tuple[Clients, Stubber]) -> None:
    made, stubber = clients
    stubber.add_response(OPERATION, {"searchResults": [], "nextToken": "more"}, ASKED)
    stubber.add_response(OPERATION, {"searchResults": [], "nextToken": "more"}, {**ASKED, "nextToken": "more"})

    with pytest.raises(RefreshError, match="followed by itself"):
        savings_plans.prices(made, HERE, TODAY, "list")
