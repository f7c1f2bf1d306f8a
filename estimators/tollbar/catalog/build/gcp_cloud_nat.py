"""Cloud NAT: a gateway costs by its VMs up to 32 of them, then the same for any number; and data.

Source: "Cloud NAT pricing".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_lines import PeerLine, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/cloud_nat"
_PER_VM = "gcp/cloud_nat/gateway/per_vm"
_DATA = "gcp/cloud_nat/data_processed"
_VMS = 32
"""The source states a gateway's price for as many VMs as are counted."""
_TEST_SUITE = {"Assigned VMs (first 32)": PeerLine(_PER_VM, "hours"), "Data processed": PeerLine(_DATA, "GB")}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per VM and hour, and per GB, by region."""
    for row in tables.rows("gcp_storage_network", service="network"):
        if row.sku_key == "cloud_nat_gateway":
            yield row.price(_PER_VM, "hours", _VMS)
        elif row.sku_key == "cloud_nat_data_processing":
            yield row.price(_DATA)
    yield from peer_prices(tables, "google_compute_router_nat", _TEST_SUITE)
    yield from page_prices(tables, TABLE)
