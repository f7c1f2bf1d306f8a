"""Rates under Savings Plans: DescribeSavingsPlansOfferingRates.

A Compute Savings Plan holds for all instances, an EC2 Instance Savings Plan for one family in one
region. The rate is what an hour counts against the commitment, also where it was paid upfront.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from tollbar.catalog.refresh.aws.clients import PRICING_REGIONS, aws_errors
from tollbar.catalog.refresh.aws.operating_systems import PRODUCTS
from tollbar.catalog.refresh.aws.product import Product
from tollbar.errors import RefreshError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tollbar.catalog.refresh.aws.clients import Clients
    from tollbar.catalog.refresh.interface import Portion

NAME: Final = "savings_plans"
_PLANS = {"Compute": "compute", "EC2Instance": "ec2"}
_YEARS = {31_536_000: "1yr", 94_608_000: "3yr"}
"""Seconds of 365 days and of 1,095."""
_INSTANCE_HOURS = ("BoxUsage", "DedicatedUsage")
"""Not UnusedBox and the like: an unused capacity reservation costs what its instance would."""
_PAGE_SIZE = 1000


def prices(clients: Clients, portion: Portion, today: date, source: str) -> tuple[Price, ...]:
    """Return the rate of an hour by plan, system, tenancy and instance type, dated today.

    Raises:
        RefreshError: The region could not be read, or one thing has two rates.
    """
    rates: dict[str, Decimal] = {}
    for told in _offering_rates(clients, portion):
        path = _path(told)
        if path is None:
            continue
        rate = _rate(told, portion)
        if rate and rates.setdefault(path, rate) != rate:
            raise RefreshError(f"{portion}: {path} has two rates: {rates[path]} and {rate}")
    day = today.isoformat()
    return tuple(
        Price(PriceKey(path, portion.region), "hours", (Tier(Decimal(0), rate),), source, day, "A")
        for path, rate in sorted(rates.items())
    )


def _offering_rates(clients: Clients, portion: Portion) -> Iterator[dict[str, Any]]:
    asked: dict[str, Any] = {
        "savingsPlanTypes": list(_PLANS),
        "products": ["EC2"],
        "serviceCodes": ["AmazonEC2"],
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


def _path(told: dict[str, Any]) -> str | None:
    offering = told["savingsPlanOffering"]
    properties = {entry["name"]: entry["value"] for entry in told.get("properties", [])}
    usage, _, instance_type = Product("", "", {"usagetype": told.get("usageType", "")}).usage.partition(":")
    plan, years = _PLANS.get(offering["planType"]), _YEARS.get(offering["durationSeconds"])
    system = PRODUCTS.get(properties.get("productDescription", ""))
    if offering["currency"] != "USD" or told["unit"] != "Hrs" or usage not in _INSTANCE_HOURS:
        return None
    if plan is None or years is None or system is None:
        return None
    payment = offering["paymentOption"].lower().replace(" ", "_")
    tenancy = properties.get("tenancy", "shared").lower()
    return f"aws/ec2/instance/{system}/{tenancy}/savings_plan_{plan}_{years}_{payment}/{instance_type}"


def _rate(told: dict[str, Any], portion: Portion) -> Decimal:
    try:
        rate = Decimal(told["rate"])
    except InvalidOperation:
        rate = Decimal("NaN")
    if not rate.is_finite() or rate < 0:
        raise RefreshError(f"{portion}: a Savings Plans rate is {told['rate']!r}")
    return rate.normalize()
