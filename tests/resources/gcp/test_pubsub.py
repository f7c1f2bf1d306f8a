"""Pub/Sub."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

TOPIC, SUBSCRIPTION = "google_pubsub_topic", "google_pubsub_subscription"
TOLD = {"monthly_message_data_tb": 10, "storage_gb": 20, "snapshot_storage_gb": 30}

EXAMPLES = (
    Example(TOPIC, {}, {"monthly_message_data_tb": 10}),
    Example(SUBSCRIPTION, {"topic": "orders"}, TOLD),
    Example(SUBSCRIPTION, {"bigquery_config": [{"table": "a.b.c"}]}, TOLD),
)


def test_publishing_costs_by_the_tib(cost_lines: CostLines) -> None:
    lines = cost_lines(TOPIC, {}, {"monthly_message_data_tb": 10})
    assert lines == {"Message ingestion data": Decimal("400.00")}


def test_a_subscription_delivers_and_keeps(cost_lines: CostLines) -> None:
    assert cost_lines(SUBSCRIPTION, {}, TOLD) == {
        "Message delivery data": Decimal("400.00"),
        "Retained acknowledged message storage": Decimal("5.40"),
        "Snapshot message backlog storage": Decimal("8.10"),
    }


@pytest.mark.parametrize(
    ("block", "name"),
    [("bigquery_config", "BigQuery export data"), ("cloud_storage_config", "Cloud Storage export data")],
)
def test_exports_cost_more(cost_lines: CostLines, block: str, name: str) -> None:
    assert cost_lines(SUBSCRIPTION, {block: [{"table": "x"}]}, TOLD)[name] == Decimal("500.00")
