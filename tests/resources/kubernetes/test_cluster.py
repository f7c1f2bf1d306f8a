"""Node pools: what pods can take of a node, and which pods a pool takes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tollbar.component import Quantity
from tollbar.resource import UNKNOWN, Attributes, UnknownUntilApplyError
from tollbar.resources.kubernetes.cluster import NodePool
from tollbar.resources.kubernetes.node_labels import takes


def pool(cloud: str | None = "aws", **declared: object) -> NodePool:
    """Return a node pool."""
    return NodePool(Attributes({"name": "general", **declared}), cloud, "eu-west-1")


@pytest.mark.parametrize(
    ("cloud", "declared", "vcpus", "gib"),
    [
        # 4 vCPU: 6 %, 1 %, and 0.5 % of two; 255 MiB, 11 MiB for each of 110 pods, 100 MiB for evictions
        ("aws", {"instance_type": "m5.xlarge"}, "3.92", "14.4717"),
        # 25 % of 4 GiB, 20 % of 4, 10 % of 8, 100 MiB
        ("gcp", {"instance_type": "n2-standard-4"}, "3.92", "13.3023"),
        ("gcp", {"instance_type": "n2-custom-2-4096"}, "1.93", "2.9023"),
        # 140 millicores of 4 vCPU; 20 MB for each of 110 pods and 50 MB
        ("azure", {"instance_type": "Standard_D4s_v5"}, "3.86", "13.8069"),
        ("onprem", {"vcpus": 32, "memory_gib": 128}, "32", "127.9023"),
        ("onprem", {"vcpus": 32, "memory_gib": 128, "reserved_vcpus": 1, "reserved_gib": 4}, "31", "124"),
    ],
)
def test_what_the_system_reserves_is_not_for_pods(cloud: str, declared: dict[str, Any], vcpus: str, gib: str) -> None:
    room = pool(cloud, **declared).allocatable
    assert room is not None
    assert (room.vcpus, round(room.gib, 4)) == (Decimal(vcpus), Decimal(gib))


def test_a_machine_that_is_not_known_has_no_size() -> None:
    assert pool(instance_type="m99.large").allocatable is None
    assert pool(instance_type="t3.nano", memory_gib=Decimal("0.5")).allocatable is None


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ({}, None),
        ({"nodes": 4}, (4, 4, 4)),
        ({"min": 2, "max": 9}, (2, 2, 9)),
        ({"min": 2, "max": 9, "nodes": 5}, (2, 5, 9)),
        ({"min": 3}, (3, 3, 3)),
    ],
)
def test_the_nodes_of_a_pool_are_a_range(declared: dict[str, Any], expected: tuple[int, int, int] | None) -> None:
    assert pool(**declared).nodes == (None if expected is None else Quantity.between(*expected))


def affinity(key: str, operator: str, *values: str) -> dict[str, Any]:
    """Return a pod that requires nodes by an expression."""
    term = {"matchExpressions": [{"key": key, "operator": operator, "values": list(values)}]}
    required = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [term]}}
    return {"affinity": {"nodeAffinity": required}}


@pytest.mark.parametrize(
    ("pod", "taken"),
    [
        ({}, True),
        ({"nodeSelector": {"disk": "ssd"}}, True),
        ({"nodeSelector": {"disk": "hdd"}}, False),
        ({"nodeSelector": {"kubernetes.io/arch": "amd64"}}, True),
        ({"nodeSelector": {"kubernetes.io/arch": "arm64"}}, False),
        ({"nodeSelector": {"eks.amazonaws.com/nodegroup": "general"}}, True),
        ({"nodeSelector": {"karpenter.sh/capacity-type": "spot"}}, False),
        ({"nodeSelector": {"topology.kubernetes.io/zone": "eu-west-1a"}}, True),
        (affinity("disk", "In", "ssd", "nvme"), True),
        (affinity("disk", "NotIn", "ssd"), False),
        (affinity("disk", "Exists"), True),
        (affinity("gpu", "DoesNotExist"), True),
        (affinity("gpu", "Exists"), False),
        (affinity("cores", "Gt", "3"), True),
        (affinity("cores", "Lt", "3"), False),
        (affinity("disk", "Gt", "3"), False),
    ],
)
def test_selectors_and_affinity_choose_nodes(pod: dict[str, Any], taken: bool) -> None:  # noqa: FBT001 -- an expectation
    labelled = pool(instance_type="m5.xlarge", labels={"disk": "ssd", "cores": "4"})
    assert takes(labelled, Attributes(pod), ()) is taken


@pytest.mark.parametrize(
    ("tolerations", "devices", "taken"),
    [
        ([], (), False),
        ([{"key": "team", "operator": "Equal", "value": "ml", "effect": "NoSchedule"}], (), True),
        ([{"key": "team", "value": "web"}], (), False),
        ([{"key": "team", "operator": "Exists"}], (), True),
        ([{"operator": "Exists"}], (), True),
        ([{"operator": "Exists", "effect": "NoExecute"}], (), False),
        ([], ("team",), True),
    ],
)
def test_taints_keep_pods_off(tolerations: list[dict[str, str]], devices: tuple[str, ...], taken: bool) -> None:  # noqa: FBT001 -- as above
    tainted = pool(taints=["team=ml:NoSchedule", "soft:PreferNoSchedule"])
    assert takes(tainted, Attributes({"tolerations": tolerations}), devices) is taken


def test_spot_nodes_of_azure_are_tainted() -> None:
    spot = pool("azure", spot=True)
    tolerant = {"tolerations": [{"key": "kubernetes.azure.com/scalesetpriority", "value": "spot"}]}
    assert not takes(spot, Attributes(), ())
    assert takes(spot, Attributes(tolerant), ())


def test_labels_that_clouds_set() -> None:
    google = pool("gcp", instance_type="n1-standard-4", spot=True, gpus={"type": "nvidia-tesla-t4", "count": 1})
    assert google.labels["cloud.google.com/gke-spot"] == "true"
    assert google.labels["cloud.google.com/gke-accelerator"] == "nvidia-tesla-t4"
    brought = NodePool(Attributes({"name": "l4", "instance_type": "g2-standard-8"}), "gcp", "us-central1")
    assert brought.labels["cloud.google.com/gke-accelerator"] == "nvidia-l4"
    without = NodePool(Attributes({"name": "e2", "instance_type": "e2-standard-4"}), "gcp", "us-central1")
    assert "cloud.google.com/gke-accelerator" not in without.labels
    assert pool("azure").labels["kubernetes.azure.com/agentpool"] == "general"


def test_a_selector_that_only_apply_tells_chooses_nothing() -> None:
    with pytest.raises(UnknownUntilApplyError):
        takes(pool(), Attributes({"nodeSelector": {"disk": UNKNOWN}}), ())
