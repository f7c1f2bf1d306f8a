"""Route 53 zones, records, health checks and resolver endpoints."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example("aws_route53_zone", {"name": "example.com"}),
    Example(
        "aws_route53_record",
        {"type": "A"},
        {
            "monthly_standard_queries": 1_000_000,
            "monthly_latency_based_queries": 1_000_000,
            "monthly_geo_queries": 1_000_000,
        },
    ),
    Example(
        "aws_route53_health_check",
        {"type": "HTTPS_STR_MATCH", "request_interval": 10, "measure_latency": True},
        {"endpoint_type": "non_aws"},
    ),
    Example(
        "aws_route53_resolver_endpoint",
        {"ip_address": [{"subnet_id": "subnet-1"}, {"subnet_id": "subnet-2"}]},
        {"monthly_queries": 1_000_000},
    ),
)


def test_a_zone_costs_the_same_everywhere(cost_lines: CostLines) -> None:
    assert cost_lines("aws_route53_zone", {}) == {"Hosted zone": Decimal("0.50")}
    assert cost_lines("aws_route53_zone", {}, region=None) == {"Hosted zone": Decimal("0.50")}


def test_queries_are_tiered_by_the_billion(cost_lines: CostLines) -> None:
    usage = {
        "monthly_standard_queries": 1_100_000_000,
        "monthly_latency_based_queries": 1_200_000_000,
        "monthly_geo_queries": 1_500_000_000,
    }
    assert cost_lines("aws_route53_record", {}, usage) == {
        "Standard queries": Decimal("420.00"),
        "Latency based routing queries": Decimal("660.00"),
        "Geo DNS queries": Decimal("875.00"),
    }


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({}, {"Standard queries": "usage"}),
        ({"latency_routing_policy": [{"region": "eu-west-1"}]}, {"Latency based routing queries": "usage"}),
        ({"geolocation_routing_policy": [{"country": "DE"}]}, {"Geo DNS queries": "usage"}),
        ({"geoproximity_routing_policy": [{"bias": 1}]}, {"Geo DNS queries": "usage"}),
        ({"alias": [{"name": "lb.example.com"}]}, {}),
    ],
)
def test_the_routing_policy_decides_the_kind_of_query(
    cost_lines: CostLines, attributes: dict[str, object], expected: dict[str, object]
) -> None:
    assert cost_lines("aws_route53_record", attributes) == expected


@pytest.mark.parametrize(
    ("attributes", "aws", "elsewhere"),
    [
        ({"type": "HTTP", "request_interval": "30"}, ["0.50"], ["0.75"]),
        ({"type": "TCP"}, ["0.50"], ["0.75"]),
        ({"type": "HTTPS", "request_interval": "30"}, ["0.50", "1.00"], ["0.75", "2.00"]),
        ({"type": "HTTPS_STR_MATCH", "search_string": "ok"}, ["0.50", "2.00"], ["0.75", "4.00"]),
        (
            {"type": "HTTPS_STR_MATCH", "request_interval": "10", "measure_latency": True},
            ["0.50", "4.00"],
            ["0.75", "8.00"],
        ),
    ],
)
def test_a_health_check_bills_its_endpoint_and_features(
    cost_lines: CostLines, attributes: dict[str, object], aws: list[str], elsewhere: list[str]
) -> None:
    assert [*cost_lines("aws_route53_health_check", attributes).values()] == [Decimal(cost) for cost in aws]
    lines = cost_lines("aws_route53_health_check", attributes, {"endpoint_type": "Non_AWS"})
    assert [*lines.values()] == [Decimal(cost) for cost in elsewhere]


def test_a_resolver_endpoint_bills_interfaces_and_queries(cost_lines: CostLines) -> None:
    attributes = {"ip_address": [{"subnet_id": "subnet-1"}, {"subnet_id": "subnet-2"}]}
    lines = cost_lines("aws_route53_resolver_endpoint", attributes, {"monthly_queries": 2_000_000_000})
    assert lines == {"Resolver endpoint interfaces": Decimal("182.50"), "DNS queries": Decimal("600.00")}


def test_a_resolver_endpoint_without_known_addresses_is_unpriced(cost_lines: CostLines) -> None:
    assert "unknown_until_apply" in cost_lines("aws_route53_resolver_endpoint", {})


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    attributes = {"ip_address": [{"subnet_id": "subnet-1"}]}
    lines = cost_lines("aws_route53_resolver_endpoint", attributes, region="mars-north-1")
    assert all(str(line).startswith("price_not_found") for line in lines.values())
