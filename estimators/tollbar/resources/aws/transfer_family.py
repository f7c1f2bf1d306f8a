"""Transfer Family servers. Source: AWS Transfer Family pricing page."""

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

_DEFAULT = ("SFTP",)
_DATA = {
    "Data downloaded": ("monthly_data_downloaded_gb", "aws/transfer_family/data_downloaded"),
    "Data uploaded": ("monthly_data_uploaded_gb", "aws/transfer_family/data_uploaded"),
}


def server(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of each protocol and the GB downloaded and uploaded; billed even while it is stopped."""
    yield from as_far_as_known(lambda: _protocols(resource, usage))
    for name, (key, path) in _DATA.items():
        yield Component(name, usage.quantity(key), "GB", PriceKey(path, resource.region))


def _protocols(resource: Resource, usage: Usage) -> Iterator[Component]:
    for protocol in sorted(set(resource.attributes.texts("protocols") or _DEFAULT)):
        key = PriceKey(f"aws/transfer_family/protocol/{protocol.lower()}", resource.region)
        yield Component(f"{protocol} protocol enabled", usage.hours, "hours", key)


TYPES = (
    ResourceType(
        "aws_transfer_server",
        "network",
        server,
        (
            UsageKey("monthly_data_downloaded_gb", "GB downloaded a month", (10, 100, 1000)),
            UsageKey("monthly_data_uploaded_gb", "GB uploaded a month", (10, 100, 1000)),
        ),
    ),
)
