"""Certificate Authority Service: authorities by their tier. Source: "Certificate Authority Service pricing"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def certificate_authority(resource: Resource, _usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the months of a certificate authority; its pool decides the tier."""
    pool = inventory.referenced(resource, "pool", "google_privateca_ca_pool") or inventory.named(
        "google_privateca_ca_pool", "name", resource.attributes.literal("pool").rsplit("/", 1)[-1]
    )
    tier = None if pool is None else pool.attributes.text("tier")
    if tier is None:
        yield Unpriced("unknown_until_apply", "the tier of the authority's pool is not declared in this project")
        return
    key = PriceKey(f"gcp/certificate_authority/authority/{tier.lower()}", "global")
    yield Component(f"Certificate authority ({tier.lower()})", Quantity.fixed(1), "months", key)


TYPES = (ResourceType("google_privateca_certificate_authority", "security", certificate_authority),)
