"""Cloud VPN: hours of a tunnel. What goes through it is data transfer."""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.cloud_nat import NETWORKING
from tollbar.catalog.refresh.gcp.listing import Rule, ServiceFamily, by_rules

RULES = (Rule(r"Networking Cloud VPN Tunnel(?: .+)?", "gcp/cloud_vpn/tunnel", "hours"),)
FAMILY = ServiceFamily("cloud_vpn", (NETWORKING,), by_rules(*RULES))
