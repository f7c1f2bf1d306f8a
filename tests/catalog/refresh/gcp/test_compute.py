"""Machines summed up from the parts that Compute Engine sells.

The prices of parts are Google's in Iowa (us-central1) of July 2026, as the source tables and the cluster
autoscaler's price list have them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.catalog.refresh.gcp.billing_server import sku
from tests.catalog.refresh.gcp.test_sku import read
from tollbar.catalog.refresh.gcp.compute import FAMILY
from tollbar.catalog.refresh.gcp.listing import unambiguous
from tollbar.catalog.table import DATA, read_table
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from tollbar.catalog.refresh.gcp.sku import Sku

IOWA = "us-central1"
TOLERANCE = Decimal("0.005")
PARTS = {
    "N1 Predefined Instance": ("0.031611", "0.004237"),
    "N2 Instance": ("0.031611", "0.004237"),
    "N2D AMD Instance": ("0.027502", "0.003686"),
    "E2 Instance": ("0.02181159", "0.00292353"),
    "Compute optimized": ("0.03398", "0.00455"),
    "C2D AMD Instance": ("0.029563", "0.003959"),
    "C3 Instance": ("0.03465", "0.003938"),
    "C3D Instance": ("0.029563", "0.003959"),
    "C4 Instance": ("0.03465", "0.003938"),
    "N4 Instance": ("0.03119", "0.00354"),
    "T2D AMD Instance": ("0.027502", "0.003686"),
    "Memory-optimized Instance": ("0.0348", "0.0051"),
    "Memory Optimized Upgrade Premium for Memory-optimized Instance": ("0.004524", "0.000663"),
    "M3 Memory-optimized Instance": ("0.0348", "0.0051"),
    "A2 Instance": ("0.031611", "0.004237"),
    "G2 Instance": ("0.024988", "0.002927"),
    "N2 Custom Instance": ("0.03319155", "0.00444885"),
    "Custom Instance": ("0.03319155", "0.004446"),
}
SPOT = {"N2 Instance": ("0.01499", "0.00201"), "C3 Instance": ("0.00849", "0.000965")}


def parts_list() -> list[Sku]:
    """Return the SKUs of all parts in Iowa."""
    cores = [
        read(sku(f"{prefix}{name} {what} running in Americas", price, unit, usage_type=usage_type))
        for prefix, usage_type, prices in (("", "OnDemand", PARTS), ("Spot Preemptible ", "Preemptible", SPOT))
        for name, (core, ram) in prices.items()
        for what, price, unit in (("Core", core, "h"), ("Ram", ram, "GiBy.h"))
    ]
    others = [
        sku("Nvidia Tesla A100 GPU running in Americas", "2.933908", group="GPU"),
        sku("Nvidia Tesla T4 GPU running in Americas", "0.35", group="GPU"),
        sku("Nvidia L4 GPU running in Americas", "0.56004", group="GPU"),
        sku("SSD backed Local Storage", "0.08", "GiBy.mo", family="Storage", group="LocalSSD"),
        sku("Micro Instance with burstable CPU running in Americas", [(0, "0"), (744, "0.0076")], group="F1Micro"),
        sku("Custom Extended Instance Ram running in Americas", "0.00955", "GiBy.h", group="RAM"),
    ]
    return [*cores, *(read(other) for other in others)]


def prices() -> dict[str, Decimal]:
    """Return what the parts add up to in Iowa, by path."""
    found = unambiguous(FAMILY.read(parts_list(), "2026-11-26"))
    assert {entry.price.key.region for entry in found} == {IOWA}
    return {entry.price.key.path: entry.price.tiers[0].unit_price for entry in found}


def embedded() -> dict[str, Decimal]:
    """Return the embedded prices of machines in Iowa, by path."""
    table = read_table(DATA / "gcp" / "compute.csv")
    return {price.key.path: price.tiers[0].unit_price for price in table if price.key.region == IOWA}


def test_sums_of_parts_are_the_embedded_prices() -> None:
    known = embedded()
    found = {path: amount for path, amount in prices().items() if path in known}
    wrong = {
        path: (amount, known[path])
        for path, amount in found.items()
        if abs(amount - known[path]) > TOLERANCE * known[path]
    }
    assert wrong == {}
    on_demand = {
        path.split("/")[-1].split("-")[0] for path in found if path.startswith("gcp/compute/instance/on_demand/")
    }
    assert on_demand == {
        "n1", "n2", "n2d", "e2", "c2", "c2d", "c3", "c3d", "c4", "n4", "t2d", "m1", "m2", "m3", "a2", "g2", "f1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("instance/on_demand/n2-standard-4", "0.194236"),
        ("instance/sustained_use/n2-standard-4", "0.1553888"),
        ("instance/spot/n2-standard-4", "0.09212"),
        ("instance/on_demand/e2-micro", "0.0083764275"),
        ("instance/on_demand/f1-micro", "0.0076"),
        ("instance/sustained_use/f1-micro", "0.00532"),
        ("instance/on_demand/a2-highgpu-1g", "3.673385"),
        ("instance/on_demand/g2-standard-24", "2.000784"),
        ("custom_vcpu/on_demand/n2", "0.03319155"),
        ("custom_vcpu/sustained_use/n2", "0.02655324"),
        ("custom_ram/on_demand/n1", "0.004446"),
        ("custom_extended_ram/on_demand/n1", "0.00955"),
        ("custom_extended_ram/sustained_use/n1", "0.006685"),
        ("gpu/on_demand/nvidia-tesla-t4", "0.35"),
        ("gpu/sustained_use/nvidia-tesla-t4", "0.245"),
        ("gpu/on_demand/nvidia-l4", "0.56004"),
        ("local_ssd/on_demand", "0.08"),
    ],
)
def test_a_price_of_each_kind(path: str, expected: str) -> None:
    assert prices()[f"gcp/compute/{path}"] == Decimal(expected)


def test_a_local_ssd_of_a_type_is_billed_by_the_hour() -> None:
    found = prices()
    plain, with_ssd = (found[f"gcp/compute/instance/on_demand/c3-standard-4{end}"] for end in ("", "-lssd"))
    assert with_ssd - plain == Decimal(375) / 730 * Decimal("0.08")


def test_what_gets_no_discount_has_no_sustained_use_price() -> None:
    found = prices()
    for path in (
        "instance/sustained_use/e2-standard-2",
        "gpu/sustained_use/nvidia-l4",
        "gpu/sustained_use/nvidia-tesla-a100",
    ):
        assert f"gcp/compute/{path}" not in found


def test_a_type_is_not_sold_where_a_part_of_it_is_not() -> None:
    core = read(sku("N2 Instance Core running in Americas", regions=["us-central1", "us-east1"]))
    ram = read(sku("N2 Instance Ram running in Americas", "0.004237", "GiBy.h", group="RAM", regions=["us-east1"]))
    keys = {entry.price.key for entry in FAMILY.read([core, ram], "2026-11-26")}
    assert PriceKey("gcp/compute/instance/on_demand/n2-standard-4", "us-east1") in keys
    assert {key.region for key in keys} == {"us-east1"}


def test_a_commitment_does_not_cover_the_premium_of_m2() -> None:
    skus = [
        sku("Commitment v1: Memory-optimized Cpu in Americas for 1 Year", "0.02055", usage_type="Commit1Yr"),
        sku("Commitment v1: Memory-optimized Ram in Americas for 1 Year", "0.00302", "GiBy.h", usage_type="Commit1Yr"),
    ]
    found = {
        entry.price.key.path: entry.price.tiers[0].unit_price
        for entry in FAMILY.read([*parts_list(), *(read(one) for one in skus)], "2026-11-26")
    }
    path = "gcp/compute/instance/committed_use_1yr/m2-ultramem-208"
    assert abs(found[path] - embedded()[path]) < Decimal("0.00001")


def test_licences_are_the_embedded_prices() -> None:
    fees = {
        "Licensing Fee for Windows Server 2025 Datacenter Edition on VM": "0.046",
        "Licensing Fee for Windows Server 2019 Datacenter Edition (CPU cost)": "0.04",
        "Licensing Fee for Windows Server 2019 Datacenter Edition on f1-micro": "0.023",
        "Licensing Fee for Windows Server 2019 Datacenter Edition on g1-small": "0.023",
        "Licensing Fee for Windows Server 2012 BYOL (CPU cost)": "0",
        "Licensing Fee for Red Hat Enterprise Linux 9 on VM with up to 8 VCPU": "0.0144",
        "Licensing Fee for Red Hat Enterprise Linux 9 on VM with 9 to 127 VCPU": "0.0108",
        "Licensing Fee for Red Hat Enterprise Linux 9 on VM with 128 VCPU or more": "0.0096",
        "Licensing Fee for SUSE Linux Enterprise Server 15 (CPU cost)": "0.11",
        "Licensing Fee for SUSE Linux Enterprise Server 15 on f1-micro": "0.02",
        "Licensing Fee for SUSE Linux Enterprise Server 15 on g1-small": "0.02",
        "Licensing Fee for SLES 15 For SAP License on VM with 1 to 3 VCPU": "0.17",
        "Licensing Fee for SLES 15 For SAP License on VM with 4 VCPU": "0.34",
        "Licensing Fee for SLES 15 For SAP License on VM with 6 or more VCPU": "0.41",
        "Licensing Fee for SLES 15 For SAP License on f1-micro": "0.17",
        "Licensing Fee for SLES 15 For SAP License on g1-small": "0.17",
    }
    sap = "Red Hat Enterprise Linux 9 for SAP with High Availability and Update Services"
    for band, fee in (("up to 8 VCPU", "0.0225"), ("9 to 127 VCPU", "0.01625"), ("128 or more VCPU", "0.015")):
        fees[f"Licensing Fee for {sap} on VM with {band}"] = fee
    skus = [read(sku(text, fee, family="License", group="Google", regions=["global"])) for text, fee in fees.items()]
    found = {entry.price.key: entry.price.tiers for entry in unambiguous(FAMILY.read(skus, "2026-11-26"))}
    table = read_table(DATA / "gcp" / "compute.csv")
    assert found == {price.key: price.tiers for price in table if price.key.path.startswith("gcp/compute/licence/")}
