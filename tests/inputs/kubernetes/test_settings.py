"""The section kubernetes of tollbar.yml."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tollbar.errors import ConfigError
from tollbar.policy.config import read_config

if TYPE_CHECKING:
    from pathlib import Path

    from tollbar.inputs.kubernetes.settings import KubernetesConfig


def settings(tmp_path: Path, text: str) -> KubernetesConfig:
    """Return the section of a configuration."""
    file = tmp_path / "tollbar.yml"
    file.write_text(f"version: 1\nkubernetes: {text}\n", encoding="utf-8")
    return read_config(file).kubernetes


def test_nothing_needs_to_be_said(tmp_path: Path) -> None:
    found = settings(tmp_path, "{}")
    assert (found.cloud, found.allocation, found.node_pools, found.rates.cpu_hour) == (None, "by_request", (), None)


def test_what_every_resource_carries(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        "{cloud: aws, region: eu-west-1, node_pools: [{name: a, instance_type: m5.large, min: 1, labels: {x: true}}]}",
    )
    assert found.as_attributes(frozenset({"ram", "cpu"}), are_prices_told=True) == {
        "cloud": "aws",
        "region": "eu-west-1",
        "allocation": "by_request",
        "told_rates": ["cpu", "ram"],
        "are_prices_told": True,
        "storage_classes": {},
        "node_pools": [
            {
                "name": "a",
                "instance_type": "m5.large",
                "os": "linux",
                "spot": False,
                "min": 1,
                "labels": {"x": "true"},
                "taints": (),
                "max_pods": 110,
            }
        ],
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{clould: aws}", "unknown key 'kubernetes.clould'\n  Did you mean 'cloud'?"),
        ("{cloud: ibm}", "kubernetes.cloud: Input should be 'aws', 'gcp', 'azure' or 'onprem'"),
        (
            "{node_pools: [{name: a}]}",
            (
                "kubernetes.node_pools.0: expected instance_type, or vcpus, memory_gib and hourly_price of a machine "
                "of your own"
            ),
        ),
        (
            "{node_pools: [{name: a, instance_type: m5.large}]}",
            "kubernetes: node pool 'a' needs an hourly_price, or cloud: aws, gcp or azure",
        ),
        (
            "{cloud: aws, node_pools: [{name: a, instance_type: m5.large}]}",
            "kubernetes: region is missing: instance types are priced by region",
        ),
        (
            "{cloud: aws, region: r, node_pools: [{name: a, instance_type: x}, {name: a, instance_type: y}]}",
            "kubernetes: two node pools are called 'a'",
        ),
        (
            "{cloud: gcp, region: r, node_pools: [{name: a, instance_type: fargate}]}",
            "kubernetes: node pool 'a': fargate needs cloud: aws",
        ),
        ("{allocation: bin_pack}", "kubernetes: allocation: bin_pack needs node_pools, the nodes to pack pods on"),
        (
            "{node_pools: [{name: a, instance_type: x, min: 3, max: 2}]}",
            "kubernetes.node_pools.0: min 3 is more than max 2",
        ),
        (
            "{node_pools: [{name: a, instance_type: x, min: 3, nodes: 2}]}",
            "kubernetes.node_pools.0: nodes 2 is not between min and max",
        ),
        (
            "{node_pools: [{name: a, instance_type: x, taints: [gpu]}]}",
            "kubernetes.node_pools.0.taints: 'gpu' is no taint; write it as key=value:NoSchedule",
        ),
        ("{rates: {cpu_hour: true}}", "kubernetes.rates.cpu_hour: expected a number"),
        ("{rates: {as_of: today}}", "kubernetes.rates.as_of: 'today' is not a date; write it as 2026-11-01"),
    ],
)
def test_a_mistake_is_told_with_its_field(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        settings(tmp_path, text)
    assert str(error.value).partition(": ")[2] == message
