"""Pub/Sub: what is published and delivered, and what is kept."""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.listing import BillingService, Rule, ServiceFamily, by_rules

_STORAGE = "gcp/pubsub/storage"
RULES = (
    Rule(r"Message Delivery Basic", "gcp/pubsub/message_delivery", "TiB"),
    Rule(r"Subscriptions retained acknowledged messages", f"{_STORAGE}/retained_acknowledged", "GiB-months"),
    Rule(r"Snapshots message backlog", f"{_STORAGE}/snapshot_backlog", "GiB-months"),
    Rule(r"Subscriptions message backlog", f"{_STORAGE}/subscription_backlog", "GiB-months"),
    Rule(r"Topics message backlog", f"{_STORAGE}/topic_backlog", "GiB-months"),
)
FAMILY = ServiceFamily("pubsub", (BillingService("A1E8-BE35-7EBC", "Cloud Pub/Sub"),), by_rules(*RULES))
