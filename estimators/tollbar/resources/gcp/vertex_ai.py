"""Vertex AI: nodes that serve models, Vector Search, feature stores.

Source: "Vertex AI pricing". A deployed model runs on its nodes all the time, from the fewest to the most replicas. What
is deployed to an endpoint is not declared with it; the usage tells. A GPU is charged beside an N1 machine and is a part
of the price of A2, A3 and G2.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.gcp.machine import has_own_gpus
from tollbar.resources.gcp.usage_line import UsageLine, usage_lines
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_SMALLEST_MACHINE = "n1-standard-2"
_INDEX_LINES = (
    UsageLine("Index building", "monthly_index_build_gb", "GB", "gcp/vertex_ai/vector_search/index_build"),
    UsageLine("Streaming updates", "monthly_streaming_update_gb", "GB", "gcp/vertex_ai/vector_search/streaming_update"),
)


def vertex_ai_endpoint(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of the nodes that serve an endpoint's models, as the usage tells them."""
    machine_type = usage.text("machine_type") or _SMALLEST_MACHINE
    low = usage.quantity("min_replicas")
    high = usage.quantity("max_replicas")
    replicas = low
    if low.expected is not None and high.high is not None:
        replicas = Quantity(low.low, low.expected, max(low.expected, high.high), "usage", (*low.keys, *high.keys))
    if usage.text("machine_type") is None:
        replicas = Quantity.unknown("machine_type", "min_replicas")
    accelerator = usage.text("accelerator")
    count = usage.quantity("accelerator_count") if usage.is_told("accelerator_count") else Quantity.fixed(1)
    hours = usage.hours * replicas
    yield from _nodes(machine_type, resource.region, hours)
    if accelerator is not None:
        yield from _accelerators(machine_type, _accelerator(accelerator), resource.region, hours * count)


def model_garden_deployment(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the nodes that serve a model of Model Garden, from the fewest to the most replicas."""
    dedicated = resource.attributes.block("deploy_config").block("dedicated_resources")
    machine = dedicated.block("machine_spec")
    machine_type = machine.text("machine_type")
    if machine_type is None:
        yield Unpriced("unknown_until_apply", "machine_spec gives no machine_type: the model's default decides")
        return
    hours = usage.hours * _replicas(dedicated)
    yield from _nodes(machine_type, resource.region, hours)
    yield from as_far_as_known(lambda: _declared_accelerators(machine, machine_type, resource.region, hours))


def vector_index(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the GB from which an index is built, and those that are streamed into it."""
    yield from usage_lines(_INDEX_LINES, usage, resource.region)


def deployed_index(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the nodes that serve a deployed index, from the fewest to the most replicas."""
    dedicated = resource.attributes.block("dedicated_resources")
    machine_type = dedicated.block("machine_spec").text("machine_type")
    if machine_type is None:
        yield Unpriced("unknown_until_apply", "dedicated_resources gives no machine_type: the index's shards decide")
        return
    key = PriceKey(f"gcp/vertex_ai/vector_search/{machine_type.lower()}", resource.region)
    name = f"Vector Search nodes ({machine_type.lower()})"
    yield Component(name, usage.hours * _replicas(dedicated), "hours", key)


def _replicas(dedicated: Attributes) -> Quantity:
    low = dedicated.number("min_replica_count", 1) or Decimal(1)
    return Quantity.between(low, low, max(low, dedicated.known_number("max_replica_count") or low))


def _declared_accelerators(
    machine: Attributes, machine_type: str, region: str | None, hours: Quantity
) -> Iterator[Component]:
    accelerator = machine.text("accelerator_type", "") or ""
    if accelerator:
        count = machine.number("accelerator_count", 1) or Decimal(1)
        yield from _accelerators(machine_type, _accelerator(accelerator), region, hours * count)


def featurestore(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a feature store's online serving nodes, as few and as many as its scaling allows."""
    serving = resource.attributes.block("online_serving_config")
    yield from _serving_nodes(serving, serving.block("scaling"), resource.region, usage)


def feature_online_store(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of an online store's Bigtable nodes, or of the one node of an optimized store at least."""
    attributes = resource.attributes
    if attributes.blocks("optimized"):
        key = PriceKey("gcp/vertex_ai/feature_store/optimized_serving_node", resource.region)
        yield Component("Optimized online serving nodes", usage.hours, "hours", key)
        return
    scaling = attributes.block("bigtable").block("auto_scaling")
    yield from _serving_nodes(attributes, scaling, resource.region, usage)


def _serving_nodes(fixed: Attributes, scaling: Attributes, region: str | None, usage: Usage) -> Iterator[Component]:
    low = scaling.known_number("min_node_count")
    low = low or fixed.known_number("fixed_node_count") or Decimal(0)
    nodes = Quantity.between(low, low, max(low, scaling.known_number("max_node_count") or low))
    if not nodes.is_zero:
        key = PriceKey("gcp/vertex_ai/feature_store/bigtable_serving_node", region)
        yield Component("Bigtable online serving nodes", usage.hours * nodes, "hours", key)


def _nodes(machine_type: str, region: str | None, hours: Quantity) -> Iterator[Component]:
    key = PriceKey(f"gcp/vertex_ai/prediction/{machine_type.lower()}", region)
    yield Component(f"Prediction nodes ({machine_type.lower()})", hours, "hours", key)


def _accelerators(machine_type: str, accelerator: str, region: str | None, hours: Quantity) -> Iterator[Component]:
    if not has_own_gpus(machine_type.lower()):
        key = PriceKey(f"gcp/vertex_ai/prediction/{accelerator}", region)
        yield Component(f"Prediction GPUs ({accelerator})", hours, "hours", key)


def _accelerator(name: str) -> str:
    """Return the name of a GPU as Compute Engine writes it: ``nvidia-tesla-t4`` of NVIDIA_TESLA_T4."""
    return name.lower().replace("_", "-")


TYPES = (
    ResourceType(
        "google_vertex_ai_endpoint",
        "llm",
        vertex_ai_endpoint,
        usage_keys=(
            UsageKey("machine_type", "Machine type of the nodes that models are deployed to, as n1-standard-4"),
            UsageKey("accelerator", "GPU of each node, as nvidia-tesla-t4"),
            UsageKey("accelerator_count", "GPUs of each node"),
            UsageKey("min_replicas", "Fewest nodes that run"),
            UsageKey("max_replicas", "Most nodes that run"),
        ),
    ),
    ResourceType("google_vertex_ai_endpoint_with_model_garden_deployment", "llm", model_garden_deployment),
    ResourceType("google_vertex_ai_feature_online_store", "database", feature_online_store),
    ResourceType(
        "google_vertex_ai_index",
        "llm",
        vector_index,
        usage_keys=(
            UsageKey(
                "monthly_index_build_gb", "GB of vectors that builds and batch updates take in a month", (1, 10, 100)
            ),
            UsageKey("monthly_streaming_update_gb", "GB of vectors a month that are streamed in"),
        ),
    ),
    ResourceType("google_vertex_ai_index_endpoint_deployed_index", "llm", deployed_index),
    ResourceType("google_vertex_ai_featurestore", "database", featurestore),
)
