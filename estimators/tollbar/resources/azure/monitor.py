"""Azure Monitor: alert rules, notifications, metrics and logs on their way. Source: "Azure Monitor pricing".

What is free a month (10 time series, 1,000 e-mails…) is a subscription's, not a rule's: it is not taken off.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from decimal import Decimal
from functools import partial
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

_DURATION = re.compile(r"P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?)?")
_LOG_FREQUENCIES = (15, 10, 5, 1)
"""Minutes between two runs of a query, by which log alerts are priced: the longest that is not longer."""
_PLAIN_RECEIVERS = (
    ("email_receiver", "Email notifications", "emails"),
    ("itsm_receiver", "ITSM connectors", "notifications/itsm_connector_create_update_event"),
    ("azure_app_push_receiver", "Push notifications", "notifications/push_notification"),
)
"""Block, name and the path below ``azure/monitor``; functions, logic apps, runbooks and event hubs cost nothing."""
_ALL = "*"


def action_group(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield e-mails, ITSM events, push notifications, web hooks, text messages and calls: each receiver gets all."""
    sent = usage.quantity("monthly_notifications")
    for block, name, path in _PLAIN_RECEIVERS:
        yield from as_far_as_known(partial(_block_receivers, resource, sent, block, name, path))
    yield from as_far_as_known(lambda: _web_hooks(resource, sent))
    yield from as_far_as_known(lambda: _phones(resource, sent))


def _block_receivers(resource: Resource, sent: Quantity, block: str, name: str, path: str) -> Iterator[Component]:
    yield from _receivers(len(resource.attributes.blocks(block)), name, path, sent, resource.region)


def _receivers(
    count: int, name: str, path: str, sent: Quantity, region: str | None, unit: str = "notifications"
) -> Iterator[Component]:
    if count:
        yield Component(f"{name} ({count})", sent * count, unit, PriceKey(f"azure/monitor/{path}", region))


def _web_hooks(resource: Resource, sent: Quantity) -> Iterator[Component]:
    hooks = resource.attributes.blocks("webhook_receiver")
    secure = sum(1 for hook in hooks if hook.blocks("aad_auth"))
    yield from _receivers(secure, "Secure web hooks", "notifications/secure_web_hook", sent, resource.region)
    yield from _receivers(len(hooks) - secure, "Web hooks", "notifications/web_hook", sent, resource.region)


def _phones(resource: Resource, sent: Quantity) -> Iterator[Component]:
    attributes, region = resource.attributes, resource.region
    for country, count in _by_country(attributes.blocks("sms_receiver")):
        path = f"sms_country_code_{country}/notification"
        yield from _receivers(count, f"SMS messages, country code {country}", path, sent, region)
    for country, count in _by_country(attributes.blocks("voice_receiver")):
        path = f"voice_calls/voice_call_country_code_{country}"
        yield from _receivers(count, f"Voice calls, country code {country}", path, sent, region, "requests")


def _by_country(receivers: tuple[Attributes, ...]) -> list[tuple[str, int]]:
    return sorted(Counter(receiver.text("country_code") or "1" for receiver in receivers).items())


