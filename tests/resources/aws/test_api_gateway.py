"""API Gateway: REST, HTTP and WebSocket APIs, stage caches."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example("aws_api_gateway_rest_api", {"name": "api"}, {"monthly_requests": 1_000_000}),
    Example("aws_apigatewayv2_api", {"protocol_type": "HTTP"}, {"monthly_requests": 1_000_000, "request_size_kb": 600}),
    Example(
        "aws_apigatewayv2_api",
        {"protocol_type": "WEBSOCKET"},
        {"monthly_messages": 1_000_000, "message_size_kb": 40, "monthly_connection_mins": 1_000_000},
    ),
    Example("aws_api_gateway_stage", {"cache_cluster_enabled": True, "cache_cluster_size": "1.6"}),
)


def test_rest_requests_are_tiered(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_api_gateway_rest_api", {}, {"monthly_requests": 21_000_000_000})
    # 333M at 3.50, 667M at 2.80, 19B at 2.38, 1B at 1.51 a million
    assert lines == {"Requests (REST)": Decimal("49763.10")}


@pytest.mark.parametrize(("size_kb", "cost"), [(None, "930.00"), (512, "930.00"), (513, "1830.00")])
def test_http_requests_are_tiered_and_metered_in_512_kb(cost_lines: CostLines, size_kb: int | None, cost: str) -> None:
    usage = {"monthly_requests": 1_000_000_000, "request_size_kb": size_kb}
    lines = cost_lines("aws_apigatewayv2_api", {"protocol_type": "HTTP"}, usage)
    assert lines == {"Requests (HTTP)": Decimal(cost)}


def test_websocket_messages_and_connection_minutes(cost_lines: CostLines) -> None:
    usage = {"monthly_messages": 1_500_000_000, "message_size_kb": 32, "monthly_connection_mins": 10_000_000}
    lines = cost_lines("aws_apigatewayv2_api", {"protocol_type": "WEBSOCKET"}, usage)
    assert lines == {"Messages": Decimal("1400.00"), "Connection duration": Decimal("2.50")}


def test_an_unknown_protocol_is_not_guessed(cost_lines: CostLines) -> None:
    assert "unknown_until_apply" in cost_lines("aws_apigatewayv2_api", {"protocol_type": UNKNOWN})
    assert "unknown_until_apply" in cost_lines("aws_apigatewayv2_api", {})


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (None, {"Cache memory (0.5 GB)": Decimal("14.60")}),
        ("0.5", {"Cache memory (0.5 GB)": Decimal("14.60")}),
        (237, {"Cache memory (237 GB)": Decimal("2774.00")}),
        (118.0, {"Cache memory (118 GB)": Decimal("1387.00")}),
    ],
)
def test_a_stage_bills_its_cache(cost_lines: CostLines, size: object, expected: dict[str, object]) -> None:
    attributes = {"cache_cluster_enabled": True, "cache_cluster_size": size}
    assert cost_lines("aws_api_gateway_stage", attributes) == expected


@pytest.mark.parametrize("attributes", [{}, {"cache_cluster_enabled": False, "cache_cluster_size": "237"}])
def test_a_stage_without_a_cache_is_free(cost_lines: CostLines, attributes: dict[str, object]) -> None:
    assert cost_lines("aws_api_gateway_stage", attributes) == {}


def test_an_unknown_cache_is_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_api_gateway_stage", {"cache_cluster_enabled": UNKNOWN})
    assert lines == {"unknown_until_apply": "cache_cluster_enabled is known only after apply"}


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    line = str(cost_lines("aws_api_gateway_rest_api", {}, region="mars-north-1")["Requests (REST)"])
    assert line.startswith("price_not_found: Requests (REST): no price for aws/api_gateway/requests/rest")


def test_a_cache_size_that_is_not_sold_names_those_that_are(cost_lines: CostLines) -> None:
    attributes = {"cache_cluster_enabled": True, "cache_cluster_size": "13"}
    line = str(cost_lines("aws_api_gateway_stage", attributes)["Cache memory (13 GB)"])
    assert "aws/api_gateway/cache/13.5" in line
