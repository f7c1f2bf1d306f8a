"""Autopilot: the source prices thousandths of a vCPU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.catalog.build.gcp_source_tables import source_tables, written
from tollbar.catalog.build import gcp_kubernetes_engine

if TYPE_CHECKING:
    from pathlib import Path


def test_pods_are_priced_per_vcpu_by_compute_class(tmp_path: Path) -> None:
    listed = {
        "Autopilot Pod mCPU Requests (r)": "0.0000445",
        "Autopilot Balanced Spot Pod mCPU Requests (r)": "0.00002",
        "Autopilot Scale-Out x86 Pod Memory Requests (r)": "0.0062023",
        "Autopilot T4 Premium (r)": "0.00005",
        "Extended Period Kubernetes Clusters": "0.5",
    }
    rows = [{"service": "gke", "sku_key": name, "price_usd": price} for name, price in listed.items()]
    tables = source_tables(tmp_path, misc_curated_services=rows)
    assert list(written(gcp_kubernetes_engine.prices(tables))) == [
        ("gcp/gke/autopilot/vcpu", "us-central1", "vCPU-hours", ["0: 0.0445"]),
        ("gcp/gke/autopilot/spot/balanced/vcpu", "us-central1", "vCPU-hours", ["0: 0.02"]),
        ("gcp/gke/autopilot/scale_out/memory", "us-central1", "GiB-hours", ["0: 0.0062023"]),
        ("gcp/gke/cluster_management_extended_period", "us-central1", "hours", ["0: 0.5"]),
    ]
