"""Data transfer: tiers out of rows, by network tier and destination."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.catalog.build.gcp_source_tables import source_tables, written
from tollbar.catalog.build import gcp_data_transfer

if TYPE_CHECKING:
    from pathlib import Path


def _premium(destination: str, start: str, price: str) -> dict[str, str]:
    return {
        "service": "data_transfer",
        "sku_key": "internet_egress_premium",
        "attributes": f'{{"destination": "{destination}"}}',
        "unit": "GB",
        "tier_start": start,
        "price_usd": price,
    }


def _standard(region: str, start: str, price: str) -> dict[str, str]:
    return {"region": region, "sku_key": "internet_egress", "unit": "GB", "tier_start": start, "price_usd": price}


def test_destinations_keep_their_tiers_apart(tmp_path: Path) -> None:
    rows = [_premium("worldwide", "1024", "0.11"), _premium("china", "0", "0.23"), _premium("worldwide", "0", "0.12")]
    tables = source_tables(tmp_path, gcp_storage_network=rows)
    assert list(written(gcp_data_transfer.prices(tables))) == [
        ("gcp/data_transfer/internet/premium/worldwide", "us-central1", "GB", ["0: 0.12", "1024: 0.11"]),
        ("gcp/data_transfer/internet/premium/china", "us-central1", "GB", ["0: 0.23"]),
    ]


def test_equal_tiers_are_one_and_a_lost_first_tier_makes_no_price(tmp_path: Path) -> None:
    rows = [
        _standard("us-central1", "0", "0.085"),
        _standard("us-central1", "200", "0.085"),
        _standard("us-central1", "10240", "0.065"),
        _standard("europe-north2", "200", "0.085"),
    ]
    tables = source_tables(tmp_path, data_transfer=rows)
    assert list(written(gcp_data_transfer.prices(tables))) == [
        ("gcp/data_transfer/internet/standard", "us-central1", "GB", ["0: 0.085", "10240: 0.065"])
    ]
