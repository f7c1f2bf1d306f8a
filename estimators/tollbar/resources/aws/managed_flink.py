"""Kinesis Data Analytics and Managed Service for Apache Flink applications, and their snapshots.

Sources: Amazon Managed Service for Apache Flink pricing and Amazon Kinesis Data Analytics pricing pages.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
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

_UNITS_KEY = "kinesis_processing_units"
_BACKUP_NAME = "durable_application_backup_gb"
_STORAGE_GB_PER_UNIT = 50
"""Running storage that every processing unit of a Flink application brings and that is billed, GB."""


def sql_application(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the processing units (KPU) of an SQL application, for the hours of the month."""
    yield _processing("Processing (stream)", usage.quantity(_UNITS_KEY), resource, usage)


def application(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the processing units (KPU); of a Flink application also one to orchestrate it, storage and backups."""
    yield from as_far_as_known(lambda: _stream(resource, usage))
    yield from as_far_as_known(lambda: _orchestration(resource, usage))


def _stream(resource: Resource, usage: Usage) -> Iterator[Component]:
    units = _units(resource.attributes, usage)
    yield _processing("Processing (stream)", units, resource, usage)
    if _is_flink(resource):
        key = PriceKey("aws/flink/running_storage", resource.region)
        yield Component("Running storage", units * _STORAGE_GB_PER_UNIT, "GB-months", key)


def _orchestration(resource: Resource, usage: Usage) -> Iterator[Component]:
    if _is_flink(resource):
        yield _processing("Processing (orchestration)", Quantity.fixed(1), resource, usage)
        yield _backup(resource, usage)


def snapshot(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the durable backup of an application's state."""
    yield _backup(resource, usage)


def _is_flink(resource: Resource) -> bool:
    return (resource.attributes.text("runtime_environment", "") or "").upper().startswith(("FLINK", "ZEPPELIN"))


def _units(attributes: Attributes, usage: Usage) -> Quantity:
    """Return the processing units: as told, else as the declared parallelism needs."""
    flink = attributes.block("application_configuration").block("flink_application_configuration")
    declared = flink.block("parallelism_configuration")
    if usage.is_told(_UNITS_KEY) or not declared.is_set("parallelism"):
        return usage.quantity(_UNITS_KEY)
    parallelism = declared.number("parallelism", 1) or Decimal(1)
    per_unit = declared.number("parallelism_per_kpu", 1) or Decimal(1)
    return Quantity.fixed((parallelism / per_unit).to_integral_value(ROUND_CEILING))


def _processing(name: str, units: Quantity, resource: Resource, usage: Usage) -> Component:
    return Component(name, units * usage.hours, "KPU-hours", PriceKey("aws/flink/processing", resource.region))


def _backup(resource: Resource, usage: Usage) -> Component:
    key = PriceKey("aws/flink/backup", resource.region)
    return Component("Backup", usage.quantity(_BACKUP_NAME), "GB-months", key)


_UNITS = UsageKey(_UNITS_KEY, "processing units (KPU) on average", (1, 1, 4))
_BACKUP = UsageKey(_BACKUP_NAME, "GB of durable application backups")

TYPES = (
    ResourceType("aws_kinesis_analytics_application", "serverless", sql_application, (_UNITS, _BACKUP)),
    ResourceType("aws_kinesisanalyticsv2_application", "serverless", application, (_UNITS, _BACKUP)),
    ResourceType("aws_kinesisanalyticsv2_application_snapshot", "storage", snapshot, (_BACKUP,)),
)
