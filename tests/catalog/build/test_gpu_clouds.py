"""GPU prices: per GPU and per instance, from the newest source, without what the source mixed up."""

from __future__ import annotations

import csv
import gzip
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tollbar.catalog.build.gpu_clouds import prices
from tollbar.catalog.build.source_tables import SourceTables, preferred
from tollbar.catalog.table import DATA, read_table

if TYPE_CHECKING:
    from pathlib import Path

OFFERINGS = "tardellirs/gpu-pricing@8f09a68:src/data/offerings.json <- https://provider.example/pricing"
SKYPILOT = "asaiacai/skypilot-catalog@9da9775:catalogs/v5/vms.csv"


def _row(cloud: str, sku: str, price: str, **others: Any) -> dict[str, str]:
    """Return a row of the source table: a GPU cloud's offer of 2026, or what ``others`` make of it."""
    plain = {"region": "n/a", "purchase_option": "on_demand", "as_of": "2026-05-24", "source": OFFERINGS, "trust": "B"}
    told = {name: others.pop(name) for name in plain if name in others}
    attributes = {"gpu": "H100", "gpu_model": "NVIDIA H100", "gpu_count": 1, **others}
    usual = {
        "service": "gpu_instance", "unit": "hour", "licence": "MIT", "vendor_sku": "", "tier_start": "", "tier_end": "",
    }  # fmt: skip
    return {
        **usual, **plain, **told,
        "cloud": cloud, "sku_key": sku, "price_usd": price, "attributes": json.dumps(attributes),
    }  # fmt: skip


def _old(cloud: str, sku: str, price: str, **others: Any) -> dict[str, str]:
    return _row(cloud, sku, price, region="CA", as_of="2024-05-01", source=SKYPILOT, **others)


