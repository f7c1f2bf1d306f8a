"""Memorystore."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

INSTANCE, CLUSTER = "google_redis_instance", "google_redis_cluster"
SMALL = {"node_type": "REDIS_STANDARD_SMALL", "shard_count": 1, "replica_count": 2, "region": "us-central1"}
BACKUPS = {"automated_backup_config": [{"retention": 7}]}

EXAMPLES = (
    Example(INSTANCE, {"memory_size_gb": 5, "tier": "STANDARD_HA"}, grows=("memory_size_gb",)),
    Example(
        CLUSTER,
        {**SMALL, "persistence_config": [{"mode": "AOF"}], **BACKUPS},
        {"backup_storage_gb": 1000},
        grows=("shard_count", "replica_count"),
    ),
)


@pytest.mark.parametrize(
    ("tier", "size", "name", "cost"),
    [
        (None, 1, "Redis instance (basic, M1)", "35.77"),
        ("BASIC", 5, "Redis instance (basic, M2)", "98.55"),
        ("BASIC", 25, "Redis instance (basic, M3)", "419.75"),
        ("BASIC", 45, "Redis instance (basic, M4)", "624.15"),
        ("STANDARD_HA", 1, "Redis instance (standard, M1)", "46.72"),
        ("STANDARD_HA", 105, "Redis instance (standard, M5)", "2299.50"),
    ],
)
def test_an_instance_costs_by_tier_and_size(
    cost_lines: CostLines, tier: str | None, size: int, name: str, cost: str
) -> None:
    assert cost_lines(INSTANCE, {"memory_size_gb": size, "tier": tier}) == {name: Decimal(cost)}


@pytest.mark.parametrize(("replicas", "cost"), [(1, "197.10"), (3, "394.20"), (None, "295.65")])
def test_read_replicas_are_further_nodes(cost_lines: CostLines, replicas: int | None, cost: str) -> None:
    attributes = {
        "memory_size_gb": 5,
        "tier": "STANDARD_HA",
        "read_replicas_mode": "READ_REPLICAS_ENABLED",
        "replica_count": replicas,
    }
    assert cost_lines(INSTANCE, attributes) == {"Redis instance (standard, M2)": Decimal(cost)}


def test_an_absent_size_is_unpriced(cost_lines: CostLines) -> None:
    assert cost_lines(INSTANCE, {}) == {"unknown_until_apply": "memory_size_gb is not given"}


def test_a_cluster_runs_each_shard_and_its_replicas(cost_lines: CostLines) -> None:
    attributes = {"node_type": "REDIS_SHARED_CORE_NANO", "shard_count": 3, "replica_count": 2}
    assert cost_lines(CLUSTER, attributes) == {"Cluster node (shared core nano)": Decimal("208.93")}


def test_highmem_medium_is_the_default_node(cost_lines: CostLines) -> None:
    assert cost_lines(CLUSTER, {"shard_count": 1}) == {"Cluster node (highmem medium)": Decimal("140.38")}


def test_persistence_and_backups_are_billed_apart(cost_lines: CostLines) -> None:
    attributes = {**SMALL, "persistence_config": [{"mode": "AOF"}], **BACKUPS}
    assert cost_lines(CLUSTER, attributes) == {
        "Cluster node (standard small)": Decimal("312.08"),
        "AOF persistence": Decimal("7.80"),  # 3 nodes of 6.5 GiB x 730 h x $0.000548
        "Backups": "usage",
    }
    assert cost_lines(CLUSTER, {**SMALL, **BACKUPS}, {"backup_storage_gb": 1000})["Backups"] == Decimal("81.11")
