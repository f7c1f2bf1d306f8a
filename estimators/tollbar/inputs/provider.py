"""Providers: which cloud a resource type belongs to, and where and how a provider creates things."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.resource import Cloud, Unknown

_CLOUDS: Mapping[str, Cloud] = {
    "aws": "aws",
    "google": "gcp",
    "azurerm": "azure",
    "azuread": "azure",
    "kubernetes": "kubernetes",
}

REGION_VARIABLES: Mapping[Cloud, tuple[str, ...]] = {
    "aws": ("AWS_REGION", "AWS_DEFAULT_REGION"),
    "gcp": ("GOOGLE_REGION", "GOOGLE_CLOUD_REGION", "GCLOUD_REGION", "CLOUDSDK_COMPUTE_REGION"),
}
"""The variables that a provider takes its region from, the first that is set wins."""

_ZONE_VARIABLES: Mapping[Cloud, tuple[str, ...]] = {
    "gcp": ("GOOGLE_ZONE", "GOOGLE_CLOUD_ZONE", "GCLOUD_ZONE", "CLOUDSDK_COMPUTE_ZONE"),
}


@dataclass(frozen=True, slots=True)
class Provider:
    """The settings of one provider configuration that bear on cost.

    ``region`` and ``zone`` are None where the configuration does not set them (the environment then
    decides) and UNKNOWN where it does but the value cannot be told.
    """

    region: str | Unknown | None = None
    zone: str | Unknown | None = None
    default_tags: Mapping[str, str] = field(default_factory=dict)


def provider_name(resource_type: str) -> str:
    """Return the provider that a resource type belongs to by its prefix: ``aws_instance`` to ``aws``."""
    return resource_type.partition("_")[0]


def base_name(provider: str) -> str:
    """Return a provider's name without its variant: ``google-beta`` to ``google``."""
    return provider.partition("-")[0]


def cloud_of(resource_type: str) -> Cloud:
    """Return the cloud of a resource type; "other" for what no cloud bills (``random_id``, ``null_resource``)."""
    return _CLOUDS.get(base_name(provider_name(resource_type)), "other")


def region_from_environment(cloud: Cloud, environment: Mapping[str, str]) -> str | None:
    """Return the region that a provider without a region of its own takes from the environment."""
    return _first_set(REGION_VARIABLES.get(cloud, ()), environment)


def zone_from_environment(cloud: Cloud, environment: Mapping[str, str]) -> str | None:
    """Return the zone that a provider without a zone of its own takes from the environment."""
    return _first_set(_ZONE_VARIABLES.get(cloud, ()), environment)


def _first_set(names: tuple[str, ...], environment: Mapping[str, str]) -> str | None:
    return next((environment[name] for name in names if environment.get(name)), None)
