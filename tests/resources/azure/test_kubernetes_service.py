"""Azure Kubernetes Service: tiers, node pools, disks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.component import Quantity
from tollbar.resource import UNKNOWN, Inventory
from tollbar.resources.azure.kubernetes_service import TYPES, can_hold_premium_disks, default_os_disk_gib
from tollbar.resources.registry import bill
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

CLUSTER, POOL = "azurerm_kubernetes_cluster", "azurerm_kubernetes_cluster_node_pool"
NODES = "Instance usage (Linux, pay as you go, Standard_DS2_v2)"
PROCESSED = "load_balancer: Data processed"


def cluster(**attributes: Any) -> dict[str, Any]:
    return {
        "sku_tier": "Standard",
        "default_node_pool": [{"vm_size": "Standard_DS2_v2", "node_count": 2}],
        **attributes,
    }


def pool(size: str = "Standard_DS2_v2", **attributes: Any) -> dict[str, Any]:
    return {"vm_size": size, **attributes}


EXAMPLES = (
    Example(
        CLUSTER,
        cluster(http_application_routing_enabled=True),
        {"load_balancer.monthly_data_processed_gb": 100},
        grows=("default_node_pool.node_count",),
    ),
    Example(
        POOL, pool(node_count=2, os_disk_size_gb=128), {"monthly_hrs": 450}, grows=("node_count", "os_disk_size_gb")
    ),
    Example(POOL, pool(min_count=1, max_count=3, node_public_ip_enabled=True), grows=("min_count",)),
    Example(POOL, pool("Standard_D2_v2", node_count=1), {"os_disk.monthly_disk_operations": 1_000_000}),
)


def test_a_cluster_costs_its_tier_and_its_nodes(cost_lines: CostLines) -> None:
    usage = {"load_balancer.monthly_data_processed_gb": 100}
    assert cost_lines(CLUSTER, cluster(http_application_routing_enabled=True), usage) == {
        "Uptime SLA": Decimal("73.00"),
        f"default_node_pool: {NODES}": Decimal("213.16"),
        "default_node_pool.os_disk: Storage (P10, LRS)": Decimal("39.42"),
        PROCESSED: Decimal("0.50"),
        "dns: Hosted zone": Decimal("0.50"),
    }


@pytest.mark.parametrize(
    ("tier", "lines"),
    [
        ("Free", {}),
        (None, {}),
        ("Paid", {"Uptime SLA": Decimal("73.00")}),
        ("Premium", {"Premium tier with long-term support": Decimal("438.00")}),
    ],
)
def test_tiers(cost_lines: CostLines, tier: str | None, lines: dict[str, Decimal]) -> None:
    priced = cost_lines(CLUSTER, cluster(sku_tier=tier))
    assert {name: cost for name, cost in priced.items() if "pool" not in name and name != PROCESSED} == lines


def test_a_basic_load_balancer_is_free(cost_lines: CostLines) -> None:
    assert PROCESSED not in cost_lines(CLUSTER, cluster(network_profile=[{"load_balancer_sku": "basic"}]))


def test_told_nodes_and_hours_win(cost_lines: CostLines) -> None:
    usage = {"default_node_pool.nodes": 3, "default_node_pool.monthly_hrs": 100}
    assert cost_lines(CLUSTER, cluster(), usage)[f"default_node_pool: {NODES}"] == Decimal("43.80")
    assert cost_lines(POOL, pool(), {"nodes": 3, "monthly_hrs": 100})[NODES] == Decimal("43.80")


@pytest.mark.parametrize(
    ("attributes", "nodes"),
    [
        ({}, Quantity.fixed(1)),
        ({"node_count": 3}, Quantity.fixed(3)),
        ({"min_count": 2, "max_count": 5}, Quantity.between(2, 2, 5)),
        ({"node_count": 3, "min_count": 2, "max_count": 5}, Quantity.between(2, 3, 5)),
        ({"node_count": 1, "min_count": 0, "max_count": 3}, Quantity.between(0, 1, 3)),
        ({"node_count": 1, "min_count": 2, "max_count": 3}, Quantity.between(2, 2, 3)),
        ({"min_count": 3}, Quantity.between(3, 3, 3)),
    ],
)
def test_the_autoscalers_bounds_are_a_range(attributes: dict[str, Any], nodes: Quantity) -> None:
    resource = declared(POOL, pool(os_disk_type="Ephemeral", **attributes))
    (line,) = bill(
        resource, Usage({}, TYPES[1].usage_key_by_name, assumptions=False), Inventory((resource,))
    ).components
    assert line.quantity == nodes * 730


def test_windows_nodes_cost_the_licence_unless_it_is_brought_along(cost_lines: CostLines) -> None:
    windows = pool(os_disk_type="Ephemeral", os_type="Windows")
    assert cost_lines(POOL, windows) == {"Instance usage (Windows, pay as you go, Standard_DS2_v2)": Decimal("173.74")}
    by_sku = pool(os_disk_type="Ephemeral", os_sku="Windows2022")
    assert cost_lines(POOL, by_sku) == cost_lines(POOL, windows)
    owner = declared(CLUSTER, cluster(windows_profile=[{"license": "Windows_Server"}]))
    references = {"kubernetes_cluster_id": (owner.address,)}
    lines = cost_lines(POOL, windows, others=[owner], references=references)
    assert lines == {"Instance usage (Windows, hybrid benefit, Standard_DS2_v2)": Decimal("106.58")}


def test_spot_nodes_cost_the_spot_price(cost_lines: CostLines) -> None:
    attributes = pool("Standard_D4s_v5", priority="Spot", os_disk_type="Ephemeral")
    (spot,) = cost_lines(POOL, attributes, region="westeurope").values()
    (on_demand,) = cost_lines(POOL, {**attributes, "priority": "Regular"}, region="westeurope").values()
    assert isinstance(spot, Decimal)
    assert isinstance(on_demand, Decimal)
    assert 0 < spot < on_demand / 2


def test_gpu_nodes(cost_lines: CostLines) -> None:
    lines = cost_lines(POOL, pool("Standard_NC24ads_A100_v4", node_count=2))
    assert lines == {
        "Instance usage (Linux, pay as you go, Standard_NC24ads_A100_v4)": Decimal("5362.58"),
        "os_disk: Storage (P20, LRS)": Decimal("146.44"),
    }


def test_a_public_address_of_each_node(cost_lines: CostLines) -> None:
    lines = cost_lines(POOL, pool(node_count=2, node_public_ip_enabled=True))
    assert lines["IP address of each node"] == Decimal("7.30")


@pytest.mark.parametrize(
    ("size", "gib", "premium"),
    [
        ("Standard_DS2_v2", 128, True),
        ("Standard_D2_v2", 128, False),
        ("Standard_D4_v2", 256, False),
        ("Standard_A8_v2", 256, False),
        ("Standard_A4_v2", 128, False),
        ("Standard_D4_v3", 128, False),
        ("Standard_D16ads_v5", 512, True),
        ("Standard_B2ms", 128, True),
        ("Standard_NC4as_T4_v3", 128, True),
        ("Standard_ND96isr_H100_v5", 1024, True),
        ("Standard_GS5", 512, True),
        ("Basic_A2", 128, False),
        ("odd", 128, False),
    ],
)
def test_an_os_disk_nobody_sized_follows_the_vcpus(size: str, gib: int, premium: bool) -> None:  # noqa: FBT001 -- a row of the table
    assert default_os_disk_gib(size) == gib
    assert can_hold_premium_disks(size) == premium


def test_nodes_without_premium_disks_use_standard_ones(cost_lines: CostLines) -> None:
    lines = cost_lines(POOL, pool("Basic_A2", os_disk_size_gb=32), {"os_disk.monthly_disk_operations": 1_000_000})
    assert lines == {
        "Instance usage (Linux, pay as you go, Basic_A2)": Decimal("57.67"),
        "os_disk: Storage (S4, LRS)": Decimal("1.54"),
        "os_disk: Disk operations": Decimal("0.05"),
    }


def test_what_is_unknown_is_lost_alone(cost_lines: CostLines) -> None:
    lines = cost_lines(CLUSTER, cluster(default_node_pool=[{"vm_size": UNKNOWN}]))
    assert lines["Uptime SLA"] == Decimal("73.00")
    assert lines["unknown_until_apply"] == "default_node_pool.vm_size is known only after apply"
    assert list(cost_lines(POOL, {})) == ["unknown_until_apply"]


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    assert str(cost_lines(POOL, pool(), region="marsnorth")[NODES]).startswith("price_not_found")
