"""Cloud Storage: storage, retrieval, operations and data transfer, by location.

Left out: early deletion, Autoclass, hierarchical namespaces, and dual-regions of the user's choice, which are
priced by the pair of regions and have no location of one name.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.gcp.listing import BillingService, Named, Rule, ServiceFamily, by_name, named_by

if TYPE_CHECKING:
    from tollbar.catalog.refresh.gcp.sku import Sku

_CLASSES = {"durable reduced availability": "dra"}
_CLASS = r"(?P<class>Standard|Nearline|Coldline|Archive|Durable Reduced Availability)"
_SPREADS = {
    "regional": "region", "multi-region": "multi_region", "multi-regional": "multi_region",
    "dual-region": "dual_region", "dual-regional": "dual_region",
}  # fmt: skip
_EGRESS = {
    "worldwide destinations (excluding asia & australia)": "worldwide",
    "apac": "asia",
}
_CONTINENTS = {"eu": "eu", "europe": "eu", "na": "us", "northern america": "us", "asia": "asia"}
_WITHIN = r"(?:Inter-region GCP Storage egress|Network Data Transfer GCP Inter Region) within (?P<where>.+)"
RULES = (
    Rule(
        rf"{_CLASS} Storage (?!.*\(Early Delete\)).+", "gcp/cloud_storage/storage/{class}", "GB-months", words=_CLASSES
    ),
    Rule(r"(?P<class>Nearline|Coldline|Archive) Data Retrieval", "gcp/cloud_storage/retrieval/{class}", "GB"),
    Rule(
        rf"(?P<spread>Regional|(?:Multi|Dual)-Region(?:al)?) {_CLASS} Class (?P<kind>A|B) Operations",
        "gcp/cloud_storage/operations/class_{kind}/{spread}/{class}",
        "operations",
        words=_CLASSES | _SPREADS,
    ),
    Rule(
        r"Download (?P<to>Worldwide Destinations \(excluding Asia & Australia\)|APAC|China|Australia)",
        "gcp/cloud_storage/egress/{to}",
        "GB",
        words=_EGRESS,
    ),
    Rule(_WITHIN, "gcp/cloud_storage/egress/same_continent/{where}", "GB", words=_CONTINENTS),
)
_MULTI_REGIONS = {"europe": "eu"}
_SAME_CONTINENT = "gcp/cloud_storage/egress/same_continent"


def name_of(sku: Sku) -> Named | None:
    """Return our name for a Cloud Storage SKU; locations are called as Terraform does, in lower case."""
    named = named_by(RULES, sku)
    if named is None:
        return None
    if named.path.startswith(_SAME_CONTINENT):
        where = named.path.rsplit("/", 1)[-1]
        return replace(named, path=_SAME_CONTINENT, regions=(where,)) if where in _CONTINENTS.values() else None
    if "Dual-region" in sku.description and len(sku.regions) > 1:
        return None
    return replace(named, regions=tuple(_MULTI_REGIONS.get(region, region) for region in sku.regions))


FAMILY = ServiceFamily("cloud_storage", (BillingService("95FF-2EF5-5EA1", "Cloud Storage"),), by_name(name_of))
