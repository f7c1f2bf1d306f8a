"""Analytics: Amazon Athena, EMR in all its forms, Managed Service for Apache Flink, AWS Glue, QuickSight.

Usage types and units: AWS's list for ap-southeast-1 and us-east-1 as public cost reports of 2026 quote it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, Sold, by_rules

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_ATHENA = (
    Rule("DataScannedInTB", "aws/athena/data_scanned", "TB"),
    Rule("ReservedCapacityInDPUHours", "aws/athena/provisioned_capacity", "DPU-hours"),
)
_SERVERLESS = "EMR-SERVERLESS"
_EMR_SERVERLESS = tuple(
    Rule(f"{_SERVERLESS}{mark}-{usage}", f"aws/emr_serverless/{architecture}/{what}", unit)
    for mark, architecture in (("", "x86_64"), ("-ARM", "arm64"))
    for usage, what, unit in (("vCPUHours", "vcpu", "vCPU-hours"), ("MemoryGBHours", "memory", "GB-hours"))
)
_EMR_ON_EKS = (
    Rule("EMR-EKS-EC2-vCPUHours", "aws/emr_on_eks/vcpu", "vCPU-hours"),
    Rule("EMR-EKS-EC2-GBHours", "aws/emr_on_eks/memory", "GB-hours"),
)
_FLINK = (
    Rule("KPU-Hour-Java", "aws/flink/processing", "KPU-hours"),
    Rule("RunningApplicationStorage", "aws/flink/running_storage", "GB-months"),
    Rule("DurableApplicationBackups", "aws/flink/backup", "GB-months"),
)
_GLUE = (
    Rule("ETL-DPU-Hour", "aws/glue/etl_job", "DPU-hours", {"operation": "Jobrun"}),
    Rule("ETL-Flex-DPU-Hour", "aws/glue/etl_job_flex", "DPU-hours"),
    Rule("Crawler-DPU-Hour", "aws/glue/crawler", "DPU-hours"),
    Rule("GlueInteractiveSession-DPU-Hour", "aws/glue/interactive_session", "DPU-hours"),
    Rule("Catalog-Storage", "aws/glue/catalog/storage", "objects"),
    Rule("Catalog-Request", "aws/glue/catalog/requests", "requests"),
)
_EMR_EDITIONS = ("EMR", "")
"""The attribute ``softwareType``; the MapR editions, sold no more, are dearer."""


def _emr(product: Product, term: Term) -> Sold | None:
    """Return what EMR costs beside the instance it runs on."""
    usage, _, instance_type = product.usage.partition(":")
    if term.kind != "OnDemand" or usage != "BoxUsage" or product["softwareType"] not in _EMR_EDITIONS:
        return None
    return Sold(f"aws/emr/instance_uplift/{instance_type}", "hours") if instance_type else None


SERVICES = (
    Service("athena", (Query("AmazonAthena"),), by_rules(_ATHENA)),
    Service("emr", (Query("ElasticMapReduce", {"productFamily": "Elastic Map Reduce Instance"}),), _emr),
    Service("emr_on_eks", (Query("ElasticMapReduce"),), by_rules(_EMR_ON_EKS)),
    Service(
        "emr_serverless", (Query("ElasticMapReduce", {"productFamily": "EMR Serverless"}),), by_rules(_EMR_SERVERLESS)
    ),
    Service("flink", (Query("AmazonKinesisAnalytics"),), by_rules(_FLINK)),
    Service("glue", (Query("AWSGlue"),), by_rules(_GLUE)),
)
