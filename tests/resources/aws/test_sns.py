"""SNS topics and subscriptions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.resource import Resource

EXAMPLES = (
    Example(
        "aws_sns_topic",
        {"fifo_topic": False},
        {
            "monthly_requests": 1_000_000,
            "request_size_kb": 100,
            "http_subscriptions": 2,
            "email_subscriptions": 1,
            "kinesis_subscriptions": 1,
            "mobile_push_subscriptions": 1,
            "macos_subscriptions": 1,
            "sms_subscriptions": 1,
            "sms_notification_price": 0.01,
        },
    ),
    Example("aws_sns_topic", {"fifo_topic": True}, {"monthly_requests": 1_000_000, "request_size_kb": 100}),
    Example(
        "aws_sns_topic_subscription", {"protocol": "https"}, {"monthly_requests": 1_000_000, "request_size_kb": 100}
    ),
)


def _subscription(name: str) -> Resource:
    return declared(
        "aws_sns_topic_subscription",
        {"protocol": "sqs"},
        name=name,
        references={"topic_arn": ("aws_sns_topic.this",)},
    )


def test_requests_beyond_the_first_million_in_64_kb_chunks(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_sns_topic", {}, {"monthly_requests": 1_000_000, "request_size_kb": 128})
    assert lines.pop("API requests (over 1M)") == Decimal("0.50")
    assert set(lines.values()) == {"usage"}


def test_notifications_are_messages_times_subscriptions_beyond_what_is_free(cost_lines: CostLines) -> None:
    usage = {
        "monthly_requests": 1000,
        "http_subscriptions": 200,
        "email_subscriptions": 300,
        "kinesis_subscriptions": 4000,
        "mobile_push_subscriptions": 5000,
        "macos_subscriptions": 6000,
        "sms_subscriptions": 2,
        "sms_notification_price": 0.01,
    }
    assert cost_lines("aws_sns_topic", {}, usage) == {
        "API requests (over 1M)": Decimal("0.00"),
        "HTTP/HTTPS notifications (over 100k)": Decimal("0.06"),
        "Email/Email-JSON notifications (over 1k)": Decimal("5.98"),
        "Kinesis Firehose notifications": Decimal("0.76"),
        "Mobile push notifications": Decimal("2.50"),
        "MacOS notifications": Decimal("3.00"),
        "SMS notifications (over 100, at sms_notification_price)": Decimal("19.00"),
    }


def test_an_sms_has_no_price_unless_it_is_told(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_sns_topic", {}, {"monthly_requests": 1000, "sms_subscriptions": 1})
    assert lines["SMS notifications (over 100, at sms_notification_price)"] == "usage"
    free = cost_lines("aws_sns_topic", {}, {"monthly_requests": 100, "sms_subscriptions": 1})
    assert "SMS notifications (over 100, at sms_notification_price)" not in free


def test_a_fifo_topic_bills_requests_and_payload(cost_lines: CostLines) -> None:
    usage = {"monthly_requests": 1_000_000, "request_size_kb": 128}
    lines = cost_lines("aws_sns_topic", {"fifo_topic": True}, usage)
    assert lines == {"FIFO publish requests": Decimal("0.30"), "FIFO publish payload": Decimal("2.18")}


def test_a_fifo_topic_bills_what_its_subscriptions_receive(cost_lines: CostLines) -> None:
    lines = cost_lines(
        "aws_sns_topic",
        {"fifo_topic": True},
        {"monthly_requests": 2_000_000, "request_size_kb": 64},
        others=[_subscription(name) for name in "abc"],
    )
    assert lines == {
        "FIFO publish requests": Decimal("0.60"),
        "FIFO publish payload": Decimal("2.18"),
        "FIFO notifications": Decimal("0.06"),
        "FIFO notification payload": Decimal("0.38"),
    }


@pytest.mark.parametrize(
    ("protocol", "expected"),
    [
        ("http", {"HTTP/HTTPS notifications": Decimal("1.20")}),
        ("https", {"HTTP/HTTPS notifications": Decimal("1.20")}),
        ("email", {"Email notifications": Decimal("40.00")}),
        ("email-json", {"Email-JSON notifications": Decimal("40.00")}),
        ("firehose", {"Kinesis Firehose notifications": Decimal("0.38")}),
        ("application", {"Mobile push notifications": Decimal("1.00")}),
        ("sqs", {}),
        ("lambda", {}),
    ],
)
def test_a_subscription_bills_its_deliveries(cost_lines: CostLines, protocol: str, expected: dict[str, object]) -> None:
    usage = {"monthly_requests": 1_000_000, "request_size_kb": 128}
    assert cost_lines("aws_sns_topic_subscription", {"protocol": protocol}, usage) == expected


def test_an_sms_subscription_is_unpriced(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_sns_topic_subscription", {"protocol": "sms"})
    assert lines["price_not_found"] == (
        "sms notifications: no flat price; it depends on the country and the carrier, "
        "tell sms_notification_price at the topic"
    )


def test_a_subscription_of_a_fifo_topic_is_billed_with_the_topic(cost_lines: CostLines) -> None:
    topic = declared("aws_sns_topic", {"fifo_topic": True}, name="orders")
    lines = cost_lines(
        "aws_sns_topic_subscription",
        {"protocol": "https"},
        {"monthly_requests": 1_000_000},
        others=[topic],
        references={"topic_arn": ("aws_sns_topic.orders",)},
    )
    assert lines == {}


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    line = str(cost_lines("aws_sns_topic", {}, region="mars-north-1")["API requests (over 1M)"])
    assert line.startswith("price_not_found: API requests (over 1M): no price for aws/sns/requests")
