"""CodeBuild."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

TYPE = "aws_codebuild_project"
EXAMPLES = (
    Example(
        TYPE,
        {"environment": [{"type": "LINUX_CONTAINER", "compute_type": "BUILD_GENERAL1_SMALL"}]},
        {"monthly_build_mins": 1000},
    ),
)


@pytest.mark.parametrize(
    ("kind", "size", "name", "cost"),
    [
        ("LINUX_CONTAINER", "SMALL", "Linux (general1.small)", "5.00"),
        ("LINUX_CONTAINER", "2XLARGE", "Linux (general1.2xlarge)", "200.00"),
        ("LINUX_GPU_CONTAINER", "LARGE", "Linux GPU (gpu1.large)", "650.00"),
        ("ARM_CONTAINER", "SMALL", "Arm (arm1.small)", "3.40"),
        ("WINDOWS_SERVER_2019_CONTAINER", "LARGE", "Windows (general1.large)", "36.00"),
    ],
)
def test_builds_cost_by_the_machine(cost_lines: CostLines, kind: str, size: str, name: str, cost: str) -> None:
    attributes = {"environment": [{"type": kind, "compute_type": f"BUILD_GENERAL1_{size}"}]}
    assert cost_lines(TYPE, attributes, {"monthly_build_mins": 1000}) == {name: Decimal(cost)}
    assert cost_lines(TYPE, attributes) == {name: "usage"}


def test_a_machine_without_a_price_is_reported(cost_lines: CostLines) -> None:
    attributes = {"environment": [{"type": "ARM_LAMBDA_CONTAINER", "compute_type": "BUILD_LAMBDA_1GB"}]}
    line = cost_lines(TYPE, attributes)["Arm Lambda (lambda.1gb)"]
    assert str(line).startswith("price_not_found: Arm Lambda (lambda.1gb)")


def test_a_machine_that_only_apply_tells_is_reported(cost_lines: CostLines) -> None:
    lines = cost_lines(TYPE, {"environment": [{"type": UNKNOWN}]})
    assert lines == {"unknown_until_apply": "environment.type is known only after apply"}
