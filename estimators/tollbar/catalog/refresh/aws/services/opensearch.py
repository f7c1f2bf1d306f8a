"""Amazon OpenSearch Service: hours of instances, volumes beside them; OpenSearch Serverless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.relational_databases import purchase
from tollbar.catalog.refresh.aws.service import Query, Rule, Service, Sold, by_rules, families

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_ROOT = "aws/opensearch"
_VOLUMES = (
    Rule("ES:GP2-Storage", f"{_ROOT}/storage/gp2", "GB-months"),
    Rule("ES:GP3-Storage", f"{_ROOT}/storage/gp3", "GB-months"),
    Rule("ES:PIOPS-Storage", f"{_ROOT}/storage/io1", "GB-months"),
    Rule("ES:Magnetic-Storage", f"{_ROOT}/storage/standard", "GB-months"),
    Rule("ES:Managed-Storage", f"{_ROOT}/managed_storage/ultrawarm", "GB-months"),
    Rule("ES:PIOPS", f"{_ROOT}/iops/io1", "IOPS-months"),
    Rule("ES:GP3-PIOPS", f"{_ROOT}/iops/gp3", "IOPS-months"),
    Rule("ES:GP3-Provisioned-Throughput", f"{_ROOT}/throughput/gp3", "MBps-months"),
)
_SERVERLESS = (
    Rule("IndexingOCU", f"{_ROOT}_serverless/ocu/indexing", "OCU-hours"),
    Rule("SearchOCU", f"{_ROOT}_serverless/ocu/search_and_query", "OCU-hours"),
    Rule("StorageUsedInS3ByteHour", f"{_ROOT}_serverless/storage", "GB-months"),
)


def _sold(product: Product, term: Term) -> Sold | None:
    if product.usage.startswith("ESInstance:") and product["instanceType"].endswith(".search"):
        return Sold(f"{_ROOT}/instance/{purchase(term)}/{product['instanceType']}", "hours")
    if term.kind != "OnDemand":
        return None
    return next((sold for rule in _VOLUMES if (sold := rule.sold(product)) is not None), None)


SERVICES = (
    Service(
        "opensearch",
        families("AmazonES", "Amazon OpenSearch Service Instance", "Amazon OpenSearch Service Volume"),
        _sold,
    ),
    Service("opensearch_serverless", (Query("AmazonES"),), by_rules(_SERVERLESS)),
)
