"""SageMaker AI: notebooks, and training jobs that a usage file tells of. Source: Amazon SageMaker AI pricing page.

Endpoints stand in ``sagemaker_endpoint.py``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.money import HOURS_PER_MONTH
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

STORAGE = "aws/sagemaker/storage/gp2"
_NOTEBOOK_GB = 5
"""The provider's default volume of a notebook."""


def notebook(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of the notebook's instance and its volume."""
    yield from as_far_as_known(lambda: _notebook_hours(resource, usage))
    yield from as_far_as_known(lambda: _notebook_volume(resource))


def _notebook_hours(resource: Resource, usage: Usage) -> Iterator[Component]:
    instance_type = resource.attributes.text("instance_type", "")
    hours = usage.quantity("monthly_hrs") if usage.is_told("monthly_hrs") else usage.hours
    key = PriceKey(f"aws/sagemaker/notebook/{instance_type}", resource.region)
    yield Component(f"Notebook instance ({instance_type})", hours, "hours", key)


def _notebook_volume(resource: Resource) -> Iterator[Component]:
    size = resource.attributes.number("volume_size", _NOTEBOOK_GB) or Decimal(0)
    yield Component(
        "Storage (general purpose SSD)", Quantity.fixed(size), "GB-months", PriceKey(STORAGE, resource.region)
    )


def training_job(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours of a training job's instances and of their volumes."""
    instance_type = usage.text("instance_type") or ""
    hours = usage.quantity("monthly_hrs") * usage.quantity("instance_count")
    key = PriceKey(f"aws/sagemaker/training/{instance_type}", resource.region)
    yield Component(f"Training ({instance_type})", hours, "hours", key)
    if usage.is_told("volume_size_gb"):
        held = usage.quantity("volume_size_gb") * hours / HOURS_PER_MONTH
        yield Component("Storage (general purpose SSD)", held, "GB-months", PriceKey(STORAGE, resource.region))


TYPES = (
    ResourceType(
        "aws_sagemaker_notebook_instance",
        "compute",
        notebook,
        (UsageKey("monthly_hrs", "hours a month that the notebook runs, where not all"),),
        size_attribute="instance_type",
    ),
    ResourceType(
        "aws_sagemaker_training_job",
        "compute",
        training_job,
        (
            UsageKey("region", "the region that the job runs in"),
            UsageKey("instance_type", "the machine type, such as ml.g5.xlarge"),
            UsageKey("instance_count", "instances of a job", (1, 1, 1)),
            UsageKey("monthly_hrs", "hours a month that jobs run"),
            UsageKey("volume_size_gb", "GB of the volume of each instance"),
        ),
    ),
)
