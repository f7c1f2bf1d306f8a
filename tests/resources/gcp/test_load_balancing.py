"""Load balancers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

RULES = ("google_compute_forwarding_rule", "google_compute_global_forwarding_rule")
PROXIES = (
    "google_compute_region_target_http_proxy",
    "google_compute_region_target_https_proxy",
    "google_compute_region_target_tcp_proxy",
    "google_compute_target_grpc_proxy",
    "google_compute_target_http_proxy",
    "google_compute_target_https_proxy",
    "google_compute_target_ssl_proxy",
    "google_compute_target_tcp_proxy",
)
PROXY_USAGE = {"monthly_proxy_instances": 10.2, "monthly_data_processed_gb": 100}

EXAMPLES = (
    *(Example(name, {}, {"monthly_ingress_data_gb": 100}) for name in RULES),
    *(Example(name, {}, PROXY_USAGE) for name in PROXIES),
)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_costs_its_hours_and_what_comes_in(cost_lines: CostLines, name: str) -> None:
    assert cost_lines(name, {}, {"monthly_ingress_data_gb": 100}) == {
        "Forwarding rules": Decimal("7.30"),
        "Ingress data": Decimal("0.80"),
    }
    assert cost_lines(name, {}) == {"Forwarding rules": Decimal("7.30"), "Ingress data": "usage"}


@pytest.mark.parametrize("name", PROXIES)
def test_proxies_cost_as_many_as_run(cost_lines: CostLines, name: str) -> None:
    assert cost_lines(name, {}, PROXY_USAGE) == {
        "Proxy instance": Decimal("186.15"),  # 10.2 x 730 h x $0.025
        "Data processed": Decimal("0.80"),
    }
