"""Static external addresses."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

ADDRESS = "google_compute_address"
USED_BY_THIS = {"network_interface.access_config.nat_ip": ("google_compute_address.this",)}


@pytest.mark.parametrize("attributes", [{}, {"address_type": "EXTERNAL"}, {"purpose": "GCE_ENDPOINT"}])
def test_an_unused_address_costs_most(cost_lines: CostLines, attributes: dict[str, Any]) -> None:
    assert cost_lines(ADDRESS, attributes) == {"IP address (unused)": Decimal("7.30")}


def test_an_unused_address_costs_by_region(cost_lines: CostLines) -> None:
    assert cost_lines(ADDRESS, {}, region="europe-central2") == {"IP address (unused)": Decimal("8.76")}


def test_an_address_of_a_machine_costs_less(cost_lines: CostLines) -> None:
    machine = declared("google_compute_instance", {}, references=USED_BY_THIS)
    assert cost_lines(ADDRESS, {}, others=[machine]) == {"IP address (standard VM)": Decimal("3.65")}


def test_an_address_of_a_spot_machine_costs_least(cost_lines: CostLines) -> None:
    machine = declared("google_compute_instance", {"scheduling": [{"preemptible": True}]}, references=USED_BY_THIS)
    assert cost_lines(ADDRESS, {}, others=[machine]) == {"IP address (spot VM)": Decimal("1.83")}


def test_an_address_of_cloud_nat_counts_as_used(cost_lines: CostLines) -> None:
    nat = declared("google_compute_router_nat", {}, references={"nat_ips": ("google_compute_address.this",)})
    assert cost_lines(ADDRESS, {}, others=[nat]) == {"IP address (Cloud NAT)": Decimal("3.65")}


def test_an_address_of_a_forwarding_rule_is_free(cost_lines: CostLines) -> None:
    rule = declared("google_compute_forwarding_rule", {}, references={"ip_address": ("google_compute_address.this",)})
    assert cost_lines(ADDRESS, {}, others=[rule]) == {}


@pytest.mark.parametrize(
    "attributes", [{"address_type": "INTERNAL"}, {"purpose": "VPC_PEERING"}, {"ip_version": "IPV6"}]
)
def test_internal_and_ipv6_addresses_are_free(cost_lines: CostLines, attributes: dict[str, Any]) -> None:
    assert cost_lines(ADDRESS, attributes) == {}


def test_a_global_address_is_sold_at_one_price_everywhere(cost_lines: CostLines) -> None:
    expected = {"IP address (unused)": Decimal("7.30")}
    assert cost_lines("google_compute_global_address", {}, region=None) == expected
    internal = {"address_type": "INTERNAL", "purpose": "VPC_PEERING"}
    assert cost_lines("google_compute_global_address", internal) == {}


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    line = str(cost_lines(ADDRESS, {}, region="mars-north1")["IP address (unused)"])
    assert line.startswith("price_not_found: IP address (unused): no price for gcp/compute/address/unused")


EXAMPLES = (Example(ADDRESS), Example("google_compute_global_address"))
