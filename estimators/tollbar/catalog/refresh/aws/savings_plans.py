"""Rates under Savings Plans: DescribeSavingsPlansOfferingRates.

A Compute Savings Plan holds for all instances, Fargate and Lambda, an EC2 Instance Savings Plan for one
family in one region, a SageMaker one for the instances of SageMaker. The rate is what an hour counts
against the commitment, also where it was paid upfront. Requests to Lambda, storage and Windows on
Fargate are not read: they cost under a plan what they cost without.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from tollbar.catalog.refresh.aws.clients import PRICING_REGIONS, aws_errors
from tollbar.catalog.refresh.aws.operating_systems import PRODUCTS
from tollbar.catalog.refresh.aws.product import ON_DEMAND, Product
from tollbar.catalog.refresh.aws.service import Sold
from tollbar.catalog.refresh.aws.services import fargate, sagemaker
from tollbar.catalog.refresh.aws.vendor_units import held
from tollbar.errors import RefreshError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tollbar.catalog.refresh.aws.clients import Clients
    from tollbar.catalog.refresh.interface import Portion

NAME: Final = "savings_plans"
_PLANS = {"Compute": "compute", "EC2Instance": "ec2", "SageMaker": "sagemaker"}
_PRODUCTS = {"EC2": "AmazonEC2", "Fargate": "AmazonECS", "Lambda": "AWSLambda", "SageMaker": "AmazonSageMaker"}
"""What the plans hold for, and the service codes that list it; pods of EKS on Fargate cost what tasks of ECS do."""
_YEARS = {31_536_000: "1yr", 94_608_000: "3yr"}
"""Seconds of 365 days and of 1,095."""
_INSTANCE_HOURS = ("BoxUsage", "DedicatedUsage")
"""Not UnusedBox and the like: an unused capacity reservation costs what its instance would."""
_LAMBDA = {
    f"{usage}{mark}": f"{what}/{architecture}"
    for mark, architecture in (("", "x86_64"), ("-ARM", "arm64"))
    for usage, what in (
        ("Lambda-GB-Second", "duration"),
        ("Lambda-Provisioned-GB-Second", "provisioned_duration"),
        ("Lambda-Provisioned-Concurrency", "provisioned_concurrency"),
    )
}
_PAGE_SIZE = 1000


def prices(clients: Clients, portion: Portion, today: date, source: str) -> tuple[Price, ...]:
    """Return the rates by plan, term and payment of what it holds for, dated today.

    Raises:
        RefreshError: The region could not be read, or one thing has two rates.
    """
    rates: dict[str, tuple[str, Decimal]] = {}
    for told in _offering_rates(clients, portion):
        sold = _sold(told)
        if sold is None or held(told["unit"], sold.unit) != 1:
            continue
        rate = _rate(told, portion)
        if rate and rates.setdefault(sold.path, (sold.unit, rate))[1] != rate:
            raise RefreshError(f"{portion}: {sold.path} has two rates: {rates[sold.path][1]} and {rate}")
    day = today.isoformat()
    return tuple(
        Price(PriceKey(path, portion.region), unit, (Tier(Decimal(0), rate),), source, day, "A")
        for path, (unit, rate) in sorted(rates.items())
    )


def _offering_rates(clients: Clients, portion: Portion) -> Iterator[dict[str, Any]]:
    asked: dict[str, Any] = {
        "savingsPlanTypes": list(_PLANS),
        "products": list(_PRODUCTS),
        "serviceCodes": list(_PRODUCTS.values()),
        "filters": [{"name": "region", "values": [portion.region]}],
        "maxResults": _PAGE_SIZE,
    }
    while True:
        with aws_errors(str(portion), is_one_of_many=True):
            answer = clients.client("savingsplans", PRICING_REGIONS[0]).describe_savings_plans_offering_rates(**asked)
        yield from answer["searchResults"]
        token = answer.get("nextToken")
        if not token:
            return
        if token == asked.get("nextToken"):
            raise RefreshError(f"{portion}: a page of Savings Plans rates is followed by itself")
        asked["nextToken"] = token


def _sold(told: dict[str, Any]) -> Sold | None:
    """Return what the rate is for, by the plan; None where it is for nothing of ours."""
    offering = told["savingsPlanOffering"]
    plan, years = _PLANS.get(offering["planType"]), _YEARS.get(offering["durationSeconds"])
    if offering["currency"] != "USD" or plan is None or years is None:
        return None
    payment = offering["paymentOption"].lower().replace(" ", "_")
    purchase = f"savings_plan_{plan}_{years}_{payment}"
    usage = Product("", "", {"usagetype": told.get("usageType", "")})
    code = told.get("serviceCode", "")
    if code == _PRODUCTS["EC2"]:
        return _instance(told, usage, purchase)
    if code == _PRODUCTS["Lambda"]:
        part = _LAMBDA.get(usage.usage)
        return Sold(f"aws/lambda/{part}/{purchase}", "GB-seconds") if part else None
    return _without_plan(code, usage, purchase)


def _instance(told: dict[str, Any], product: Product, purchase: str) -> Sold | None:
    properties = {entry["name"]: entry["value"] for entry in told.get("properties", [])}
    usage, _, instance_type = product.usage.partition(":")
    system = PRODUCTS.get(properties.get("productDescription", ""))
    if usage not in _INSTANCE_HOURS or system is None:
        return None
    tenancy = properties.get("tenancy", "shared").lower()
    return Sold(f"aws/ec2/instance/{system}/{tenancy}/{purchase}/{instance_type}", "hours")


def _without_plan(code: str, product: Product, purchase: str) -> Sold | None:
    """Return a task of Fargate or an instance of SageMaker: its path on demand, with the plan in it."""
    if code == _PRODUCTS["Fargate"]:
        sold = fargate.SERVICE.sold(product, ON_DEMAND)
        is_planned = sold is not None and sold.path.startswith("aws/fargate/linux/") and "/on_demand/" in sold.path
        return Sold(sold.path.replace("/on_demand/", f"/{purchase}/"), sold.unit) if sold and is_planned else None
    sold = sagemaker.SERVICE.sold(product, ON_DEMAND) if code == _PRODUCTS["SageMaker"] else None
    if sold is None or sold.unit != "hours":
        return None
    root, _, instance_type = sold.path.rpartition("/")
    return Sold(f"{root}/{purchase}/{instance_type}", sold.unit)


def _rate(told: dict[str, Any], portion: Portion) -> Decimal:
    try:
        rate = Decimal(told["rate"])
    except InvalidOperation:
        rate = Decimal("NaN")
    if not rate.is_finite() or rate < 0:
        raise RefreshError(f"{portion}: a Savings Plans rate is {told['rate']!r}")
    return rate.normalize()
