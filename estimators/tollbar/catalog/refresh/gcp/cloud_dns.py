"""Cloud DNS: managed zones by their number, and queries."""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.listing import BillingService, Rule, ServiceFamily, by_rules

RULES = (
    Rule(r"ManagedZone", "gcp/cloud_dns/zone", "zones"),
    Rule(r"DNS Query \(port 53\)", "gcp/cloud_dns/query", "queries"),
)
FAMILY = ServiceFamily("cloud_dns", (BillingService("FA26-5236-B8B5", "Cloud DNS"),), by_rules(*RULES))
