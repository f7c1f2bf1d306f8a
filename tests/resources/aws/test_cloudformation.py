"""CloudFormation stacks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

STACKS = ("aws_cloudformation_stack", "aws_cloudformation_stack_set")
USE = {"monthly_handler_operations": 10_000, "monthly_duration_secs": 10_000}
EXAMPLES = tuple(Example(stack, {"name": "third-party"}, USE) for stack in STACKS)
OTHERS_HANDLERS = "Resources:\n  a:\n    Type: AWS::S3::Bucket\n  b:\n    Type: Datadog::Monitors::Monitor\n"
OWN_HANDLERS = '{"Resources": {"a": {"Type": "AWS::EC2::VPC"}, "b": {"Type" : "Custom::Thing"}}}'


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("template", [None, OTHERS_HANDLERS])
def test_others_handlers_are_billed(cost_lines: CostLines, stack: str, template: str | None) -> None:
    lines = cost_lines(stack, {"template_body": template}, USE)
    assert lines == {"Handler operations": Decimal("9.00"), "Durations above 30s": Decimal("0.80")}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("template", [OWN_HANDLERS, "Resources:\n  a:\n    Type: 'AWS::S3::Bucket'\n"])
def test_aws_s_own_types_are_free(cost_lines: CostLines, stack: str, template: str) -> None:
    assert cost_lines(stack, {"template_body": template}, USE) == {}


def test_a_template_that_only_apply_tells_is_reported(cost_lines: CostLines) -> None:
    lines = cost_lines(STACKS[0], {"template_body": UNKNOWN}, USE)
    assert lines == {"unknown_until_apply": "template_body is known only after apply"}
