"""Redshift: nodes on demand and reserved, concurrency scaling, managed storage; serverless by the page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.peer_tiers import tiered_prices
from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price

TABLE = "aws/redshift"
_PAGE_DATE = "2025-06-30"
_OFFER_TERMS = {
    "JRTCKXETXF": "on_demand",
    "4NA7Y494T4": "reserved_1yr_no_upfront",
    "HU7G6KETJZ": "reserved_1yr_partial_upfront",
    "BPH4J8HBKS": "reserved_3yr_no_upfront",
    "38NPMPTW36": "reserved_3yr_partial_upfront",
}
"""Offer terms as AWS's rate codes name them (SKU.term.rate); all upfront leaves nothing to bill by the hour."""
_HOURLY = "6YS6EN2CT7"
"""The rate of a rate code that is billed by the hour; the other one is the fee paid upfront."""
_LEAST_STORAGE_PRICE = Decimal("0.01")
"""Of rows that name no vCPUs, those below are node-seconds of concurrency scaling, the others GB-months."""
_BACKUP_TIERS = {
    "Backup storage (first 50 TB)": 0,
    "Backup storage (next 450 TB)": 51_200,
    "Backup storage (over 500 TB)": 512_000,
}
_TESTED = {
    "Spectrum": SoldAs("aws/redshift/spectrum_scanned", "TB"),
    "Cluster usage (on-demand, ds2.8xlarge)": SoldAs("aws/redshift/node/on_demand/ds2.8xlarge", "hours"),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of nodes and what is billed beside them; fees paid upfront are left out."""
    for row in tables.rows("aws_opensearch_redshift_msk", service="redshift"):
        yield from _price(row)
    peer_rows = tables.test_suite_prices("aws_redshift_cluster")
    yield from tiered_prices("aws/redshift/backup", peer_rows, _BACKUP_TIERS, "GB-months")
    yield from peer_prices(tables, "aws_redshift_cluster", _TESTED)
    # An hour that was paid upfront is not billed.
    yield page_price(tables, PriceKey("aws/redshift/reserved_all_upfront", "global"), "0", "hours", _PAGE_DATE)
    yield from page_prices(tables, TABLE)


def _price(row: Row) -> Iterator[Price]:
    _, term, rate = row.vendor_sku.split(".")
    if rate != _HOURLY or term not in _OFFER_TERMS or not row.price_usd:
        return
    if "vcpus" in row.attributes:
        yield row.price(f"aws/redshift/node/{_OFFER_TERMS[term]}/{row.sku_key}")
    elif row.price_usd < _LEAST_STORAGE_PRICE:
        yield row.price(f"aws/redshift/concurrency_scaling/{row.sku_key}", "seconds")
    elif row.sku_key == "ra3.4xlarge":  # the storage price of a region is the same beside every node type
        yield row.price("aws/redshift/managed_storage", "GB-months")
