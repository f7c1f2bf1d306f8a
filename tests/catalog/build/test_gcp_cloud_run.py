"""Cloud Run: the test suite calls both ways of billing the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.catalog.build.gcp_source_tables import source_tables, written
from tollbar.catalog.build import gcp_cloud_run

if TYPE_CHECKING:
    from pathlib import Path

CPU = "CPU allocation time (tier 2)"


def test_the_lower_price_is_that_of_instances_billed_all_the_time(tmp_path: Path) -> None:
    common = {"resource_type": "google_cloud_run_service", "region": "europe-west3"}
    rows = [
        {**common, "component": CPU, "unit": "vCPU-seconds", "unit_price_usd": "0.0000216"},
        {**common, "component": CPU, "unit": "vCPU-seconds", "unit_price_usd": "0.0000336"},
        {**common, "component": "Number of requests", "unit": "requests", "unit_price_usd": "0.0000004"},
    ]
    tables = source_tables(tmp_path, rows)
    assert list(written(gcp_cloud_run.prices(tables), "infracost-tests")) == [
        ("gcp/cloud_run/instance_based/vcpu", "europe-west3", "vCPU-seconds", ["0: 0.0000216"]),
        ("gcp/cloud_run/request_based/vcpu", "europe-west3", "vCPU-seconds", ["0: 0.0000336"]),
        ("gcp/cloud_run/request", "global", "requests", ["0: 0.0000004"]),
    ]
