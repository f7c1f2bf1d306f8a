"""Node pools on which pods are packed: how many nodes run, and what no pod takes of them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.resources.conftest import declared
from tests.resources.example import Example
from tests.resources.kubernetes.clusters import (
    GENERAL,
    GPU,
    cluster,
    container,
    cron,
    gpu_container,
    horizontal,
    named,
    of_pool,
    workload,
)
from tollbar.catalog.pricing import PricedComponent, price_component
from tollbar.resource import Attributes, Inventory
from tollbar.resources.kubernetes.cluster import NodePool, Size
from tollbar.resources.kubernetes.packing import Load, nodes_needed
from tollbar.resources.kubernetes.pool_plan import plan_of
from tollbar.resources.registry import bill, resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.catalog.lookup import SnapshotCatalog
    from tollbar.resource import Resource
    from tollbar.resources.kubernetes.pool_plan import PoolPlan

POOL = "kubernetes_node_pool"
PACKED = cluster(GENERAL, packs=True)
EXAMPLES = (Example(POOL, of_pool(GENERAL)),)
ROOM = Size(Decimal(4), Decimal(16))


def plan(*workloads: Resource, pool: Mapping[str, Any] = GENERAL, usage: Usage | None = None) -> PoolPlan:
    """Return how workloads fill a pool."""
    placed = NodePool(Attributes(pool), "aws", "us-east-1")
    return plan_of(placed, usage or Usage(assumptions=False), Inventory(workloads))


def deployment(name: str, replicas: int, cpu: str, memory: str, placed: Mapping[str, Any] = PACKED) -> Resource:
    """Return a deployment."""
    return named("kubernetes_deployment", name, workload(container(cpu, memory), replicas=replicas, placed=placed))


def sized(vcpus: str, gib: str, count: int) -> Load:
    """Return pods."""
    return Load(Size(Decimal(vcpus), Decimal(gib)), count)


@pytest.mark.parametrize(
    ("loads", "nodes"),
    [
        ([], 0),
        ([sized("1", "1", 4)], 1),
        ([sized("1", "1", 5)], 2),
        ([sized("0.1", "9", 3)], 3),  # memory is what they need
        ([sized("3", "4", 3), sized("1", "1", 3)], 3),  # the small ones fit beside the large ones
        ([sized("1", "1", 3), sized("3", "4", 3)], 3),  # whatever their order
        ([sized("3", "4", 3), sized("1", "1", 4)], 4),
        ([sized("2", "1", 1), sized("1.5", "1", 2), sized("0.5", "1", 3)], 2),
        ([sized("0.01", "0.01", 201)], 3),  # 100 pods a node at most
        ([sized("9", "1", 2)], 2),
    ],
)
def test_pods_are_packed_largest_first(loads: list[Load], nodes: int) -> None:
    assert nodes_needed(ROOM, 100, loads) == nodes


@given(
    st.lists(
        st.tuples(
            st.decimals(min_value="0.1", max_value=4, places=2),
            st.decimals(min_value="0.1", max_value=16, places=2),
            st.integers(min_value=0, max_value=30),
        ),
        max_size=8,
    )
)
def test_packing_is_never_below_what_is_needed_nor_above_a_node_each(pods: list[tuple[Decimal, Decimal, int]]) -> None:
    loads = [Load(Size(vcpus, gib), count) for vcpus, gib, count in pods]
    nodes = nodes_needed(ROOM, 110, loads)
    vcpus, gib = (sum(load.size[i] * load.pods for load in loads) for i in (0, 1))
    assert nodes * ROOM.vcpus >= vcpus
    assert nodes * ROOM.gib >= gib
    assert nodes <= sum(load.pods for load in loads)


def test_what_no_pod_takes_is_idle() -> None:
    found = plan(deployment("web", 3, "1", "1Gi"))
    assert found.nodes.expected == 2  # the pool's least
    assert found.idle_hours.expected is not None
    assert round(found.idle_hours.expected / 730, 4) == Decimal("1.4267")


def test_pods_and_idle_capacity_together_cost_what_the_nodes_cost(catalog: SnapshotCatalog) -> None:
    pools = cluster(GENERAL, GPU, packs=True)
    resources = (
        deployment("web", 9, "1", "1Gi", pools),
        named("kubernetes_deployment", "model", workload(gpu_container(), replicas=2, placed=pools)),
        named("kubernetes_cron_job", "report", cron("@hourly", container("1", "1Gi"), placed=pools)),
        named("kubernetes_daemonset", "agent", workload(container("100m", "128Mi"), placed=pools,
              pod={"tolerations": [{"operator": "Exists"}]})),
        named(POOL, "general", of_pool(GENERAL, [GPU])),
        named(POOL, "gpu", {**GPU, "cluster": cluster(GENERAL, GPU, packs=True)}),
    )  # fmt: skip
    inventory = Inventory(resources)
    total = Decimal(0)
    for resource in resources:
        estimator = resource_type(resource)
        assert estimator is not None
        billed = bill(resource, Usage({}, estimator.usage_key_by_name), inventory)
        assert billed.unpriced == ()
        for component in billed.components:
            line = price_component(component, catalog)
            assert isinstance(line, PricedComponent)
            assert line.cost is not None
            total += line.cost.expected
    nodes = 3 * Decimal("0.192") + 2 * Decimal("1.006")
    assert round(total, 6) == nodes * 730


def test_a_pool_that_is_not_scaled_has_the_nodes_it_has() -> None:
    fixed = {"name": "general", "instance_type": "m5.xlarge", "nodes": 5, "max_pods": 58}
    placed = cluster(fixed, packs=True)
    assert plan(deployment("web", 1, "1", "1Gi", placed), pool=fixed).nodes.expected == 5
    assert plan(deployment("web", 99, "1", "1Gi", placed), pool=fixed).nodes.expected == 5


def test_a_pool_grows_to_its_most_at_the_most() -> None:
    found = plan(deployment("web", 999, "1", "1Gi"))
    assert found.nodes.expected == 10
    assert found.idle_hours.expected == 0


def test_autoscaled_pods_make_a_range_of_nodes() -> None:
    web = deployment("this", 1, "3", "1Gi")
    found = plan(web, horizontal(1, 6))
    assert [found.nodes.low, found.nodes.expected, found.nodes.high] == [2, 2, 6]
    assert found.idle_hours.low is not None
    assert found.idle_hours.low <= (found.idle_hours.expected or 0) <= (found.idle_hours.high or 0)


def test_what_the_usage_file_tells_of_pods_counts_for_the_nodes() -> None:
    def told(address: str, _type: str) -> dict[str, Any]:
        return {"replicas": 9} if address == "kubernetes_deployment.this" else {}

    usage = Usage(assumptions=False, given_elsewhere=told)
    assert plan(deployment("this", 1, "3", "1Gi"), usage=usage).nodes.expected == 9


def test_daemon_sets_take_their_part_of_every_node() -> None:
    agent = named("kubernetes_daemonset", "agent", workload(container("1", "1Gi"), placed=PACKED))
    web = deployment("web", 8, "1", "1Gi")
    assert plan(web).nodes.expected == 3
    assert plan(web, agent).nodes.expected == 4


def test_a_daemon_set_of_a_packed_pool_runs_on_the_nodes_that_are_needed() -> None:
    agent = declared("kubernetes_daemonset", workload(container("1", "1Gi"), placed=PACKED))
    estimator = resource_type(agent)
    assert estimator is not None
    inventory = Inventory((agent, deployment("web", 20, "1", "1Gi")))
    found = bill(agent, Usage({}, estimator.usage_key_by_name), inventory).components
    alone = bill(agent, Usage({}, estimator.usage_key_by_name), Inventory((agent,))).components
    assert [line.quantity.expected for line in found] == [
        (line.quantity.expected or Decimal(0)) * 5 for line in alone
    ]  # ten nodes of two pods each, where the pool has two without them


def test_a_pod_belongs_to_the_first_pool_that_takes_it() -> None:
    both = cluster(GENERAL, {**GENERAL, "name": "second"}, packs=True)
    web = deployment("web", 30, "1", "1Gi", both)
    assert plan(web).nodes.expected == 10
    assert plan(web, pool={**GENERAL, "name": "second"}).nodes.expected == 2


def test_the_idle_line_tells_the_nodes() -> None:
    resource = declared(POOL, of_pool({**GENERAL, "min": 1}))
    (line,) = bill(resource, Usage(), Inventory((resource,))).components
    assert line.name == "Idle capacity of 1 node (m5.xlarge)"
    assert line.quantity.expected == 730
    unknown = declared(POOL, of_pool({"name": "odd", "instance_type": "m99.large"}))
    (reason,) = bill(unknown, Usage(), Inventory((unknown,))).unpriced
    assert reason.detail == "m99.large is not known; give vcpus and memory_gib of its nodes"


def test_the_scheduler_looks_at_requests_alone() -> None:
    silent = named("kubernetes_deployment", "silent", workload(container(), replicas=40, placed=PACKED))
    assert plan(silent).nodes.expected == 2
    # What they are assumed to use of the nodes (0.1 vCPU and 0.25 GiB each) makes up most of a node.
    assumed = plan(silent, usage=Usage())
    assert assumed.nodes.expected == 2
    assert assumed.idle_hours.expected is not None
    assert 730 < assumed.idle_hours.expected < 1460
