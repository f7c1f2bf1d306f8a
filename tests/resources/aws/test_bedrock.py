"""Bedrock: model units and tokens."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

UNITS = "aws_bedrock_provisioned_model_throughput"
TITAN = "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-text-express-v1:0:8k"
SONNET = "anthropic.claude-sonnet-4-20250514-v1:0"
TOKENS = {"monthly_input_tokens": 1_000_000, "monthly_output_tokens": 100_000}
CACHED = {**TOKENS, "monthly_cache_read_tokens": 1_000_000, "monthly_cache_write_tokens": 1_000_000}
EXAMPLES = (
    Example(UNITS, {"model_arn": TITAN, "model_units": 2}, grows=("model_units",)),
    Example("aws_bedrockagent_agent", {"foundation_model": SONNET}, CACHED),
    Example("aws_bedrock_inference_profile", {"model_source": [{"copy_from": SONNET}]}, TOKENS),
    Example("aws_bedrock_model", {}, {"model": SONNET, **TOKENS}),
)


@pytest.mark.parametrize(("term", "cost"), [(None, "14965.00"), ("OneMonth", "13432.00"), ("SixMonths", "10804.00")])
def test_model_units_cost_by_the_term(cost_lines: CostLines, term: str | None, cost: str) -> None:
    lines = cost_lines(UNITS, {"model_arn": TITAN, "model_units": 1, "commitment_duration": term})
    assert lines == {"Model units (amazon.titan-text-express)": Decimal(cost)}


def test_a_customised_model_costs_what_its_base_costs(cost_lines: CostLines) -> None:
    lines = cost_lines(
        UNITS,
        {"model_arn": UNKNOWN, "model_units": 2},
        others=[declared("aws_bedrock_custom_model", {"base_model_identifier": "cohere.command-light-text-v14:7:4k"})],
        references={"model_arn": ("aws_bedrock_custom_model.this",)},
    )
    assert lines == {"Model units (cohere.command-light)": Decimal("12497.60")}


def test_a_customised_model_of_another_project_is_reported(cost_lines: CostLines) -> None:
    arn = "arn:aws:bedrock:us-east-1:123456789012:custom-model/x/y"
    assert cost_lines(UNITS, {"model_arn": arn}) == {
        "unknown_until_apply": "which base model it serves is not in this project"
    }


def test_a_model_without_a_price_is_reported(cost_lines: CostLines) -> None:
    lines = cost_lines(UNITS, {"model_arn": SONNET})
    assert str(lines["Model units (anthropic.claude-sonnet-4)"]).startswith("price_not_found: Model units")


def test_an_agent_bills_the_tokens_of_its_model(cost_lines: CostLines) -> None:
    part = "anthropic.claude-sonnet-4"
    attributes = {"foundation_model": f"us.{SONNET}"}
    assert cost_lines("aws_bedrockagent_agent", attributes, CACHED) == {
        f"{part}: Input tokens": Decimal("3.00"),
        f"{part}: Output tokens": Decimal("1.50"),
        f"{part}: Cache read tokens": Decimal("0.30"),
        f"{part}: Cache write tokens": Decimal("3.75"),
    }
    unused = cost_lines("aws_bedrockagent_agent", attributes)
    assert unused == {f"{part}: Input tokens": "usage", f"{part}: Output tokens": "usage"}


def test_a_global_profile_has_prices_of_its_own(cost_lines: CostLines) -> None:
    attributes = {"model_source": [{"copy_from": f"arn:aws:bedrock:eu-west-1:1:inference-profile/global.{SONNET}"}]}
    lines = cost_lines("aws_bedrock_inference_profile", attributes, TOKENS, region="eu-west-1")
    assert lines == {
        "global.anthropic.claude-sonnet-4: Input tokens": Decimal("3.00"),
        "global.anthropic.claude-sonnet-4: Output tokens": Decimal("1.50"),
    }


def test_a_model_that_only_apply_tells_or_nobody_names_is_reported(cost_lines: CostLines) -> None:
    assert cost_lines("aws_bedrockagent_agent", {"foundation_model": UNKNOWN}, TOKENS) == {
        "unknown_until_apply": "foundation_model is known only after apply"
    }
    assert cost_lines("aws_bedrock_model", {}, TOKENS) == {"price_not_found": "no model is named"}
