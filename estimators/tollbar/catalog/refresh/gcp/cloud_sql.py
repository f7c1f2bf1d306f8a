"""Cloud SQL: vCPUs and memory, shared-core and older machines, storage, backups, public IP, licences.

The engines cost the same; where the catalogue says otherwise for one of them, PostgreSQL's price counts,
then MySQL's. What is not sold by availability is listed as zonal, and at half the price as regional: zonal
counts. Extended support and committed use are left out.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.cloud_sql_names import MACHINE, MACHINE_SHAPES, PATHS
from tollbar.catalog.refresh.gcp.listing import BillingService, Named, ServiceFamily, by_name

if TYPE_CHECKING:
    from tollbar.catalog.refresh.gcp.sku import Sku

_RANKS = {"PostgreSQL": 0, "MySQL": 1, "SQL Server": 2}
_LISTED = re.compile(
    r"Cloud SQL for (?P<engine>PostgreSQL|MySQL|SQL Server): (?P<scope>Regional|Zonal) - (?P<what>.+?)(?: in .+)?"
)
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
    path, unit = PATHS.get(match["what"]) or _package(match["what"])
    rank = _RANKS[match["engine"]] + (_REGIONAL_RANK if scope == "regional" and "{scope}" not in path else 0)
    return Named(f"gcp/cloud_sql/{path.format(scope=scope)}", unit, rank=rank) if path else None


def _package(what: str) -> tuple[str, str]:
    """Return the path of an older machine, sold as a whole; an empty one for what is none."""
    match = MACHINE.fullmatch(what)
    if match is None:
        return "", ""
    shape = MACHINE_SHAPES.get(Decimal(match["gib"]) / Decimal(match["vcpus"]))
    return (f"instance/{{scope}}/{shape}-{match['vcpus']}", "hours") if shape else ("", "")


FAMILY = ServiceFamily("cloud_sql", (BillingService("9662-B51E-5089", "Cloud SQL"),), by_name(name_of))
