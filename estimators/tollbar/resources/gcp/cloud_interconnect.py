"""Cloud Interconnect: circuits, VLAN attachments by capacity, and the data that leave through them.

Source: "Cloud Interconnect pricing". An attachment of a dedicated connection has 10 Gbps unless told otherwise; that
of a partner's connection has what the partner sets. Sending costs by the continent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.gcp.geography import continent_of
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_DEFAULT_BANDWIDTH = "BPS_10G"
_LARGE = {"BPS_20G": "20_gbps", "BPS_50G": "50_gbps", "BPS_100G": "100_gbps", "BPS_400G": "400_gbps"}
_LINKS = {
    "LINK_TYPE_ETHERNET_10G_LR": "10_gbps",
    "LINK_TYPE_ETHERNET_100G_LR": "100_gbps",
    "LINK_TYPE_ETHERNET_400G_LR4": "400_gbps",
}


def interconnect(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the circuits of a dedicated connection."""
    links = resource.attributes.number("requested_link_count", 1)
    declared = resource.attributes.text("link_type", "") or ""
    if links is not None:
        capacity = _LINKS.get(declared, declared.lower() or "unknown_link_type")
        key = PriceKey(f"gcp/cloud_interconnect/dedicated/{capacity}", "global")
        yield Component(f"Circuits ({capacity.replace('_', ' ')})", Quantity.fixed(links), "months", key)


def interconnect_attachment(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a VLAN attachment by its capacity, and the GB that leave through it."""
    yield from as_far_as_known(lambda: _attachment(resource, usage))
    continent = continent_of(resource.region)
    key = PriceKey(f"gcp/cloud_interconnect/egress/{continent or 'unknown_continent'}", resource.region)
    yield Component("Data transfer out", usage.quantity("monthly_egress_data_transfer_gb"), "GB", key)


def _attachment(resource: Resource, usage: Usage) -> Iterator[Component | Unpriced]:
    attributes = resource.attributes
    if attributes.text("type", "DEDICATED") != "DEDICATED":
        bandwidth = (attributes.text("bandwidth") or "").lower()
        if not bandwidth:
            yield Unpriced("unknown_until_apply", "the partner sets the bandwidth of the attachment")
            return
        capacity = f"partner_{bandwidth.removeprefix('bps_')}"
    else:
        declared = attributes.text("bandwidth", _DEFAULT_BANDWIDTH) or _DEFAULT_BANDWIDTH
        capacity = f"dedicated_{_LARGE.get(declared, 'up_to_10_gbps')}"
    key = PriceKey(f"gcp/cloud_interconnect/vlan_attachment/{capacity}", resource.region)
    yield Component(f"VLAN attachment ({capacity.replace('_', ' ')})", usage.hours, "hours", key)


TYPES = (
    ResourceType("google_compute_interconnect", "network", interconnect),
    ResourceType(
        "google_compute_interconnect_attachment",
        "network",
        interconnect_attachment,
        usage_keys=(
            UsageKey("monthly_egress_data_transfer_gb", "GB a month that leave Google Cloud", (10, 100, 1000)),
        ),
    ),
)
