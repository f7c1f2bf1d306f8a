"""AWS Config."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

RULES = (
    "aws_config_config_rule",
    "aws_config_conformance_pack",
    "aws_config_organization_conformance_pack",
    "aws_config_organization_custom_policy_rule",
    "aws_config_organization_custom_rule",
    "aws_config_organization_managed_rule",
)
RECORDER = "aws_config_configuration_recorder"
ITEMS = {"monthly_config_items": 1000, "monthly_custom_config_items": 2000}
EXAMPLES = (
    *(Example(rule, {}, {"monthly_rule_evaluations": 1000}) for rule in RULES),
    Example(RECORDER, {}, ITEMS),
    Example(RECORDER, {"recording_mode": [{"recording_frequency": "DAILY"}]}, ITEMS),
)


@pytest.mark.parametrize("rule", RULES)
def test_evaluations_are_tiered(cost_lines: CostLines, rule: str) -> None:
    # 100,000 at 0.001, 400,000 at 0.0008, 500,000 at 0.0005
    lines = cost_lines(rule, {}, {"monthly_rule_evaluations": 1_000_000})
    assert lines == {"Rule evaluations": Decimal("670.00")}
    assert cost_lines(rule, {}) == {"Rule evaluations": "usage"}


@pytest.mark.parametrize(("frequency", "cost"), [("CONTINUOUS", "3.00"), ("DAILY", "12.00")])
def test_items_recorded_once_a_day_cost_more_each(cost_lines: CostLines, frequency: str, cost: str) -> None:
    lines = cost_lines(RECORDER, {"recording_mode": [{"recording_frequency": frequency}]}, ITEMS)
    assert lines == {"Config items": Decimal(cost), "Custom config items": Decimal("6.00")}


def test_a_mode_that_only_apply_tells_leaves_the_custom_items(cost_lines: CostLines) -> None:
    lines = cost_lines(RECORDER, {"recording_mode": [{"recording_frequency": UNKNOWN}]}, ITEMS)
    assert lines == {
        "unknown_until_apply": "recording_mode.recording_frequency is known only after apply",
        "Custom config items": Decimal("6.00"),
    }
