"""Google Kubernetes Engine: the cluster fee, and what Autopilot's pods request by compute class and purchase.

Zonal, regional and Autopilot clusters are three SKUs at one price: the regional one counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.gcp.listing import BillingService, Named, ServiceFamily, by_name

if TYPE_CHECKING:
    from tollbar.catalog.refresh.gcp.sku import Sku

_CLUSTERS = {
    "Regional Kubernetes Clusters": "gcp/gke/cluster_management",
    "Extended Period Kubernetes Clusters": "gcp/gke/cluster_management_extended_period",
}
_AUTOPILOT = re.compile(
    r"Autopilot (?:(?P<kind>Balanced|Scale-Out x86) )?(?P<spot>Spot )?Pod"
    r" (?P<what>mCPU|Memory|Ephemeral Storage) Requests \(.+\)"
)
_KINDS = {"Balanced": "balanced/", "Scale-Out x86": "scale_out/", None: ""}
_WHAT = {
    "mCPU": ("vcpu", "vCPU-hours", 1000),
    "Memory": ("memory", "GiB-hours", 1),
    "Ephemeral Storage": ("ephemeral_storage", "GiB-hours", 1),
}


def name_of(sku: Sku) -> Named | None:
    """Return our name for a Kubernetes Engine SKU; Autopilot's CPU is sold by the thousandth."""
    if sku.usage_type not in {"OnDemand", "Preemptible"}:
        return None
    if sku.description in _CLUSTERS:
        return Named(_CLUSTERS[sku.description], "hours")
    match = _AUTOPILOT.fullmatch(sku.description)
    if match is None:
        return None
    what, unit, per = _WHAT[match["what"]]
    spot = "spot/" if match["spot"] else ""
    return Named(f"gcp/gke/autopilot/{spot}{_KINDS[match['kind']]}{what}", unit, per)


FAMILY = ServiceFamily("gke", (BillingService("CCD8-9BF1-090E", "Kubernetes Engine"),), by_name(name_of))
