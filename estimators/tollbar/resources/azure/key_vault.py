"""Key Vault: keys, certificates and managed HSMs. Source: "Key Vault pricing".

Keys of RSA 2048 bit cost less than all others, which the page calls advanced. Secrets are billed by the operation
like simple keys. A vault itself is free.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_SIMPLE_RSA_BITS = 2048
_DEFAULT_RSA_BITS = 2048


def key(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield operations on secrets, rotations, operations with the key and, in an HSM, the months of its versions."""
    vault = _vault_path(resource, inventory)
    region = resource.region
    secrets = usage.quantity("monthly_secrets_operations")
    yield Component("Secrets operations", secrets, "operations", PriceKey(f"{vault}/operations", region))
    rotations = usage.quantity("monthly_key_rotation_renewals")
    yield Component("Key rotations", rotations, "units", PriceKey(f"{vault}/automated_key_rotation", region))
    yield from as_far_as_known(lambda: _protected_keys(resource, usage, vault))


def _protected_keys(resource: Resource, usage: Usage, vault: str) -> Iterator[Component]:
    kind = (resource.attributes.text("key_type") or "RSA").upper()
    in_hsm = kind.endswith("-HSM")
    is_simple = kind.startswith("RSA") and _bits(resource) <= _SIMPLE_RSA_BITS
    if in_hsm:
        what = "hsm_protected_rsa_2048_bit_key" if is_simple else "hsm_protected_advanced_key"
        held = usage.quantity("hsm_protected_keys")
        price = PriceKey(f"azure/key_vault/premium/{what}", resource.region)
        yield Component("HSM-protected keys", held, "units", price)
    operations = usage.quantity("monthly_protected_keys_operations")
    what = "operations" if is_simple else "advanced_key_operations"
    name = "Operations with HSM-protected keys" if in_hsm else "Operations with software-protected keys"
    yield Component(name, operations, "operations", PriceKey(f"{vault}/{what}", resource.region))


def _bits(resource: Resource) -> int:
    return int(resource.attributes.number("key_size") or _DEFAULT_RSA_BITS)


def certificate(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the renewals at an authority and the other operations with the certificate."""
    vault, region = _vault_path(resource, inventory), resource.region
    renewals = usage.quantity("monthly_certificate_renewal_requests")
    price = PriceKey(f"{vault}/certificate_renewal_request", region)
    yield Component("Certificate renewals", renewals, "requests", price)
    operations = usage.quantity("monthly_certificate_other_operations")
    yield Component("Certificate operations", operations, "operations", PriceKey(f"{vault}/operations", region))


def managed_hsm(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of the pool of hardware security modules."""
    sku = resource.attributes.text("sku_name") or "Standard_B1"
    price = PriceKey(f"azure/key_vault/hsm_pool/{sku.lower()}/instance", resource.region)
    yield Component(f"HSM pool ({sku})", usage.hours, "hours", price)


def _vault_path(resource: Resource, inventory: Inventory) -> str:
    """Return the path of the vault's SKU; both SKUs ask the same for operations, so one outside is no harm."""
    vault = inventory.referenced(resource, "key_vault_id", "azurerm_key_vault")
    sku = vault.attributes.literal("sku_name") if vault is not None else ""
    return f"azure/key_vault/{sku.lower() or 'standard'}"


TYPES = (
    ResourceType(
        "azurerm_key_vault_key",
        "security",
        key,
        usage_keys=(
            UsageKey("monthly_secrets_operations", "Operations on secrets a month", (1_000, 10_000, 1_000_000)),
            UsageKey("monthly_key_rotation_renewals", "Automated rotations of the key a month", (0, 0, 1)),
            UsageKey("monthly_protected_keys_operations", "Operations with the key a month", (1_000, 10_000, 1e6)),
            UsageKey("hsm_protected_keys", "Versions of the key in the HSM used in a month", (1, 1, 3)),
        ),
    ),
    ResourceType(
        "azurerm_key_vault_certificate",
        "security",
        certificate,
        usage_keys=(
            UsageKey("monthly_certificate_renewal_requests", "Renewals at a certificate authority a month", (0, 0, 1)),
            UsageKey("monthly_certificate_other_operations", "Other operations a month", (100, 1_000, 100_000)),
        ),
    ),
    ResourceType("azurerm_key_vault_managed_hardware_security_module", "security", managed_hsm),
)
