"""An AWS price source that asks a server on loopback, with credentials that are none."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from botocore.config import Config

from tests.catalog.refresh.aws.price_list_server import PriceListState, price_list_server
from tollbar.catalog.refresh.aws.clients import Clients
from tollbar.catalog.refresh.aws.price_list import AwsPriceList
from tollbar.catalog.refresh.interface import Connection

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY: Final = date(2026, 11, 26)
ACCESS_KEY: Final = "AKIATESTTESTTESTTEST"
SECRET_KEY: Final = "secret-of-the-tests"  # noqa: S105 -- opens nothing
ATTEMPTS: Final = 4


@cache
def session() -> Any:
    """Return a session with fake credentials, so that none are looked for; it keeps the models it has loaded."""
    return boto3.session.Session(ACCESS_KEY, SECRET_KEY, "token-of-the-tests", region_name="eu-west-1")


def without_waits(client: Any) -> None:
    """Take the waits out of a client's retries: a handler that is asked first says to wait 0 seconds."""

    def no_wait(response: Any = None, attempts: int = 0, **_: object) -> float | None:
        code = response[1].get("Error", {}).get("Code") if response else None
        return 0 if code == "ThrottlingException" and attempts < ATTEMPTS else None

    client.meta.events.register_first(f"needs-retry.{client.meta.service_model.service_id.hyphenize()}", no_wait)


@pytest.fixture
def server() -> Iterator[PriceListState]:
    """A Price List on loopback."""
    with price_list_server() as state:
        yield state


@pytest.fixture
def source(server: PriceListState) -> Iterator[AwsPriceList]:
    """The price source, asking the server on loopback."""
    made: list[Any] = []

    def prepare(client: Any) -> None:
        without_waits(client)
        made.append(client)

    config = Config(retries={"mode": "standard", "total_max_attempts": ATTEMPTS}, proxies={})
    clients = Clients(session(), server.url, config, prepare)
    yield AwsPriceList(Connection(TODAY, server.url), clients)
    for client in made:
        client.close()
