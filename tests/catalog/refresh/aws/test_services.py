"""Each service against real entries of the Price List.

``data/eu_west_1_2023.csv`` holds 634 rates of AWS's own list of February 2023 (facts, by way of
cycloidio/terracost, MIT): all that are no database instances, and seven instance classes. Of Oracle's
instances it leaves out RDS Custom, which that list does not tell apart. The routes to other regions
stand as AWSDataTransfer lists them, their regions read off the usage types.

The samples of us-east-1 are made: usage types, attributes and units as public code that reads the list
quotes them, prices those of the embedded tables wherever these have the path (a test holds them to it),
elsewhere merely plausible.
"""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tollbar.catalog.refresh.aws.assembly import PriceAssembly
from tollbar.catalog.refresh.aws.price_list import known_services
from tollbar.catalog.refresh.aws.product import ON_DEMAND, Product, Rate, Term, attribute_name
from tollbar.catalog.refresh.aws.service import Sold
from tollbar.catalog.refresh.interface import Portion
from tollbar.catalog.table import DATA, read_table
from tollbar.price import Tier
from tollbar.units import units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.price import Price

LIST = Path(__file__).parent / "data" / "eu_west_1_2023.csv"
SOURCES = ("terracost", "ec2.shop")
"""The sources of the embedded tables that read AWS's own list."""
SERVICES_OF_2023 = (
    "aurora", "cloudwatch", "data_transfer", "ebs", "ec2", "elasticache", "load_balancing", "nat_gateway", "rds",
    "rds_storage",
)  # fmt: skip
NOT_EMBEDDED = ("aws/data_transfer/inter_region/other_regions", "aws/rds/proxy")
"""What that list tells and the tables do not have for eu-west-1."""


class Sample(NamedTuple):
    """An entry of the list in us-east-1, and what it is to us: nothing where ``path`` is empty."""

    service: str
    family: str
    usage: str
    attributes: dict[str, str]
    unit: str = ""
    usd: str = "0"
    path: str = ""
    unit_price: str = ""

    @property
    def rate(self) -> Rate:
        """The rate on demand."""
        sold = product(self.family, self.usage, self.attributes)
        return Rate(sold, ON_DEMAND, self.unit, Decimal(0), Decimal(self.usd))


def samples(name: str) -> list[Sample]:
    """Return the samples of one file of ``data``."""
    with (LIST.parent / name).open(encoding="utf-8", newline="") as lines:
        return [Sample(attributes=json.loads(row.pop("attributes") or "{}"), **row) for row in csv.DictReader(lines)]


SAMPLES = samples("us_east_1_samples.csv")
NOT_SOLD = samples("not_sold.csv")
RESERVED = Term("Reserved", "R5XV2EPZQZ", "3yr", "Partial Upfront", "convertible")


def product(family: str, usage: str, attributes: dict[str, str], region: str = "us-east-1") -> Product:
    told = {"regionCode": region, "usagetype": usage, **attributes}
    return Product(usage, family, {attribute_name(name): value for name, value in told.items()})


def assembled(service: str, region: str, rates: Sequence[Rate]) -> dict[str, Price]:
    assembly = PriceAssembly(known_services()[service], Portion(service, region))
    for rate in rates:
        assembly.add(rate)
    return {price.key.path: price for price in assembly.prices("aws-price-list", "2023-02-23")}


@cache
def rates_of_2023() -> tuple[tuple[str, Rate], ...]:
    """Return the rates of the list with their service codes."""
    with LIST.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return tuple((row["code"], _rate(row)) for row in rows)


def _rate(row: dict[str, str]) -> Rate:
    told = json.loads(row["attributes"]) | {"usagetype": row["usage_type"], "servicecode": row["code"]}
    told["regionCode"] = "eu-west-1" if row["usage_type"].startswith("EU") else ""
    attributes = {attribute_name(name): value for name, value in told.items()}
    sold = Product(row["sku"], row["family"], attributes)
    return Rate(sold, ON_DEMAND, row["unit"], Decimal(row["begin"]), Decimal(row["price"]))


