"""Dataflow jobs: vCPU, memory and disk of their workers, and the data they shuffle or stream.

Source: "Dataflow pricing"; defaults from "Pipeline options": n1-standard-1 for batch jobs, n1-standard-2 with Streaming
Engine; disks of 25 GB (batch, with Dataflow Shuffle) and 30 GB. How long workers run, only use tells.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.gcp.machine import machine_size
from tollbar.resources.registry import ResourceType
from tollbar.traits import Readers, always, number
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_DEFAULT_MACHINE = {"batch": "n1-standard-1", "streaming": "n1-standard-2"}
_DEFAULT_DISK_GB = {"batch": 25, "streaming": 30}
_DATA = {"batch": "shuffle_data_processed", "streaming": "engine_data_processed"}


def dataflow_job(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the vCPU, memory and disk hours of a job's workers and the GB it shuffles or streams."""
    attributes = resource.attributes
    kind = "streaming" if attributes.flag("enable_streaming_engine") else "batch"
    machine_type = attributes.text("machine_type", _DEFAULT_MACHINE[kind]) or _DEFAULT_MACHINE[kind]
    size = machine_size(machine_type)
    if size is None:
        yield Unpriced("price_not_found", f"the vCPUs and memory of {machine_type} are not known")
        return
    hours, region = usage.quantity("monthly_worker_hours"), resource.region
    key = PriceKey(f"gcp/dataflow/{kind}/vcpu", region)
    yield Component(f"Worker vCPU ({kind})", hours * size.vcpus, "vCPU-hours", key)
    key = PriceKey(f"gcp/dataflow/{kind}/memory", region)
    yield Component(f"Worker memory ({kind})", hours * size.memory_gib, "GiB-hours", key)
    disk_gb = attributes.known_number("disk_size_gb") or Decimal(_DEFAULT_DISK_GB[kind])
    key = PriceKey("gcp/dataflow/persistent_disk", region)
    yield Component("Worker persistent disk", hours * disk_gb, "GB-hours", key)
    key = PriceKey(f"gcp/dataflow/{kind}/{_DATA[kind]}", region)
    yield Component("Data processed", usage.quantity("monthly_data_processed_gb"), "GB", key)


_KEYS = (
    UsageKey("monthly_worker_hours", "Hours a month that all workers of the job run together", (10, 100, 1000)),
    UsageKey("monthly_data_processed_gb", "GB a month that are shuffled, or pass the Streaming Engine"),
)

TYPES = (
    *(
        ResourceType(
            name,
            "compute",
            dataflow_job,
            usage_keys=_KEYS,
            size_attribute="machine_type",
            traits=Readers(replicas_max=number("max_workers"), autoscaling=always(value=True)),
        )
        for name in ("google_dataflow_job", "google_dataflow_flex_template_job")
    ),
)
