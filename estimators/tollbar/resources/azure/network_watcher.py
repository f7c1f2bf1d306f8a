"""Network Watcher: diagnostic checks, flow logs with their analysis, and connection monitors.

Source: "Network Watcher pricing". Free a month are 1,000 checks, 5 GB of flow logs and 10 tests.
"""

from __future__ import annotations

from decimal import Decimal
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

_FREE_LOG_GB = 5
_DEFAULT_ANALYSIS_MINUTES = 60


def network_watcher(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the diagnostic checks that are made with a watcher."""
    checks = usage.quantity("monthly_diagnostic_checks")
    key = PriceKey("azure/network_watcher/diagnostic_checks", resource.region)
    yield Component("Diagnostic checks", checks, "operations", key)


def flow_log(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the GB of logs beyond 5 and, where Traffic Analytics is on, the GB it processes."""
    attributes, region = resource.attributes, resource.region
    if not attributes.flag("enabled", default=True):
        return
    collected = usage.quantity("monthly_logs_collected_gb")
    key = PriceKey("azure/network_watcher/flow_logs_collected", region)
    yield Component("Network logs collected beyond 5 GB", collected.above(_FREE_LOG_GB), "GB", key)
    yield from as_far_as_known(
        lambda: _analysis(attributes.block("traffic_analytics"), collected, region), "traffic_analytics"
    )


def _analysis(analytics: Attributes, collected: Quantity, region: str | None) -> Iterator[Component]:
    if analytics.flag("enabled"):
        minutes = analytics.number("interval_in_minutes", _DEFAULT_ANALYSIS_MINUTES)
        key = PriceKey(f"azure/network_watcher/traffic_analytics/{minutes:f}_minutes", region)
        yield Component(f"Traffic Analytics (every {minutes:f} minutes)", collected, "GB", key)


def connection_monitor(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the tests of a monitor: each source to each destination in each configuration of its groups."""
    told = usage.quantity("tests")
    tests = told if told.is_known else Quantity.fixed(_tests(resource.attributes))
    yield Component("Tests", tests, "months", PriceKey("azure/network_watcher/connection_test", resource.region))


def _tests(monitor: Attributes) -> Decimal:
    groups = (group for group in monitor.blocks("test_group") if group.flag("enabled", default=True))
    parts = ("source_endpoints", "destination_endpoints", "test_configuration_names")
    total = 0
    for group in groups:
        sources, destinations, configurations = (len(group.texts(part)) for part in parts)
        total += sources * destinations * configurations
    return Decimal(total)


TYPES = (
    ResourceType(
        "azurerm_network_watcher",
        "observability",
        network_watcher,
        (UsageKey("monthly_diagnostic_checks", "Diagnostic checks a month", (0, 100, 1000)),),
    ),
    ResourceType(
        "azurerm_network_watcher_flow_log",
        "observability",
        flow_log,
        (UsageKey("monthly_logs_collected_gb", "GB of flow logs a month", (1, 10, 100)),),
    ),
    ResourceType(
        "azurerm_network_connection_monitor",
        "observability",
        connection_monitor,
        (UsageKey("tests", "Tests, instead of those that are declared"),),
    ),
)
