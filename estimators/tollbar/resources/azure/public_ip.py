"""Public IP addresses and prefixes. Source: "IP Addresses pricing" of Azure.

Every address is billed by the hour, used or not; a prefix for each of its addresses from its creation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.attachment import attached_by
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.traits import Redundancy
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


_ATTACHERS = {
    "azurerm_network_interface": ("ip_configuration.public_ip_address_id",),
    "azurerm_lb": ("frontend_ip_configuration.public_ip_address_id",),
    "azurerm_application_gateway": ("frontend_ip_configuration.public_ip_address_id",),
    "azurerm_bastion_host": ("ip_configuration.public_ip_address_id",),
    "azurerm_firewall": (
        "ip_configuration.public_ip_address_id",
        "management_ip_configuration.public_ip_address_id",
    ),
    "azurerm_nat_gateway_public_ip_association": ("public_ip_address_id",),
    "azurerm_virtual_network_gateway": ("ip_configuration.public_ip_address_id",),
    "azurerm_kubernetes_cluster": (),
    "azurerm_api_management": ("public_ip_address_id",),
}


def _redundancy(address: Resource, _usage: Usage, _inventory: Inventory) -> Redundancy | None:
    """Return in how many zones an address is; in how many it is without any declared depends on the region."""
    attributes = address.attributes
    if (attributes.text("sku_tier", "Regional") or "").lower() == "global":
        return "multi_region"
    zones = attributes.texts("zones")
    return None if not zones else "zone" if len(zones) == 1 else "multi_zone"


TYPES = (
    ResourceType(
        "azurerm_public_ip",
        "network",
        public_ip,
        traits=Readers(
            redundancy=_redundancy,
            attached=attached_by(
                _ATTACHERS, inert=("azurerm_dns_a_record", "azurerm_dns_aaaa_record", "azurerm_dns_cname_record")
            ),
        ),
    ),
    ResourceType("azurerm_public_ip_prefix", "network", public_ip_prefix),
)
