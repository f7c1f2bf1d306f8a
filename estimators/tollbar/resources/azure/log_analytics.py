"""Log Analytics workspaces, with Microsoft Sentinel on them.

Sources: "Azure Monitor pricing", "Microsoft Sentinel pricing".

The first 5 GB a month are a billing account's, not a workspace's: they are not taken off. Logs are kept for 31 days
without charge, in a workspace with Sentinel for 90. What Sentinel analyses is billed beside what is taken in (the
classic tiers; the simplified ones are the sum of both).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.traits import Readers, days
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_HOURS_PER_DAY = 24
_FREE_RETENTION_DAYS = 31
_FREE_SENTINEL_RETENTION_DAYS = 90
_PER_GB = frozenset({"pergb2018", "standalone"})
_SOLUTION = "azurerm_log_analytics_solution"
_SENTINEL = "securityinsights"
_SENTINEL_TYPES = (
    "azurerm_sentinel_alert_rule_scheduled",
    "azurerm_sentinel_data_connector_aws_cloud_trail",
    "azurerm_sentinel_data_connector_azure_active_directory",
    "azurerm_sentinel_data_connector_azure_advanced_threat_protection",
    "azurerm_sentinel_data_connector_azure_security_center",
    "azurerm_sentinel_data_connector_microsoft_cloud_app_security",
    "azurerm_sentinel_data_connector_microsoft_defender_advanced_threat_protection",
    "azurerm_sentinel_data_connector_office_365",
    "azurerm_sentinel_data_connector_threat_intelligence",
    "azurerm_sentinel_log_analytics_workspace_onboarding",
)

_BY_USE = (
    ("Log data export", "monthly_log_data_export_gb", "GB", "log_analytics_data_export/data_exported"),
    ("Basic log data ingestion", "monthly_basic_log_data_ingestion_gb", "GB", "basic_logs/data_ingestion"),
    ("Basic log search queries", "monthly_basic_log_search_gb", "GB", "search_queries/scanned"),
    ("Archive data", "monthly_archive_data_gb", "GB-months", "data_archive"),
    ("Archive data restored", "monthly_archive_data_restored_gb", "GB-days", "data_restore"),
    ("Archive data searched", "monthly_archive_data_searched_gb", "GB", "search_jobs/scanned"),
)
"""Name, usage key, unit and the path below ``azure/monitor``."""


def workspace(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield logs taken in or committed to, what Sentinel analyses, retention, export, basic and archived logs."""
    sku = (resource.attributes.text("sku") or "PerGB2018").lower()
    if sku == "free":
        return
    if sku not in _PER_GB and sku != "capacityreservation":
        yield Unpriced("price_not_found", f"the legacy pricing tier {sku} is not in the price list")
        return
    has_sentinel = _has_sentinel(resource, inventory)
    yield from as_far_as_known(lambda: _analytics(resource, usage, sku, has_sentinel=has_sentinel))
    yield from as_far_as_known(lambda: _retention(resource, usage, has_sentinel=has_sentinel))
    for name, usage_key, unit, path in _BY_USE:
        yield Component(name, usage.quantity(usage_key), unit, PriceKey(f"azure/monitor/{path}", resource.region))


def _analytics(resource: Resource, usage: Usage, sku: str, *, has_sentinel: bool) -> Iterator[Component | Unpriced]:
    region = resource.region
    if sku in _PER_GB:
        ingested = usage.quantity("monthly_log_data_ingestion_gb")
        yield Component("Log data ingestion", ingested, "GB", PriceKey("azure/log_analytics/ingestion", region))
        if has_sentinel:
            analysed = usage.quantity("monthly_sentinel_data_ingestion_gb")
            key = PriceKey("azure/sentinel/pay_as_you_go/data_analyzed", region)
            yield Component("Sentinel data analysis", analysed, "GB", key)
        return
    level = resource.attributes.known_number("reservation_capacity_in_gb_per_day")
    if level is None:
        yield Unpriced("unknown_until_apply", "reservation_capacity_in_gb_per_day is not given")
        return
    days = usage.hours / _HOURS_PER_DAY
    tier = f"{level:f}_gb_commitment_tier/capacity_reservation"
    name = f"Log data ingestion ({level:f} GB a day)"
    yield Component(name, days, "days", PriceKey(f"azure/monitor/{tier}", region))
    if has_sentinel:
        name = f"Sentinel data analysis ({level:f} GB a day)"
        yield Component(name, days, "days", PriceKey(f"azure/sentinel/{tier}", region))


def _retention(resource: Resource, usage: Usage, *, has_sentinel: bool) -> Iterator[Component]:
    free = _FREE_SENTINEL_RETENTION_DAYS if has_sentinel else _FREE_RETENTION_DAYS
    days = resource.attributes.known_number("retention_in_days")
    if days is not None and days > free:
        kept = usage.quantity("monthly_additional_log_data_retention_gb")
        yield Component(
            "Log data retention", kept, "GB-months", PriceKey("azure/log_analytics/retention", resource.region)
        )


def _has_sentinel(resource: Resource, inventory: Inventory) -> bool:
    """Whether the project puts Sentinel on the workspace: by its solution, its onboarding or a part of it."""
    if next(inventory.referring(resource, *_SENTINEL_TYPES), None) is not None:
        return True
    solutions = [
        *inventory.referring(resource, _SOLUTION),
        *(found for found in inventory.of_type(_SOLUTION) if _is_on(found, resource)),
    ]
    return any(solution.attributes.literal("solution_name").lower() == _SENTINEL for solution in solutions)


def _is_on(solution: Resource, workspace_: Resource) -> bool:
    """Whether a solution names a workspace without a reference to it."""
    name = solution.attributes.literal("workspace_name")
    return name != "" and name == workspace_.attributes.literal("name")


TYPES = (
    ResourceType(
        "azurerm_log_analytics_workspace",
        "observability",
        workspace,
        usage_keys=(
            UsageKey("monthly_log_data_ingestion_gb", "GB of logs taken in a month", (1, 10, 100)),
            UsageKey("monthly_additional_log_data_retention_gb", "GB kept beyond the free days", (1, 10, 100)),
            UsageKey("monthly_log_data_export_gb", "GB exported a month", (0, 0, 10)),
            UsageKey("monthly_basic_log_data_ingestion_gb", "GB of basic logs taken in a month", (0, 0, 10)),
            UsageKey("monthly_basic_log_search_gb", "GB of basic logs searched a month", (0, 0, 10)),
            UsageKey("monthly_archive_data_gb", "GB of archived logs", (0, 0, 100)),
            UsageKey("monthly_archive_data_restored_gb", "GB of archived logs restored a month, for a day", (0, 0, 0)),
            UsageKey("monthly_archive_data_searched_gb", "GB of archived logs searched a month", (0, 0, 10)),
            UsageKey("monthly_sentinel_data_ingestion_gb", "GB that Sentinel analyses a month", (1, 10, 100)),
        ),
        size_attribute="sku",
        traits=Readers(retention_days=days("retention_in_days", 30)),
    ),
)
