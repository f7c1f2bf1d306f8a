"""Amazon Managed Workflows for Apache Airflow environments. Source: Amazon MWAA pricing page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_DEFAULT_CLASS = "mw1.small"
_INCLUDED_WORKERS = 1
_INCLUDED_SCHEDULERS = 2
"""What the hours of an environment include; the vendor's default numbers, too."""


def environment(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of an environment and of its additional workers and schedulers, and its metadata database."""
    attributes, region = resource.attributes, resource.region
    yield from as_far_as_known(lambda: _environment_hours(resource, usage))
    yield from as_far_as_known(lambda: _additional("Worker", _workers(attributes, usage), resource, usage))
    yield from as_far_as_known(lambda: _additional("Scheduler", _schedulers(attributes, usage), resource, usage))
    stored = PriceKey("aws/mwaa/metadata_database", region)
    yield Component("Metadata database", usage.quantity("meta_database_gb"), "GB-months", stored)


def _environment_hours(resource: Resource, usage: Usage) -> Iterator[Component]:
    size = _size(resource.attributes)
    key = PriceKey(f"aws/mwaa/environment/{size}", resource.region)
    yield Component(f"Environment ({size})", usage.hours, "hours", key)


def _additional(role: str, number: Quantity, resource: Resource, usage: Usage) -> Iterator[Component]:
    size = _size(resource.attributes)
    key = PriceKey(f"aws/mwaa/{role.lower()}/{size}", resource.region)
    yield Component(f"Additional {role.lower()} ({size})", number * usage.hours, "hours", key)


def _workers(attributes: Attributes, usage: Usage) -> Quantity:
    """Return the workers beyond the first: as told, else between the declared bounds."""
    is_declared = attributes.is_set("min_workers") or attributes.is_set("max_workers")
    if usage.is_told("additional_workers") or not is_declared:
        return usage.quantity("additional_workers")
    least = attributes.number("min_workers", _INCLUDED_WORKERS) or Decimal(_INCLUDED_WORKERS)
    most = max(attributes.number("max_workers", 0) or least, least)
    return Quantity.between(least, least, most).above(_INCLUDED_WORKERS)


def _schedulers(attributes: Attributes, usage: Usage) -> Quantity:
    if usage.is_told("additional_schedulers") or not attributes.is_set("schedulers"):
        return usage.quantity("additional_schedulers")
    return Quantity.fixed(attributes.number("schedulers", _INCLUDED_SCHEDULERS) or 0).above(_INCLUDED_SCHEDULERS)


def _size(attributes: Attributes) -> str:
    """Return the size as the price list spells it: ``small`` of ``mw1.small``, in whatever case it is written."""
    declared = attributes.text("environment_class", _DEFAULT_CLASS) or _DEFAULT_CLASS
    return declared.lower().removeprefix("mw1.")


TYPES = (
    ResourceType(
        "aws_mwaa_environment",
        "other",
        environment,
        (
            UsageKey("additional_workers", "workers beyond the first, on average", (0, 1, 4)),
            UsageKey("additional_schedulers", "schedulers beyond the first two, on average", (0, 0, 1)),
            UsageKey("meta_database_gb", "GB of the metadata database", (1, 5, 20)),
        ),
        "environment_class",
    ),
)
