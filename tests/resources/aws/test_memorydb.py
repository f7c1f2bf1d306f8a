"""Amazon MemoryDB clusters."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

CLUSTER = {"node_type": "db.r6g.large", "num_shards": 2, "num_replicas_per_shard": 1}
NODES = "Nodes (on-demand, db.r6g.large)"

EXAMPLES = (
    Example(
        "aws_memorydb_cluster",
        CLUSTER,
        {"monthly_data_written_gb": 100},
        grows=("num_shards", "num_replicas_per_shard"),
    ),
)


def test_every_shard_has_a_primary_and_replicas(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_memorydb_cluster", CLUSTER, {"monthly_data_written_gb": 100})
    assert lines == {NODES: Decimal("902.28"), "Data written": Decimal("20.00")}
    assert cost_lines("aws_memorydb_cluster", {"node_type": "db.r6g.large"})[NODES] == Decimal("451.14")
    alone = {"node_type": "db.r6g.large", "num_replicas_per_shard": 0}
    assert cost_lines("aws_memorydb_cluster", alone)[NODES] == Decimal("225.57")


def test_valkey_and_snapshots_have_prices_of_their_own(cost_lines: CostLines) -> None:
    usage = {"snapshot_storage_size_gb": 10, "monthly_data_written_gb": 100}
    lines = cost_lines("aws_memorydb_cluster", {**CLUSTER, "engine": "valkey", "snapshot_retention_limit": 7}, usage)
    assert "aws/memorydb/valkey/node/on_demand/db.r6g.large" in str(lines[NODES])
    assert "aws/memorydb/snapshot" in str(lines["Snapshot storage"])


def test_an_undeclared_node_type_is_unpriced(cost_lines: CostLines) -> None:
    assert cost_lines("aws_memorydb_cluster", {}) == {"unknown_until_apply": "node_type is not declared"}
