"""``tollbar prices refresh gcp`` and ``llm`` as a user runs them, against the vendors' protocols on loopback."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import grpc  # type: ignore[import-untyped]  # grpcio ships no types
import pytest

from tests.catalog.refresh.gcp.billing_server import NO_MESSAGE, BillingServer, serve, sku
from tests.catalog.refresh.llm.publisher import Publisher, serving
from tests.integration.price_refresh import Prices
from tollbar.catalog.refresh.gcp.families import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from google.cloud import billing_v1

(DISKS,) = FAMILIES["compute_storage"].services
PD_SSD = "gcp/compute/disk/zonal/pd-ssd"


@pytest.fixture
def prices(tmp_path: Path) -> Prices:
    return Prices(tmp_path / "prices")


@pytest.fixture
def billing() -> Iterator[BillingServer]:
    known = BillingServer({DISKS.id: DISKS.name})
    server = serve(known)
    yield known
    server.stop(grace=None).wait()


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    published = Publisher()
    with serving(published):
        yield published


def _refresh_disks(prices: Prices, billing: BillingServer) -> tuple[int, str, str]:
    return prices.run("prices", "refresh", "gcp", "--service", "compute_storage", "--endpoint", billing.endpoint)


def _shown(prices: Prices, *key: str) -> tuple[float, str]:
    """Return the price in use and the layer it comes from."""
    code, out, err = prices.run("prices", "show", *key, "--format", "json")
    assert code == 0, err
    first = json.loads(out)[0]
    return first["unit_price"], first["layer"]


def _disk(price: str) -> billing_v1.Sku:
    return sku("SSD backed PD Capacity", price, "GiBy.mo", family="Storage", group="SSD")


def test_google_cloud_prices_are_read_page_by_page(prices: Prices, billing: BillingServer) -> None:
    billing.pages[DISKS.id] = [[_disk("0.18")], [sku("Balanced PD Capacity", "0.11", "GiBy.mo", family="Storage")]]
    code, out, err = _refresh_disks(prices, billing)
    assert (code, err) == (0, "")
    assert out.splitlines()[:2] == [
        "gcp: 1 read; 2 prices",
        "  0 new, 2 changed (0 by over 25 %), 0 gone, 0 the same",
    ]
    assert _shown(prices, PD_SSD, "--region", "us-central1") == (0.18, "refreshed cloud-billing-catalog.sqlite")


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (grpc.StatusCode.UNAUTHENTICATED, "gcloud auth application-default login"),
        (grpc.StatusCode.PERMISSION_DENIED, "cloudbilling.googleapis.com"),
    ],
)
def test_refused_credentials_leave_the_old_prices(
    prices: Prices, billing: BillingServer, failure: grpc.StatusCode, told: str
) -> None:
    billing.pages[DISKS.id] = [[_disk("0.18")]]
    billing.failures = [failure]
    code, out, err = _refresh_disks(prices, billing)
    assert (code, out) == (3, "")
    assert told in err
    assert prices.files() == {}
    assert _shown(prices, PD_SSD, "--region", "us-central1") == (0.17, "embedded snapshot")


def test_a_broken_page_of_google_cloud_leaves_the_old_prices(prices: Prices, billing: BillingServer) -> None:
    billing.pages[DISKS.id] = [[_disk("0.18")], NO_MESSAGE]
    code, _, err = _refresh_disks(prices, billing)
    assert code == 3
    assert "compute_storage" in err
    assert prices.files() == {}
    billing.pages[DISKS.id] = [[_disk("0.18")]]
    assert _refresh_disks(prices, billing)[0] == 0
    assert _shown(prices, PD_SSD, "--region", "us-central1")[0] == 0.18


def test_llm_prices_are_read_once_and_not_again_while_they_are_as_they_were(
    prices: Prices, publisher: Publisher
) -> None:
    asked = ("prices", "refresh", "llm", "--endpoint", publisher.url)
    code, out, err = prices.run(*asked)
    assert (code, err) == (0, "")
    assert out.startswith("llm: 1 read; 2 prices\n")
    assert _shown(prices, "llm/openai/gpt-4o/input_tokens") == (2.5, "refreshed genai-prices.sqlite")
    code, out, _ = prices.run(*asked)
    assert code == 0
    assert out.startswith("llm: 0 read, 1 as before; 2 prices\n")
    assert publisher.asked == [None, publisher.etag]
    assert _shown(prices, "llm/anthropic/claude-sonnet-4-5/input_tokens")[1] == "genai-prices"
