"""Google Cloud as a price source: portions, regions, resuming."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import grpc  # type: ignore[import-untyped]  # grpcio ships no types
import pytest

from tests.catalog.refresh.gcp.billing_server import NO_MESSAGE, BillingServer, sku
from tests.catalog.refresh.gcp.conftest import TODAY
from tollbar.catalog.refresh.gcp.source import GoogleCloudSource, open_source
from tollbar.catalog.refresh.interface import Connection, Fetched, Portion
from tollbar.errors import RefreshError, SourceUnavailableError
from tollbar.price import Price, PriceKey, Tier

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMPUTE = "6F81-5844-456A"
RUN = "152E-C115-5142"
PUBSUB = "A1E8-BE35-7EBC"
E2 = [
    sku("E2 Instance Core running in Americas", "0.02181159"),
    sku("E2 Instance Ram running in Americas", "0.00292353", "GiBy.h", group="RAM"),
    sku("E2 Instance Core running in London", "0.028092", regions=["europe-west2"]),
    sku("E2 Instance Ram running in London", "0.003765", "GiBy.h", group="RAM", regions=["europe-west2"]),
    sku("Balanced PD Capacity in London", "0.12", "GiBy.mo", family="Storage", group="SSD", regions=["europe-west2"]),
    sku("External IP Charge on a Standard VM", "0.005", family="Network", group="IpAddress", regions=["global"]),
]


def flat(path: str, region: str, unit: str, amount: str) -> Price:
    """Return a price as the source tells it."""
    tiers = (Tier(Decimal(0), Decimal(amount)),)
    return Price(PriceKey(path, region), unit, tiers, "cloud-billing-catalog", "2026-11-26", "A")


def amounts(fetched: Fetched | None) -> dict[tuple[str, str | None], Decimal]:
    """Return the first unit price of each key."""
    assert fetched is not None
    return {(price.key.path, price.key.region): price.tiers[0].unit_price for price in fetched.prices}


def test_a_portion_is_a_service_or_a_service_in_a_region_that_was_named(source: GoogleCloudSource) -> None:
    assert source.portions(["gke", "compute"], []) == [Portion("compute", "all"), Portion("gke", "all")]
    assert source.portions(["gke"], ["us-east1", "europe-west2"]) == [
        Portion("gke", "us-east1"),
        Portion("gke", "europe-west2"),
        Portion("gke", "global"),
    ]


def test_an_unknown_service_names_the_nearest(source: GoogleCloudSource) -> None:
    with pytest.raises(RefreshError) as caught:
        source.portions(["cloud_rum"], [])
    assert str(caught.value) == "Google Cloud has no service 'cloud_rum'\n  Did you mean 'cloud_run'?"


def test_prices_carry_the_source_the_date_of_the_run_and_trust_a(
    billing: BillingServer, source: GoogleCloudSource
) -> None:
    billing.pages[COMPUTE] = [E2[:3], E2[3:]]
    assert source.fetch(Portion("compute_storage", "all"), None) == Fetched(
        (
            flat("gcp/compute/disk/zonal/pd-balanced", "europe-west2", "GB-months", "0.12"),
            flat("gcp/compute/address/in_use/standard", "global", "hours", "0.005"),
        )
    )


def test_a_machine_type_is_summed_up_over_pages(billing: BillingServer, source: GoogleCloudSource) -> None:
    billing.pages[COMPUTE] = [E2[:1], E2[1:]]
    found = amounts(source.fetch(Portion("compute", "all"), None))
    assert found["gcp/compute/instance/on_demand/e2-standard-2", "us-central1"] == Decimal("0.06701142")
    assert found["gcp/compute/instance/on_demand/e2-standard-2", "europe-west2"] == Decimal("0.086304")
    assert not any("sustained_use" in path for path, _ in found)


def test_regions_are_handed_out_of_one_reading(billing: BillingServer, source: GoogleCloudSource) -> None:
    billing.pages[COMPUTE] = [E2]
    portions = source.portions(["compute", "compute_storage"], ["europe-west2"])
    found = [amounts(source.fetch(portion, None)) for portion in portions]
    assert {region for keys in found for _, region in keys} == {"europe-west2", "global"}
    assert found[2:] == [
        {("gcp/compute/disk/zonal/pd-balanced", "europe-west2"): Decimal("0.12")},
        {("gcp/compute/address/in_use/standard", "global"): Decimal("0.005")},
    ]
    assert billing.asked == [(COMPUTE, "")]


def test_a_run_that_broke_off_is_resumed_with_what_is_missing(
    billing: BillingServer, open_again: Callable[[], GoogleCloudSource]
) -> None:
    billing.pages[PUBSUB] = [[sku("Message Delivery Basic", "40", "TiBy", regions=["global"])]]
    billing.pages[RUN] = [[sku("Jobs CPU in us-east1", "0.000018", "s", regions=["us-east1"])], NO_MESSAGE]
    source = open_again()
    first, second = source.portions(["pubsub", "cloud_run"], [])
    with pytest.raises(RefreshError, match="Cloud Run could not be read"):
        source.fetch(first, None)
    assert amounts(source.fetch(second, None)) == {("gcp/pubsub/message_delivery", "global"): Decimal(40)}
    billing.pages[RUN][1] = [sku("Requests", "0.0000004", "count", regions=["global"])]
    billing.asked.clear()
    assert amounts(open_again().fetch(first, None)) == {
        ("gcp/cloud_run/job/vcpu", "us-east1"): Decimal("0.000018"),
        ("gcp/cloud_run/request", "global"): Decimal("4E-7"),
    }
    assert billing.asked == [(RUN, ""), (RUN, "1")]


def test_a_reading_that_broke_off_leaves_nothing_behind(billing: BillingServer, source: GoogleCloudSource) -> None:
    billing.pages[RUN] = [[sku("Requests", "0.0000004", "count", regions=["global"])], NO_MESSAGE]
    with pytest.raises(RefreshError):
        source.fetch(Portion("cloud_run", "all"), None)
    billing.pages[RUN] = [[]]
    assert source.fetch(Portion("cloud_run", "all"), None) == Fetched(())


def test_two_skus_for_one_thing_at_two_prices_are_an_error_that_names_both(
    billing: BillingServer, source: GoogleCloudSource
) -> None:
    one = sku("Message Delivery Basic", "40", "TiBy", regions=["global"], sku_id="AAAA-0000-0000")
    other = sku("Message Delivery Basic", "50", "TiBy", regions=["global"], sku_id="BBBB-0000-0000")
    billing.pages[PUBSUB] = [[one, other]]
    with pytest.raises(RefreshError) as caught:
        source.fetch(Portion("pubsub", "all"), None)
    assert caught.value.message == (
        "two prices of gcp/pubsub/message_delivery in global: SKU AAAA-0000-0000 (Message Delivery Basic) "
        "and SKU BBBB-0000-0000 (Message Delivery Basic)"
    )


def test_an_unknown_unit_is_an_error_that_names_sku_and_unit(billing: BillingServer, source: GoogleCloudSource) -> None:
    billing.pages[PUBSUB] = [[sku("Message Delivery Basic", "40", "furlong", regions=["global"])]]
    with pytest.raises(RefreshError) as caught:
        source.fetch(Portion("pubsub", "all"), None)
    assert caught.value.message == ("SKU 0000-0000-0000 (Message Delivery Basic) is sold by the unknown unit 'furlong'")


def test_what_has_no_region_or_no_price_is_left_out(billing: BillingServer, source: GoogleCloudSource) -> None:
    unpriced = sku("Message Delivery Basic", regions=["global"])
    unpriced.pricing_info.clear()
    nowhere = sku("Snapshots message backlog", "0.27", "GiBy.mo", regions=[])
    free = sku("Topics message backlog", "0", "GiBy.mo", regions=["global"])
    billing.pages[PUBSUB] = [[unpriced, nowhere, free]]
    assert source.fetch(Portion("pubsub", "all"), None) == Fetched(())


def test_open_source_reads_the_endpoint_without_credentials(
    billing: BillingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere")
    billing.pages[PUBSUB] = [[sku("Message Delivery Basic", "40", "TiBy", regions=["global"])]]
    opened = open_source(Connection(TODAY, billing.endpoint))
    assert amounts(opened.fetch(Portion("pubsub", "all"), None)) == {
        ("gcp/pubsub/message_delivery", "global"): Decimal(40)
    }
    opened.close()
    assert (opened.id, opened.licence) == ("cloud-billing-catalog", "facts")


def test_refused_credentials_end_the_run(billing: BillingServer, source: GoogleCloudSource) -> None:
    billing.failures = [grpc.StatusCode.UNAUTHENTICATED]
    with pytest.raises(SourceUnavailableError):
        source.fetch(Portion("gke", "all"), None)


def test_credentials_are_looked_for_when_they_are_needed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TOLLBAR_GCP_API_KEY", raising=False)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))
    opened = open_source(Connection(TODAY))
    with pytest.raises(RefreshError, match="Google Cloud has no service 'nope'"):
        opened.portions(["nope"], [])
    with pytest.raises(SourceUnavailableError, match="no credentials to read Google Cloud with"):
        opened.fetch(Portion("pubsub", "all"), None)
    opened.close()


def test_a_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "tollbar.catalog.refresh.gcp.catalog_client")
    monkeypatch.setitem(sys.modules, "grpc", None)
    with pytest.raises(RefreshError) as caught:
        open_source(Connection(TODAY))
    assert caught.value.hint == "pip install 'tollbar[gcp]'"