@cache
def tables(region: str) -> dict[str, list[Price]]:
    """Return what the tables of the repository have for a region, or for everywhere."""
    found: dict[str, list[Price]] = {}
    for file in sorted((DATA / "aws").glob("*.csv")):
        for price in read_table(file):
            if price.key.region in {region, "global"}:
                found.setdefault(price.key.path, []).append(price)
    return found


def embedded() -> dict[str, list[Price]]:
    """Return what they have from AWS's own list for eu-west-1."""
    from_list = {
        path: [price for price in prices if price.source in SOURCES] for path, prices in tables("eu-west-1").items()
    }
    return {path: prices for path, prices in from_list.items() if prices}


@pytest.mark.parametrize("name", SERVICES_OF_2023)
def test_the_list_of_2023_gives_the_embedded_prices(name: str) -> None:
    service = known_services()[name]
    codes = {service.offer_file} if service.offer_file else {query.code for query in service.queries}
    actual = assembled(name, "eu-west-1", [rate for code, rate in rates_of_2023() if code in codes])

    assert actual
    for path, price in actual.items():
        if path in NOT_EMBEDDED:
            continue
        assert (price.unit, price.tiers) in [(known.unit, known.tiers) for known in embedded()[path]], path


def test_nothing_that_was_embedded_from_the_list_is_lost() -> None:
    rates = {code: [rate for of, rate in rates_of_2023() if of == code] for code, _ in rates_of_2023()}
    found: set[str] = set()
    for name in SERVICES_OF_2023:
        service = known_services()[name]
        codes = {service.offer_file} if service.offer_file else {query.code for query in service.queries}
        found |= set(assembled(name, "eu-west-1", [rate for code in codes if code for rate in rates.get(code, [])]))
    from_list = {
        path
        for path, prices in embedded().items()
        if any(price.source == "terracost" and price.trust == "A" for price in prices) and "/instance/" not in path
    }
    assert from_list - found == set()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.path)
def test_an_entry_of_the_list_is_what_we_call_it(sample: Sample) -> None:
    actual = assembled(sample.service, "us-east-1", [sample.rate])[sample.path]

    assert f"{actual.tiers[0].unit_price:f}" == sample.unit_price
    assert actual.unit in units()


def test_the_samples_cost_what_the_tables_say() -> None:
    known = tables("us-east-1")
    listed_by_the_hour = {"aws/fargate/ephemeral_storage", "aws/systems_manager/parameter/advanced"}
    compared = [sample for sample in SAMPLES if sample.path in known and sample.path not in listed_by_the_hour]
    differing = [
        sample.path
        for sample in compared
        if Decimal(sample.unit_price) not in {price.tiers[0].unit_price for price in known[sample.path]}
    ]
    assert differing == []
    assert len(compared) >= 120


@pytest.mark.parametrize("sample", NOT_SOLD, ids=lambda sample: f"{sample.service} {sample.usage}")
def test_an_entry_that_is_nothing_to_us_is_passed_over(sample: Sample) -> None:
    assert known_services()[sample.service].sold(sample.rate.product, ON_DEMAND) is None


def test_every_service_has_a_sample() -> None:
    sampled = {sample.service for sample in SAMPLES} | set(SERVICES_OF_2023)
    sampled |= {"cloudfront", "eks", "global_accelerator"}
    assert sampled == set(known_services())


