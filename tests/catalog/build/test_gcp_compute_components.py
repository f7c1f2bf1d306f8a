"""Parts of machines: custom parts are not predefined ones, and unchecked families are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.catalog.build.gcp_source_tables import source_tables, written
from tollbar.catalog.build import gcp_compute_components

if TYPE_CHECKING:
    from pathlib import Path


def test_parts_stand_by_how_they_are_bought_and_by_series(tmp_path: Path) -> None:
    tables = source_tables(
        tmp_path,
        gcp_compute_components=[
            {"sku_key": "n2-vcpu", "purchase_option": "spot", "price_usd": "0.008"},
            {"sku_key": "custom-ram", "price_usd": "0.0044"},
        ],
        gcp_compute_components_autoscaler=[
            {"sku_key": "n2-custom-ram", "price_usd": "0.004446"},
            {"sku_key": "c2-vcpu", "price_usd": "0.03398"},
            {"sku_key": "z4d-ram", "price_usd": "0.01"},
            {"sku_key": "n4a-custom-vcpu", "price_usd": "0.0342"},
        ],
        gcp_storage_network=[
            {"service": "persistent_disk", "sku_key": "local", "unit": "GB-month", "price_usd": "0.08"},
            {"service": "persistent_disk", "sku_key": "local-c4a", "unit": "GB-month", "price_usd": "0.12"},
        ],
    )
    assert list(written(gcp_compute_components.prices(tables))) == [
        ("gcp/compute/predefined_vcpu/spot/n2", "us-central1", "vCPU-hours", ["0: 0.008"]),
        ("gcp/compute/custom_ram/on_demand/n2", "us-central1", "GiB-hours", ["0: 0.004446"]),
        ("gcp/compute/predefined_vcpu/on_demand/c2", "us-central1", "vCPU-hours", ["0: 0.03398"]),
        ("gcp/compute/local_ssd/on_demand/c4a", "us-central1", "GB-months", ["0: 0.12"]),
    ]
