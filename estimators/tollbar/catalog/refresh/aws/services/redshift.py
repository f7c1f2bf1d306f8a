"""Amazon Redshift: hours of nodes, managed storage, concurrency scaling, Spectrum; Redshift Serverless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.relational_databases import purchase
from tollbar.catalog.refresh.aws.service import Query, Rule, Service, Sold, by_rules

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_ROOT = "aws/redshift"
_BESIDE = {
    "Redshift Managed Storage": (f"{_ROOT}/managed_storage", "GB-months"),
    "Redshift Data Scan": (f"{_ROOT}/spectrum_scanned", "TB"),
    "Storage Snapshot": (f"{_ROOT}/backup", "GB-months"),
}
"""By product family. The managed storage of a region costs the same beside every type of node."""


def _sold(product: Product, term: Term) -> Sold | None:
    if product.family == "Compute Instance" and product.usage.startswith("Node:"):
        return Sold(f"{_ROOT}/node/{purchase(term)}/{product['instanceType']}", "hours")
    if term.kind != "OnDemand":
        return None
    if product.family == "Redshift Concurrency Scaling" and product["concurrencyscalingfreeusage"] != "Yes":
        return Sold(f"{_ROOT}/concurrency_scaling/{product['instanceType']}", "seconds")
    path, unit = _BESIDE.get(product.family, ("", ""))
    return Sold(path, unit) if path else None


SERVICES = (
    Service("redshift", (Query("AmazonRedshift"),), _sold),
    Service(
        "redshift_serverless",
        (Query("AmazonRedshift", {"productFamily": "Serverless"}),),
        by_rules([Rule("Redshift:ServerlessUsage", f"{_ROOT}_serverless/rpu", "RPU-hours")]),
    ),
)
