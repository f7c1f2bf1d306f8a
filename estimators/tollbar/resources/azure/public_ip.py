"""Public IP addresses and prefixes. Source: "IP Addresses pricing" of Azure.

Every address is billed by the hour, used or not; a prefix for each of its addresses from its creation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_ADDRESS_BITS = {"ipv4": 32, "ipv6": 128}
_DEFAULT_PREFIX_LENGTH = 28


def public_ip(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of an address; the provider's default SKU is Standard, and only Basic ones are dynamic."""
    attributes = resource.attributes
    sku = (attributes.text("sku", "Standard") or "Standard").lower()
    allocation = (attributes.text("allocation_method") or "Static").lower()
    tier = (attributes.text("sku_tier", "Regional") or "Regional").lower()
    version = (attributes.text("ip_version", "IPv4") or "IPv4").lower()
    kind = "global" if tier == "global" else "basic" if allocation == "dynamic" else sku
    key = PriceKey(f"azure/public_ip/{version}/{allocation}/{kind}", resource.region)
    yield Component(f"IP address ({allocation}, {tier})", usage.hours, "hours", key)


def public_ip_prefix(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of every address of a prefix."""
    attributes = resource.attributes
    version = (attributes.text("ip_version", "IPv4") or "IPv4").lower()
    tier = (attributes.text("sku_tier", "Regional") or "Regional").lower()
    length = attributes.number("prefix_length", _DEFAULT_PREFIX_LENGTH)
    bits = _ADDRESS_BITS.get(version)
    if length is None or bits is None or not 0 <= length <= bits:
        yield Unpriced("unknown_until_apply", f"prefix_length {length} does not fit {version}")
        return
    addresses = 2 ** (bits - int(length))
    kind = "global" if tier == "global" else "standard"
    key = PriceKey(f"azure/public_ip_prefix/{version}/{kind}", resource.region)
    yield Component(f"IP prefix ({addresses} addresses)", usage.hours * addresses, "hours", key)


TYPES = (
    ResourceType("azurerm_public_ip", "network", public_ip),
    ResourceType("azurerm_public_ip_prefix", "network", public_ip_prefix),
)
