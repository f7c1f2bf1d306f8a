"""Cloud SQL: vCPUs and memory, shared-core and older machines, storage, backups, public IP, licences.

The engines cost the same; where the catalogue says otherwise for one of them, PostgreSQL's price counts,
then MySQL's. What is not sold by availability is listed as zonal, and at half the price as regional: zonal
counts. Extended support and committed use are left out.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.gcp.listing import BillingService, Named, ServiceFamily, by_name

if TYPE_CHECKING:
    from tollbar.catalog.refresh.gcp.sku import Sku

_RANKS = {"PostgreSQL": 0, "MySQL": 1, "SQL Server": 2}
_LISTED = re.compile(
    r"Cloud SQL for (?P<engine>PostgreSQL|MySQL|SQL Server): (?P<scope>Regional|Zonal) - (?P<what>.+?)(?: in .+)?"
)
_PATHS = {
    "vCPU": ("enterprise/vcpu/{scope}", "vCPU-hours"),
    "RAM": ("enterprise/memory/{scope}", "GiB-hours"),
    "Enterprise Plus N vCPU": ("enterprise_plus/vcpu/{scope}", "vCPU-hours"),
    "Enterprise Plus N RAM": ("enterprise_plus/memory/{scope}", "GiB-hours"),
    "Enterprise Plus vCPU": ("enterprise_plus/vcpu/{scope}", "vCPU-hours"),
    "Enterprise Plus RAM": ("enterprise_plus/memory/{scope}", "GiB-hours"),
    "Enterprise Plus Data Cache Storage": ("enterprise_plus/data_cache/{scope}", "GB-months"),
    "Enterprise Plus Standard Storage": ("enterprise_plus/storage/ssd/{scope}", "GB-months"),
    "Standard storage": ("storage/ssd/{scope}", "GB-months"),
    "Low cost storage": ("storage/hdd/{scope}", "GB-months"),
    "Micro instance": ("instance/{scope}/db-f1-micro", "hours"),
    "Small instance": ("instance/{scope}/db-g1-small", "hours"),
    "IP address reservation": ("ip_address", "hours"),
    "Serverless Exports": ("serverless_export", "hours"),
}
_PACKAGE = re.compile(r"(?P<vcpus>\d+) vCPU \+ (?P<gib>[\d.]+)GB RAM")
_SHAPES = {Decimal("3.75"): "db-n1-standard", Decimal("6.5"): "db-n1-highmem"}
_BACKUP = re.compile(r"Cloud SQL: Backups(?: in .+)?")
_LICENCE = re.compile(r"Licensing Fee for SQL Server (?P<release>\d+) (?P<edition>Web|Standard|Enterprise)(?: .*)?")
_NEWEST = 9999
_REGIONAL_RANK = 10


def name_of(sku: Sku) -> Named | None:
    """Return our name for a Cloud SQL SKU."""
    if sku.usage_type != "OnDemand":
        return None
    if _BACKUP.fullmatch(sku.description):
        return Named("gcp/cloud_sql/backup", "GB-months")
    if licence := _LICENCE.fullmatch(sku.description):
        path = f"gcp/cloud_sql/licence/sql_server/{licence['edition'].lower()}"
        return Named(path, "vCPU-hours", rank=_NEWEST - int(licence["release"]))
    match = _LISTED.fullmatch(sku.description)
    if match is None:
        return None
    scope = match["scope"].lower()
    path, unit = _PATHS.get(match["what"]) or _package(match["what"])
    rank = _RANKS[match["engine"]] + (_REGIONAL_RANK if scope == "regional" and "{scope}" not in path else 0)
    return Named(f"gcp/cloud_sql/{path.format(scope=scope)}", unit, rank=rank) if path else None


def _package(what: str) -> tuple[str, str]:
    """Return the path of an older machine, sold as a whole; an empty one for what is none."""
    match = _PACKAGE.fullmatch(what)
    if match is None:
        return "", ""
    shape = _SHAPES.get(Decimal(match["gib"]) / Decimal(match["vcpus"]))
    return (f"instance/{{scope}}/{shape}-{match['vcpus']}", "hours") if shape else ("", "")


FAMILY = ServiceFamily("cloud_sql", (BillingService("9662-B51E-5089", "Cloud SQL"),), by_name(name_of))
