"""Cloud Load Balancing: forwarding rules, proxy instances and processed data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_lines import PeerLine, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/load_balancing"
_DATA = "gcp/load_balancing/data_processed"
_LISTED = {
    "forwarding_rule_first5": "gcp/load_balancing/forwarding_rule/first_5",
    "ingress_data": f"{_DATA}/inbound",
}
_RULE = {
    "Forwarding rules": PeerLine("gcp/load_balancing/forwarding_rule/additional", "hours"),
    "Ingress data": PeerLine(f"{_DATA}/inbound", "GB"),
}
_PROXY = {"Proxy instance": PeerLine("gcp/load_balancing/proxy_instance", "hours")}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hour of up to five forwarding rules together, of each further one, of a proxy; and GB."""
    for row in tables.rows("misc_curated_services", service="load_balancing", cloud="gcp"):
        yield row.price(_LISTED[row.sku_key])
    yield from peer_prices(tables, "google_compute_forwarding_rule", _RULE)
    yield from peer_prices(tables, "google_compute_region_target_http_proxy", _PROXY)
    yield from page_prices(tables, TABLE)
