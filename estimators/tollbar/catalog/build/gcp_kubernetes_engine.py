"""Google Kubernetes Engine: the cluster fee everywhere, Autopilot's pods in the regions that are listed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices
from tollbar.price import Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price

TABLE = "gcp/gke"
_CLUSTERS = {
    "Regional Kubernetes Clusters": "gcp/gke/cluster_management",
    "Extended Period Kubernetes Clusters": "gcp/gke/cluster_management_extended_period",
}
"""Zonal, regional and Autopilot clusters are three SKUs at one price."""
_AUTOPILOT = re.compile(
    r"Autopilot (?:(?P<kind>Balanced|Scale-Out x86) )?(?P<spot>Spot )?Pod"
    r" (?P<what>mCPU|Memory|Ephemeral Storage) Requests \(.+\)"
)
_KINDS = {"Balanced": "balanced/", "Scale-Out x86": "scale_out/", None: ""}
_LISTED = {
    "mCPU": ("vcpu", "vCPU-hours"),
    "Memory": ("memory", "GiB-hours"),
    "Ephemeral Storage": ("ephemeral_storage", "GiB-hours"),
}
_MILLI = 1000
_TEST_SUITE = {
    "Autopilot vCPU": ("vcpu", "vCPU-hours"),
    "Autopilot memory": ("memory", "GiB-hours"),
    "Autopilot ephemeral storage": ("ephemeral_storage", "GiB-hours"),
}
_HOURS = 730
"""The test suite states Autopilot's prices a month."""


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the cluster fee and the prices of what Autopilot's pods request, by compute class, on demand and spot."""
    for row in tables.rows("misc_curated_services", service="gke"):
        if row.sku_key in _CLUSTERS:
            yield row.price(_CLUSTERS[row.sku_key], "hours", 1)
        elif match := _AUTOPILOT.fullmatch(row.sku_key):
            yield _pod(row, match)
    for peer in tables.test_suite_prices("google_container_cluster"):
        if peer.component in _TEST_SUITE:
            what, unit = _TEST_SUITE[peer.component]
            yield peer.price(f"gcp/gke/autopilot/{what}", unit, _HOURS)
    yield from page_prices(tables, TABLE)


def _pod(row: Row, match: re.Match[str]) -> Price:
    what, unit = _LISTED[match["what"]]
    spot = "spot/" if match["spot"] else ""
    price = row.price(f"gcp/gke/autopilot/{spot}{_KINDS[match['kind']]}{what}", unit, 1)
    return _per_vcpu(price) if what == "vcpu" else price


def _per_vcpu(price: Price) -> Price:
    return replace(price, tiers=tuple(Tier(tier.start, tier.unit_price * _MILLI) for tier in price.tiers))
