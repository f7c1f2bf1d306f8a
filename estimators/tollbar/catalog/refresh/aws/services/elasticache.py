"""Amazon ElastiCache: hours of nodes by engine, on demand and reserved, and backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.relational_databases import purchase
from tollbar.catalog.refresh.aws.service import Service, Sold, families

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_ENGINES = ("redis", "memcached", "valkey")
_NODE_USAGE = ("NodeUsage", "HeavyUsage")


def _sold(product: Product, term: Term) -> Sold | None:
    if product.usage == "ElastiCache:BackupUsage" and term.kind == "OnDemand":
        return Sold("aws/elasticache/backup", "GB-months")
    engine, usage = product["cacheEngine"].lower(), product.usage.partition(":")[0]
    if product.family != "Cache Instance" or engine not in _ENGINES or usage not in _NODE_USAGE:
        return None
    return Sold(f"aws/elasticache/node/{engine}/{purchase(term)}/{product['instanceType']}", "hours")


SERVICE = Service("elasticache", families("AmazonElastiCache", "Cache Instance", "Storage Snapshot"), _sold)
