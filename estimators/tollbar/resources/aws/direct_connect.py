"""Direct Connect: hours of ports and the data that leaves AWS over them. Source: AWS Direct Connect pricing page.

A GB costs by the region that it leaves and the continent of the location. The location is taken to be on
the continent of the region the connection is declared in, with which AWS associates it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.aws.continents import continent_of
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_FROM_REGION = "monthly_outbound_from_region_to_dx_connection_location"
_FROM_HERE = "monthly_outbound_region_to_dx_location_gb"


def connection(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the port's hours and the GB that leave AWS over it, by the region they come from."""
    yield from as_far_as_known(lambda: _port(resource, usage))
    yield from as_far_as_known(lambda: _data(resource, usage))


def _port(resource: Resource, usage: Usage) -> Iterator[Component]:
    speed = resource.attributes.text("bandwidth", "") or ""
    kind = (usage.text("dx_connection_type") or "dedicated").lower()
    key = PriceKey(f"aws/direct_connect/port/{kind}/{speed.lower()}", resource.region)
    yield Component("DX connection", usage.hours, "hours", key)


def _data(resource: Resource, usage: Usage) -> Iterator[Component | Unpriced]:
    """Yield the GB of each region that is told of; where none is, those of the connection's own."""
    location = resource.attributes.text("location", "") or "the location"
    told = [name for name in usage.given if name.startswith(f"{_FROM_REGION}.") and usage.is_told(name)]
    for name in told:
        region = name.removeprefix(f"{_FROM_REGION}.")
        if region in _REGIONS:
            yield _data_out(region.replace("_", "-"), location, resource.region, usage, name)
        else:
            yield Unpriced("price_not_found", f"{name}: {region} is no region of AWS")
    if not told:
        yield _data_out(resource.region, location, resource.region, usage, _FROM_HERE)


def _data_out(region: str | None, location: str, near: str | None, usage: Usage, key: str) -> Component:
    there = continent_of(near)
    path = "aws/direct_connect/data_out" + ("" if continent_of(region) == there else f"/to_{there}")
    name = f"Outbound data transfer (from {region}, to {location})"
    return Component(name, usage.quantity(key), "GB", PriceKey(path, region))


_REGIONS = (
    "af_south_1", "ap_east_1", "ap_northeast_1", "ap_northeast_2", "ap_northeast_3", "ap_south_1", "ap_south_2",
    "ap_southeast_1", "ap_southeast_2", "ap_southeast_3", "ap_southeast_4", "ap_southeast_5", "ca_central_1",
    "ca_west_1", "cn_north_1", "cn_northwest_1", "eu_central_1", "eu_central_2", "eu_north_1", "eu_south_1",
    "eu_south_2", "eu_west_1", "eu_west_2", "eu_west_3", "il_central_1", "me_central_1", "me_south_1",
    "mx_central_1", "sa_east_1", "us_east_1", "us_east_2", "us_gov_east_1", "us_gov_west_1", "us_west_1", "us_west_2",
)  # fmt: skip
_REGION_KEYS = tuple(
    UsageKey(f"{_FROM_REGION}.{region}", f"GB a month from {region.replace('_', '-')} to the connection's location")
    for region in _REGIONS
)
TYPES = (
    ResourceType(
        "aws_dx_connection",
        "network",
        connection,
        (
            UsageKey(
                _FROM_HERE, "GB a month from the connection's region, where no region is told of", (10, 100, 1000)
            ),
            UsageKey("dx_virtual_interface_type", "private or public; both cost the same"),
            UsageKey("dx_connection_type", "dedicated or hosted"),
            *_REGION_KEYS,
            UsageKey(f"{_FROM_REGION}.*", "GB a month from any other region: reported as not priced"),
        ),
    ),
)
