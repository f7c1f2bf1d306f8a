"""Peerings of virtual networks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.resource import Resource

PEERING, NETWORK = "azurerm_virtual_network_peering", "azurerm_virtual_network"
USAGE = {"monthly_data_transfer_gb": 1000}
REFERENCES = {
    "virtual_network_name": (f"{NETWORK}.own",),
    "remote_virtual_network_id": (f"{NETWORK}.remote",),
}


def networks(own: str | None, remote: str | None) -> tuple[Resource, ...]:
    return declared(NETWORK, {}, name="own", region=own), declared(NETWORK, {}, name="remote", region=remote)


EXAMPLES = tuple(
    Example(PEERING, {}, USAGE, others=networks("eastus", remote), references=REFERENCES)
    for remote in ("eastus", "japanwest")
)


@pytest.mark.parametrize(
    ("own", "remote", "inbound", "outbound"),
    [
        ("westeurope", "westeurope", "10.00", "10.00"),
        ("westeurope", "northeurope", "35.00", "35.00"),
        ("westeurope", "japanwest", "90.00", "35.00"),
        ("brazilsouth", "eastus", "35.00", "160.00"),
    ],
)
def test_each_direction_costs_by_its_zone(
    cost_lines: CostLines, own: str, remote: str, inbound: str, outbound: str
) -> None:
    lines = cost_lines(PEERING, {}, USAGE, others=networks(own, remote), references=REFERENCES)
    assert lines == {"Inbound data transfer": Decimal(inbound), "Outbound data transfer": Decimal(outbound)}


def test_a_network_elsewhere_is_not_guessed(cost_lines: CostLines) -> None:
    assert list(cost_lines(PEERING, {}, USAGE)) == ["unknown_until_apply"]
    unknown = networks("eastus", None)
    assert list(cost_lines(PEERING, {}, USAGE, others=unknown, references=REFERENCES)) == ["unknown_until_apply"]
