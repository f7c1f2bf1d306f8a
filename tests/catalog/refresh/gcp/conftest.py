"""A billing catalogue on loopback, and the source that reads it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from google.api_core.retry import Retry

from tests.catalog.refresh.gcp.billing_server import BillingServer, serve
from tollbar.catalog.refresh.gcp.catalog_client import RETRY, CatalogReader, connect
from tollbar.catalog.refresh.gcp.families import FAMILIES
from tollbar.catalog.refresh.gcp.source import GoogleCloudSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TODAY = date(2026, 11, 26)


@pytest.fixture
def billing() -> Iterator[BillingServer]:
    """A server that lists every service we read, none of which sells anything yet."""
    known = BillingServer({service.id: service.name for family in FAMILIES.values() for service in family.services})
    server = serve(known)
    yield known
    server.stop(grace=None).wait()


@pytest.fixture
def quick_retry() -> Retry:
    """The retry that is in use, without its pauses."""
    predicate = RETRY._predicate  # noqa: SLF001 -- the library tells it in no other way
    return Retry(predicate=predicate, initial=0.001, maximum=0.002, timeout=5)


@pytest.fixture
def reader(billing: BillingServer, quick_retry: Retry) -> Iterator[CatalogReader]:
    """A reader of the server."""
    reader = CatalogReader(connect(billing.endpoint), quick_retry)
    yield reader
    reader.close()


@pytest.fixture
def open_again(billing: BillingServer, quick_retry: Retry) -> Iterator[Callable[[], GoogleCloudSource]]:
    """Return a function that opens the source anew, as another run does."""
    opened: list[GoogleCloudSource] = []

    def again() -> GoogleCloudSource:
        opened.append(GoogleCloudSource(lambda: CatalogReader(connect(billing.endpoint), quick_retry), TODAY))
        return opened[-1]

    yield again
    for source in opened:
        source.close()


@pytest.fixture
def source(open_again: Callable[[], GoogleCloudSource]) -> GoogleCloudSource:
    """The source that reads the server."""
    return open_again()
