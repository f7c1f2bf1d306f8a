"""Spot prices, as DescribeSpotPriceHistory answers."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from botocore.stub import ANY, Stubber

from tests.catalog.refresh.aws.conftest import TODAY, session
from tollbar.catalog.refresh.aws import ec2_spot
from tollbar.catalog.refresh.aws.clients import Clients
from tollbar.catalog.refresh.aws.price_list import AwsPriceList
from tollbar.catalog.refresh.interface import Connection, Fetched, Portion
from tollbar.errors import RefreshError, SourceUnavailableError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Portion("ec2_spot", "eu-west-1")


@pytest.fixture
def clients() -> Iterator[tuple[Clients, Stubber]]:
    """Clients whose EC2 client answers what it is told to."""
    made = Clients(session())
    client = made.client("ec2", "eu-west-1")
    with Stubber(client) as stubber:
        yield made, stubber
    client.close()


def told(usd: str, zone: str = "a", hour: int = 0, system: str = "Linux/UNIX") -> dict[str, Any]:
    return {
        "AvailabilityZone": f"eu-west-1{zone}",
        "InstanceType": "m5.large",
        "ProductDescription": system,
        "SpotPrice": usd,
        "Timestamp": datetime(2026, 11, 26, hour, tzinfo=UTC),
    }


def test_the_dearest_zone_counts_at_its_newest_price(clients: tuple[Clients, Stubber]) -> None:
    made, stubber = clients
    first = {
        "StartTime": datetime(2026, 11, 26, tzinfo=UTC),
        "ProductDescriptions": ANY,
        "MaxResults": 1000,
    }
    stubber.add_response(
        "describe_spot_price_history",
        {"SpotPriceHistory": [told("0.060000", hour=3), told("0.040000", hour=9)], "NextToken": "more"},
        first,
    )
    stubber.add_response(
        "describe_spot_price_history",
        {"SpotPriceHistory": [told("0.041000", zone="b"), told("0.1330", system="Windows"), told("1", system="BeOS")]},
        {**first, "NextToken": "more"},
    )

    actual = AwsPriceList(Connection(TODAY), made).fetch(HERE, None)

    prices = tuple(
        Price(
            PriceKey(f"aws/ec2/instance/{system}/shared/spot/m5.large", "eu-west-1"),
            "hours",
            (Tier(Decimal(0), Decimal(usd)),),
            "aws-price-list",
            "2026-11-26",
            "B",
        )
        for system, usd in (("linux", "0.041"), ("windows", "0.133"))
    )
    assert actual == Fetched(prices)


@pytest.mark.parametrize("usd", ["0.0000", "-1", "n/a"])
def test_a_price_that_is_none_is_refused(clients: tuple[Clients, Stubber], usd: str) -> None:
    made, stubber = clients
    stubber.add_response("describe_spot_price_history", {"SpotPriceHistory": [told(usd)]})

    with pytest.raises(RefreshError, match=f"ec2_spot in eu-west-1: a Spot price is '{usd}'"):
        ec2_spot.prices(made, HERE, TODAY, "list")


def test_a_region_that_the_account_lacks_does_not_end_the_refresh(clients: tuple[Clients, Stubber]) -> None:
    made, stubber = clients
    stubber.add_client_error("describe_spot_price_history", "AuthFailure", http_status_code=401)

    with pytest.raises(RefreshError, match="AuthFailure") as caught:
        ec2_spot.prices(made, HERE, TODAY, "list")
    assert not isinstance(caught.value, SourceUnavailableError)
