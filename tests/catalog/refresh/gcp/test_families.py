"""What each family of services makes of the catalogue's SKUs.

Descriptions, units and regions are the catalogue's own, as billing exports and tools that read it show them
(Mumbai: September 2026, London: August 2026); prices are list prices of then.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.catalog.refresh.gcp.billing_server import sku
from tests.catalog.refresh.gcp.test_sku import read
from tollbar.catalog.refresh.gcp.families import FAMILIES
from tollbar.catalog.refresh.gcp.listing import unambiguous
from tollbar.catalog.table import DATA, format_tiers, parse_tiers, read_table
from tollbar.price import Tier
from tollbar.units import units

if TYPE_CHECKING:
    from tollbar.catalog.refresh.gcp.sku import Sku

LONDON = "europe-west2"
MUMBAI = "asia-south1"


class Listed(NamedTuple):
    """A line of ``skus.csv``: what the catalogue tells, and what we make of it."""

    family: str
    description: str
    usage_unit: str
    region: str
    rates: str
    path: str
    unit: str
    tiers: str

    def sku(self, usage_type: str = "OnDemand") -> Sku:
        """Return the SKU as we read it from the catalogue."""
        rates = [(float(tier.start), str(tier.unit_price)) for tier in parse_tiers(self.rates)]
        return read(sku(self.description, rates, self.usage_unit, regions=[self.region], usage_type=usage_type))


with Path(__file__).with_name("skus.csv").open(encoding="utf-8", newline="") as file:
    LISTED = [Listed(**line) for line in csv.DictReader(file)]

REGIONS = {"europe": "eu"}


@pytest.mark.parametrize("listed", LISTED, ids=lambda listed: f"{listed.family}: {listed.description}")
def test_a_sku_is_the_price_of_one_thing(listed: Listed) -> None:
    (entry,) = FAMILIES[listed.family].read([listed.sku()], "2026-11-26")
    found = entry.price
    assert (found.key.path, found.unit, format_tiers(found.tiers)) == (listed.path, listed.unit, listed.tiers)
    assert found.key.region == REGIONS.get(listed.region, listed.region)
    assert (found.source, found.as_of, found.trust) == ("cloud-billing-catalog", "2026-11-26", "A")


LEFT_OUT = [
    ("cloud_storage", "Autoclass Standard Storage London"),
    ("cloud_storage", "Coldline Storage London (Early Delete)"),
    ("cloud_storage", "Regional HNS Standard Class A Operations"),
    ("cloud_storage", "Regional Autoclass Standard Class A Operations"),
    ("cloud_sql", "Cloud SQL for PostgreSQL: Regional - Enterprise Plus Extended support vCPU v13 in Iowa"),
    ("cloud_cdn", "Networking Edge Cache Data Transfer from Europe"),
    ("cloud_sql", "Cloud SQL for Postgres: Zonal - Enterprise N4 vCPU in South Carolina"),
    ("cloud_sql", "Cloud SQL for PostgreSQL: Zonal - 3 vCPU + 5GB RAM in Iowa"),
    ("gke", "Zonal Kubernetes Clusters"),
    ("gke", "Autopilot T4 Spot Premium (asia-southeast2)"),
    ("cloud_run", "Cloud Run Network Internet Data Transfer Out Europe to Europe"),
    ("cloud_functions", "Cloud Run functions Min-Instance CPU (Request-based billing) in europe-west2"),
    ("cloud_nat", "Networking Private Nat Gateway Uptime"),
    ("memorystore", "Redis Cluster Node Default London"),
    ("cloud_kms", "Active HSM symmetric key versions for Autokey"),
    ("cloud_kms", "Active Single Tenant HSM key versions (above 15000)"),
    ("data_transfer", "Network Internet Data Transfer Out from Mumbai to India"),
    ("data_transfer", "Network Vpn Internet Egress from Americas to Africa"),
    ("compute_storage", "PD IO Requests"),
    ("firestore", "Cloud Firestore Enterprise Write Units London"),
]


@pytest.mark.parametrize(("family", "description"), LEFT_OUT)
def test_what_has_no_name_of_ours_is_left_out(family: str, description: str) -> None:
    # The unit would be an error if anything were made of it.
    assert list(FAMILIES[family].read([read(sku(description, "1", "furlong"))], "2026-11-26")) == []


@pytest.mark.parametrize("family", sorted({listed.family for listed in LISTED}))
def test_commitments_are_no_on_demand_prices(family: str) -> None:
    committed = [listed.sku("Commit1Yr") for listed in LISTED if listed.family == family]
    paths = {entry.price.key.path for entry in FAMILIES[family].read(committed, "2026-11-26")}
    assert {path for path in paths if "committed_use_1yr" not in path} == set()


def test_the_same_thing_has_the_unit_it_has_in_the_embedded_tables() -> None:
    embedded = {
        price.key.path: price.unit for file in sorted((DATA / "gcp").glob("*.csv")) for price in read_table(file)
    }
    ours = {listed.path: listed.unit for listed in LISTED}
    assert {path: unit for path, unit in ours.items() if embedded.get(path, unit) != unit} == {}
    assert set(ours.values()) <= set(units())


def test_a_dual_region_of_the_users_choice_is_priced_by_its_pair_and_left_out() -> None:
    pair = read(
        sku("Standard Storage Belgium/London Dual-region", "0.0276", "GiBy.mo", regions=["europe-west1", LONDON])
    )
    named = read(sku("Standard Storage Finland/Netherlands Dual-region", "0.044", "GiBy.mo", regions=["eur4"]))
    found = FAMILIES["cloud_storage"].read([pair, named], "2026-11-26")
    assert [entry.price.key.region for entry in found] == ["eur4"]


def test_transfer_within_a_continent_stands_under_its_multi_region() -> None:
    skus = [
        read(sku("Inter-region GCP Storage egress within EU", "0.02", "GiBy", regions=["global"])),
        read(sku("Inter-region GCP Storage egress within NA", "0.01", "GiBy", regions=["global"])),
        read(sku("Inter-region GCP Storage egress within Atlantis", "0.05", "GiBy", regions=["global"])),
    ]
    found = FAMILIES["cloud_storage"].read(skus, "2026-11-26")
    assert [(entry.price.key.path, entry.price.key.region, entry.price.tiers[0].unit_price) for entry in found] == [
        ("gcp/cloud_storage/egress/same_continent", "eu", Decimal("0.02")),
        ("gcp/cloud_storage/egress/same_continent", "us", Decimal("0.01")),
    ]


def test_the_engines_of_cloud_sql_are_one_price_and_postgresql_tells_it() -> None:
    skus = [
        read(sku(f"Cloud SQL for {engine}: {scope} - {what} in Iowa", price))
        for engine, scope, what, price in (
            ("SQL Server", "Zonal", "vCPU", "0.0414"),
            ("PostgreSQL", "Zonal", "vCPU", "0.0413"),
            ("MySQL", "Zonal", "vCPU", "0.0415"),
            ("PostgreSQL", "Regional", "IP address reservation", "0.005"),
            ("MySQL", "Zonal", "IP address reservation", "0.01"),
        )
    ]
    found = unambiguous(FAMILIES["cloud_sql"].read(skus, "2026-11-26"))
    assert {entry.price.key.path: entry.price.tiers[0].unit_price for entry in found} == {
        "gcp/cloud_sql/enterprise/vcpu/zonal": Decimal("0.0413"),
        "gcp/cloud_sql/ip_address": Decimal("0.01"),
    }


def test_a_newer_release_of_sql_server_tells_the_licence() -> None:
    skus = [
        read(sku(f"Licensing Fee for SQL Server {release} Standard on VM", price, family="License"))
        for release, price in (("2017", "0.14"), ("2022", "0.13"))
    ]
    (entry,) = unambiguous(FAMILIES["cloud_sql"].read(skus, "2026-11-26"))
    assert (entry.price.key.path, entry.price.tiers[0].unit_price) == (
        "gcp/cloud_sql/licence/sql_server/standard",
        Decimal("0.13"),
    )


def test_firestore_is_told_by_group_and_taxonomy() -> None:
    reads: dict[str, Any] = {"unit": "count", "family": "ApplicationServices", "group": "FirestoreReadOps"}
    carolina = {**reads, "regions": ["global"], "geo": "REGIONAL", "geo_regions": ["us-east1"]}
    us = {**reads, "regions": ["global"], "geo": "MULTI_REGIONAL", "geo_regions": ["us-central1"]}
    free = [(0.0, "0"), (50_000.0, "0.0000003")]
    skus = [
        sku("Cloud Firestore Read Ops South Carolina", "0.0000003", **carolina),
        sku("Cloud Firestore Read Ops (with free tier) South Carolina", free, interval="DAILY", **carolina),
        sku("Cloud Firestore Read Ops nam5", "0.0000006", **us),
        sku("Cloud Firestore Read Ops somewhere", "0.0000006", **us),
    ]
    found = unambiguous(FAMILIES["firestore"].read([read(message) for message in skus], "2026-11-26"))
    assert {(entry.price.key.path, entry.price.key.region): entry.price.tiers for entry in found} == {
        ("gcp/firestore/read", "us-east1"): (Tier(Decimal(0), Decimal("0.0000003")),),
        ("gcp/firestore/read", "nam5"): (Tier(Decimal(0), Decimal("0.0000006")),),
    }


def test_every_family_has_its_own_name_and_services_by_their_identifiers() -> None:
    assert list(FAMILIES) == [family.name for family in FAMILIES.values()]
    for family in FAMILIES.values():
        for service in family.services:
            assert [len(part) for part in service.id.split("-")] == [4, 4, 4], service
    assert {listed.family for listed in LISTED} | {"compute", "firestore"} == set(FAMILIES)
