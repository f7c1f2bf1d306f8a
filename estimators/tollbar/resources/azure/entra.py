"""Microsoft Entra: Domain Services and identities of other organisations.

Sources: "Microsoft Entra Domain Services pricing"; "Microsoft Entra pricing", External Identities, whose first
50,000 active users a month are free.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_DOMAIN = "azurerm_active_directory_domain_service"


def domain_service(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of the first replica set."""
    sku = resource.attributes.text("sku") or ""
    yield _hours("Active Directory domain service", sku, resource, usage)


def replica_set(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a further replica set, at the price of its domain's SKU."""
    domain = inventory.referenced(resource, "domain_service_id", _DOMAIN)
    if domain is None:
        yield Unpriced("unknown_until_apply", "the SKU of its domain service, which is not in this project")
        return
    sku = domain.attributes.text("sku") or ""
    yield _hours("Active Directory domain service replica set", sku, resource, usage)


def federated_identity_credential(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the users of other organisations that are active in a month, by licence."""
    for licence in ("p1", "p2"):
        key = PriceKey(f"azure/entra_id/external_identities/{licence}/active_users", resource.region)
        users = usage.quantity(f"monthly_active_{licence}_users")
        yield Component(f"Active users ({licence.upper()})", users, "users", key)


def _hours(name: str, sku: str, resource: Resource, usage: Usage) -> Component:
    key = PriceKey(f"azure/entra_domain_services/{sku.lower()}", resource.region)
    return Component(f"{name} ({sku})", usage.hours, "hours", key)


TYPES = (
    ResourceType(_DOMAIN, "security", domain_service, size_attribute="sku"),
    ResourceType("azurerm_active_directory_domain_service_replica_set", "security", replica_set),
    ResourceType(
        "azurerm_federated_identity_credential",
        "security",
        federated_identity_credential,
        usage_keys=tuple(
            UsageKey(
                f"monthly_active_{licence}_users", f"Users active in a month with {licence.upper()}", (0, 0, 1_000)
            )
            for licence in ("p1", "p2")
        ),
    ),
)
