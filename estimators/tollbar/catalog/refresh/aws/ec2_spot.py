"""What Spot instances cost at the moment: DescribeSpotPriceHistory of Amazon EC2.

Each Availability Zone has a price of its own. A zone is seldom chosen before the plan is applied, so
the dearest one is taken: an estimate should not hope for the cheapest. Trust B: they change daily.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from tollbar.catalog.refresh.aws.clients import aws_errors
from tollbar.catalog.refresh.aws.operating_systems import PRODUCTS
from tollbar.errors import RefreshError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tollbar.catalog.refresh.aws.clients import Clients
    from tollbar.catalog.refresh.interface import Portion

NAME: Final = "ec2_spot"
_PAGE_SIZE = 1000


def prices(clients: Clients, portion: Portion, today: date, source: str) -> tuple[Price, ...]:
    """Return the price of an hour by system and instance type, dated today.

    Raises:
        RefreshError: The region could not be read.
    """
    newest: dict[tuple[str, str], tuple[datetime, Decimal]] = {}
    for told in _history(clients, portion, today):
        system = PRODUCTS.get(told["ProductDescription"])
        if system is None:
            continue
        path = f"aws/ec2/instance/{system}/shared/spot/{told['InstanceType']}"
        place = (path, told.get("AvailabilityZone", ""))
        known = newest.get(place)
        if known is None or told["Timestamp"] > known[0]:
            newest[place] = (told["Timestamp"], _hourly(told["SpotPrice"], portion))
    dearest: dict[str, Decimal] = {}
    for (path, _), (_, hourly) in newest.items():
        dearest[path] = max(hourly, dearest.get(path, hourly))
    day = today.isoformat()
    return tuple(
        Price(PriceKey(path, portion.region), "hours", (Tier(Decimal(0), hourly),), source, day, "B")
        for path, hourly in sorted(dearest.items())
    )


def _history(clients: Clients, portion: Portion, today: date) -> Iterator[dict[str, Any]]:
    """Yield the prices that held at the start of today, and those that have replaced them since."""
    with aws_errors(str(portion), is_one_of_many=True):
        pages = clients.client("ec2", portion.region).get_paginator("describe_spot_price_history")
        for page in pages.paginate(
            StartTime=datetime.combine(today, time(), UTC),
            ProductDescriptions=sorted(PRODUCTS),
            PaginationConfig={"PageSize": _PAGE_SIZE},
        ):
            yield from page["SpotPriceHistory"]


def _hourly(text: str, portion: Portion) -> Decimal:
    try:
        hourly = Decimal(text).normalize()
    except InvalidOperation:
        hourly = Decimal(0)
    if not hourly.is_finite() or hourly <= 0:
        raise RefreshError(f"{portion}: a Spot price is {text!r}")
    return hourly
