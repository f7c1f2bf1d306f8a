"""WAF web ACLs, version 2 and classic."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example(
        "aws_wafv2_web_acl",
        {
            "rule": [
                {"name": "own"},
                {"statement": [{"rule_group_reference_statement": [{"arn": "arn:x"}]}]},
                {"statement": [{"managed_rule_group_statement": [{"name": "AWSManagedRulesBotControlRuleSet"}]}]},
                {"statement": [{"managed_rule_group_statement": [{"name": "AWSManagedRulesATPRuleSet"}]}]},
            ]
        },
        {"rule_group_rules": 5, "monthly_requests": 1_000_000, "monthly_fraud_control_requests": 10_000},
    ),
    Example("aws_waf_web_acl", {"rules": [{"type": "REGULAR"}]}, {"monthly_requests": 1_000_000}),
    Example(
        "aws_wafregional_web_acl", {"rule": [{"type": "GROUP"}]}, {"rule_group_rules": 5, "monthly_requests": 1000}
    ),
)

OWN = {"statement": [{"rate_based_statement": [{"limit": 10_000}]}]}
MANAGED = {"statement": [{"managed_rule_group_statement": [{"name": "AWSManagedRulesCommonRuleSet"}]}]}
GROUP: dict[str, object] = {"statement": [{"rule_group_reference_statement": [{}]}]}


def _managed(name: str, **more: object) -> dict[str, object]:
    return {"statement": [{"managed_rule_group_statement": [{"name": name, **more}]}]}


def test_an_acl_bills_its_rules_its_groups_and_the_rules_of_its_own_groups(cost_lines: CostLines) -> None:
    usage = {"rule_group_rules": 5, "managed_rule_group_rules": 10, "monthly_requests": 1_000_000}
    assert cost_lines("aws_wafv2_web_acl", {"rule": [OWN, MANAGED, GROUP]}, usage) == {
        "Web ACL": Decimal("5.00"),
        "Rules": Decimal("1.00"),
        "Rule groups": Decimal("1.00"),
        "Rules in rule groups": Decimal("5.00"),
        "Managed rule groups": Decimal("1.00"),
        "Requests": Decimal("0.60"),
    }


def test_the_rules_of_a_declared_group_are_counted(cost_lines: CostLines) -> None:
    lines = cost_lines(
        "aws_wafv2_web_acl",
        {"rule": [GROUP]},
        others=[declared("aws_wafv2_rule_group", {"rule": [OWN, OWN]}, name="mine")],
        references={"rule.statement.rule_group_reference_statement.arn": ("aws_wafv2_rule_group.mine",)},
    )
    assert lines["Rules in rule groups"] == Decimal("2.00")


def test_the_rules_of_a_group_elsewhere_are_not_guessed(cost_lines: CostLines) -> None:
    assert cost_lines("aws_wafv2_web_acl", {"rule": [GROUP]})["Rules in rule groups"] == "usage"


def test_an_acl_without_rules_bills_only_itself(cost_lines: CostLines) -> None:
    assert cost_lines("aws_wafv2_web_acl", {}) == {"Web ACL": Decimal("5.00"), "Requests": "usage"}


@pytest.mark.parametrize(
    ("configs", "line", "cost"),
    [
        (None, "Bot Control requests (common)", "1.00"),
        (
            [{"aws_managed_rules_bot_control_rule_set": [{"inspection_level": "TARGETED"}]}],
            "Bot Control requests (targeted)",
            "10.00",
        ),
    ],
)
def test_bot_control_costs_extra(cost_lines: CostLines, configs: object, line: str, cost: str) -> None:
    rule = _managed("AWSManagedRulesBotControlRuleSet", managed_rule_group_configs=configs)
    lines = cost_lines("aws_wafv2_web_acl", {"rule": [rule]}, {"monthly_requests": 1_000_000})
    assert lines["Managed rule groups"] == Decimal("1.00")
    assert lines["Bot Control"] == Decimal("10.00")
    assert lines[line] == Decimal(cost)


def test_fraud_control_costs_extra_once(cost_lines: CostLines) -> None:
    rules = [_managed("AWSManagedRulesATPRuleSet"), _managed("AWSManagedRulesACFPRuleSet")]
    lines = cost_lines("aws_wafv2_web_acl", {"rule": rules}, {"monthly_fraud_control_requests": 3_000_000})
    assert lines["Fraud Control"] == Decimal("10.00")
    # 2M at 1.00 and 1M at 0.70 a thousand
    assert lines["Fraud Control requests"] == Decimal("2700.00")


@pytest.mark.parametrize(("type_name", "block"), [("aws_waf_web_acl", "rules"), ("aws_wafregional_web_acl", "rule")])
def test_a_classic_acl(cost_lines: CostLines, type_name: str, block: str) -> None:
    rules = [{"type": "REGULAR"}, {"type": "RATE_BASED"}, {"type": "GROUP"}, {"type": "GROUP"}]
    lines = cost_lines(type_name, {block: rules}, {"rule_group_rules": 5, "monthly_requests": 1_000_000})
    assert lines == {
        "Web ACL": Decimal("5.00"),
        "Rules": Decimal("2.00"),
        "Rule groups": Decimal("2.00"),
        "Rules in rule groups": Decimal("5.00"),
        "Requests": Decimal("0.60"),
    }


def test_it_costs_the_same_everywhere(cost_lines: CostLines) -> None:
    assert cost_lines("aws_wafv2_web_acl", {}, region="eu-south-2")["Web ACL"] == Decimal("5.00")
