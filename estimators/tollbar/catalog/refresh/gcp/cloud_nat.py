"""Cloud NAT: hours of a gateway for each VM that uses it, processed data, and the gateway's addresses."""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.listing import BillingService, Rule, ServiceFamily, by_rules

NETWORKING = BillingService("E505-1604-58F8", "Networking")
RULES = (
    Rule(r"Networking Cloud Nat Gateway Uptime(?: in .+)?", "gcp/cloud_nat/gateway/per_vm", "hours"),
    Rule(r"Networking Cloud Nat Data Processing(?: in .+)?", "gcp/cloud_nat/data_processed", "GB"),
    Rule(r"Networking Cloud NAT IP Usage(?: in .+)?", "gcp/cloud_nat/address", "hours"),
)
FAMILY = ServiceFamily("cloud_nat", (NETWORKING,), by_rules(*RULES))
