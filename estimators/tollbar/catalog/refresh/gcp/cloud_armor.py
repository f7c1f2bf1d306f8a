"""Cloud Armor (Standard): security policies, their rules, and requests."""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.cloud_nat import NETWORKING
from tollbar.catalog.refresh.gcp.listing import Rule, ServiceFamily, by_rules

RULES = (
    Rule(r"Networking Cloud Armor Policy", "gcp/cloud_armor/policy", "months"),
    Rule(r"Networking Cloud Armor Rule", "gcp/cloud_armor/rule", "rules"),
    Rule(r"Networking Cloud Armor Requests", "gcp/cloud_armor/request", "requests"),
    Rule(r"Networking Cloud Armor Requests Regional", "gcp/cloud_armor/regional_request", "requests"),
)
FAMILY = ServiceFamily("cloud_armor", (NETWORKING,), by_rules(*RULES))
