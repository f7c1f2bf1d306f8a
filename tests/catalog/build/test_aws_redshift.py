"""Redshift: what a rate code sells, and which rows are nodes, seconds and storage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.catalog.build.small_tables import listed, small_tables
from tollbar.catalog.build import aws_redshift

if TYPE_CHECKING:
    from pathlib import Path

NODE = {"service": "redshift", "sku_key": "ra3.4xlarge", "attributes": '{"vcpus":"12"}'}
BESIDE = {"service": "redshift", "sku_key": "ra3.4xlarge", "vendor_sku": "X.JRTCKXETXF.6YS6EN2CT7"}


def _listed(
    folder: Path, *rows: dict[str, str], **tables: list[dict[str, str]]
) -> list[tuple[str, str | None, str, str]]:
    """Return the prices of these rows without those of the hand-kept list."""
    with_rows = aws_redshift.prices(small_tables(folder, aws_opensearch_redshift_msk=list(rows), **tables))
    return listed(price for price in with_rows if not price.source.startswith("vendor-pages"))


def test_a_node_is_named_by_its_offer_term(tmp_path: Path) -> None:
    assert _listed(
        tmp_path,
        {**NODE, "price_usd": "3.26", "vendor_sku": "X.JRTCKXETXF.6YS6EN2CT7"},
        {**NODE, "price_usd": "2.282", "vendor_sku": "X.4NA7Y494T4.6YS6EN2CT7"},
        {**NODE, "price_usd": "1.092066", "vendor_sku": "X.HU7G6KETJZ.6YS6EN2CT7"},
        {**NODE, "price_usd": "1.4181", "vendor_sku": "X.BPH4J8HBKS.6YS6EN2CT7"},
        {**NODE, "price_usd": "0.643836", "vendor_sku": "X.38NPMPTW36.6YS6EN2CT7"},
    ) == [
        ("aws/redshift/node/on_demand/ra3.4xlarge", "us-east-1", "3.26", "hours"),
        ("aws/redshift/node/reserved_1yr_no_upfront/ra3.4xlarge", "us-east-1", "2.282", "hours"),
        ("aws/redshift/node/reserved_1yr_partial_upfront/ra3.4xlarge", "us-east-1", "1.092066", "hours"),
        ("aws/redshift/node/reserved_3yr_no_upfront/ra3.4xlarge", "us-east-1", "1.4181", "hours"),
        ("aws/redshift/node/reserved_3yr_partial_upfront/ra3.4xlarge", "us-east-1", "0.643836", "hours"),
    ]


def test_a_fee_paid_upfront_is_no_hourly_price(tmp_path: Path) -> None:
    rows = [
        {**NODE, "price_usd": "9566.5", "vendor_sku": "X.HU7G6KETJZ.2TG2D8R56U"},
        {**NODE, "price_usd": "18848", "vendor_sku": "X.6QCMYABX3D.2TG2D8R56U"},
        {**NODE, "price_usd": "0", "vendor_sku": "X.6QCMYABX3D.6YS6EN2CT7"},
    ]
    assert _listed(tmp_path, *rows) == []


def test_rows_without_vcpus_are_seconds_or_storage(tmp_path: Path) -> None:
    assert _listed(
        tmp_path,
        {**BESIDE, "price_usd": "0.0009"},
        {**BESIDE, "price_usd": "0.024"},
        {**BESIDE, "price_usd": "0.024", "sku_key": "ra3.16xlarge"},
        {**BESIDE, "price_usd": "0"},
    ) == [
        ("aws/redshift/concurrency_scaling/ra3.4xlarge", "us-east-1", "0.0009", "seconds"),
        ("aws/redshift/managed_storage", "us-east-1", "0.024", "GB-months"),
    ]


def test_backups_have_tiers_of_binary_terabytes(tmp_path: Path) -> None:
    tests = [
        {"resource_type": "aws_redshift_cluster", "component": f"Backup storage ({tier})", "unit_price_usd": price}
        for tier, price in (("first 50 TB", "0.023"), ("next 450 TB", "0.022"), ("over 500 TB", "0.021"))
    ]
    assert _listed(tmp_path, tests=tests) == [
        ("aws/redshift/backup", "us-east-1", "0:0.023|51200:0.022|512000:0.021", "GB-months")
    ]
