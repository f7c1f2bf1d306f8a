"""Artifact Registry: storage, and data transfer between regions of one continent.

Google spells one of the continents "AsiaPacfic".
"""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.listing import BillingService, Rule, ServiceFamily, by_rules

_BETWEEN = r"Artifact Registry Network Inter Region (?:Egress|Data Transfer Out)"
_WITHIN = "gcp/artifact_registry/egress/within"
RULES = (
    Rule(r"Artifact Registry Storage", "gcp/artifact_registry/storage", "GB-months"),
    Rule(rf"{_BETWEEN} North America to North America", f"{_WITHIN}_north_america", "GB"),
    Rule(rf"{_BETWEEN} Europe to Europe", f"{_WITHIN}_europe", "GB"),
    Rule(rf"{_BETWEEN} Asia ?Paci?fic to Asia ?Paci?fic", f"{_WITHIN}_asia", "GB"),
)
FAMILY = ServiceFamily("artifact_registry", (BillingService("149C-F9EC-3994", "Artifact Registry"),), by_rules(*RULES))
