"""BigQuery: queries by what they scan, slots of editions, storage, streaming and the storage APIs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.gcp.listing import BillingService, Named, Rule, ServiceFamily, by_name, named_by

if TYPE_CHECKING:
    from tollbar.catalog.refresh.gcp.sku import Sku

_AT = r"(?: \(.+\))?"
RULES = (
    Rule(rf"Analysis{_AT}", "gcp/bigquery/query/on_demand", "TiB"),
    Rule(
        rf"(?P<age>Active|Long[- ]Term) (?P<kind>Logical|Physical) Storage{_AT}",
        "gcp/bigquery/storage/{age}_{kind}",
        "GB-months",
    ),
    Rule(rf"Streaming Insert{_AT}", "gcp/bigquery/streaming_insert", "GB"),
    Rule(r"BigQuery (?P<edition>Standard|Enterprise|Enterprise Plus) Edition for .+",
         "gcp/bigquery/edition/{edition}", "slot-hours"),
    Rule(rf"BigQuery Storage API - Write{_AT}", "gcp/bigquery/storage_write_api", "GB"),
    Rule(rf"BigQuery Storage API - Read{_AT}", "gcp/bigquery/storage_read_api", "TiB"),
)  # fmt: skip
_MULTI_REGIONS = {"europe": "eu"}


def name_of(sku: Sku) -> Named | None:
    """Return our name for a BigQuery SKU; multi-regions are called as datasets call them, in lower case."""
    named = named_by(RULES, sku)
    if named is None:
        return None
    return replace(named, regions=tuple(_MULTI_REGIONS.get(region, region) for region in sku.regions))


FAMILY = ServiceFamily(
    "bigquery",
    (
        BillingService("24E6-581D-38E5", "BigQuery"),
        BillingService("16B8-3DDA-9F10", "BigQuery Reservation API"),
        BillingService("650B-3C82-34DB", "BigQuery Storage API"),
    ),
    by_name(name_of),
)
