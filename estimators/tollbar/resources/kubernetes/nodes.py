"""The capacity of a node pool that no pod takes: what the cluster costs besides its pods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.inputs.kubernetes.kinds import NODE_POOL
from tollbar.resources.kubernetes.cluster import NodePool, cluster_of
from tollbar.resources.kubernetes.node_price import node_lines
from tollbar.resources.kubernetes.pool_plan import plan_of
from tollbar.resources.registry import ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def node_pool(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield what no pod takes of the nodes that run, where pods are packed on nodes."""
    pool = NodePool(resource.attributes, cluster_of(resource).cloud, resource.region)
    plan = plan_of(pool, usage, inventory)
    nodes = plan.nodes.expected
    if nodes is None:
        yield Unpriced("price_not_found", f"{pool.instance_type} is not known; give vcpus and memory_gib of its nodes")
        return
    name = f"Idle capacity of {nodes:f} node{'' if nodes == 1 else 's'}"
    yield from node_lines(pool, plan.idle_hours, usage.hours_per_month, name)


TYPES = (ResourceType(NODE_POOL, "container", node_pool, size_attribute="instance_type"),)