def data_collection_rule(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the samples of custom metrics taken in, where the rule sends metrics to Azure Monitor."""
    destinations = resource.attributes.block("destinations")
    if destinations.blocks("azure_monitor_metrics") or destinations.blocks("monitor_account"):
        samples = usage.quantity("monthly_custom_metrics_samples")
        key = PriceKey("azure/monitor/metrics_ingestion/metric_samples", resource.region)
        yield Component("Metrics ingestion", samples, "samples", key)


def diagnostic_setting(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the GB of platform logs sent to storage, event hubs or a partner; a workspace bills what it takes in."""
    attributes = resource.attributes
    targets = ("storage_account_id", "eventhub_authorization_rule_id", "eventhub_name", "partner_solution_id")
    if any(attributes.names_something(target) for target in targets):
        key = PriceKey("azure/monitor/platform_logs/data_processed", resource.region)
        yield Component("Platform logs processed", usage.quantity("monthly_platform_log_gb"), "GB", key)


def metric_alert(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the time series watched, and again those with dynamic thresholds; a dimension's ``*`` counts as one."""
    attributes = resource.attributes
    if not attributes.flag("enabled", default=True):
        return
    scopes = max(len(attributes.texts("scopes")), 1)
    fixed = _series(attributes.blocks("criteria"))
    dynamic = _series(attributes.blocks("dynamic_criteria"))
    places = len(attributes.blocks("application_insights_web_test_location_availability_criteria"))
    watched = Quantity.fixed(scopes * (fixed + dynamic + places))
    yield _monthly("Metrics monitoring", watched, "metric_monitored", resource.region)
    if dynamic:
        watched = Quantity.fixed(scopes * dynamic)
        yield _monthly("Dynamic threshold monitoring", watched, "dynamic_threshold", resource.region)


def query_rule(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the month of the rule, by how often its query runs."""
    attributes = resource.attributes
    if not attributes.flag("enabled", default=True):
        return
    frequency = _log_frequency(attributes.number("frequency") or Decimal(_LOG_FREQUENCIES[0]))
    yield _log_rule(frequency, resource.region)


def query_rule_v2(resource: Resource, _usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the month of the rule, by how often its query runs, and of each time series beyond the first."""
    attributes = resource.attributes
    if not attributes.flag("enabled", default=True):
        return
    frequency = _log_frequency(_minutes(attributes.text("evaluation_frequency") or "PT5M"))
    yield _log_rule(frequency, resource.region)
    series = max(len(attributes.texts("scopes")), 1) * _series(attributes.blocks("criteria"))
    if series > 1:
        name = f"Additional time-series monitoring ({frequency} minute frequency)"
        meter = f"resource_monitored_at_{frequency}_minute_frequency"
        yield _monthly(name, Quantity.fixed(series - 1), meter, resource.region)


def _log_rule(frequency: int, region: str | None) -> Component:
    name = f"Log alerts monitoring ({frequency} minute frequency)"
    return _monthly(name, Quantity.fixed(1), f"system_log_monitored_at_{frequency}_minute_frequency", region)


def _monthly(name: str, quantity: Quantity, meter: str, region: str | None) -> Component:
    return Component(name, quantity, "months", PriceKey(f"azure/monitor/alerts/{meter}", region))


def _log_frequency(minutes: Decimal) -> int:
    return next((priced for priced in _LOG_FREQUENCIES if minutes >= priced), _LOG_FREQUENCIES[-1])


def _minutes(duration: str) -> Decimal:
    """Return the minutes of an ISO 8601 duration such as PT5M or P1D."""
    match = _DURATION.fullmatch(duration.upper())
    if match is None:
        return Decimal(_LOG_FREQUENCIES[-1])
    days, hours, minutes = (Decimal(match[part] or 0) for part in ("days", "hours", "minutes"))
    return (days * 24 + hours) * 60 + minutes


def _series(criteria: tuple[Attributes, ...]) -> int:
    """Return the time series of some criteria: of each, every combination of its dimensions' values.

    How many values there are that are only excluded, or begin with something, is not declared: they count as one.
    """
    return sum(_combinations(criterion) for criterion in criteria)


def _combinations(criterion: Attributes) -> int:
    values: dict[str, set[str]] = defaultdict(set)
    for dimension in criterion.blocks("dimension"):
        is_listed = (dimension.text("operator") or "Include").lower() == "include"
        listed = dimension.texts("values") if is_listed else ()
        values[dimension.text("name") or ""].update(listed or (_ALL,))
    product = 1
    for named in values.values():
        product *= len(named)
    return product


TYPES = (
    ResourceType(
        "azurerm_monitor_action_group",
        "observability",
        action_group,
        usage_keys=(UsageKey("monthly_notifications", "Notifications to each receiver a month", (1, 10, 100)),),
    ),
    ResourceType(
        "azurerm_monitor_data_collection_rule",
        "observability",
        data_collection_rule,
        usage_keys=(UsageKey("monthly_custom_metrics_samples", "Samples taken in a month", (1e5, 1e6, 1e8)),),
    ),
    ResourceType(
        "azurerm_monitor_diagnostic_setting",
        "observability",
        diagnostic_setting,
        usage_keys=(UsageKey("monthly_platform_log_gb", "GB of platform logs sent a month", (1, 10, 100)),),
    ),
    ResourceType("azurerm_monitor_metric_alert", "observability", metric_alert),
    ResourceType("azurerm_monitor_scheduled_query_rules_alert", "observability", query_rule),
    ResourceType("azurerm_monitor_scheduled_query_rules_alert_v2", "observability", query_rule_v2),
)
