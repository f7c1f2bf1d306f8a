"""OpenCost's default prices as the shipped table has them."""

from __future__ import annotations

from decimal import Decimal

from tollbar.catalog.table import DATA, read_table

HOURS_PER_MONTH = 730


def _shipped(cloud: str) -> dict[str, tuple[Decimal, str]]:
    prefix = f"kubernetes/{cloud}/"
    table = list(read_table(DATA / "kubernetes" / "opencost_defaults.csv"))
    assert {(price.key.region, price.trust, price.source) for price in table} == {("global", "C", "opencost")}
    return {
        price.key.path.removeprefix(prefix): (price.tiers[0].unit_price, price.unit)
        for price in table
        if price.key.path.startswith(prefix)
    }


def test_what_a_cluster_on_premises_costs() -> None:
    """OpenCost's configs/default.json."""
    assert _shipped("onprem") == {
        "cpu": (Decimal("0.031611"), "vCPU-hours"),
        "ram": (Decimal("0.004237"), "GiB-hours"),
        "gpu": (Decimal("0.95"), "GPU-hours"),
        "storage": (Decimal("0.04"), "GiB-months"),
        "spot/cpu": (Decimal("0.006655"), "vCPU-hours"),
        "spot/ram": (Decimal("0.000892"), "GiB-hours"),
        "network/zone_egress": (Decimal("0.01"), "GiB"),
        "network/region_egress": (Decimal("0.01"), "GiB"),
        "network/internet_egress": (Decimal("0.12"), "GiB"),
    }


def test_the_clouds_have_defaults_too_but_no_absurd_one() -> None:
    assert {cloud: "gpu" in _shipped(cloud) for cloud in ("aws", "azure", "gcp")} == {
        "aws": True,
        "azure": False,
        "gcp": False,
    }
    assert _shipped("azure")["cpu"] == (Decimal("0.039"), "vCPU-hours")
