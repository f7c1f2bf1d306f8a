"""Keys, certificates and managed HSMs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.conftest import declared
from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

_KEY, _CERTIFICATE = "azurerm_key_vault_key", "azurerm_key_vault_certificate"
_HSM = "azurerm_key_vault_managed_hardware_security_module"
_PREMIUM = declared("azurerm_key_vault", {"sku_name": "premium"})
_IN_PREMIUM = {"key_vault_id": (_PREMIUM.address,)}
_USE = {
    "monthly_secrets_operations": 40_000,
    "monthly_key_rotation_renewals": 40,
    "monthly_protected_keys_operations": 4_000_000,
    "hsm_protected_keys": 5_000,
}
EXAMPLES = (
    Example(_KEY, {"key_type": "RSA-HSM", "key_size": 3072}, _USE, others=(_PREMIUM,), references=_IN_PREMIUM),
    Example(_KEY, {"key_type": "EC"}, _USE),
    Example(
        _CERTIFICATE,
        {},
        {"monthly_certificate_renewal_requests": 100, "monthly_certificate_other_operations": 100_000},
    ),
    Example(_HSM, {"sku_name": "Standard_B1"}),
)


def test_keys_in_an_hsm_are_billed_by_the_month_too(cost_lines: CostLines) -> None:
    attributes = {"key_type": "RSA-HSM", "key_size": 3072}
    assert cost_lines(_KEY, attributes, _USE, others=[_PREMIUM], references=_IN_PREMIUM) == {
        "Secrets operations": Decimal("0.12"),
        "Key rotations": Decimal("40.00"),
        "HSM-protected keys": Decimal("7025.00"),
        "Operations with HSM-protected keys": Decimal("60.00"),
    }


def test_rsa_2048_costs_less_than_the_others(cost_lines: CostLines) -> None:
    simple = cost_lines(_KEY, {"key_type": "RSA", "key_size": 2048}, _USE)
    advanced = cost_lines(_KEY, {"key_type": "EC"}, _USE)
    assert simple["Operations with software-protected keys"] == Decimal("12.00")
    assert advanced["Operations with software-protected keys"] == Decimal("60.00")
    in_hsm = cost_lines(_KEY, {"key_type": "RSA-HSM"}, _USE)
    assert in_hsm["HSM-protected keys"] == Decimal("5000.00")


def test_certificates_bill_renewals_and_operations(cost_lines: CostLines) -> None:
    usage = {"monthly_certificate_renewal_requests": 100, "monthly_certificate_other_operations": 100_000}
    assert cost_lines(_CERTIFICATE, {}, usage) == {
        "Certificate renewals": Decimal("300.00"),
        "Certificate operations": Decimal("0.30"),
    }


def test_a_managed_hsm_is_billed_by_the_hour(cost_lines: CostLines) -> None:
    assert cost_lines(_HSM, {"sku_name": "Standard_B1"}) == {"HSM pool (Standard_B1)": Decimal("2336.00")}
