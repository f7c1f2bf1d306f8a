"""SageMaker notebooks and training jobs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

NOTEBOOK, TRAINING = "aws_sagemaker_notebook_instance", "aws_sagemaker_training_job"
JOB = {"instance_type": "ml.g5.12xlarge", "instance_count": 2, "monthly_hrs": 100}
EXAMPLES = (
    Example(
        NOTEBOOK, {"instance_type": "ml.t3.medium", "volume_size": 20}, {"monthly_hrs": 200}, grows=("volume_size",)
    ),
    Example(TRAINING, {}, {**JOB, "volume_size_gb": 73}),
)


def test_a_notebook_runs_all_month_unless_told(cost_lines: CostLines) -> None:
    assert cost_lines(NOTEBOOK, {"instance_type": "ml.t3.medium"}) == {
        "Notebook instance (ml.t3.medium)": Decimal("36.50"),
        "Storage (general purpose SSD)": Decimal("0.70"),  # 5 GB where nothing is told
    }
    lines = cost_lines(NOTEBOOK, {"instance_type": "ml.t3.medium", "volume_size": 100}, {"monthly_hrs": 200})
    assert list(lines.values()) == [Decimal("10.00"), Decimal("14.00")]


def test_an_instance_type_that_only_apply_tells_leaves_the_volume(cost_lines: CostLines) -> None:
    assert cost_lines(NOTEBOOK, {"instance_type": UNKNOWN}) == {
        "unknown_until_apply": "instance_type is known only after apply",
        "Storage (general purpose SSD)": Decimal("0.70"),
    }


def test_training_bills_the_hours_of_its_instances(cost_lines: CostLines) -> None:
    # 200 h at 7.09; 2 x 73 GB for 100 of 730 hours at 0.14
    assert cost_lines(TRAINING, {}, {**JOB, "volume_size_gb": 73}) == {
        "Training (ml.g5.12xlarge)": Decimal("1418.00"),
        "Storage (general purpose SSD)": Decimal("2.80"),
    }


def test_hours_that_nobody_told_are_unknown(cost_lines: CostLines) -> None:
    usage = {"instance_type": "ml.m5.xlarge", "instance_count": 1}
    assert cost_lines(TRAINING, {}, usage) == {"Training (ml.m5.xlarge)": "usage"}
