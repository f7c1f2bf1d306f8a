"""Standard logic apps and integration accounts.

Source: "Logic Apps pricing" and "Usage metering, billing, and pricing for Azure Logic Apps": a Workflow Standard
plan is billed by the vCPUs and memory of its instances, calls of managed connectors at the Consumption plan's prices.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.azure.function_app import INSTANCE_SIZES, bears_the_plan, plan_of, plan_size
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_WORKFLOW = re.compile(r"ws([1-3])")
_CONNECTORS = ("standard", "enterprise")


def standard_logic_app(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the vCPUs and memory of an app's instance, and its calls of managed connectors."""
    yield from as_far_as_known(lambda: _instance(resource, usage, inventory))
    for kind in _CONNECTORS:
        key = PriceKey(f"azure/logic_apps/consumption/{kind}_connector_actions", resource.region)
        calls = usage.quantity(f"monthly_{kind}_connector_calls")
        yield Component(f"{kind.capitalize()} connectors", calls, "actions", key)


def _instance(app: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield an instance of the plan's size, or of the size that is told; an unknown one, where neither is known."""
    plan = plan_of(app, inventory)
    size = (usage.text("sku") or "").lower() if plan is None else plan_size(plan.attributes)
    workflow = _WORKFLOW.fullmatch(size)
    if size and workflow is None:
        return
    if workflow is None:
        unknown = Quantity.unknown("sku")
        yield from _vcpu_and_memory("unknown size", unknown, unknown, app.region)
        return
    shares = plan is not None and not bears_the_plan(app, plan, inventory)
    yield from workflow_lines(workflow[1], Quantity.fixed(0) if shares else usage.hours, app.region)


def workflow_lines(number: str, hours: Quantity, region: str | None) -> Iterator[Component]:
    """Yield the vCPU-hours and the GiB-hours of instances of WS1 to WS3."""
    vcpus, memory = INSTANCE_SIZES[number]
    yield from _vcpu_and_memory(f"WS{number}", hours * vcpus, hours * memory, region)


def _vcpu_and_memory(name: str, vcpus: Quantity, memory: Quantity, region: str | None) -> Iterator[Component]:
    key = PriceKey("azure/logic_apps/standard/vcpu_duration", region)
    yield Component(f"Workflow vCPU ({name})", vcpus, "vCPU-hours", key)
    key = PriceKey("azure/logic_apps/standard/memory_duration", region)
    yield Component(f"Workflow memory ({name})", memory, "GiB-hours", key)


def integration_account(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield an account's month by its tier; the Free tier costs nothing."""
    tier = resource.attributes.text("sku_name") or "Free"
    if tier.lower() != "free":
        key = PriceKey(f"azure/logic_apps/integration_account/{tier.lower()}/unit", resource.region)
        yield Component(f"Integration account ({tier})", Quantity.fixed(1), "months", key)


TYPES = (
    ResourceType(
        "azurerm_logic_app_standard",
        "serverless",
        standard_logic_app,
        (
            UsageKey("sku", "Size of the plan (WS1, WS2, WS3), where it is not in the project"),
            UsageKey(
                "monthly_standard_connector_calls", "Calls of standard connectors a month", (1_000, 10_000, 100_000)
            ),
            UsageKey(
                "monthly_enterprise_connector_calls", "Calls of enterprise connectors a month", (0, 1_000, 10_000)
            ),
        ),
    ),
    ResourceType("azurerm_logic_app_integration_account", "serverless", integration_account),
)
