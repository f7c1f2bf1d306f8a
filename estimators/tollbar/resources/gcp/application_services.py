"""Serverless helpers of applications: Cloud Scheduler, Cloud Tasks, Workflows, API Gateway.

Sources: "Cloud Scheduler pricing", "Cloud Tasks pricing", "Workflows pricing", "API Gateway pricing". Free quotas,
which are per billing account, are not taken off, but for API Gateway, whose price list has them as its first tier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.gcp.usage_line import UsageLine, usage_lines
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_TASKS = (UsageLine("Operations", "monthly_operations", "operations", "gcp/cloud_tasks/operation"),)
_WORKFLOW = (
    UsageLine("Internal steps", "monthly_internal_steps", "executions", "gcp/workflows/internal_step"),
    UsageLine("External steps", "monthly_external_steps", "executions", "gcp/workflows/external_step"),
)
_GATEWAY = (UsageLine("API calls", "monthly_api_calls", "requests", "gcp/api_gateway/call"),)


def scheduler_job(_resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield a scheduled job; what it starts is billed there."""
    yield Component("Job", Quantity.fixed(1), "months", PriceKey("gcp/cloud_scheduler/job", "global"))


def tasks_queue(_resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the operations on a queue: tasks that are added and delivered."""
    yield from usage_lines(_TASKS, usage, "global")


def workflow(_resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the internal and external steps that a workflow executes."""
    yield from usage_lines(_WORKFLOW, usage, "global")


def api_gateway(_resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the calls that a gateway takes."""
    yield from usage_lines(_GATEWAY, usage, "global")


TYPES = (
    ResourceType(
        "google_api_gateway_gateway",
        "serverless",
        api_gateway,
        usage_keys=(UsageKey("monthly_api_calls", "Calls a month", (100_000, 1_000_000, 10_000_000)),),
    ),
    ResourceType("google_cloud_scheduler_job", "serverless", scheduler_job),
    ResourceType(
        "google_cloud_tasks_queue",
        "messaging",
        tasks_queue,
        usage_keys=(
            UsageKey("monthly_operations", "Tasks a month, added and delivered", (10_000, 100_000, 1_000_000)),
        ),
    ),
    ResourceType(
        "google_workflows_workflow",
        "serverless",
        workflow,
        usage_keys=(
            UsageKey("monthly_internal_steps", "Internal steps a month", (1_000, 10_000, 100_000)),
            UsageKey(
                "monthly_external_steps", "External steps (HTTP calls outside of Google) a month", (0, 1_000, 10_000)
            ),
        ),
    ),
)
