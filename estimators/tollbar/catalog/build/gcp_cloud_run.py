"""Cloud Run: CPU and memory by how a service is billed, and requests, by the tier of the region."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import everywhere
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "gcp/cloud_run"
_TYPES = ("google_cloud_run_service", "google_cloud_run_v2_job", "google_cloud_run_v2_service")
_CPU = "CPU allocation time (tier 2)"
_MEMORY = "Memory allocation time (tier 2)"
_INSTANCE_BASED = frozenset({Decimal("0.0000216"), Decimal("0.0000024")})
"""The test suite calls both ways of billing the same; instances that are billed all the time cost less."""


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per vCPU second, GiB second and request."""
    for resource_type in _TYPES:
        for row in tables.test_suite_prices(resource_type):
            billing = "instance_based" if row.unit_price in _INSTANCE_BASED else "request_based"
            if row.component == _CPU:
                yield row.price(f"gcp/cloud_run/{billing}/vcpu", "vCPU-seconds")
            elif row.component == _MEMORY:
                yield row.price(f"gcp/cloud_run/{billing}/memory", "GiB-seconds")
            elif row.component == "Number of requests":
                yield everywhere(row.price("gcp/cloud_run/request", "requests"))
    yield from page_prices(tables, TABLE)