@pytest.mark.parametrize(
    ("on_demand", "reserved"),
    [
        (
            "aws/ec2/instance/linux/shared/on_demand/m5.large",
            "aws/ec2/instance/linux/shared/reserved/convertible/3_year/partial_upfront/m5.large",
        ),
        ("aws/ec2/host/on_demand/c5", "aws/ec2/host/reserved/3_year/partial_upfront/c5"),
        (
            "aws/aurora/instance/aurora-mysql/io_optimized/on_demand/db.r6g.large",
            "aws/aurora/instance/aurora-mysql/io_optimized/reserved_3yr_partial_upfront/db.r6g.large",
        ),
        (
            "aws/elasticache/node/redis/on_demand/cache.r6g.large",
            "aws/elasticache/node/redis/reserved_3yr_partial_upfront/cache.r6g.large",
        ),
        ("aws/redshift/node/on_demand/ra3.4xlarge", "aws/redshift/node/reserved_3yr_partial_upfront/ra3.4xlarge"),
    ],
)
def test_a_reservation_is_named_by_term_and_payment(on_demand: str, reserved: str) -> None:
    sample = next(sample for sample in SAMPLES if sample.path == on_demand)
    assert known_services()[sample.service].sold(sample.rate.product, RESERVED) == Sold(reserved, "hours")


def test_a_reservation_of_a_database_is_named_by_term_and_payment() -> None:
    told = {"databaseEngine": "PostgreSQL", "deploymentOption": "Single-AZ", "instanceType": "db.m5.large"}
    sold = product("Database Instance", "InstanceUsage:db.m5.large", told)
    path = "aws/rds/instance/postgres/single_az/reserved_3yr_partial_upfront/db.m5.large"
    assert known_services()["rds"].sold(sold, RESERVED) == Sold(path, "hours")


def test_nothing_else_is_sold_under_a_reservation() -> None:
    others = [sample for sample in SAMPLES if "/on_demand/" not in sample.path or sample.service == "fargate"]
    sold = [known_services()[sample.service].sold(sample.rate.product, RESERVED) for sample in others]
    assert sold == [None] * len(others)


def test_extended_support_of_eks_is_the_standard_hour_and_the_surcharge() -> None:
    rates = [
        Rate(product("Compute", f"USE1-AmazonEKS-Hours:{kind}", {}), ON_DEMAND, "hours", Decimal(0), Decimal(usd))
        for kind, usd in (("perCluster", "0.10"), ("extendedSupport", "0.50"))
    ]
    actual = {path: price.tiers[0].unit_price for path, price in assembled("eks", "us-east-1", rates).items()}
    assert actual == {
        "aws/eks/cluster/standard": Decimal("0.1"),
        "aws/eks/cluster/extended_support_surcharge": Decimal("0.5"),
        "aws/eks/cluster/extended": Decimal("0.6"),
    }


def test_early_deletion_costs_what_storage_costs_where_the_list_does_not_say() -> None:
    stored = Rate(product("Storage", "TimedStorage-SIA-ByteHrs", {}), ON_DEMAND, "GB-Mo", Decimal(0), Decimal("0.0125"))
    actual = {path: price.tiers[0].unit_price for path, price in assembled("s3", "us-east-1", [stored]).items()}
    root = "aws/s3/standard_infrequent_access"
    assert actual == {f"{root}/storage": Decimal("0.0125"), f"{root}/early_delete": Decimal("0.0125")}


def test_dashboards_of_cloudwatch_are_sold_everywhere_beyond_the_free_ones() -> None:
    dashboard = product("Dashboard", "DashboardsUsageHour", {"location": "Any"}, "")
    rates = [
        Rate(dashboard, ON_DEMAND, "Dashboards", Decimal(begin), Decimal(usd)) for begin, usd in ((0, "0"), (3, "3"))
    ]
    actual = assembled("cloudwatch", "global", rates)
    assert {path: price.tiers for path, price in actual.items()} == {
        "aws/cloudwatch/dashboard": (Tier(Decimal(0), Decimal(3)),)
    }


