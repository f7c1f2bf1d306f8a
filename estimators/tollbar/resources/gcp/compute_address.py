"""Static external IP addresses. Source: "External IP address pricing" of Google Cloud networking.

An address costs more while nothing uses it, less while a VM or Cloud NAT does, and nothing while a
forwarding rule does. Internal and IPv6 addresses are free.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.attachment import attached_by
from tollbar.resources.gcp.machine import is_spot
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_FORWARDING_RULES = ("google_compute_forwarding_rule", "google_compute_global_forwarding_rule")
_EXTERNAL_PURPOSES = frozenset({"", "GCE_ENDPOINT", "NAT_AUTO"})


def compute_address(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a regional external address at the price of its use."""
    if not _is_external(resource) or any(inventory.referring(resource, *_FORWARDING_RULES)):
        return
    instances = list(inventory.referring(resource, "google_compute_instance"))
    if instances and all(is_spot(instance.attributes.block("scheduling")) for instance in instances):
        path, name = "gcp/compute/address/in_use/spot", "IP address (spot VM)"
    elif instances:
        path, name = "gcp/compute/address/in_use/standard", "IP address (standard VM)"
    elif any(inventory.referring(resource, "google_compute_router_nat")):
        path, name = "gcp/compute/address/in_use/standard", "IP address (Cloud NAT)"
    else:
        path, name = "gcp/compute/address/unused", "IP address (unused)"
    yield Component(name, usage.hours, "hours", PriceKey(path, resource.region))


def compute_global_address(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a global external address that no forwarding rule uses."""
    if _is_external(resource) and not any(inventory.referring(resource, *_FORWARDING_RULES)):
        key = PriceKey("gcp/compute/address/global/unused", "global")
        yield Component("IP address (unused)", usage.hours, "hours", key)


def _is_external(resource: Resource) -> bool:
    """Whether an address is an external IPv4 one; the purposes of internal ranges make it internal."""
    attributes = resource.attributes
    return (
        attributes.text("address_type", "EXTERNAL") == "EXTERNAL"
        and attributes.text("ip_version", "IPV4") == "IPV4"
        and (attributes.text("purpose", "") or "") in _EXTERNAL_PURPOSES
    )


_ATTACHERS = {
    "google_compute_instance": ("network_interface.access_config.nat_ip",),
    "google_compute_instance_template": ("network_interface.access_config.nat_ip",),
    "google_compute_region_instance_template": ("network_interface.access_config.nat_ip",),
    "google_compute_forwarding_rule": ("ip_address",),
    "google_compute_global_forwarding_rule": ("ip_address",),
    "google_compute_router_nat": ("nat_ips", "drain_nat_ips"),
    "google_compute_vpn_tunnel": (),
    "google_service_networking_connection": ("reserved_peering_ranges",),
}
"""What uses an address."""
_ATTACHED = Readers(attached=attached_by(_ATTACHERS, inert=("google_dns_record_set",)))

TYPES = (
    ResourceType("google_compute_address", "network", compute_address, traits=_ATTACHED),
    ResourceType("google_compute_global_address", "network", compute_global_address, traits=_ATTACHED),
)
