"""Training of a model of one's own, and what is told of such models."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.estimate import MachineLearning
from tollbar.resources.registry import resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

TRAINING, HOSTED = "ml_training", "llm_self_hosted"
USE = {"hours_per_run": 6, "runs_per_month": 4}

EXAMPLES = (
    Example(TRAINING, {"instance_type": "p3.2xlarge"}, USE, grows=("instances",)),
    Example(TRAINING, {"cloud": "gcp", "gpu": "l4", "instances": 2}, USE, region="us-central1"),
)


@pytest.mark.parametrize(
    ("attributes", "lines"),
    [
        # 24 hours at $3.06, on two machines, and at the spot price.
        ({"instance_type": "p3.2xlarge"}, {"Machine hours (p3.2xlarge, on-demand)": Decimal("73.44")}),
        ({"instance_type": "p3.2xlarge", "instances": 2}, {"Machine hours (p3.2xlarge, on-demand)": Decimal("146.88")}),
        ({}, {"price_not_found": "neither instance_type, gpu_price nor a known gpu of a cloud is told"}),
    ],
)
def test_machine_hours(cost_lines: CostLines, attributes: dict[str, Any], lines: dict[str, Any]) -> None:
    assert cost_lines(TRAINING, attributes, USE) == lines


def test_without_use_the_cost_is_not_known(cost_lines: CostLines) -> None:
    lines = cost_lines(TRAINING, {"instance_type": "p3.2xlarge"}, {"hours_per_run": 6}, assumptions=True)
    assert lines == {"Machine hours (p3.2xlarge, on-demand)": "usage"}


def _told(type_name: str, attributes: dict[str, Any], use: dict[str, Any]) -> MachineLearning | None:
    resource = declared(type_name, attributes)
    known = resource_type(resource)
    assert known is not None
    assert known.machine_learning is not None
    return known.machine_learning(resource, Usage(use, known.usage_key_by_name))


def test_what_is_told_of_a_model_is_handed_on() -> None:
    told = {"task_type": "ranking", "precision": "fp16", "accuracy": "0.9", "previous_accuracy": 0, "drift": "0.02"}
    assert _told(TRAINING, told, USE) == MachineLearning(
        task_type="ranking",
        precision="fp16",
        accuracy=Decimal("0.9"),
        previous_accuracy=Decimal(0),
        drift=Decimal("0.02"),
        runs_per_month=Decimal(4),
    )
    assert _told(HOSTED, {"precision": "int8"}, {}) == MachineLearning(precision="int8")


def test_a_model_of_which_nothing_is_told() -> None:
    assert _told(HOSTED, {"model": "m", "instance_type": "g5.xlarge"}, {"replicas": 1}) is None
    assert _told(TRAINING, {"instance_type": "g5.xlarge"}, {}) is None
