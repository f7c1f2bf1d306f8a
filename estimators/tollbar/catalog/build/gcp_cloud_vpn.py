"""Cloud VPN: hours of a tunnel. What goes through it is data transfer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_lines import PeerLine, peer_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/cloud_vpn"
_TUNNEL = "gcp/cloud_vpn/tunnel"


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the price of a tunnel hour, by region."""
    for row in tables.rows("gcp_storage_network", service="network", sku_key="vpn_tunnel"):
        yield row.price(_TUNNEL)
    yield from peer_prices(tables, "google_compute_vpn_tunnel", {"VPN Tunnel": PeerLine(_TUNNEL, "hours")})
