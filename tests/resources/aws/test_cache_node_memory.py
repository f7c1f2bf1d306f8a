"""Memory of ElastiCache nodes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tollbar.resources.aws.cache_node_memory import cache_node_memory


@pytest.mark.parametrize(
    ("name", "gib"),
    [("m5.large", "6.38"), ("m4.xlarge", "14.28"), ("r6g.16xlarge", "419.09"), ("t2.micro", "0.555")],
)
def test_a_node_has_the_memory_of_its_own_table(name: str, gib: str) -> None:
    assert cache_node_memory(name) == Decimal(gib)


def test_an_unknown_node_has_no_known_memory() -> None:
    assert cache_node_memory("r9z.large") is None
