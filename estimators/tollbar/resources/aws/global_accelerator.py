"""Global Accelerator: accelerators and the premium on the data through them.

Source: AWS Global Accelerator pricing page. The premium of a GB depends on the parts of the world where the
endpoints and where the clients are, and is billed in the direction in which more data goes.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.aws.continents import continent_of
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.component import Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_EDGES = {
    "us": ("north_america", "US, Mexico, Canada"),
    "europe": ("europe", "Europe"),
    "south_africa": ("south_africa", "South Africa, Kenya"),
    "south_america": ("south_america", "South America"),
    "south_korea": ("south_korea", "South Korea"),
    "middle_east": ("middle_east", "Middle East"),
    "australia": ("australia_new_zealand", "Australia, New Zealand"),
    "asia_pacific": ("asia_pacific", "Asia Pacific"),
    "india": ("india", "India, Indonesia, Philippines, Thailand"),
}
"""Usage keys: the part of the world in price paths, and its name on the page."""
_DIRECTIONS = {"Inbound": "monthly_inbound_data_transfer_gb", "Outbound": "monthly_outbound_data_transfer_gb"}


def accelerator(_resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the accelerator's hours, which are billed even while it is disabled."""
    yield Component("Fixed fee", usage.hours, "hours", PriceKey("aws/global_accelerator/accelerator", "global"))


def endpoint_group(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the premium on the GB of the direction in which more data goes, by where the clients are."""
    yield from as_far_as_known(lambda: _premiums(resource, usage))


def _premiums(resource: Resource, usage: Usage) -> Iterator[Component]:
    # The provider puts the group into its own region where none is told.
    here = continent_of(resource.attributes.text("endpoint_group_region", resource.region or ""))
    direction, edges = _dominant(usage)
    for edge in edges:
        there, part = _EDGES[edge]
        path = f"aws/global_accelerator/data_transfer_premium/{here}" + ("" if here == there else f"/{there}")
        quantity = usage.quantity(f"{_DIRECTIONS[direction]}.{edge}")
        yield Component(f"{direction} DT-premium fee", quantity, "GB", PriceKey(path, "global"), part)


def _dominant(usage: Usage) -> tuple[str, Sequence[str]]:
    """Return the direction in which more is told to go, with the places told of; clients of the US if nothing is."""
    told = {
        direction: [edge for edge in _EDGES if usage.is_told(f"{key}.{edge}")] for direction, key in _DIRECTIONS.items()
    }
    inbound, outbound = (
        sum((usage.quantity(f"{_DIRECTIONS[direction]}.{edge}").expected or Decimal(0) for edge in edges), Decimal(0))
        for direction, edges in told.items()
    )
    direction = "Inbound" if inbound > outbound else "Outbound"
    return direction, told[direction] or ("us",)


_ACCELERATOR_TYPES = ("aws_globalaccelerator_accelerator", "aws_globalaccelerator_custom_routing_accelerator")
_GROUP_TYPES = ("aws_globalaccelerator_endpoint_group", "aws_globalaccelerator_custom_routing_endpoint_group")
_GROUP_KEYS = tuple(
    UsageKey(
        f"{key}.{edge}",
        f"{direction.lower()} GB a month of clients in {name}",
        (10, 100, 1000) if (direction, edge) == ("Outbound", "us") else None,
    )
    for direction, key in _DIRECTIONS.items()
    for edge, (_, name) in _EDGES.items()
)
TYPES = (
    *(ResourceType(name, "network", accelerator) for name in _ACCELERATOR_TYPES),
    *(ResourceType(name, "network", endpoint_group, _GROUP_KEYS) for name in _GROUP_TYPES),
)
