"""Cloud Interconnect."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

CIRCUITS, ATTACHMENT = "google_compute_interconnect", "google_compute_interconnect_attachment"
TEN_GIGABIT = {"link_type": "LINK_TYPE_ETHERNET_10G_LR", "requested_link_count": 2}
TOLD = {"monthly_egress_data_transfer_gb": 1000}

EXAMPLES = (
    Example(CIRCUITS, TEN_GIGABIT, grows=("requested_link_count",)),
    Example(ATTACHMENT, {"type": "DEDICATED", "bandwidth": "BPS_10G"}, TOLD),
)


def test_circuits_cost_by_the_month(cost_lines: CostLines) -> None:
    assert cost_lines(CIRCUITS, TEN_GIGABIT) == {"Circuits (10 gbps)": Decimal("3400.00")}


@pytest.mark.parametrize(
    ("attributes", "name", "cost"),
    [
        ({}, "VLAN attachment (dedicated up to 10 gbps)", "73.00"),
        ({"bandwidth": "BPS_1G"}, "VLAN attachment (dedicated up to 10 gbps)", "73.00"),
        ({"bandwidth": "BPS_20G"}, "VLAN attachment (dedicated 20 gbps)", "146.00"),
        ({"bandwidth": "BPS_50G"}, "VLAN attachment (dedicated 50 gbps)", "365.00"),
    ],
)
def test_attachments_cost_by_capacity(cost_lines: CostLines, attributes: dict[str, Any], name: str, cost: str) -> None:
    assert cost_lines(ATTACHMENT, attributes, TOLD) == {name: Decimal(cost), "Data transfer out": Decimal("20.00")}


def test_sending_from_asia_costs_more(cost_lines: CostLines) -> None:
    assert cost_lines(ATTACHMENT, {}, TOLD, region="asia-east1")["Data transfer out"] == Decimal("42.00")


def test_a_partner_sets_the_bandwidth(cost_lines: CostLines) -> None:
    lines = cost_lines(ATTACHMENT, {"type": "PARTNER"})
    assert lines["unknown_until_apply"] == "the partner sets the bandwidth of the attachment"
