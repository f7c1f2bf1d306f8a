"""Cloud SQL: what the list calls things, and what follows from a region's factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.catalog.build.gcp_source_tables import source_tables, written
from tollbar.catalog.build import gcp_cloud_sql

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("listed", "path", "unit"),
    [
        ("Zonal - vCPU in Iowa", "gcp/cloud_sql/enterprise/vcpu/zonal", "vCPU-hours"),
        ("Regional - RAM in Iowa", "gcp/cloud_sql/enterprise/memory/regional", "GiB-hours"),
        ("Zonal - 4 vCPU + 15GB RAM in Iowa", "gcp/cloud_sql/instance/zonal/db-n1-standard-4", "hours"),
        ("Regional - 16 vCPU + 104GB RAM in Iowa", "gcp/cloud_sql/instance/regional/db-n1-highmem-16", "hours"),
        ("Zonal - IP address reservation in Iowa", "gcp/cloud_sql/ip_address", "hours"),
    ],
)
def test_what_is_listed_has_a_path(tmp_path: Path, listed: str, path: str, unit: str) -> None:
    row = {"service": "cloud_sql", "sku_key": listed, "price_usd": "0.05"}
    tables = source_tables(tmp_path, misc_curated_services=[row])
    assert list(written(gcp_cloud_sql.prices(tables))) == [(path, "us-central1", unit, ["0: 0.05"])]


@pytest.mark.parametrize("listed", ["Regional - IP address reservation in Iowa", "Zonal - Network Egress in Iowa"])
def test_what_means_nothing_is_passed_over(tmp_path: Path, listed: str) -> None:
    row = {"service": "cloud_sql", "sku_key": listed, "price_usd": "0.005"}
    tables = source_tables(tmp_path, misc_curated_services=[row])
    assert list(written(gcp_cloud_sql.prices(tables))) == []


@pytest.mark.parametrize(
    ("path", "region", "tiers"),
    [
        ("gcp/cloud_sql/enterprise/vcpu/zonal", "europe-west2", ["0: 0.0496"]),
        ("gcp/cloud_sql/enterprise/vcpu/regional", "asia-northeast1", ["0: 0.1074"]),
        ("gcp/cloud_sql/enterprise/memory/regional", "us-west2", ["0: 0.0168"]),
        ("gcp/cloud_sql/storage/hdd/zonal", "us-east4", ["0: 0.0963"]),
        ("gcp/cloud_sql/instance/zonal/db-f1-micro", "europe-west6", ["0: 0.0137"]),
        ("gcp/cloud_sql/backup", "asia-south1", ["0: 0.096"]),
    ],
)
def test_a_region_costs_its_factor_rounded_to_four_places(
    tmp_path: Path, path: str, region: str, tiers: list[str]
) -> None:
    derived = written(gcp_cloud_sql.prices(source_tables(tmp_path)), "cloud-sql-region-factor")
    assert [found for where, in_region, _, found in derived if (where, in_region) == (path, region)] == [tiers]
