"""Cloud NAT gateways."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

NAT = "google_compute_router_nat"
MANUAL = {"nat_ip_allocate_option": "MANUAL_ONLY", "region": "us-central1"}

EXAMPLES = (
    Example(NAT, MANUAL, {"assigned_vms": 4, "monthly_data_processed_gb": 1000}, lessens=("assigned_vms",)),
    Example(
        NAT,
        {"nat_ip_allocate_option": "AUTO_ONLY"},
        {"assigned_vms": 4, "monthly_data_processed_gb": 10},
        lessens=("assigned_vms",),
    ),
)  # the 33rd machine makes a gateway cheaper: $0.044 an hour is less than 32 x $0.0014


def test_a_gateway_costs_by_its_machines(cost_lines: CostLines) -> None:
    assert cost_lines(NAT, MANUAL, {"assigned_vms": 4, "monthly_data_processed_gb": 1000}) == {
        "Assigned VMs (first 32)": Decimal("4.09"),
        "Data processed": Decimal("45.00"),
    }


def test_32_machines_are_still_counted(cost_lines: CostLines) -> None:
    assert cost_lines(NAT, MANUAL, {"assigned_vms": 32})["Assigned VMs (first 32)"] == Decimal("32.70")


def test_more_machines_cost_one_rate(cost_lines: CostLines) -> None:
    assert cost_lines(NAT, MANUAL, {"assigned_vms": 500}) == {
        "Gateway (over 32 VMs)": Decimal("32.12"),
        "Data processed": "usage",
    }


def test_automatic_addresses_are_billed_with_the_gateway(cost_lines: CostLines) -> None:
    lines = cost_lines(NAT, {"nat_ip_allocate_option": "AUTO_ONLY"})
    assert lines["IP address (automatic)"] == Decimal("3.65")
