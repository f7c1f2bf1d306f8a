"""Google Kubernetes Engine."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.component import Quantity
from tollbar.resource import Inventory
from tollbar.resources.registry import bill, resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

CLUSTER = "google_container_cluster"
POOL = "google_container_node_pool"
E2 = "Instance usage (Linux/UNIX, on-demand, e2-medium)"
DISK = "Standard provisioned storage (pd-standard)"


@pytest.mark.parametrize(
    ("attributes", "nodes"),
    [
        ({"location": "us-central1-a"}, 3),
        ({"location": "us-central1-a", "initial_node_count": 4}, 4),
        ({"location": "us-central1-a", "node_locations": ["us-central1-b"]}, 6),
        ({"location": "us-central1-a", "node_locations": ["us-central1-a", "us-central1-b"]}, 6),
        ({"location": "us-central1"}, 9),
        ({"location": "us-central1", "node_locations": ["us-central1-a", "us-central1-b"]}, 6),
    ],
)
def test_the_default_pool_runs_in_every_zone(cost_lines: CostLines, attributes: dict[str, Any], nodes: int) -> None:
    assert cost_lines(CLUSTER, attributes) == {
        "Cluster management fee": Decimal("73.00"),
        f"default_pool: {E2}": (Decimal("0.033506") * 730 * nodes).quantize(Decimal("0.01")),
        f"default_pool: {DISK}": Decimal("4.00") * nodes,
    }


def test_told_nodes_win(cost_lines: CostLines) -> None:
    lines = cost_lines(CLUSTER, {"location": "us-central1", "initial_node_count": 3}, {"nodes": 4})
    assert lines[f"default_pool: {DISK}"] == Decimal("48.00")


def test_a_cluster_with_its_own_pools_has_no_default_pool(cost_lines: CostLines) -> None:
    spot = {
        "node_count": 2,
        "node_locations": ["us-central1-a"],
        "node_config": [{"spot": True, "machine_type": "e2-medium"}],
    }
    attributes = {"location": "us-central1", "node_pool": [{"node_count": 2}, spot]}
    assert list(cost_lines(CLUSTER, attributes, {"node_pool[0].nodes": 1}).items()) == [
        ("Cluster management fee", Decimal("73.00")),
        (f"node_pool[0]: {E2}", Decimal("73.38")),
        (f"node_pool[0]: {DISK}", Decimal("12.00")),
        ("node_pool[1]: Instance usage (Linux/UNIX, spot, e2-medium)", Decimal("29.35")),
        (f"node_pool[1]: {DISK}", Decimal("8.00")),
    ]


def test_a_removed_default_pool_costs_nothing(cost_lines: CostLines) -> None:
    attributes = {"location": "us-central1", "remove_default_node_pool": True}
    assert cost_lines(CLUSTER, attributes) == {"Cluster management fee": Decimal("73.00")}


def test_autopilot_bills_what_pods_request(cost_lines: CostLines) -> None:
    usage = {"autopilot_vcpu_count": 10, "autopilot_memory_gb": 50, "autopilot_ephemeral_storage_gb": 100}
    attributes = {"location": "us-central1", "enable_autopilot": True}
    assert cost_lines(CLUSTER, attributes, usage) == {
        "Autopilot": Decimal("73.00"),
        "Autopilot vCPU": Decimal("324.85"),
        "Autopilot memory": Decimal("179.67"),
        "Autopilot ephemeral storage": Decimal("4.00"),
    }
    assert cost_lines(CLUSTER, attributes)["Autopilot vCPU"] == "usage"


def pool_lines(cost_lines: CostLines, attributes: dict[str, Any], **cluster: Any) -> dict[str, Decimal | str]:
    owner = declared(CLUSTER, cluster)
    return cost_lines(POOL, attributes, others=[owner], references={"cluster": (owner.address,)})


@pytest.mark.parametrize(
    ("attributes", "cluster", "nodes"),
    [
        ({"node_count": 2}, {"location": "us-central1-a"}, 2),
        ({"node_count": 2}, {"location": "us-central1"}, 6),
        ({"node_count": 2, "node_locations": ["us-central1-a"]}, {"location": "us-central1"}, 2),
        ({"initial_node_count": 4}, {"location": "us-central1-a"}, 4),
        ({"autoscaling": [{"min_node_count": 2, "max_node_count": 10}]}, {"location": "us-central1-a"}, 2),
        ({}, {"location": "us-central1-a"}, 3),
    ],
)
def test_a_pool_runs_in_the_zones_of_its_cluster(
    cost_lines: CostLines, attributes: dict[str, Any], cluster: dict[str, Any], nodes: int
) -> None:
    assert pool_lines(cost_lines, attributes, **cluster)[DISK] == Decimal("4.00") * nodes


def _pool_usage() -> Usage:
    known = resource_type(declared(POOL, {}))
    assert known is not None
    return Usage(keys=known.usage_key_by_name)


@pytest.mark.parametrize(
    ("autoscaling", "expected"),
    [
        ({"total_min_node_count": 2, "total_max_node_count": 7}, (2, 2, 7)),
        ({"total_max_node_count": 7}, (0, 3, 7)),
        ({"max_node_count": 4}, (0, 3, 12)),
    ],
)
def test_totals_of_the_autoscaler_hold_over_all_zones(
    autoscaling: dict[str, Any], expected: tuple[int, int, int]
) -> None:
    attributes = {"location": "us-central1", "initial_node_count": 1, "autoscaling": [autoscaling]}
    pool = declared(POOL, attributes)
    disk = next(line for line in bill(pool, _pool_usage(), Inventory((pool,))).components if line.name == DISK)
    low, middle, high = (100 * nodes for nodes in expected)
    assert disk.quantity == Quantity.between(low, middle, high)


def test_nodes_with_gpus_ssds_and_their_own_disks(cost_lines: CostLines) -> None:
    config = {
        "machine_type": "n1-standard-16",
        "disk_type": "pd-ssd",
        "disk_size_gb": 120,
        "local_ssd_count": 1,
        "guest_accelerator": [{"type": "nvidia-tesla-t4", "count": 1}],
    }
    assert pool_lines(cost_lines, {"node_count": 3, "node_config": [config]}, location="us-central1-a") == {
        "Instance usage (Linux/UNIX, on-demand, n1-standard-16)": Decimal("1165.07"),
        "GPU (on-demand, nvidia-tesla-t4)": Decimal("536.55"),
        "SSD provisioned storage (pd-ssd)": Decimal("61.20"),
        "Local SSD provisioned storage": Decimal("90.00"),
    }


def test_a_boot_disk_block_counts_before_the_older_attributes(cost_lines: CostLines) -> None:
    config = {
        "machine_type": "n4-standard-4",
        "disk_size_gb": 100,
        "boot_disk": [{"disk_type": "hyperdisk-balanced", "size_gb": 200, "provisioned_iops": 5000}],
    }
    attributes = {"location": "us-central1-a", "node_count": 2, "node_config": [config]}
    assert cost_lines(POOL, attributes) == {
        "Instance usage (Linux/UNIX, on-demand, n4-standard-4)": Decimal("264.84"),
        "Hyperdisk provisioned storage (hyperdisk-balanced)": Decimal("32.00"),
        "Provisioned IOPS": Decimal("20.00"),
    }


def test_machines_without_persistent_disks_boot_from_a_hyperdisk(cost_lines: CostLines) -> None:
    attributes = {"location": "us-central1-a", "node_count": 1, "node_config": [{"machine_type": "n4-standard-4"}]}
    lines = cost_lines(POOL, attributes)
    assert lines["Hyperdisk provisioned storage (hyperdisk-balanced)"] == Decimal("8.00")


def test_a_pool_of_an_undeclared_cluster_is_unpriced(cost_lines: CostLines) -> None:
    assert list(cost_lines(POOL, {"node_count": 2})) == ["unknown_until_apply"]


NODE_CONFIG = [{"machine_type": "n1-standard-4", "disk_size_gb": 50, "disk_type": "pd-ssd", "local_ssd_count": 1}]

EXAMPLES = (
    Example(CLUSTER, {"location": "us-central1", "initial_node_count": 2}, grows=("initial_node_count",)),
    Example(
        CLUSTER,
        {"location": "us-central1-a", "node_pool": [{"node_count": 2, "node_config": NODE_CONFIG}]},
        grows=("node_pool.node_count", "node_pool.node_config.disk_size_gb"),
    ),
    Example(
        CLUSTER,
        {"location": "us-central1", "enable_autopilot": True},
        {"autopilot_vcpu_count": 10, "autopilot_memory_gb": 50, "autopilot_ephemeral_storage_gb": 100},
    ),
    Example(CLUSTER, {"location": "us-central1-a"}, {"nodes": 4}),
    Example(
        POOL,
        {"location": "us-central1-a", "node_count": 2, "node_config": NODE_CONFIG},
        grows=("node_count", "node_config.disk_size_gb", "node_config.local_ssd_count"),
    ),
    Example(
        POOL,
        {"location": "us-central1-a", "autoscaling": [{"min_node_count": 1, "max_node_count": 5}]},
        grows=("autoscaling.min_node_count",),
    ),
)
