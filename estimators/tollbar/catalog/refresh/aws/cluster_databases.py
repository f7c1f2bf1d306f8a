"""What the clusters of Amazon DocumentDB and Amazon Neptune have in common: both are sold like Aurora."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.relational_databases import purchase
from tollbar.catalog.refresh.aws.service import Query, Rule, Service, Sold

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_INSTANCE = re.compile(r"InstanceUsage(?P<optimized>IOOptimized)?:.+")
"""The name behind it is cut (``db.r8g.2xl``); the attribute ``instanceType`` has it in full."""


def cluster_service(name: str, code: str) -> Service:
    """Return a service whose clusters are sold by instance hours, storage, I/O and backups."""
    root = f"aws/{name}"
    rules = (
        Rule("StorageUsage", f"{root}/storage/standard", "GB-months"),
        Rule("StorageIOUsage", f"{root}/io", "IOs"),
        Rule("BackupUsage", f"{root}/backup", "GB-months"),
        Rule(r"CPUCredits:db\..+", f"{root}/cpu_credits", "vCPU-hours"),
    )

    def sold(product: Product, term: Term) -> Sold | None:
        instance = _INSTANCE.fullmatch(product.usage)
        if instance is not None:
            configuration = "io_optimized" if instance["optimized"] else "standard"
            return Sold(f"{root}/instance/{configuration}/{purchase(term)}/{product['instanceType']}", "hours")
        if term.kind != "OnDemand":
            return None
        return next((found for rule in rules if (found := rule.sold(product)) is not None), None)

    return Service(name, (Query(code),), sold)
