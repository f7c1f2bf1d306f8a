"""Artifact Registry and the older Container Registry: stored GB and what is read from other regions.

Sources: "Artifact Registry pricing" and "Container Registry pricing" (which is that of a multi-regional
Cloud Storage bucket). Reads within a location, and between a multi-region and the regions of its continent, are free.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.gcp.cloud_storage import BUCKET_USAGE_KEYS, bucket_lines
from tollbar.resources.gcp.geography import REGIONS, continent_of
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_EGRESS = "monthly_egress_data_transfer_gb"
_NAMES = {
    "within_north_america": "Data transfer within North America",
    "within_europe": "Data transfer within Europe",
    "within_asia": "Data transfer within Asia Pacific",
    "oceania": "Data transfer to or from Oceania",
    "between_continents": "Data transfer between continents (without Oceania)",
}
_DEFAULT_REGISTRY = "us"
"""gcr.io, which a registry without a location is, stands in the United States."""


def artifact_repository(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield a repository's stored GB and the GB that are read in other regions."""
    location = (resource.attributes.text("location", "") or resource.region or "").lower() or None
    key = PriceKey("gcp/artifact_registry/storage", location)
    yield Component("Storage", usage.quantity("storage_gb"), "GB-months", key)
    by_distance: dict[str, Quantity] = defaultdict(lambda: Quantity.fixed(0))
    for region in REGIONS:
        quantity = usage.quantity(_key_of(region))
        distance = _distance(location, region)
        if quantity.is_known and distance is not None:
            by_distance[distance] = by_distance[distance] + quantity
    for distance, quantity in by_distance.items():
        name = _NAMES.get(distance, f"Data transfer {distance.replace('_', ' ')}")
        yield Component(name, quantity, "GB", PriceKey(f"gcp/artifact_registry/egress/{distance}", location))


def container_registry(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield a registry's bucket: stored GB, operations and data transfer to the internet."""
    location = (resource.attributes.text("location", "") or _DEFAULT_REGISTRY).lower()
    yield from bucket_lines("standard", location, usage)


def _key_of(region: str) -> str:
    """Return the usage key of what is read in a region: ``….us_east1``."""
    return f"{_EGRESS}.{region.replace('-', '_')}"


def _distance(location: str | None, region: str) -> str | None:
    """Return how far data go from a repository to a region, as it is priced; None where it is free."""
    here, there = continent_of(location), continent_of(region)
    is_multi_region = location is not None and "-" not in location
    if location == region or (is_multi_region and here == there):
        return None
    if here == there:
        return "oceania" if here == "oceania" else f"within_{here}"
    return "oceania" if "oceania" in {here, there} else "between_continents"


TYPES = (
    ResourceType(
        "google_artifact_registry_repository",
        "container",
        artifact_repository,
        usage_keys=(
            UsageKey("storage_gb", "GB of images and packages that are kept", (1, 10, 100)),
            *(UsageKey(_key_of(region), f"GB a month that are read in {region}") for region in REGIONS),
        ),
        traits=Readers(
            lifecycle_rules=lambda repository, _usage, _inventory: (
                any(
                    policy.text("action", "") == "DELETE" for policy in repository.attributes.blocks("cleanup_policies")
                )
                and not repository.attributes.flag("cleanup_policy_dry_run")
            )
        ),
    ),
    ResourceType("google_container_registry", "container", container_registry, usage_keys=BUCKET_USAGE_KEYS),
)
