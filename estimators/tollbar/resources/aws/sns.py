"""SNS topics and subscriptions. Source: Amazon SNS pricing page.

AWS lists the free first requests and notifications as tiers of the price; as the names of the lines
say, a topic is billed for what goes beyond them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resources.aws.payload_chunks import requests_per_request
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_CHUNK_KB = 64
_KB_PER_GB = 1_000_000
_FREE_REQUESTS = 1_000_000
_FREE_SMS = 100

_NOTIFICATIONS = (
    ("http_subscriptions", "HTTP/HTTPS notifications (over 100k)", "http", 100_000),
    ("email_subscriptions", "Email/Email-JSON notifications (over 1k)", "email", 1_000),
    ("kinesis_subscriptions", "Kinesis Firehose notifications", "firehose", 0),
    ("mobile_push_subscriptions", "Mobile push notifications", "mobile_push", 0),
    ("macos_subscriptions", "MacOS notifications", "macos", 0),
)
_PROTOCOLS = {
    "http": ("HTTP/HTTPS notifications", "http"),
    "https": ("HTTP/HTTPS notifications", "http"),
    "email": ("Email notifications", "email"),
    "email-json": ("Email-JSON notifications", "email"),
    "firehose": ("Kinesis Firehose notifications", "firehose"),
    "application": ("Mobile push notifications", "mobile_push"),
}
_FREE_PROTOCOLS = frozenset({"sqs", "lambda"})


def topic(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    """Yield the publish requests of a topic and the notifications to its subscribers."""
    lines = _fifo_topic if resource.attributes.flag("fifo_topic") else _standard_topic
    yield from lines(resource, usage, inventory)


def subscription(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the notifications delivered; to SQS and Lambda they are free, FIFO topics bill their own."""
    protocol = resource.attributes.text("protocol")
    subscribed = inventory.referenced(resource, "topic_arn", "aws_sns_topic")
    if protocol in _FREE_PROTOCOLS or (subscribed and subscribed.attributes.flag("fifo_topic")):
        return
    if protocol not in _PROTOCOLS:
        detail = "no flat price; it depends on the country and the carrier, tell sms_notification_price at the topic"
        yield Unpriced("price_not_found", f"{protocol} notifications: {detail}")
        return
    name, kind = _PROTOCOLS[protocol]
    notifications = usage.quantity("monthly_requests") * requests_per_request(usage, "request_size_kb", _CHUNK_KB)
    key = PriceKey(f"aws/sns/notifications/{kind}", resource.region)
    yield Component(name, notifications, "notifications", key)


def _standard_topic(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    published = usage.quantity("monthly_requests")
    yield Component(
        "API requests (over 1M)",
        (published * requests_per_request(usage, "request_size_kb", _CHUNK_KB)).above(_FREE_REQUESTS),
        "requests",
        PriceKey("aws/sns/requests", resource.region),
    )
    for usage_key, name, kind, free in _NOTIFICATIONS:
        notifications = (published * usage.quantity(usage_key)).above(free)
        key = PriceKey(f"aws/sns/notifications/{kind}", resource.region)
        yield Component(name, notifications, "notifications", key)
    # There is no list price of an SMS: it depends on the country and the carrier. What the user
    # says it costs is counted in dollars, at a dollar each.
    messages = (published * usage.quantity("sms_subscriptions")).above(_FREE_SMS)
    if messages.is_zero:
        return
    yield Component(
        "SMS notifications (over 100, at sms_notification_price)",
        messages * usage.quantity("sms_notification_price"),
        "USD",
        PriceKey("aws/sns/notifications/sms_at_told_price", resource.region),
    )


def _fifo_topic(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component]:
    requests = usage.quantity("monthly_requests")
    payload_gb = requests * usage.quantity("request_size_kb") / _KB_PER_GB
    subscriptions = sum(1 for _ in inventory.referring(resource, "aws_sns_topic_subscription"))
    region = resource.region
    yield Component("FIFO publish requests", requests, "requests", PriceKey("aws/sns/fifo/requests", region))
    yield Component("FIFO publish payload", payload_gb, "GB", PriceKey("aws/sns/fifo/request_payload", region))
    if subscriptions:
        key = PriceKey("aws/sns/fifo/notifications", region)
        yield Component("FIFO notifications", requests * subscriptions, "notifications", key)
        payload_key = PriceKey("aws/sns/fifo/notification_payload", region)
        yield Component("FIFO notification payload", payload_gb * subscriptions, "GB", payload_key)


TYPES = (
    ResourceType(
        "aws_sns_topic",
        "messaging",
        topic,
        usage_keys=(
            UsageKey("monthly_requests", "Messages published a month", (10_000, 100_000, 1_000_000)),
            UsageKey("request_size_kb", "Average size of a message in KB; up to 64 if not told"),
            UsageKey("http_subscriptions", "Number of HTTP and HTTPS subscriptions"),
            UsageKey("email_subscriptions", "Number of email and email-JSON subscriptions"),
            UsageKey("kinesis_subscriptions", "Number of Kinesis Data Firehose subscriptions"),
            UsageKey("mobile_push_subscriptions", "Number of mobile push subscriptions"),
            UsageKey("macos_subscriptions", "Number of macOS subscriptions"),
            UsageKey("sms_subscriptions", "Number of SMS subscriptions"),
            UsageKey("sms_notification_price", "Average price of one SMS in USD"),
        ),
    ),
    ResourceType(
        "aws_sns_topic_subscription",
        "messaging",
        subscription,
        usage_keys=(
            UsageKey("monthly_requests", "Notifications delivered a month; rather tell it at the topic"),
            UsageKey("request_size_kb", "Average size of a notification in KB; up to 64 if not told"),
        ),
    ),
)
