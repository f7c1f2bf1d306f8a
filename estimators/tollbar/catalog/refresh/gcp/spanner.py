"""Spanner: hours of replicas by edition, and backups.

A node is sold as its replicas: a regional instance has three that read and write.
"""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.listing import BillingService, Rule, ServiceFamily, by_rules

RULES = (
    Rule(
        r"(?:.+ )?(?P<replica>Read-Write|Read-Only|Witness) Replica (?P<edition>Standard|Enterprise|Enterprise Plus)"
        r" Edition(?: .+)?",
        "gcp/spanner/{edition}/replica/{replica}",
        "hours",
    ),
    Rule(r"(?:.+ )?Backup Storage Regional Configuration(?: .+)?", "gcp/spanner/backup/regional", "GB-months"),
)
FAMILY = ServiceFamily("spanner", (BillingService("CC63-0873-48FD", "Cloud Spanner"),), by_rules(*RULES))
