"""App Service: plans, environments, certificates and static web apps.

Source: "App Service pricing" and "App Service Static Web Apps pricing". A plan costs the hours of its instances,
however many apps run on them. What is billed by the use of apps (Functions, Logic Apps) is billed with the apps.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.component import Component, Quantity, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.azure.autoscale_setting import scaled_count
from tollbar.resources.azure.function_app import apps_on, instance_lines, plan_size
from tollbar.resources.azure.logic_app import workflow_lines
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_ONE = Quantity.fixed(1)
_MONTHS_OF_A_YEAR = 12
_FREE = frozenset({"f1", "free"})
_SHARED = frozenset({"d1", "shared"})
_BILLED_WITH_APPS = re.compile(r"ep\d|ws\d|fc\d|y1")
"""Elastic Premium, Workflow Standard, Flex Consumption and Consumption: their apps are billed (function_app.py)."""
_BILLED_BY_VCPU = re.compile(r"(?P<kind>ep|ws)(?P<number>[1-3])")
_WINDOWS_CONTAINERS = re.compile(r"pc\d")
_FIRST_PREMIUM = re.compile(r"(p\d)(?:v1)?")
"""The first generation of Premium, which has no Linux; ``P1`` is also written ``P1v1``."""


def service_plan(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a plan's instances; those of EP and WS plans only if no app in the project is billed."""
    plan = resource.attributes
    is_linux = (plan.text("os_type", "Windows") or "").lower() == "linux"
    size, workers = plan.text("sku_name"), _workers(resource, inventory)
    yield from _instances(resource, usage, size, workers, is_linux=is_linux)
    yield from _without_apps(resource, usage, size, workers, inventory)


def app_service_plan(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of a plan's instances; those of EP and WS plans only if no app in the project is billed."""
    plan = resource.attributes
    sku = plan.block("sku")
    is_linux = (plan.text("kind", "Windows") or "").lower() == "linux" or plan.flag("reserved")
    workers = scaled_count(resource, sku.known_number("capacity"), inventory) or _ONE
    yield from _instances(resource, usage, sku.text("size"), workers, is_linux=is_linux)
    yield from _without_apps(resource, usage, plan_size(plan), workers, inventory)


def _workers(plan: Resource, inventory: Inventory) -> Quantity:
    """Return how many instances a plan has; a Premium one that scales by itself goes up to its declared maximum."""
    attributes = plan.attributes
    workers = scaled_count(plan, attributes.known_number("worker_count"), inventory) or _ONE
    most = attributes.known_number("maximum_elastic_worker_count")
    if most is None or not attributes.flag("premium_plan_auto_scale_enabled"):
        return workers
    low, expected, high = (end or Decimal(0) for end in (workers.low, workers.expected, workers.high))
    return Quantity.between(low, expected, max(high, most))


def _instances(
    plan: Resource, usage: Usage, size: str | None, workers: Quantity, *, is_linux: bool
) -> Iterator[Component | Unpriced]:
    if size is None:
        yield Unpriced("unknown_until_apply", "the size of the plan is not given")
    elif size.lower() not in _FREE and not _BILLED_WITH_APPS.fullmatch(size.lower()):
        key = PriceKey(_plan_path(size.lower(), "linux" if is_linux else "windows"), plan.region)
        yield Component(f"Instance usage ({size})", usage.hours * workers, "hours", key)


def _without_apps(
    plan: Resource, usage: Usage, size: str | None, workers: Quantity, inventory: Inventory
) -> Iterator[Component]:
    """Yield the instances of an Elastic Premium or Workflow Standard plan that has no app in the project."""
    match = _BILLED_BY_VCPU.fullmatch((size or "").lower())
    if match is not None and not apps_on(plan, inventory):
        lines = instance_lines if match["kind"] == "ep" else workflow_lines
        yield from lines(match["number"], usage.hours * workers, plan.region)


def _plan_path(size: str, system: str) -> str:
    """Return the path of a plan's instance; Shared and Premium v1 are Windows whatever is declared."""
    if size in _SHARED:
        return "azure/app_service/windows/shared"
    if _WINDOWS_CONTAINERS.fullmatch(size):
        return f"azure/app_service/premium_windows_container_plan/{size}/app"
    if first := _FIRST_PREMIUM.fullmatch(size):
        return f"azure/app_service/windows/{first[1]}"
    return f"azure/app_service/{system}/{size}"


def app_service_environment(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield an environment's flat fee (stamp fee) and the hours of one instance of its size."""
    size = resource.attributes.text("pricing_tier", "I1") or "I1"
    system = (usage.text("operating_system") or "linux").lower()
    product = "isolated_plan_linux" if system == "linux" else "isolated_plan"
    key = PriceKey(f"azure/app_service/{product}/stamp/fee", resource.region)
    yield Component("Stamp fee", usage.hours, "hours", key)
    key = PriceKey(f"azure/app_service/{system}/{size.lower()}", resource.region)
    yield Component(f"Instance usage ({size})", usage.hours, "hours", key)


def secured_name(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield an IP-based TLS connection a month; those by server name (SNI) are free."""
    if (resource.attributes.text("ssl_state", "") or "").lower() == "ipbasedenabled":
        key = PriceKey("azure/app_service/ssl_connections/ip_ssl/connection", resource.region)
        yield Component("IP SSL connection", _ONE, "months", key)


def certificate_order(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield a twelfth of a certificate's price a year, by its kind (standard or wildcard)."""
    kind = (resource.attributes.text("product_type", "Standard") or "Standard").lower()
    key = PriceKey(f"azure/app_service/certificate/{kind}", resource.region)
    yield Component(f"SSL certificate ({kind})", _ONE / _MONTHS_OF_A_YEAR, "years", key)


def static_web_app(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield a Standard app a month and the GB it sends beyond the 100 included; the Free plan costs nothing."""
    attributes = resource.attributes
    plans = {(attributes.text(name, "Free") or "Free").lower() for name in ("sku_tier", "sku_size")}
    if "standard" in plans:
        path = "azure/app_service/static_web_apps/standard"
        yield Component("Static Web App (Standard)", _ONE, "months", PriceKey(f"{path}/app", resource.region))
        sent = usage.quantity("monthly_bandwidth_gb")
        yield Component("Bandwidth", sent, "GB", PriceKey(f"{path}/bandwidth_usage", resource.region))


_STATIC_KEYS = (UsageKey("monthly_bandwidth_gb", "GB that the app sends a month", (10, 100, 500)),)

TYPES = (
    ResourceType("azurerm_service_plan", "compute", service_plan, size_attribute="sku_name"),
    ResourceType("azurerm_app_service_plan", "compute", app_service_plan),
    ResourceType(
        "azurerm_app_service_environment",
        "compute",
        app_service_environment,
        (UsageKey("operating_system", "System of the instances: linux or windows; linux where it is not told"),),
        "pricing_tier",
    ),
    ResourceType("azurerm_app_service_certificate_binding", "security", secured_name),
    ResourceType("azurerm_app_service_custom_hostname_binding", "security", secured_name),
    ResourceType("azurerm_app_service_certificate_order", "security", certificate_order),
    ResourceType("azurerm_static_site", "compute", static_web_app, _STATIC_KEYS),
    ResourceType("azurerm_static_web_app", "compute", static_web_app, _STATIC_KEYS),
)
