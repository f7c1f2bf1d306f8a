"""Secret Manager: active versions, accesses and rotations."""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.listing import BillingService, Rule, ServiceFamily, by_rules

RULES = (
    Rule(r"Secret version replica storage", "gcp/secret_manager/active_secret_version", "secrets"),
    Rule(r"Secret access operations", "gcp/secret_manager/access_operation", "operations"),
    Rule(r"Secret rotat(?:e|ion) .+", "gcp/secret_manager/rotation_notification", "notifications"),
)
FAMILY = ServiceFamily("secret_manager", (BillingService("EE82-7A5E-871C", "Secret Manager"),), by_rules(*RULES))
