"""Function apps: what they use of plans that are billed by use.

Source: "Azure Functions pricing" and "Estimating Consumption-based costs". Consumption bills executions and GB-seconds:
memory in steps of 128 MB, 100 ms at least. Premium (EP) bills the vCPUs and the memory of the instances. The free
grant is the subscription's, shared by all its apps, and left out. Apps on any other plan cost nothing beyond it.
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

INSTANCE_SIZES = {"1": (1, Decimal("3.5")), "2": (2, Decimal(7)), "3": (4, Decimal(14))}
"""vCPUs and GiB of an instance of EP1 to EP3 (Premium) and of WS1 to WS3 (Workflow Standard)."""
_PREMIUM = re.compile(r"ep([1-3])")
_CONSUMPTION = "y1"
_PLANS = ("azurerm_service_plan", "azurerm_app_service_plan")
_APPS = (
    "azurerm_function_app",
    "azurerm_linux_function_app",
    "azurerm_windows_function_app",
    "azurerm_logic_app_standard",
)
_PLAN_REFERENCES = ("service_plan_id", "app_service_plan_id")
_KEY = re.compile(r"\[([^\[\]]+)\]$")
_SECONDS_PER_HOUR = 3600
_MS_PER_SECOND = 1000
_MB_PER_GB = 1024
_STEP_MB = 128
_LEAST_MS = 100
_FLEX_LEAST_MS = 1000
_FLEX_DEFAULT_MB = 2048


def function_app(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield an app's executions and GB-seconds (Consumption), or the vCPUs and memory of its instances (Premium)."""
    plan = plan_of(resource, inventory)
    size = _CONSUMPTION if plan is None else plan_size(plan.attributes)
    if plan is not None and (premium := _PREMIUM.fullmatch(size)):
        shares = not usage.is_told("instances") and not bears_the_plan(resource, plan, inventory)
        instances = Quantity.fixed(0) if shares else _instances(resource.attributes, plan.attributes, usage)
        yield from instance_lines(premium[1], usage.hours * instances, resource.region)
    elif size == _CONSUMPTION:
        memory_mb = usage.quantity("memory_mb").each_end(_in_steps)
        yield from _executions(resource, usage, memory_mb, _LEAST_MS, "consumption")


def instance_lines(number: str, hours: Quantity, region: str | None) -> Iterator[Component]:
    """Yield the vCPU-hours and the GiB-hours of instances of EP1 to EP3."""
    vcpus, memory = INSTANCE_SIZES[number]
    key = PriceKey("azure/functions/premium/vcpu_duration", region)
    yield Component(f"vCPU (EP{number})", hours * vcpus, "vCPU-hours", key)
    key = PriceKey("azure/functions/premium/memory_duration", region)
    yield Component(f"Memory (EP{number})", hours * memory, "GiB-hours", key)


