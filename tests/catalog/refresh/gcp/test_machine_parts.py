"""What descriptions of Compute Engine's SKUs say about machines.

The descriptions are the catalogue's own, as billing exports and tools that read it show them.
"""

from __future__ import annotations

import pytest

from tests.catalog.refresh.gcp.billing_server import sku
from tests.catalog.refresh.gcp.test_sku import read
from tollbar.catalog.refresh.gcp.machine_parts import PURCHASES, Component, component, component_rates
from tollbar.errors import RefreshError

USAGE_TYPES = {purchase: usage_type for usage_type, purchase in PURCHASES.items()}


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("N2 Instance Core running in Americas", Component("vcpu", "n2", "on_demand")),
        ("E2 Instance Ram running in London", Component("ram", "e2", "on_demand")),
        ("N1 Predefined Instance Core running in Americas", Component("vcpu", "n1", "on_demand")),
        ("N2D AMD Instance Ram running in Zurich", Component("ram", "n2d", "on_demand")),
        ("Compute optimized Core running in Americas", Component("vcpu", "c2", "on_demand")),
        ("Memory-optimized Instance Core running in Americas", Component("vcpu", "m1", "on_demand")),
        ("M3 Memory-optimized Instance Ram running in Iowa", Component("ram", "m3", "on_demand")),
        ("C4A Arm Instance Core running in Iowa", Component("vcpu", "c4a", "on_demand")),
        ("T2A Arm Instance Core running in Iowa", Component("vcpu", "t2a", "on_demand")),
        ("M4Ultramem224 Instance Ram running in Iowa", Component("ram", "m4-ultramem-224", "on_demand")),
        (
            "Memory Optimized Upgrade Premium for Memory-optimized Instance Ram running in Americas",
            Component("ram", "m2-premium", "on_demand"),
        ),
        ("Spot Preemptible C3 Instance Core running in Iowa", Component("vcpu", "c3", "spot")),
        ("Spot Preemptible Compute optimized Ram running in Americas", Component("ram", "c2", "spot")),
        ("Custom Instance Core running in Americas", Component("vcpu", "n1", "on_demand", is_custom=True)),
        ("N2D AMD Custom Instance Ram running in Iowa", Component("ram", "n2d", "on_demand", is_custom=True)),
        ("Spot Preemptible E2 Custom Instance Core running in Paris", Component("vcpu", "e2", "spot", is_custom=True)),
        (
            "Custom Extended Instance Ram running in Americas",
            Component("extended_ram", "n1", "on_demand", is_custom=True),
        ),
        (
            "N2 Custom Extended Instance Ram running in Americas",
            Component("extended_ram", "n2", "on_demand", is_custom=True),
        ),
        ("Commitment v1: Cpu in Montreal for 1 Year", Component("vcpu", "n1", "committed_use_1yr")),
        ("Commitment v1: E2 Cpu in London for 1 Year", Component("vcpu", "e2", "committed_use_1yr")),
        ("Commitment v1: N2D AMD Ram in Americas for 3 Years", Component("ram", "n2d", "committed_use_3yr")),
        ("Commitment: Compute optimized Ram in Americas for 3 Year", Component("ram", "c2", "committed_use_3yr")),
        ("Commitment v1: C4A Arm Cpu in Iowa for 1 Year", Component("vcpu", "c4a", "committed_use_1yr")),
        ("Nvidia Tesla T4 GPU running in Americas", Component("gpu", "nvidia-tesla-t4", "on_demand")),
        ("Nvidia Tesla A100 80GB GPU running in Iowa", Component("gpu", "nvidia-a100-80gb", "on_demand")),
        (
            "Nvidia L4 GPU attached to Spot Preemptible VMs running in Mumbai",
            Component("gpu", "nvidia-l4", "spot"),
        ),
        (
            "Commitment v1: Nvidia L4 GPU running in Mumbai for 3 Years",
            Component("gpu", "nvidia-l4", "committed_use_3yr"),
        ),
        ("Nvidia H100 80GB Mega GPU running in Iowa", Component("gpu", "nvidia-h100-mega-80gb", "on_demand")),
        ("RTX 6000 96GB running in Iowa", Component("gpu", "nvidia-rtx-pro-6000", "on_demand")),
        ("Micro Instance with burstable CPU running in Americas", Component("machine", "f1-micro", "on_demand")),
        ("Spot Preemptible Small Instance with 1 VCPU running in Iowa", Component("machine", "g1-small", "spot")),
        ("SSD backed Local Storage", Component("local_ssd", "", "on_demand")),
        ("SSD backed Local Storage in Mumbai", Component("local_ssd", "", "on_demand")),
        ("SSD backed Local Storage attached to Spot Preemptible VMs in Iowa", Component("local_ssd", "", "spot")),
        ("Commitment v1: Local SSD In Americas for 1 Year", Component("local_ssd", "", "committed_use_1yr")),
        ("C4 Instance Local SSD running in Iowa", Component("local_ssd", "c4", "on_demand")),
        ("Spot Preemptible C4A Instance Local SSD running in Iowa", Component("local_ssd", "c4a", "spot")),
        ("Commitment v1: C4D Local SSD in Iowa for 3 Years", Component("local_ssd", "c4d", "committed_use_3yr")),
    ],
)
def test_a_description_names_a_part_of_machines(description: str, expected: Component) -> None:
    assert component(read(sku(description, usage_type=USAGE_TYPES[expected.purchase]))) == expected


@pytest.mark.parametrize(
    "description",
    [
        "Sole Tenancy Instance Ram running in Jakarta",
        "N2 Sole Tenancy Instance Core running in Americas",
        "Sole Tenancy Premium for N2 Sole Tenancy Instance Core running in Americas",
        "Reserved A2 Instance Core in Americas",
        "A3 Instance Core DWS Calendar Mode running in Iowa",
        "Nvidia H100 80GB GPU DWS Defined Duration running in Iowa",
        "Nvidia L4 GPU Flex Start running in Iowa",
        "Instance Core running in Americas",
        "N9 Instance Core running in Americas",
        "Licensing Fee for Windows Server 2012 BYOL (CPU cost)",
        "Storage PD Capacity in Mumbai",
    ],
)
def test_what_is_no_on_demand_part_is_left_out(description: str) -> None:
    assert component(read(sku(description))) is None


def test_a_part_of_machines_has_one_price() -> None:
    graded = read(sku("N2 Instance Core running in Americas", [(0, "0.03"), (100, "0.02")]))
    with pytest.raises(RefreshError, match="has several prices, where a part of a machine has one"):
        component_rates([graded], "2026-11-26")


def test_two_prices_of_a_part_are_an_error_that_names_both() -> None:
    one = read(sku("N2 Instance Core running in Americas", "0.03", sku_id="AAAA"))
    other = read(sku("N2 Instance Core running in Iowa", "0.04", sku_id="BBBB"))
    with pytest.raises(RefreshError, match=r"two prices of on_demand vcpu n2 in us-central1: SKU AAAA .+ SKU BBBB"):
        component_rates([one, other], "2026-11-26")
