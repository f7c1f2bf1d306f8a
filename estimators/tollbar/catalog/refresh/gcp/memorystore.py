"""Memorystore: capacity of Redis by service tier and size, nodes of Redis Cluster and of Valkey."""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.listing import BillingService, Rule, ServiceFamily, by_rules

_NODES = (
    r"(?P<node>Shared Core Nano|Custom Pico|Custom Micro|Custom Mini|Standard Small|Standard Large|Highcpu Medium"
    r"|Highmem Medium|Highmem XLarge|Highmem 2XLarge)"
)
_CLUSTER = "gcp/memorystore/redis_cluster"
_VALKEY = "gcp/memorystore/valkey"
RULES = (
    Rule(
        r"Redis Capacity (?P<tier>Basic|Standard) (?P<size>M[1-5])(?: .+)?",
        "gcp/memorystore/redis/{tier}/{size}",
        "GiB-hours",
    ),
    Rule(
        r"Redis Standard Node Capacity (?P<size>M[1-5])(?: .+)?",
        "gcp/memorystore/redis/standard_with_replicas/{size}",
        "GiB-hours",
    ),
    Rule(rf"Redis Cluster Node {_NODES}(?: .+)?", f"{_CLUSTER}/node/{{node}}", "hours"),
    Rule(r"Memorystore for Redis Cluster: AOF Storage(?: .+)?", f"{_CLUSTER}/aof_persistence", "GiB-hours"),
    Rule(r"Memorystore for Redis Cluster: Backups(?: .+)?", f"{_CLUSTER}/backup", "GiB-months"),
    Rule(rf"{_NODES} Node(?: .+)?", f"{_VALKEY}/node/{{node}}", "hours"),
    Rule(r"Memorystore for Valkey: AOF Storage(?: .+)?", f"{_VALKEY}/aof_persistence", "GiB-hours"),
    Rule(r"Memorystore for Valkey: Backups(?: .+)?", f"{_VALKEY}/backup", "GiB-months"),
)
FAMILY = ServiceFamily(
    "memorystore",
    (
        BillingService("5AF5-2C11-D467", "Cloud Memorystore for Redis"),
        BillingService("A2B5-E0F1-B0F3", "Cloud Memorystore"),
    ),
    by_rules(*RULES),
)
