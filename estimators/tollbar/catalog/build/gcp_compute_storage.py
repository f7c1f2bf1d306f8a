"""Disks, snapshots and images of Compute Engine, and external IP addresses.

IOPS, images and addresses of Spot VMs are known from the peer's test suite only: us-central1.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import everywhere
from tollbar.catalog.build.vendor_pages import page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/compute_storage"
_DISKS = {
    "hdd": "zonal/pd-standard",
    "balanced": "zonal/pd-balanced",
    "ssd": "zonal/pd-ssd",
    "extreme": "zonal/pd-extreme",
    "hyperdisk-extreme": "zonal/hyperdisk-extreme",
    "hdd-replicated": "regional/pd-standard",
    "balanced-replicated": "regional/pd-balanced",
    "ssd-replicated": "regional/pd-ssd",
}
_MULTI_REGIONS = {"us-multi": "us", "europe-multi": "eu", "asia-multi": "asia"}
_ADDRESSES = {
    "external_ip_in_use": "gcp/compute/address/in_use/standard",
    "external_ip_unused": "gcp/compute/address/unused",
}
_SELECTED_IOPS = {"type=pd-extreme": "pd-extreme", "type=hyperdisk-extreme": "hyperdisk-extreme"}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per GB and month, per IOPS and per address hour, by region."""
    for row in tables.rows("gcp_storage_network", service="persistent_disk", purchase_option="on_demand"):
        if disk := _DISKS.get(row.sku_key):
            yield row.price(f"gcp/compute/disk/{disk}")
        elif row.sku_key == "snapshot":
            price = row.price("gcp/compute/snapshot/storage")
            yield _at(price, _MULTI_REGIONS.get(row.region, row.region))
    for row in tables.rows("gcp_storage_network", service="network"):
        if path := _ADDRESSES.get(row.sku_key):
            yield row.price(path)
    yield from _from_test_suite(tables)
    yield from page_prices(tables, TABLE)


def _from_test_suite(tables: SourceTables) -> Iterator[Price]:
    for row in tables.test_suite_prices("google_compute_disk", "Provisioned IOPS"):
        if disk := _SELECTED_IOPS.get(row.selecting_attributes):
            yield row.price(f"gcp/compute/disk/iops/{disk}", "IOPS-months")
    for row in tables.test_suite_prices("google_compute_image", "Storage"):
        yield row.price("gcp/compute/image/storage", "GB-months")
    for row in tables.test_suite_prices("google_compute_machine_image", "Storage"):
        yield row.price("gcp/compute/machine_image/storage", "GB-months")
    for row in tables.test_suite_prices("google_compute_address", "IP address (preemptible VM)"):
        yield row.price("gcp/compute/address/in_use/spot")
    for row in tables.test_suite_prices("google_compute_global_address", "IP address (unused)"):
        yield everywhere(row.price("gcp/compute/address/global/unused"))


def _at(price: Price, region: str) -> Price:
    return replace(price, key=PriceKey(price.key.path, region))
