"""AWS Glue jobs, crawlers and the Data Catalog. Source: AWS Glue pricing page; defaults from the Glue API reference."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_DPUS_BY_WORKER = {
    "Standard": Decimal(1),
    "G.025X": Decimal("0.25"),
    "G.1X": Decimal(1),
    "G.2X": Decimal(2),
    "G.4X": Decimal(4),
    "G.8X": Decimal(8),
    "G.12X": Decimal(12),
    "G.16X": Decimal(16),
    "R.1X": Decimal(1),
    "R.2X": Decimal(2),
    "R.4X": Decimal(4),
    "R.8X": Decimal(8),
    "Z.2X": Decimal(2),
}
"""Data processing units of a worker type."""

_PYTHON_SHELL_DPUS = Decimal("0.0625")
_SPARK_DPUS = Decimal(10)
"""What the vendor takes where neither a capacity nor workers are declared."""


def glue_job(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the DPU-hours of a job: its capacity times the hours that it runs."""
    attributes = resource.attributes
    dpus = _dpus(attributes)
    if dpus is None:
        worker = attributes.text("worker_type")
        yield Unpriced("price_not_found", f"worker_type {worker!r} is none of {', '.join(_DPUS_BY_WORKER)}")
        return
    command = attributes.block("command").text("name", "glueetl")
    path, name = "aws/glue/etl_job", f"Duration ({dpus.normalize():f} DPU)"
    if attributes.text("execution_class", "STANDARD") == "FLEX":
        path, name = "aws/glue/etl_job_flex", f"Duration ({dpus.normalize():f} DPU, flexible)"
    elif command == "glueray":
        path = "aws/glue/ray_job"
    elif (attributes.text("worker_type", "") or "").startswith("R."):
        path = "aws/glue/memory_optimized_job"
    yield Component(name, usage.quantity("monthly_hours") * dpus, "DPU-hours", PriceKey(path, resource.region))


def _dpus(attributes: Attributes) -> Decimal | None:
    """Return the capacity of a job, None where its worker type is not known."""
    declared = attributes.known_number("max_capacity")
    if declared:
        return declared
    workers = attributes.known_number("number_of_workers")
    if workers:
        of_one = _DPUS_BY_WORKER.get(attributes.text("worker_type", "Standard") or "Standard")
        return None if of_one is None else workers * of_one
    is_shell = attributes.block("command").text("name", "glueetl") == "pythonshell"
    return _PYTHON_SHELL_DPUS if is_shell else _SPARK_DPUS


def glue_crawler(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the DPU-hours of a crawler."""
    key = PriceKey("aws/glue/crawler", resource.region)
    yield Component("Duration", usage.quantity("monthly_hours"), "DPU-hours", key)


def glue_catalog_database(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the objects kept and the requests made beyond the free million of each."""
    region = resource.region
    kept = PriceKey("aws/glue/catalog/storage", region)
    yield Component("Storage", usage.quantity("monthly_objects"), "objects", kept)
    requests = PriceKey("aws/glue/catalog/requests", region)
    yield Component("Requests", usage.quantity("monthly_requests"), "requests", requests)


TYPES = (
    ResourceType(
        "aws_glue_job",
        "serverless",
        glue_job,
        (UsageKey("monthly_hours", "hours a month that the job runs", (1, 10, 100)),),
    ),
    ResourceType(
        "aws_glue_crawler",
        "serverless",
        glue_crawler,
        (UsageKey("monthly_hours", "DPU-hours a month that the crawler runs", (1, 5, 20)),),
    ),
    ResourceType(
        "aws_glue_catalog_database",
        "database",
        glue_catalog_database,
        (
            UsageKey("monthly_objects", "objects kept beyond the free 1,000,000 of the account"),
            UsageKey("monthly_requests", "requests a month beyond the free 1,000,000 of the account"),
        ),
    ),
)
