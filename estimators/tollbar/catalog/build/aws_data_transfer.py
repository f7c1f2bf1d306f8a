"""Data transfer: out to the internet, between zones and between regions.

The first 100 GB a month out to the internet are free for the account as a whole, not for a project:
prices start at 0 GB.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import tiered_prices
from tollbar.catalog.build.source_tables import tiered_price

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price

TABLE = "aws/data_transfer"
_EGRESS = "aws/data_transfer/internet_egress"
_INTER_AZ = "aws/data_transfer/inter_az"
_INTER_REGION = "aws/data_transfer/inter_region"
_SERVICES = {
    "DataTransfer-InterAZ-GB": _INTER_AZ,
    "DataTransfer-InterRegion-GB": f"{_INTER_REGION}/other_regions",
    "DataTransfer-Internet-Out-GB": _EGRESS,
}
_TEST_SUITE_TIERS = {
    "Outbound data transfer to Internet (first 10TB)": 0,
    "Outbound data transfer to Internet (next 40TB)": 10_240,
    "Outbound data transfer to Internet (next 100TB)": 51_200,
    "Outbound data transfer to Internet (over 150TB)": 153_600,
}
_REGIONS_IN_USAGE_TYPES = {
    "APN1": "ap-northeast-1",
    "APN2": "ap-northeast-2",
    "APS1": "ap-southeast-1",
    "APS2": "ap-southeast-2",
    "EUC1": "eu-central-1",
    "SAE1": "sa-east-1",
    "UGW1": "us-gov-west-1",
    "USE1": "us-east-1",
    "USW1": "us-west-1",
    "USW2": "us-west-2",
}
_NEAR = {"us-east-1": "us-east-2", "us-east-2": "us-east-1"}
"""The two regions that reach each other at a lower price."""


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the price of a GB by way and direction: between zones it is billed to each side."""
    yield from _tiered(tables.rows("data_transfer", cloud="aws"), {"inter_az": _INTER_AZ, "internet_egress": _EGRESS})
    yield from _tiered(tables.rows("aws_services", service="data_transfer"), _SERVICES)
    yield from _out_of_ireland(tables)
    rows = list(tables.test_suite_prices("aws_data_transfer"))
    yield from tiered_prices(_EGRESS, rows, _TEST_SUITE_TIERS, "GB")
    for row in rows:
        if row.component == "Intra-region data transfer":
            yield row.price(_INTER_AZ)
        elif row.component == "Outbound data transfer to other regions":
            yield row.price(f"{_INTER_REGION}/other_regions")
        elif row.component == "Outbound data transfer to US East regions":
            yield row.price(f"{_INTER_REGION}/{_NEAR[row.region]}")


def _tiered(rows: Iterable[Row], paths: dict[str, str]) -> Iterator[Price]:
    """Yield one price a region, its first paid tier starting at 0."""
    paid: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.sku_key in paths and row.price_usd:
            paid[row.sku_key, row.region].append(row)
    for (sku_key, _), tiers in paid.items():
        first, *others = sorted(tiers, key=lambda row: row.tier_start)
        yield tiered_price(paths[sku_key], [replace(first, tier_start=Decimal(0)), *others])


def _out_of_ireland(tables: SourceTables) -> Iterator[Price]:
    """Yield the routes out of eu-west-1; those into it are of an older list and have been cut since."""
    for row in tables.rows("aws_terracost_eu-west-1_2023", service="ec2"):
        here, _, rest = row.sku_key.partition("-")
        target = _REGIONS_IN_USAGE_TYPES.get(rest.removesuffix("-AWS-Out-Bytes"))
        if here == "EU" and target:
            yield replace(row, region="eu-west-1").price(f"{_INTER_REGION}/{target}")
