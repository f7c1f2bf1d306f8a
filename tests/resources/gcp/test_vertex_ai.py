"""Vertex AI."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

ENDPOINT = "google_vertex_ai_endpoint"
DEPLOYMENT = "google_vertex_ai_endpoint_with_model_garden_deployment"
ONLINE_STORE, FEATURESTORE = "google_vertex_ai_feature_online_store", "google_vertex_ai_featurestore"


def deployment(machine: dict[str, Any], **replicas: int) -> dict[str, Any]:
    return {"deploy_config": [{"dedicated_resources": [{"machine_spec": [machine], **replicas}]}]}


INDEX, DEPLOYED = "google_vertex_ai_index", "google_vertex_ai_index_endpoint_deployed_index"
SERVED = {"dedicated_resources": [{"machine_spec": [{"machine_type": "e2-standard-2"}], "min_replica_count": 2}]}

EXAMPLES = (
    Example(INDEX, {"region": "us-central1"}, {"monthly_index_build_gb": 10, "monthly_streaming_update_gb": 10}),
    Example(DEPLOYED, SERVED, grows=("dedicated_resources.min_replica_count",)),
    Example(
        ENDPOINT,
        {"location": "us-central1"},
        {
            "machine_type": "n1-standard-4",
            "accelerator": "nvidia-tesla-t4",
            "accelerator_count": 1,
            "min_replicas": 1,
            "max_replicas": 3,
        },
    ),
    Example(
        DEPLOYMENT,
        deployment(
            {"machine_type": "g2-standard-12", "accelerator_type": "NVIDIA_L4", "accelerator_count": 1},
            min_replica_count=1,
        ),
        grows=("deploy_config.dedicated_resources.min_replica_count",),
    ),
    Example(
        ONLINE_STORE,
        {"bigtable": [{"auto_scaling": [{"min_node_count": 1, "max_node_count": 3}]}]},
        grows=("bigtable.auto_scaling.min_node_count",),
    ),
    Example(
        FEATURESTORE,
        {"online_serving_config": [{"fixed_node_count": 2}]},
        grows=("online_serving_config.fixed_node_count",),
    ),
)


def test_an_endpoint_costs_what_is_deployed_to_it(cost_lines: CostLines) -> None:
    told = {"machine_type": "n1-standard-4", "accelerator": "NVIDIA_TESLA_T4", "min_replicas": 2, "max_replicas": 4}
    assert cost_lines(ENDPOINT, {}, told) == {
        "Prediction nodes (n1-standard-4)": Decimal("319.74"),  # 2 x 730 h x $0.219
        "Prediction GPUs (nvidia-tesla-t4)": Decimal("587.65"),  # 2 x 730 h x $0.4025
    }


def test_gpus_of_g2_are_part_of_the_machine(cost_lines: CostLines) -> None:
    told = {"machine_type": "g2-standard-4", "accelerator": "nvidia-l4", "min_replicas": 1}
    assert cost_lines(ENDPOINT, {}, told) == {"Prediction nodes (g2-standard-4)": Decimal("593.39")}


def test_what_is_deployed_is_not_guessed(cost_lines: CostLines) -> None:
    assert set(cost_lines(ENDPOINT, {}).values()) == {"usage"}
    assert set(cost_lines(ENDPOINT, {}, {"min_replicas": 1}).values()) == {"usage"}


def test_a_model_garden_deployment_declares_its_machines(cost_lines: CostLines) -> None:
    machine = {"machine_type": "a2-highgpu-1g", "accelerator_type": "NVIDIA_TESLA_A100", "accelerator_count": 1}
    assert cost_lines(DEPLOYMENT, deployment(machine, min_replica_count=1, max_replica_count=3)) == {
        "Prediction nodes (a2-highgpu-1g)": Decimal("3230.43")
    }
    machine = {"machine_type": "n1-standard-8", "accelerator_type": "NVIDIA_TESLA_T4", "accelerator_count": 2}
    assert cost_lines(DEPLOYMENT, deployment(machine))["Prediction GPUs (nvidia-tesla-t4)"] == Decimal("587.65")


def test_a_model_without_a_machine_is_unpriced(cost_lines: CostLines) -> None:
    assert list(cost_lines(DEPLOYMENT, {})) == ["unknown_until_apply"]


def test_feature_stores_cost_their_nodes(cost_lines: CostLines) -> None:
    assert cost_lines(FEATURESTORE, {"online_serving_config": [{"fixed_node_count": 2}]}) == {
        "Bigtable online serving nodes": Decimal("1372.40")
    }
    assert cost_lines(FEATURESTORE, {}) == {}
    assert cost_lines(ONLINE_STORE, {"optimized": [{}]}) == {"Optimized online serving nodes": Decimal("219.00")}


def test_an_index_costs_what_it_takes_in_and_the_nodes_that_serve_it(cost_lines: CostLines) -> None:
    assert cost_lines(INDEX, {}, {"monthly_index_build_gb": 10, "monthly_streaming_update_gb": 10}) == {
        "Index building": Decimal("30.00"),
        "Streaming updates": Decimal("4.50"),
    }
    assert cost_lines(DEPLOYED, SERVED) == {"Vector Search nodes (e2-standard-2)": Decimal("136.96")}
    assert list(cost_lines(DEPLOYED, {"automatic_resources": [{}]})) == ["unknown_until_apply"]
