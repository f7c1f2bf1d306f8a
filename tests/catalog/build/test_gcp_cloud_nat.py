"""Cloud NAT: the source states a gateway for 32 VMs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.catalog.build.gcp_source_tables import source_tables, written
from tollbar.catalog.build import gcp_cloud_nat

if TYPE_CHECKING:
    from pathlib import Path


def test_a_gateway_is_priced_by_the_vm(tmp_path: Path) -> None:
    rows = [
        {"service": "network", "sku_key": "cloud_nat_gateway", "price_usd": "0.0448"},
        {"service": "network", "sku_key": "cloud_nat_data_processing", "unit": "GB", "price_usd": "0.045"},
        {"service": "network", "sku_key": "vpn_tunnel", "price_usd": "0.05"},
    ]
    tables = source_tables(tmp_path, gcp_storage_network=rows)
    assert list(written(gcp_cloud_nat.prices(tables))) == [
        ("gcp/cloud_nat/gateway/per_vm", "us-central1", "hours", ["0: 0.0014"]),
        ("gcp/cloud_nat/data_processed", "us-central1", "GB", ["0: 0.045"]),
    ]
