"""Microsoft Entra."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.conftest import declared
from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_DOMAIN, _REPLICA = "azurerm_active_directory_domain_service", "azurerm_active_directory_domain_service_replica_set"
_USERS = "azurerm_federated_identity_credential"
EXAMPLES = (
    Example(_DOMAIN, {"sku": "Enterprise"}),
    Example(
        _REPLICA,
        {},
        others=(declared(_DOMAIN, {"sku": "Premium"}),),
        references={"domain_service_id": (f"{_DOMAIN}.this",)},
    ),
    Example(_USERS, {}, {"monthly_active_p1_users": 60_000, "monthly_active_p2_users": 60_000}),
)


def test_domain_services_are_billed_by_the_hour(cost_lines: CostLines) -> None:
    lines = cost_lines(_DOMAIN, {"sku": "Standard"})
    assert lines == {"Active Directory domain service (Standard)": Decimal("109.50")}


def test_a_replica_set_costs_as_much_as_its_domain(cost_lines: CostLines) -> None:
    domain = declared(_DOMAIN, {"sku": "Enterprise"})
    lines = cost_lines(_REPLICA, {}, others=[domain], references={"domain_service_id": (domain.address,)})
    assert lines == {"Active Directory domain service replica set (Enterprise)": Decimal("292.00")}
    assert list(cost_lines(_REPLICA, {})) == ["unknown_until_apply"]


def test_users_beyond_fifty_thousand_are_billed(cost_lines: CostLines) -> None:
    lines = cost_lines(_USERS, {}, {"monthly_active_p1_users": 50_000, "monthly_active_p2_users": 50_100})
    assert lines == {"Active users (P1)": Decimal("0.00"), "Active users (P2)": Decimal("1.63")}
