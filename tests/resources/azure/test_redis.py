"""Azure Cache for Redis, Enterprise clusters and Azure Managed Redis."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

CACHE, CLUSTER, MANAGED = "azurerm_redis_cache", "azurerm_redis_enterprise_cluster", "azurerm_managed_redis"

EXAMPLES = (
    Example(CACHE, {"sku_name": "Basic", "family": "C", "capacity": 1}),
    Example(CACHE, {"sku_name": "Standard", "family": "C", "capacity": 1}),
    Example(CACHE, {"sku_name": "Premium", "family": "P", "capacity": 1, "shard_count": 2}, grows=("shard_count",)),
    Example(
        CACHE,
        {"sku_name": "Premium", "family": "P", "capacity": 1, "replicas_per_primary": 2},
        grows=("replicas_per_primary",),
    ),
    Example(CLUSTER, {"sku_name": "Enterprise_E10-2"}, region="eastus2"),
    Example(MANAGED, {"sku_name": "Balanced_B3"}),
)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"sku_name": "Basic", "family": "C", "capacity": 4}, ("Cache (Basic C4)", "153.30")),
        ({"sku_name": "Standard", "family": "C", "capacity": 3}, ("Cache (Standard C3)", "328.50")),
        ({"sku_name": "Premium", "family": "P", "capacity": 1, "shard_count": 0}, ("Nodes (Premium P1)", "404.42")),
        (
            {"sku_name": "Premium", "family": "P", "capacity": 2, "shard_count": 3, "replicas_per_master": 2},
            ("Nodes (Premium P2)", "3646.35"),
        ),
        (
            {"sku_name": "Premium", "family": "P", "capacity": 3, "shard_count": 3, "replicas_per_primary": 3},
            ("Nodes (Premium P3)", "9714.84"),
        ),
    ],
)
def test_a_cache_costs_its_nodes(cost_lines: CostLines, attributes: dict[str, Any], expected: tuple[str, str]) -> None:
    assert cost_lines(CACHE, attributes) == {expected[0]: Decimal(expected[1])}


@pytest.mark.parametrize(
    ("sku", "expected"),
    [
        ("Enterprise_E10-2", "702.26"),
        ("Enterprise_E10-4", "1404.52"),
        ("Enterprise_E10", "702.26"),
        ("EnterpriseFlash_F300-3", "4393.14"),
        ("EnterpriseFlash_F300", "4393.14"),
    ],
)
def test_a_cluster_costs_the_nodes_of_its_capacity(cost_lines: CostLines, sku: str, expected: str) -> None:
    name = f"Nodes ({sku.partition('-')[0]})"
    assert cost_lines(CLUSTER, {"sku_name": sku}, region="eastus2") == {name: Decimal(expected)}


@pytest.mark.parametrize(
    ("sku", "settings", "expected"),
    [
        ("Balanced_B3", {}, "94.90"),
        ("Balanced_B3", {"high_availability_enabled": False}, "47.45"),
        ("ComputeOptimized_X10", {"high_availability_enabled": True}, "851.18"),
        ("FlashOptimized_A700", {"high_availability_enabled": True}, "6832.80"),
        ("MemoryOptimized_M10", {"high_availability_enabled": True}, "315.36"),
    ],
)
def test_a_managed_cache_costs_two_nodes_or_one(
    cost_lines: CostLines, sku: str, settings: dict[str, bool], expected: str
) -> None:
    assert cost_lines(MANAGED, {"sku_name": sku, **settings}) == {f"Nodes ({sku})": Decimal(expected)}