def flex_app(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield an app's executions and GB-seconds, and the memory of its always ready instances."""
    attributes = resource.attributes
    size = attributes.number("instance_memory_in_mb", _FLEX_DEFAULT_MB) or Decimal(_FLEX_DEFAULT_MB)
    yield from _executions(resource, usage, Quantity.fixed(size), _FLEX_LEAST_MS, "flex_consumption/on_demand")
    ready = sum(
        (block.number("instance_count", 0) or Decimal(0) for block in attributes.blocks("always_ready")), Decimal(0)
    )
    if ready:
        seconds = usage.hours * (ready * _SECONDS_PER_HOUR * size / _MB_PER_GB)
        key = PriceKey("azure/functions/flex_consumption/always_ready/baseline", resource.region)
        yield Component("Always ready instances", seconds, "GB-seconds", key)


def plan_of(app: Resource, inventory: Inventory) -> Resource | None:
    """Return the plan that an app runs on, None where it is not in the project.

    Of repeated plans it is the one that the app's own key names, by its key or by its name: of apps repeated over
    plans, some plan files name the first plan for all of them.
    """
    found = next(
        (plan for name in _PLAN_REFERENCES if (plan := inventory.referenced(app, name, *_PLANS)) is not None), None
    )
    own_key, plan_key = _KEY.search(app.address), found and _KEY.search(found.address)
    if found is None or not own_key or not plan_key:
        return found
    block = found.address[: plan_key.start()]
    named = inventory.named(found.type, "name", own_key[1].strip('"'))
    if named is not None and not named.address.startswith(f"{block}["):
        named = None
    return inventory.by_address.get(f"{block}{own_key[0]}") or named or found


def bears_the_plan(app: Resource, plan: Resource, inventory: Inventory) -> bool:
    """Whether an app is the first on its plan, whose instances all of its apps share and only one is billed with."""
    return apps_on(plan, inventory)[:1] in ((), (app.address,))


def apps_on(plan: Resource, inventory: Inventory) -> tuple[str, ...]:
    """Return the addresses of a plan's apps in the project, sorted."""
    return inventory.once("apps by plan", lambda: _apps_by_plan(inventory)).get(plan.address, ())


def _apps_by_plan(inventory: Inventory) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for app in inventory.of_type(*_APPS):
        plan = plan_of(app, inventory)
        if plan is not None:
            found.setdefault(plan.address, []).append(app.address)
    return {address: tuple(sorted(apps)) for address, apps in found.items()}


def plan_size(plan: Attributes) -> str:
    """Return the size of a plan of either type, in small letters.

    A plan of the old type and of the kind FunctionApp is a Consumption plan, whatever size it names, unless its tier is
    Elastic Premium.
    """
    sku = plan.block("sku")
    is_function_app = (plan.text("kind", "") or "").lower() == "functionapp"
    if is_function_app and (sku.text("tier", "") or "").lower() != "elasticpremium":
        return _CONSUMPTION
    return (plan.text("sku_name", "") or sku.text("size", "") or "").lower()


def _instances(app: Attributes, plan: Attributes, usage: Usage) -> Quantity:
    """Return how many instances run for an app: as told, else from its minimum up to the plan's maximum."""
    if usage.is_told("instances"):
        return usage.quantity("instances")
    least = app.block("site_config").number("elastic_instance_minimum", 1) or Decimal(1)
    most = plan.number("maximum_elastic_worker_count", least) or least
    return Quantity.between(least, least, max(least, most))


def _executions(app: Resource, usage: Usage, memory_mb: Quantity, least_ms: int, price: str) -> Iterator[Component]:
    executions = usage.quantity("monthly_executions")
    duration = usage.quantity("execution_duration_ms").each_end(lambda ms: max(ms, Decimal(least_ms)))
    used = executions * duration * memory_mb / (_MS_PER_SECOND * _MB_PER_GB)
    yield Component(
        "Execution time", used, "GB-seconds", PriceKey(f"azure/functions/{price}/execution_time", app.region)
    )
    key = PriceKey(f"azure/functions/{price}/total_executions", app.region)
    yield Component("Executions", executions, "executions", key)


def _in_steps(memory_mb: Decimal) -> Decimal:
    steps = (memory_mb / _STEP_MB).to_integral_value(ROUND_CEILING)
    return max(steps, Decimal(1)) * _STEP_MB


_EXECUTIONS = UsageKey("monthly_executions", "Executions a month", (100_000, 1_000_000, 10_000_000))
_DURATION = UsageKey("execution_duration_ms", "Average duration of an execution in milliseconds", (100, 300, 1000))
_KEYS = (
    _EXECUTIONS,
    _DURATION,
    UsageKey("memory_mb", "Average memory of an execution in MB, on a Consumption plan", (128, 256, 512)),
    UsageKey("instances", "Instances that run on a Premium plan"),
)

TYPES = (
    *(
        ResourceType(name, "serverless", function_app, _KEYS)
        for name in ("azurerm_function_app", "azurerm_linux_function_app", "azurerm_windows_function_app")
    ),
    ResourceType("azurerm_function_app_flex_consumption", "serverless", flex_app, (_EXECUTIONS, _DURATION)),
)
