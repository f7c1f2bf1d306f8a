"""Azure Automation. Source: "Automation pricing".

The first 500 minutes of jobs, 744 hours of watchers and 5 nodes are a subscription's, not an account's: they are not
taken off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage


def account(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the minutes that jobs run and the nodes outside of Azure whose configuration is managed."""
    yield from jobs(resource, usage, inventory)
    yield from nodes(resource, usage, inventory)


def nodes(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the nodes outside of Azure whose configuration is managed; those in Azure are free."""
    key = PriceKey("azure/automation/configuration/non_azure_node", resource.region)
    yield Component("Non-Azure configuration nodes", usage.quantity("non_azure_config_node_count"), "months", key)


def jobs(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the minutes that jobs run."""
    key = PriceKey("azure/automation/process/job_run_time", resource.region)
    yield Component("Job run time", usage.quantity("monthly_job_run_mins"), "minutes", key)


def watcher(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the hours that the watcher watches."""
    told = usage.quantity("monthly_hrs")
    hours = told if told.is_known else usage.hours
    yield Component("Watcher", hours, "hours", PriceKey("azure/automation/process/watcher", resource.region))


_JOBS = UsageKey("monthly_job_run_mins", "Minutes that jobs run a month", (10, 500, 10_000))
_NODES = UsageKey("non_azure_config_node_count", "Nodes outside of Azure whose configuration is managed", (0, 0, 10))

TYPES = (
    ResourceType("azurerm_automation_account", "other", account, (_JOBS, _NODES)),
    ResourceType("azurerm_automation_dsc_configuration", "other", nodes, (_NODES,)),
    ResourceType("azurerm_automation_dsc_nodeconfiguration", "other", nodes, (_NODES,)),
    ResourceType("azurerm_automation_job_schedule", "other", jobs, (_JOBS,)),
    ResourceType(
        "azurerm_automation_watcher", "other", watcher, (UsageKey("monthly_hrs", "Hours a month; all if not told"),)
    ),
)
