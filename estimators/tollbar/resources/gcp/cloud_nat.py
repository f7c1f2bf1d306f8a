"""Cloud NAT gateways: the machines they serve, the GB they process, addresses they allocate themselves.

Source: "Cloud NAT pricing". A gateway is charged by the machines it serves, up to 32, and one rate beyond.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_MOST_COUNTED_VMS = 32


def router_nat(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the gateway's hours by the machines it serves, the GB it processes, and an automatic address.

    Addresses that are declared are resources of their own; of automatic ones there is one at least.
    """
    region = resource.region
    machines = usage.quantity("assigned_vms")
    if machines.expected is not None and machines.expected > _MOST_COUNTED_VMS:
        key = PriceKey("gcp/cloud_nat/gateway/over_32_vms", region)
        yield Component("Gateway (over 32 VMs)", usage.hours, "hours", key)
    else:
        counted = machines.each_end(lambda end: min(end, Decimal(_MOST_COUNTED_VMS)))
        key = PriceKey("gcp/cloud_nat/gateway/per_vm", region)
        yield Component("Assigned VMs (first 32)", counted * usage.hours, "hours", key)
    key = PriceKey("gcp/cloud_nat/data_processed", region)
    yield Component("Data processed", usage.quantity("monthly_data_processed_gb"), "GB", key)
    yield from as_far_as_known(lambda: _addresses(resource, usage.hours))


def _addresses(resource: Resource, hours: Quantity) -> Iterator[Component]:
    if resource.attributes.text("nat_ip_allocate_option", "") == "AUTO_ONLY":
        yield Component("IP address (automatic)", hours, "hours", PriceKey("gcp/cloud_nat/address", resource.region))


TYPES = (
    ResourceType(
        "google_compute_router_nat",
        "network",
        router_nat,
        usage_keys=(
            UsageKey("assigned_vms", "Machines that the gateway serves", (1, 3, 10)),
            UsageKey("monthly_data_processed_gb", "GB a month in both directions", (10, 100, 1000)),
        ),
    ),
)
