"""Amazon RDS beside its hours: storage, IOPS, throughput, backups, CPU credits, Performance Insights.

All engines have the same prices (every one of the list of February 2023 for eu-west-1): should two
ever differ, the refresh says so. Extended Support is ``rds_extended_support.py``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.relational_databases import DEPLOYMENTS
from tollbar.catalog.refresh.aws.service import Rule, Service, Sold, families, renamed, sum_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.catalog.refresh.aws.product import Product, Term
    from tollbar.price import Price

_VOLUME = re.compile(r"RDS:(?:Multi-AZCluster-|Multi-AZ-|Mirror-)?(?P<what>\S+)")
_VOLUMES = {
    "GP2-Storage": ("gp2", "GB-months"),
    "GP3-Storage": ("gp3", "GB-months"),
    "GP3-PIOPS": ("gp3_iops", "IOPS-months"),
    "GP3-Throughput": ("gp3_throughput", "MBps-months"),
    "PIOPS-Storage": ("io1", "GB-months"),
    "PIOPS": ("io1_iops", "IOPS-months"),
    "PIOPS-Storage-IO2": ("io2", "GB-months"),
    "IO2-PIOPS": ("io2_iops", "IOPS-months"),
    "StorageUsage": ("standard", "GB-months"),
    "StorageIOUsage": ("standard_io", "IOs"),
}
_INSIGHTS = "aws/rds/performance_insights"
_CREDITS = "aws/rds/cpu_credits"
_ADDITIONAL_MONTHS = 23
_RULES = (
    Rule("RDS:ChargedBackupUsage", "aws/rds/backup", "GB-months"),
    Rule("RDS:SnapshotExportToS3", "aws/rds/snapshot_export", "GB"),
    Rule("RDS:ProxyUsage", "aws/rds/proxy", "vCPU-hours"),
    Rule("PI_API", f"{_INSIGHTS}/api", "requests"),
    Rule("PI_LTR_FMR:Provisioned", f"{_INSIGHTS}/first_month/provisioned", "vCPU-months"),
    Rule("PI_LTR_FMR:Serverless", f"{_INSIGHTS}/first_month/serverless", "ACU-months"),
    Rule("PI_LTR_AMR:Provisioned", f"{_INSIGHTS}/additional_month/provisioned", "vCPU-months"),
    Rule("PI_LTR_AMR:Serverless", f"{_INSIGHTS}/additional_month/serverless", "ACU-months"),
)


def _sold(product: Product, term: Term) -> Sold | None:
    usage = product.usage
    volume = _VOLUME.fullmatch(usage)
    if term.kind != "OnDemand" or product["databaseEngine"].endswith("(on-premise for Outpost)"):
        return None
    if volume is not None and volume["what"] in _VOLUMES:
        what, unit = _VOLUMES[volume["what"]]
        deployment = DEPLOYMENTS.get(product["deploymentOption"] or "Single-AZ")
        return Sold(f"aws/rds/storage/{deployment}/{what}", unit) if deployment else None
    if usage.startswith("PI_LTR:"):
        family = usage.partition(":")[2].lower()
        return Sold(f"{_INSIGHTS}/two_years/{family}", "vCPU-months")
    if usage.startswith("CPUCredits:"):
        return Sold(f"{_CREDITS}/{_credits_sold_as(product['databaseEngine'])}", "vCPU-hours")
    return next((sold for rule in _RULES if (sold := rule.sold(product)) is not None), None)


def _credits_sold_as(engine: str) -> str:
    if engine.startswith("Aurora"):
        return "aurora"
    return "sqlserver" if engine == "SQL Server" else "standard"


def _derived(prices: Mapping[str, Price]) -> Iterator[Price]:
    """Yield 24 months of Performance Insights of newer classes: the first month and 23 more, as the page computes it.

    I/O of magnetic storage is listed once for all deployments.
    """
    for kind in ("provisioned", "serverless"):
        first, more = prices.get(f"{_INSIGHTS}/first_month/{kind}"), prices.get(f"{_INSIGHTS}/additional_month/{kind}")
        if first is not None and more is not None:
            yield sum_of(f"{_INSIGHTS}/two_years/{kind}", (first, 1), (more, _ADDITIONAL_MONTHS))
    requests = prices.get("aws/rds/storage/single_az/standard_io")
    if requests is not None:
        yield renamed(requests, "aws/rds/storage/multi_az/standard_io")


SERVICE = Service(
    "rds_storage",
    families(
        "AmazonRDS",
        "Database Storage",
        "Provisioned IOPS",
        "Provisioned Throughput",
        "Storage Snapshot",
        "System Operation",
        "CPU Credits",
        "Performance Insights",
        "RDSProxy",
    ),
    _sold,
    derived=_derived,
)