def _built(folder: Path, *rows: dict[str, str]) -> dict[str, str]:
    """Return ``price unit source trust`` by path and region."""
    with gzip.open(folder / "gpu_prices.csv.gz", "wt", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    found = preferred(prices(SourceTables(folder)))
    return {
        f"{p.key.path} {p.key.region}": f"{p.tiers[0].unit_price.normalize():f} {p.unit} {p.source} {p.trust}"
        for p in found
    }


def test_a_gpu_cloud_sells_gpu_hours(tmp_path: Path) -> None:
    row = _row("runpod", "runpod-h100-sxm-secure", "3.29", gpu_model="NVIDIA H100 SXM", vram_gb=80, tier="secure")
    expected = {"gpu/runpod/on_demand/h100/h100_sxm_secure global": "3.29 GPU-hours gpu-pricing B"}
    assert _built(tmp_path, row) == expected


def test_several_gpus_are_sold_by_the_instance_too(tmp_path: Path) -> None:
    one = _old("lambda", "gpu_1x_h100_pcie", "2.49")
    eight = _old("lambda", "gpu_8x_h100_sxm5", "27.92", gpu_count=8)
    assert _built(tmp_path, one, eight) == {
        "gpu/lambda_labs/on_demand/h100/gpu_1x_h100_pcie ca": "2.49 GPU-hours skypilot-catalog C",
        "gpu/lambda_labs/whole_instance/on_demand/h100/gpu_8x_h100_sxm5 ca": "27.92 hours skypilot-catalog C",
    }


def test_where_only_eight_are_sold_one_costs_an_eighth(tmp_path: Path) -> None:
    assert _built(tmp_path, _row("oracle_cloud", "BM.GPU.H100.8", "80", gpu_count=8)) == {
        "gpu/oracle_oci/on_demand/h100/8x_bm.gpu.h100.8 global": "10 GPU-hours gpu-pricing B",
        "gpu/oracle_oci/whole_instance/on_demand/h100/8x_bm.gpu.h100.8 global": "80 hours gpu-pricing B",
    }


def test_an_older_source_does_not_stand_beside_a_newer_one(tmp_path: Path) -> None:
    rows = [_row("lambda", "lambda-h100-pcie-on-demand", "3.29"), _old("lambda", "gpu_1x_h100_pcie", "2.49"),
            _old("lambda", "gpu_1x_a10", "0.75", gpu_model="A10")]  # fmt: skip
    assert _built(tmp_path, *rows) == {
        "gpu/lambda_labs/on_demand/h100/h100_pcie global": "3.29 GPU-hours gpu-pricing B",
        "gpu/lambda_labs/on_demand/a10/gpu_1x_a10 ca": "0.75 GPU-hours skypilot-catalog C",
    }


def test_a_marketplace_is_no_spot_market_and_a_cheaper_mode_is_no_spot_price(tmp_path: Path) -> None:
    rows = [_row("akash", "akash-h100-marketplace", "1.25", purchase_option="spot", tier="marketplace"),
            _row("thunder-compute", "thunder-compute-h100-pcie-prototyping", "1.38", purchase_option="spot",
                 tier="prototyping")]  # fmt: skip
    assert list(_built(tmp_path, *rows)) == [
        "gpu/akash/marketplace/h100/h100 global",
        "gpu/thunder_compute/on_demand/h100/h100_pcie_prototyping global",
    ]


def test_a_spot_price_above_all_on_demand_prices_is_something_else(tmp_path: Path) -> None:
    rows = [_row("runpod", "runpod-h100-sxm-secure", "3.29", tier="secure"),
            _row("runpod", "runpod-h100-sxm-spot", "4.76", purchase_option="spot", tier="spot"),
            _row("verda", "verda-h100-sxm-on-demand", "2.29", tier="on-demand"),
            _row("verda", "verda-h100-sxm-spot", "0.8", purchase_option="spot", tier="spot"),
            _row("salad", "salad-h100-spot", "1", purchase_option="spot", tier="spot")]  # fmt: skip
    assert list(_built(tmp_path, *rows)) == [
        "gpu/runpod/on_demand/h100/h100_sxm_secure global",
        "gpu/verda/on_demand/h100/h100_sxm global",
        "gpu/verda/spot/h100/h100_sxm global",
        "gpu/salad/spot/h100/h100 global",
    ]


def test_a_region_is_written_like_all_regions(tmp_path: Path) -> None:
    row = _row("paperspace", "H100", "5.95", region="East Coast (NY2)")
    assert list(_built(tmp_path, row)) == ["gpu/paperspace/on_demand/h100/h100 east-coast-ny2"]


def test_a_large_cloud_s_gpu_costs_its_share_of_the_instance(tmp_path: Path) -> None:
    rows = [
        _row("aws", "p5.48xlarge", "55.04", region="us-east-1", gpu_count=8, trust="A"),
        _row("aws", "p5.48xlarge", "27.52", region="us-east-1", gpu_count=8, purchase_option="spot_estimate_30d_avg"),
        _row("gcp", "g4-standard-48", "4.5", region="us-central1", gpu="RTX-PRO-6000", gpu_model="RTX6000", trust="A"),
        _row("azure", "Standard_ND96isr_H100_v5", "98.32", region="eastus", gpu_count=8, trust="A"),
    ]
    assert _built(tmp_path, *rows) == {
        "gpu/aws/on_demand/h100/p5.48xlarge us-east-1": "6.88 GPU-hours gpu-pricing A",
        "gpu/aws/spot/h100/p5.48xlarge us-east-1": "3.44 GPU-hours gpu-pricing B",
        "gpu/gcp/on_demand/rtx_pro_6000/g4-standard-48 us-central1": "4.5 GPU-hours gpu-pricing A",
        "gpu/azure/on_demand/h100/standard_nd96isr_h100_v5 eastus": "12.29 GPU-hours gpu-pricing A",
    }


@pytest.mark.parametrize(
    "row",
    [
        _row("aws", "p3.2xlarge", "3.06", gpu_model="V100", gpu="V100"),
        _row("gcp", "g4-standard-6", "0.5", region="us-central1", gpu_count=0.125),
        _row("azure", "Standard_NV6ads_A10_v5", "0.454", region="eastus", gpu_count=None),
        _row("azure", "Standard_NV4as_v4", "0.233", region="eastus", gpu="MI25", gpu_model="MI25"),
        _row("aws", "trn1.2xlarge", "1.34", region="us-east-1", gpu="TRAINIUM", gpu_model="trainium"),
        _row("lambda", "Quadro RTX 6000 (24 GB)", "4.4", gpu_model="Quadro RTX 6000 (24 GB)"),
        _row("cudo", "free", "0"),
    ],
    ids=["region not told", "fraction", "count not told", "part of an MI25", "no GPU", "repeated row", "zero"],
)
def test_what_is_no_price_of_whole_gpus_is_left_out(tmp_path: Path, row: dict[str, str]) -> None:
    assert _built(tmp_path, row) == {}


def test_offers_that_differ_by_their_host_only_are_one_at_the_lowest_price(tmp_path: Path) -> None:
    rows = [_old("fluidstack", "rec3HRxyysDOzxikh", "4.76", gpu_count=4, gpu_model="RTXA6000"),
            _old("fluidstack", "rec4ZZxyysDOzxikh", "4.40", gpu_count=4, gpu_model="RTXA6000")]  # fmt: skip
    assert _built(tmp_path, *rows) == {
        "gpu/fluidstack/on_demand/rtx_a6000/4x_rtx_a6000 ca": "1.1 GPU-hours skypilot-catalog C",
        "gpu/fluidstack/whole_instance/on_demand/rtx_a6000/4x_rtx_a6000 ca": "4.4 hours skypilot-catalog C",
    }


@pytest.mark.parametrize(
    ("path", "region", "price"),
    [
        # RunPod's community cloud: $2.69 and $1.99 (deploybase.ai, "RunPod GPU Pricing", 2026-03-10).
        ("gpu/runpod/on_demand/h100/h100_sxm_community", "global", "2.69"),
        ("gpu/runpod/on_demand/h100/h100_pcie_community", "global", "1.99"),
        ("gpu/lambda_labs/on_demand/h100/h100_sxm", "global", "4.29"),
        ("gpu/coreweave/on_demand/h100/h100_pcie_classic", "global", "4.25"),
        # EC2 on-demand pricing: p5.48xlarge at $55.04 an hour in us-east-1 (2026-07-20).
        ("gpu/aws/on_demand/h100/p5.48xlarge", "us-east-1", "6.88"),
    ],
)
def test_the_shipped_table_has_well_known_prices(path: str, region: str, price: str) -> None:
    table = read_table(DATA / "gpu" / "gpu_clouds.csv")
    (found,) = [p for p in table if (p.key.path, p.key.region, p.trust != "C") == (path, region, True)]
    assert (found.tiers[0].unit_price, found.unit) == (Decimal(price), "GPU-hours")
