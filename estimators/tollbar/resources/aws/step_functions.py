"""Step Functions state machines. Source: AWS Step Functions pricing page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.aws.payload_chunks import started
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_MEMORY_STEP_MB = 64
_DURATION_STEP_MS = 100
_MEMORY_STEPS_PER_GB = 16
_DURATION_STEPS_PER_HOUR = 36_000


def state_machine(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the transitions of a standard workflow, or the requests and GB-hours of an express one."""
    region = resource.region
    if (resource.attributes.text("type") or "STANDARD") == "STANDARD":
        key = PriceKey("aws/step_functions/transitions", region)
        yield Component("State transitions", usage.quantity("monthly_transitions"), "transitions", key)
        return
    requests = usage.quantity("monthly_requests")
    yield Component("Requests (express)", requests, "requests", PriceKey("aws/step_functions/express/requests", region))
    memory = started(usage.quantity("memory_mb"), _MEMORY_STEP_MB)
    duration = started(usage.quantity("workflow_duration_ms"), _DURATION_STEP_MS)
    gb_hours = requests * memory * duration / (_MEMORY_STEPS_PER_GB * _DURATION_STEPS_PER_HOUR)
    yield Component("Duration (express)", gb_hours, "GB-hours", PriceKey("aws/step_functions/express/duration", region))


TYPES = (
    ResourceType(
        "aws_sfn_state_machine",
        "serverless",
        state_machine,
        usage_keys=(
            UsageKey(
                "monthly_transitions", "State transitions of a standard workflow a month", (1_000, 10_000, 100_000)
            ),
            UsageKey("monthly_requests", "Runs of an express workflow a month", (10_000, 100_000, 1_000_000)),
            UsageKey("memory_mb", "Average memory of an express run in MB, billed in 64 MB", (64, 64, 128)),
            UsageKey(
                "workflow_duration_ms", "Average duration of an express run in ms, billed in 100 ms", (100, 500, 5_000)
            ),
        ),
    ),
)