def test_a_vcpu_of_windows_on_fargate_is_the_vcpu_and_its_licence() -> None:
    rates = [
        Rate(product("Compute", f"USE1-Fargate-Windows-{kind}", {}), ON_DEMAND, "hours", Decimal(0), Decimal(usd))
        for kind, usd in (("vCPU-Hours:perCPU", "0.09148"), ("OS-Hours:perCPU", "0.046"))
    ]
    path = "aws/fargate/windows/x86_64/on_demand/vcpu"
    actual = assembled("fargate", "us-east-1", rates)[path]
    assert actual.tiers == (Tier(Decimal(0), Decimal("0.13748")),)
    assert [(price.unit, price.tiers) for price in tables("us-east-1")[path]] == [(actual.unit, actual.tiers)]


@pytest.mark.parametrize(
    ("usd", "expected"), [({"eu-west-1": "0.02", "us-east-2": "0.01", "sa-east-1": "0.02"}, "0.02"), ({}, None)]
)
def test_other_regions_cost_what_most_routes_cost(usd: dict[str, str], expected: str | None) -> None:
    here = {"fromRegionCode": "us-east-1", "transferType": "InterRegion Outbound"}
    routes = [
        Rate(
            product("Data Transfer", f"USE1-{region}-AWS-Out-Bytes", here | {"toRegionCode": region}),
            ON_DEMAND,
            "GB",
            Decimal(0),
            Decimal(price),
        )
        for region, price in usd.items()
    ]
    actual = assembled("data_transfer", "us-east-1", routes).get("aws/data_transfer/inter_region/other_regions")
    assert (str(actual.tiers[0].unit_price) if actual else None) == expected


def test_global_accelerator_is_sold_everywhere() -> None:
    sold = product("Data Transfer", "NA-NA-OUT-Bytes-Internet", {"operation": "Dominant"}, "")
    actual = assembled("global_accelerator", "global", [Rate(sold, ON_DEMAND, "GB", Decimal(0), Decimal("0.015"))])
    assert {path: str(price.tiers[0].unit_price) for path, price in actual.items()} == {
        "aws/global_accelerator/data_transfer_premium/north_america": "0.015"
    }


def test_field_level_encryption_is_not_taken_for_a_request() -> None:
    told = {
        "location": "Europe",
        "requestDescription": "HTTPS Proxy requests with Field Level Encryption",
        "requestType": "CloudFront-Request-HTTPS-Proxy",
    }
    sold = product("Request", "EU-Requests-HTTPS-Proxy-FLE", told, "")
    actual = assembled("cloudfront", "global", [Rate(sold, ON_DEMAND, "Requests", Decimal(0), Decimal("0.000002"))])
    assert list(actual) == ["aws/cloudfront/field_level_encryption"]


def test_edges_of_cloudfront_are_sold_everywhere() -> None:
    egress = {"transferType": "CloudFront Outbound", "fromLocation": "United States", "toLocation": "External"}
    https = {"location": "Japan", "requestType": "CloudFront-Request-HTTPS-Proxy"}
    sold_gb = product("Data Transfer", "US-DataTransfer-Out-Bytes", egress, "")
    sold_requests = product("Request", "JP-Requests-Tier2-HTTPS", https, "")
    rates = [
        Rate(sold_gb, ON_DEMAND, "GB", Decimal(0), Decimal("0.085")),
        Rate(sold_gb, ON_DEMAND, "GB", Decimal(10240), Decimal("0.08")),
        Rate(sold_requests, ON_DEMAND, "Requests", Decimal(0), Decimal("0.0000012")),
    ]
    actual = assembled("cloudfront", "global", rates)
    egress_tiers = actual["aws/cloudfront/internet_egress/us_mexico_canada"].tiers
    assert [(tier.start, tier.unit_price) for tier in egress_tiers] == [
        (Decimal(0), Decimal("0.085")),
        (Decimal(10240), Decimal("0.08")),
    ]
    assert actual["aws/cloudfront/requests/https/japan"].tiers[0].unit_price == Decimal("0.0000012")
