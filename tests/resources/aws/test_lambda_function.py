"""Lambda functions and provisioned concurrency."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example(
        "aws_lambda_function",
        {"memory_size": 1024, "architectures": ["arm64"], "ephemeral_storage": [{"size": 1024}]},
        {"monthly_requests": 1_000_000, "request_duration_ms": 500},
        grows=("memory_size", "ephemeral_storage.size"),
    ),
    Example(
        "aws_lambda_provisioned_concurrency_config",
        {"function_name": "f", "provisioned_concurrent_executions": 10},
        {
            "monthly_duration_hrs": 300,
            "monthly_requests": 1_000_000,
            "request_duration_ms": 500,
            "architecture": "x86_64",
            "memory_mb": 1024,
        },
        grows=("provisioned_concurrent_executions",),
    ),
)

X86_TIERS_OF_61_44B_GB_SECONDS = (
    6_000_000_000 * Decimal("0.0000166667")
    + 9_000_000_000 * Decimal("0.000015")
    + 46_440_000_000 * Decimal("0.0000133334")
)


def test_requests_and_duration_of_the_default_128_mb(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_lambda_function", {}, {"monthly_requests": 10_000_000, "request_duration_ms": 350})
    # 10M x 0.35 s x 0.125 GB = 437,500 GB-s
    assert lines == {"Requests": Decimal("2.00"), "Duration (x86_64)": Decimal("7.29")}


def test_arm_is_cheaper(cost_lines: CostLines) -> None:
    attributes = {"memory_size": 512, "architectures": ["arm64"]}
    lines = cost_lines("aws_lambda_function", attributes, {"monthly_requests": 10_000_000, "request_duration_ms": 350})
    assert lines == {"Requests": Decimal("2.00"), "Duration (arm64)": Decimal("23.33")}


def test_each_gb_second_is_billed_in_its_own_tier(cost_lines: CostLines) -> None:
    usage = {"monthly_requests": 15_000_000_000, "request_duration_ms": 2048}
    lines = cost_lines("aws_lambda_function", {"memory_size": 2048}, usage)
    assert lines["Duration (x86_64)"] == X86_TIERS_OF_61_44B_GB_SECONDS.quantize(Decimal("0.01"))


def test_ephemeral_storage_is_billed_beyond_512_mb(cost_lines: CostLines) -> None:
    usage = {"monthly_requests": 100_000_000, "request_duration_ms": 1000}
    lines = cost_lines("aws_lambda_function", {"ephemeral_storage": [{"size": 10_240}]}, usage)
    # 100M s x 9.5 GB x 0.0000000309
    assert lines["Ephemeral storage"] == Decimal("29.36")
    assert "Ephemeral storage" not in cost_lines("aws_lambda_function", {"ephemeral_storage": [{"size": 512}]}, usage)


def test_nothing_is_billed_for_sure(cost_lines: CostLines) -> None:
    assert cost_lines("aws_lambda_function", {}) == {"Requests": "usage", "Duration (x86_64)": "usage"}


def test_default_assumptions_give_a_cost(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_lambda_function", {}, assumptions=True)
    assert lines == {"Requests": Decimal("0.02"), "Duration (x86_64)": Decimal("0.04")}


def test_unknown_memory_is_not_128_mb(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_lambda_function", {"memory_size": UNKNOWN})
    assert lines == {"Requests": "usage", "unknown_until_apply": "memory_size is known only after apply"}


def test_an_unset_architecture_is_x86(cost_lines: CostLines) -> None:
    assert "Duration (x86_64)" in cost_lines("aws_lambda_function", {"architectures": UNKNOWN_OR_UNSET})


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    line = str(cost_lines("aws_lambda_function", {}, region="mars-north-1")["Requests"])
    assert line.startswith("price_not_found: Requests: no price for aws/lambda/requests in mars-north-1")


def test_provisioned_concurrency_as_the_usage_tells_it(cost_lines: CostLines) -> None:
    lines = cost_lines(
        "aws_lambda_provisioned_concurrency_config",
        {"function_name": "elsewhere", "provisioned_concurrent_executions": 50},
        {
            "monthly_duration_hrs": 100,
            "request_duration_ms": 350,
            "monthly_requests": 10_000_000,
            "architecture": "arm64",
            "memory_mb": 512,
        },
    )
    assert lines == {
        "Requests": Decimal("2.00"),
        "Provisioned concurrency (arm64)": Decimal("30.00"),
        "Duration (arm64)": Decimal("13.62"),
    }


@pytest.mark.parametrize(
    ("function_name", "references"),
    [
        (UNKNOWN, {"function_name": ("aws_lambda_function.f",)}),
        ("thumbnails", {}),
    ],
    ids=["by reference", "by name"],
)
def test_memory_and_architecture_are_those_of_the_function(
    cost_lines: CostLines, function_name: object, references: dict[str, tuple[str, ...]]
) -> None:
    function = declared(
        "aws_lambda_function",
        {"function_name": "thumbnails", "memory_size": 1024, "architectures": ["x86_64"]},
        name="f",
    )
    lines = cost_lines(
        "aws_lambda_provisioned_concurrency_config",
        {"function_name": function_name, "provisioned_concurrent_executions": 10},
        {"monthly_requests": 1_000_000, "request_duration_ms": 1000},
        others=[function],
        references=references,
    )
    assert lines == {
        "Requests": Decimal("0.20"),
        # kept ready for the whole month: 10 x 1 GB x 730 h x 3600 s x 0.0000041667
        "Provisioned concurrency (x86_64)": Decimal("109.50"),
        "Duration (x86_64)": Decimal("9.72"),
    }


def test_the_memory_of_a_function_elsewhere_is_not_guessed(cost_lines: CostLines) -> None:
    attributes = {"function_name": "elsewhere", "provisioned_concurrent_executions": 100}
    lines = cost_lines("aws_lambda_provisioned_concurrency_config", attributes, {"monthly_requests": 1_000_000})
    assert lines == {
        "Requests": Decimal("0.20"),
        "Provisioned concurrency (x86_64)": "usage",
        "Duration (x86_64)": "usage",
    }
