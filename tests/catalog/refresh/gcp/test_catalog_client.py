"""Reading the Cloud Billing Catalog, and what is made of its failures."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import grpc  # type: ignore[import-untyped]  # grpcio ships no types
import pytest
from google.api_core.retry import Retry
from google.cloud import billing_v1

from tests.catalog.refresh.gcp.billing_server import NO_MESSAGE, BillingServer, sku
from tollbar.catalog.refresh.gcp.catalog_client import CREDENTIALS_HINT, CatalogReader, connect
from tollbar.catalog.refresh.gcp.listing import BillingService
from tollbar.errors import RefreshError, SourceUnavailableError
from tollbar.price import Tier

if TYPE_CHECKING:
    from pathlib import Path

RUN = BillingService("152E-C115-5142", "Cloud Run")


def test_all_pages_are_read_and_prices_asked_for_in_usd(billing: BillingServer, reader: CatalogReader) -> None:
    billing.pages[RUN.id] = [[sku("a"), sku("b")], [], [sku("c")]]
    assert [found.description for found in reader.skus(RUN)] == ["a", "b", "c"]
    assert billing.asked == [(RUN.id, ""), (RUN.id, "1"), (RUN.id, "2")]
    assert billing.currencies == {"USD"}


def test_pages_are_read_as_they_are_needed(billing: BillingServer, reader: CatalogReader) -> None:
    billing.pages[RUN.id] = [[sku("a")], [sku("b")]]
    assert next(reader.skus(RUN)).description == "a"
    assert billing.asked == [(RUN.id, "")]


def test_a_sku_is_read_whole(billing: BillingServer, reader: CatalogReader) -> None:
    billing.pages[RUN.id] = [[sku("Requests", [(0, "0"), (2_000_000, "0.0000004")], "count", regions=["global"])]]
    (found,) = reader.skus(RUN)
    assert (found.unit, found.regions, found.usage_type) == ("count", ("global",), "OnDemand")
    assert found.rates == (Tier(Decimal(0), Decimal(0)), Tier(Decimal(2_000_000), Decimal("4E-7")))
    assert str(found) == "SKU 0000-0000-0000 (Requests)"


def test_a_busy_vendor_is_asked_again(billing: BillingServer, reader: CatalogReader) -> None:
    billing.pages[RUN.id] = [[sku("a")], [sku("b")]]
    reader.service_id(RUN)
    billing.failures = [grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.UNAVAILABLE]
    assert [found.description for found in reader.skus(RUN)] == ["a", "b"]
    assert billing.asked == [(RUN.id, ""), (RUN.id, ""), (RUN.id, ""), (RUN.id, "1")]


def test_a_vendor_that_stays_busy_fails_what_was_asked_for(billing: BillingServer) -> None:
    billing.failures = [grpc.StatusCode.RESOURCE_EXHAUSTED] * 10_000
    with pytest.raises(RefreshError, match="Google allows no more requests for now") as caught:
        impatient_skus(billing)
    assert not isinstance(caught.value, SourceUnavailableError)


def test_a_vendor_out_of_reach_ends_everything(billing: BillingServer) -> None:
    billing.failures = [grpc.StatusCode.UNAVAILABLE] * 10_000
    with pytest.raises(SourceUnavailableError, match="Google does not answer"):
        impatient_skus(billing)


def test_a_vendor_that_was_never_reached_is_not_waited_for() -> None:
    quick = Retry(initial=0.001, maximum=0.001, timeout=600)
    reader = CatalogReader(connect("http://127.0.0.1:1/"), quick)  # nothing listens on port 1
    with pytest.raises(SourceUnavailableError) as caught:
        list(reader.skus(RUN))
    reader.close()
    assert caught.value.message.startswith(
        "the services of Google Cloud could not be read: Google does not answer (failed to connect to all addresses"
    )


def test_before_its_first_answer_a_vendor_is_tried_three_times(
    billing: BillingServer, reader: CatalogReader, quick_retry: Retry
) -> None:
    billing.failures = [grpc.StatusCode.UNAVAILABLE] * 2
    assert reader.service_id(RUN) == RUN.id
    other = CatalogReader(connect(billing.endpoint), quick_retry)
    billing.failures = [grpc.StatusCode.UNAVAILABLE] * 5
    with pytest.raises(SourceUnavailableError, match="Google does not answer"):
        other.service_id(RUN)
    other.close()
    assert len(billing.failures) == 2


def impatient_skus(billing: BillingServer) -> None:
    """Read with a retry that gives up almost at once."""
    client = connect(billing.endpoint)
    reader = CatalogReader(client, Retry(initial=0.001, maximum=0.001, timeout=0.02))
    try:
        list(reader.skus(RUN))
    finally:
        reader.close()


@pytest.mark.parametrize("code", [grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED])
def test_refused_credentials_end_everything_and_say_what_to_do(
    billing: BillingServer, reader: CatalogReader, code: grpc.StatusCode
) -> None:
    billing.failures = [code]
    with pytest.raises(SourceUnavailableError) as caught:
        list(reader.skus(RUN))
    assert caught.value.message == "Google refuses to list the services of Google Cloud: as the test wants it"
    assert caught.value.hint == CREDENTIALS_HINT
    assert "gcloud auth application-default login" in CREDENTIALS_HINT
    assert "cloudbilling.googleapis.com" in CREDENTIALS_HINT


def test_credentials_that_expire_on_the_way_end_everything(billing: BillingServer, reader: CatalogReader) -> None:
    billing.pages[RUN.id] = [[sku("a")], [sku("b")]]
    found = reader.skus(RUN)
    next(found)
    billing.failures = [grpc.StatusCode.UNAUTHENTICATED]
    with pytest.raises(SourceUnavailableError, match="Google refuses to list Cloud Run"):
        next(found)


def test_a_broken_page_fails_its_service(billing: BillingServer, reader: CatalogReader) -> None:
    billing.pages[RUN.id] = [[sku("a")], NO_MESSAGE]
    with pytest.raises(RefreshError, match=r"Cloud Run could not be read: .*deserializ") as caught:
        list(reader.skus(RUN))
    assert not isinstance(caught.value, SourceUnavailableError)


def test_a_page_that_leads_to_itself_is_no_endless_run(billing: BillingServer, reader: CatalogReader) -> None:
    response = billing_v1.ListSkusResponse(skus=[sku("a")], next_page_token="0")  # noqa: S106 -- of a page
    billing.pages[RUN.id] = [billing_v1.ListSkusResponse.serialize(response)]
    with pytest.raises(RefreshError, match="the same page again and again"):
        list(reader.skus(RUN))


def test_a_price_in_another_currency_is_refused(billing: BillingServer, reader: CatalogReader) -> None:
    billing.pages[RUN.id] = [[sku("Requests", currency="CHF")]]
    with pytest.raises(RefreshError, match=r"SKU 0000-0000-0000 \(Requests\) is priced in CHF"):
        list(reader.skus(RUN))


def test_a_service_is_found_by_its_name_where_its_identifier_has_changed(
    billing: BillingServer, reader: CatalogReader
) -> None:
    billing.services = {"NEW1-0000-0000": RUN.name}
    billing.pages["NEW1-0000-0000"] = [[sku("a")]]
    assert [found.description for found in reader.skus(RUN)] == ["a"]


def test_a_service_that_is_not_listed_fails_alone(billing: BillingServer, reader: CatalogReader) -> None:
    billing.services = {"6F81-5844-456A": "Compute Engine"}
    with pytest.raises(RefreshError, match="Google lists no service 'Cloud Run'") as caught:
        list(reader.skus(RUN))
    assert not isinstance(caught.value, SourceUnavailableError)


def test_missing_credentials_say_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))
    with pytest.raises(SourceUnavailableError, match="no credentials to read Google Cloud with") as caught:
        connect(None, {})
    assert caught.value.hint == CREDENTIALS_HINT


def test_an_api_key_is_a_credential_and_stays_out_of_sight() -> None:
    client = connect("mirror.example:443", {"TOLLBAR_GCP_API_KEY": "AIza-not-a-key"})
    reader = CatalogReader(client)
    assert client.api_endpoint == "mirror.example:443"
    assert "AIza" not in repr(client) + repr(reader)
    reader.close()
