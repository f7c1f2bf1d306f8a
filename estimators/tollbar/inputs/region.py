"""The region a resource is created in, by each cloud's own rules."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.inputs.provider import region_from_environment, zone_from_environment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tollbar.inputs.provider import Provider
    from tollbar.resource import Attributes, Cloud, Resource

_AWS_ARN = re.compile(r"arn:[^:]+:[^:]*:([a-z0-9-]+):")
_AWS_ZONE = re.compile(r"[a-z]+(?:-[a-z]+)+-\d+")
_GCP_ZONE = re.compile(r"(.+\d)-[a-z]")


def region_of(cloud: Cloud, attributes: Attributes, provider: Provider, environment: Mapping[str, str]) -> str | None:
    """Return the vendor's name for a resource's region, None where nothing tells it."""
    if cloud == "aws":
        return _aws_region(attributes, provider, environment)
    if cloud == "gcp":
        return _gcp_region(attributes, provider, environment)
    if cloud == "azure":
        return _azure_region(_known_text(attributes, "location"))
    return None


def with_regions_of_references(resources: Sequence[Resource]) -> tuple[Resource, ...]:
    """Return the resources; those of Azure without a location get that of what they belong to.

    Azure's child resources carry no location: a database is where its server is, a server (in older
    configurations) where its resource group is. The resource group decides; without one, the other
    resources that are referred to, if they are all in one region.
    """
    by_address = {resource.address: resource for resource in resources}
    regions: dict[str, str | None] = {}

    def region(resource: Resource) -> str | None:
        if resource.region is not None or resource.cloud != "azure":
            return resource.region
        if resource.address not in regions:
            regions[resource.address] = None  # until it is known: a circle of references ends here
            regions[resource.address] = region_of_owners(resource)
        return regions[resource.address]

    def region_of_owners(resource: Resource) -> str | None:
        candidates = {region(by_address[address]) for address in _owners(resource) if address in by_address}
        candidates.discard(None)
        return candidates.pop() if len(candidates) == 1 else None

    return tuple(
        resource if (where := region(resource)) == resource.region else replace(resource, region=where)
        for resource in resources
    )


def zone_region(zone: str) -> str:
    """Return the region of a Google Cloud zone (``us-central1-a``); a region is returned as it is."""
    match = _GCP_ZONE.fullmatch(zone)
    return match[1] if match else zone


def aws_region_of(attributes: Attributes) -> str | None:
    """Return the AWS region that a resource's (or ``aws_region`` data source's) own attributes show."""
    arn = _AWS_ARN.match(_known_text(attributes, "arn") or "")
    zone = _AWS_ZONE.match(_known_text(attributes, "availability_zone") or "")
    return _known_text(attributes, "region") or (arn[1] if arn else None) or (zone[0] if zone else None)


def _aws_region(attributes: Attributes, provider: Provider, environment: Mapping[str, str]) -> str | None:
    if own := _known_text(attributes, "region"):
        return own
    if isinstance(provider.region, str):
        return provider.region
    from_environment = region_from_environment("aws", environment) if provider.region is None else None
    return from_environment or aws_region_of(attributes)


def _gcp_region(attributes: Attributes, provider: Provider, environment: Mapping[str, str]) -> str | None:
    for name in ("region", "zone", "location"):
        if value := _known_text(attributes, name):
            return zone_region(value.rpartition("/")[2].lower())
    settings = (
        (provider.region, region_from_environment("gcp", environment)),
        (provider.zone, zone_from_environment("gcp", environment)),
    )
    for configured, from_environment in settings:
        if isinstance(configured, str) and configured:
            return zone_region(configured)
        if configured is None and from_environment:
            return zone_region(from_environment)
    return None


def _azure_region(location: str | None) -> str | None:
    return location.replace(" ", "").lower() if location else None


def _known_text(attributes: Attributes, name: str) -> str | None:
    value = attributes.get(name)
    return value if isinstance(value, str) and value else None


def _owners(resource: Resource) -> list[str]:
    """Return what an Azure resource belongs to: its resource group if it names one, else all it refers to."""
    if "resource_group_name" in resource.references:
        return list(resource.references["resource_group_name"])
    return [address for addresses in resource.references.values() for address in addresses]
