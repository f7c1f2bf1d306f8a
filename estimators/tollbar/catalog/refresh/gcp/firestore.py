"""Firestore in Native mode, Standard edition: reads, writes, deletes and storage.

A region's things are sold as several SKUs: that with the free allowance counts, then the plain one, then that
of named databases. The multi-regions nam5, nam7 and eur3 are told by the description alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.gcp.listing import BillingService, Named, ServiceFamily, by_name

if TYPE_CHECKING:
    from tollbar.catalog.refresh.gcp.sku import Sku

_GROUPS = {
    "FirestoreReadOps": ("read", "operations"),
    "FirestoreEntityPutOps": ("write", "operations"),
    "FirestoreEntityDeleteOps": ("delete", "operations"),
    "FirestoreTtlDeleteOps": ("ttl_delete", "operations"),
    "FirestoreStorage": ("storage", "GB-months"),
    "FirestorePITRStorage": ("point_in_time_recovery", "GB-months"),
    "FirestoreZonalBackupStorage": ("backup", "GB-months"),
}
_MULTI_REGION = re.compile(r"\b(nam5|nam7|eur3)\b")


def name_of(sku: Sku) -> Named | None:
    """Return our name for a Firestore SKU."""
    text = sku.description.lower()
    if sku.group not in _GROUPS or sku.usage_type != "OnDemand" or "enterprise" in text:
        return None
    what, unit = _GROUPS[sku.group]
    rank = 0 if "with free tier" in text else 2 if "named database" in text else 1
    multi_region = _MULTI_REGION.search(text)
    regions = (multi_region[1],) if multi_region else None
    return Named(f"gcp/firestore/{what}", unit, rank=rank, regions=regions)


FAMILY = ServiceFamily("firestore", (BillingService("EE2C-7FAC-5E08", "Cloud Firestore"),), by_name(name_of))
