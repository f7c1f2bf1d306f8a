"""Memorystore and KMS: prices a month that are sold by the hour, and tiers named by components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.catalog.build.gcp_source_tables import source_tables, written
from tollbar.catalog.build import gcp_cloud_kms, gcp_memorystore

if TYPE_CHECKING:
    from pathlib import Path


def test_capacity_is_priced_by_the_hour(tmp_path: Path) -> None:
    rows = [
        {
            "resource_type": "google_redis_instance",
            "component": "Redis instance (standard, M1)",
            "unit_price_usd": "46.72",
        },
        {
            "resource_type": "google_redis_cluster",
            "component": "Cluster node (highmem medium)",
            "unit_price_usd": "0.1923",
        },
    ]
    assert list(written(gcp_memorystore.prices(source_tables(tmp_path, rows)), "infracost-tests")) == [
        ("gcp/memorystore/redis/standard/m1", "us-central1", "GiB-hours", ["0: 0.064"]),
        ("gcp/memorystore/redis_cluster/node/highmem_medium", "us-central1", "hours", ["0: 0.1923"]),
    ]


def test_the_price_of_hardware_keys_falls_after_two_thousand(tmp_path: Path) -> None:
    hsm = {"resource_type": "google_kms_crypto_key", "selecting_attributes": "version_template.protection_level=HSM"}
    rows = [
        {**hsm, "component": "Key versions (over 2K)", "unit_price_usd": "1"},
        {**hsm, "component": "Key versions (first 2K)", "unit_price_usd": "2.5"},
        {**hsm, "component": "Operations", "unit_price_usd": "0.15"},
    ]
    assert list(written(gcp_cloud_kms.prices(source_tables(tmp_path, rows)), "infracost-tests")) == [
        ("gcp/cloud_kms/key_version/hsm_asymmetric", "global", "keys", ["0: 2.5", "2000: 1"]),
        ("gcp/cloud_kms/operation/hsm_asymmetric", "global", "operations", ["0: 0.000015"]),
    ]
