"""Cloud Monitoring: the tiers of metric data, which the sources name in different ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.catalog.build.gcp_source_tables import source_tables, written
from tollbar.catalog.build import gcp_cloud_monitoring

if TYPE_CHECKING:
    from pathlib import Path


def _row(tier: str, price: str) -> dict[str, str]:
    attributes = f'{{"tier_mib": "{tier}"}}'
    return {"service": "cloud_monitoring", "unit": "MiB", "attributes": attributes, "price_usd": price}


def test_tiers_named_by_their_ends_become_one_price(tmp_path: Path) -> None:
    rows = [_row("250000n", "0.061"), _row("0-100000", "0.258"), _row("100000-250000", "0.151")]
    tables = source_tables(tmp_path, gcp_storage_network=rows)
    assert list(written(gcp_cloud_monitoring.prices(tables))) == [
        (
            "gcp/cloud_monitoring/metric_data",
            "us-central1",
            "MiB",
            ["0: 0.258", "100000: 0.151", "250000: 0.061"],
        )
    ]


def test_a_thousand_api_calls_are_a_thousand_requests_everywhere(tmp_path: Path) -> None:
    row = {
        "resource_type": "google_monitoring_metric_descriptor",
        "component": "API calls",
        "unit": "1k calls",
        "unit_price_usd": "0.01",
    }
    tables = source_tables(tmp_path, [row])
    assert list(written(gcp_cloud_monitoring.prices(tables), "infracost-tests")) == [
        ("gcp/cloud_monitoring/api_call", "global", "requests", ["0: 0.00001"])
    ]
