"""Amazon ElastiCache: hours of nodes by engine, on demand and reserved, and backups; ElastiCache Serverless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.relational_databases import purchase
from tollbar.catalog.refresh.aws.service import Rule, Service, Sold, by_rules, families

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_ENGINES = ("redis", "memcached", "valkey")
_NODE_USAGE = ("NodeUsage", "HeavyUsage")
_SERVERLESS = tuple(
    Rule(f"{usage}:{engine.capitalize()}", f"aws/elasticache_serverless/{engine}/{what}", unit)
    for engine in _ENGINES
    for usage, what, unit in (
        ("CachedData", "data_stored", "GB-hours"),
        ("ElastiCacheProcessingUnits", "ecpus", "ECPUs"),
    )
)


def _sold(product: Product, term: Term) -> Sold | None:
    if product.usage == "ElastiCache:BackupUsage" and term.kind == "OnDemand":
        return Sold("aws/elasticache/backup", "GB-months")
    engine, usage = product["cacheEngine"].lower(), product.usage.partition(":")[0]
    if product.family != "Cache Instance" or engine not in _ENGINES or usage not in _NODE_USAGE:
        return None
    return Sold(f"aws/elasticache/node/{engine}/{purchase(term)}/{product['instanceType']}", "hours")


SERVICES = (
    Service("elasticache", families("AmazonElastiCache", "Cache Instance", "Storage Snapshot"), _sold),
    Service("elasticache_serverless", families("AmazonElastiCache", "ElastiCache Serverless"), by_rules(_SERVERLESS)),
)
