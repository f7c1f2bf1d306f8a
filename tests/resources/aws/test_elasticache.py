"""ElastiCache clusters and replication groups."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import Inventory, Resource
from tollbar.resources.registry import bill, resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.component import Component

EXAMPLES = (
    Example(
        "aws_elasticache_cluster",
        {"engine": "redis", "node_type": "cache.m6g.large", "num_cache_nodes": 2, "snapshot_retention_limit": 3},
        {"snapshot_storage_size_gb": 100},
        grows=("num_cache_nodes",),
    ),
    Example(
        "aws_elasticache_replication_group",
        {"node_type": "cache.m6g.12xlarge", "num_node_groups": 2, "replicas_per_node_group": 1},
        {"reserved_instance_term": "1_year", "reserved_instance_payment_option": "no_upfront"},
        grows=("num_node_groups", "replicas_per_node_group"),
    ),
)

LARGE = "ElastiCache (on-demand, cache.m4.large)"
REDIS = {"engine": "redis", "node_type": "cache.m6g.12xlarge", "num_cache_nodes": 1}


def test_every_node_is_billed(cost_lines: CostLines) -> None:
    memcached = {"engine": "memcached", "node_type": "cache.m4.large", "num_cache_nodes": 2}
    assert cost_lines("aws_elasticache_cluster", memcached) == {LARGE: Decimal("227.76")}


def test_valkey_is_cheaper_than_redis(cost_lines: CostLines) -> None:
    name = "ElastiCache (on-demand, cache.m6g.12xlarge)"
    redis = cost_lines("aws_elasticache_cluster", REDIS, region="eu-central-1")[name]
    valkey = cost_lines("aws_elasticache_cluster", {**REDIS, "engine": "valkey"}, region="eu-central-1")[name]
    assert Decimal(valkey) / Decimal(redis) == pytest.approx(Decimal("0.8"), abs=Decimal("0.0001"))


@pytest.mark.parametrize(
    ("payment", "monthly"), [("no_upfront", "1772.44"), ("partial_upfront", "843.88"), ("all_upfront", "0.00")]
)
def test_reserved_nodes(cost_lines: CostLines, payment: str, monthly: str) -> None:
    usage = {"reserved_instance_term": "1_year", "reserved_instance_payment_option": payment}
    lines = cost_lines("aws_elasticache_cluster", REDIS, usage)
    assert lines == {"ElastiCache (reserved, cache.m6g.12xlarge)": Decimal(monthly)}


def test_one_snapshot_is_free(cost_lines: CostLines) -> None:
    usage = {"snapshot_storage_size_gb": 10000}
    kept = cost_lines("aws_elasticache_cluster", {**REDIS, "snapshot_retention_limit": 2}, usage)
    assert kept["Backup storage"] == Decimal("850.00")
    assert "Backup storage" not in cost_lines(
        "aws_elasticache_cluster", {**REDIS, "snapshot_retention_limit": 1}, usage
    )


def test_a_member_is_billed_with_its_group(cost_lines: CostLines) -> None:
    references = {"replication_group_id": ("aws_elasticache_replication_group.main",)}
    assert cost_lines("aws_elasticache_cluster", {}, references=references) == {}
    assert cost_lines("aws_elasticache_cluster", {**REDIS, "replication_group_id": "main"}) == {}


@pytest.mark.parametrize(
    ("shape", "nodes"),
    [
        ({"num_node_groups": 4, "replicas_per_node_group": 3}, 16),
        ({"cluster_mode": [{"num_node_groups": 2, "replicas_per_node_group": 1}]}, 4),
        ({"num_cache_clusters": 3}, 3),
        ({"number_cache_clusters": 2}, 2),
        ({"replicas_per_node_group": 2}, 3),
        ({"num_node_groups": 2}, 2),
        ({}, 1),
    ],
)
def test_nodes_of_a_replication_group(cost_lines: CostLines, shape: dict[str, Any], nodes: int) -> None:
    lines = cost_lines("aws_elasticache_replication_group", {"node_type": "cache.m4.large", **shape})
    assert lines == {LARGE: Decimal("113.88") * nodes}


def test_autoscaled_shards_and_replicas_are_a_range() -> None:
    group = declared(
        "aws_elasticache_replication_group",
        {"node_type": "cache.m4.large", "replication_group_id": "main", "num_node_groups": 4},
    )
    targets = (target("shards", "NodeGroups", 8, 13), target("replicas", "Replicas", 5, 17))
    assert hours(group, *targets) == (48 * 730, 48 * 730, 13 * 18 * 730)


def test_a_target_in_another_region_is_not_ours() -> None:
    group = declared(
        "aws_elasticache_replication_group", {"node_type": "cache.m4.large", "replication_group_id": "main"}
    )
    elsewhere = declared(
        "aws_appautoscaling_target", target("t", "NodeGroups", 8, 13).attributes.values, region="eu-west-1"
    )
    assert hours(group, elsewhere) == (730, 730, 730)


def test_a_member_of_a_global_group_takes_the_primary_node_type(cost_lines: CostLines) -> None:
    primary = declared("aws_elasticache_replication_group", {"node_type": "cache.m4.large"}, name="primary")
    joined = declared(
        "aws_elasticache_global_replication_group",
        {},
        name="world",
        references={"primary_replication_group_id": (primary.address,)},
    )
    lines = cost_lines(
        "aws_elasticache_replication_group",
        {"num_cache_clusters": 1},
        others=[primary, joined],
        references={"global_replication_group_id": (joined.address,)},
    )
    assert lines == {LARGE: Decimal("113.88")}


def test_extended_support_of_old_redis_is_unpriced_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_elasticache_cluster", {**REDIS, "engine_version": "5.0.6"})
    assert "Redis OSS 5.0.6" in str(lines["price_not_found"])
    assert "price_not_found" not in cost_lines("aws_elasticache_cluster", {**REDIS, "engine_version": "7.1"})


def test_undeclared_nodes_are_unpriced(cost_lines: CostLines) -> None:
    assert "unknown_until_apply" in cost_lines("aws_elasticache_cluster", {"engine": "redis"})
    assert "unknown_until_apply" in cost_lines("aws_elasticache_replication_group", {})


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_elasticache_cluster", REDIS, region="mars-north-1")
    assert str(lines["ElastiCache (on-demand, cache.m6g.12xlarge)"]).startswith("price_not_found")


@given(shards=st.integers(1, 500), replicas=st.integers(0, 5))
def test_each_shard_has_a_primary(shards: int, replicas: int) -> None:
    group = declared(
        "aws_elasticache_replication_group",
        {"node_type": "cache.m4.large", "num_node_groups": shards, "replicas_per_node_group": replicas},
    )
    assert hours(group) == (shards * (replicas + 1) * 730,) * 3


def target(name: str, dimension: str, low: int, high: int) -> Resource:
    """Return a target that scales the group ``main``."""
    attributes = {
        "resource_id": "replication-group/main",
        "scalable_dimension": f"elasticache:replication-group:{dimension}",
        "min_capacity": low,
        "max_capacity": high,
    }
    return declared("aws_appautoscaling_target", attributes, name=name)


def hours(group: Resource, *others: Resource) -> tuple[object, ...]:
    """Return the ends of a group's node hours."""
    estimator = resource_type(group)
    assert estimator is not None
    first: Component = bill(group, Usage(keys=estimator.usage_key_by_name), Inventory((group, *others))).components[0]
    return (first.quantity.low, first.quantity.expected, first.quantity.high)
