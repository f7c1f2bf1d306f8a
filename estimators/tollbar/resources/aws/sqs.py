"""SQS queues. Source: Amazon SQS pricing page. The account's free first million is not taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.aws.payload_chunks import requests_per_request
from tollbar.resources.registry import ResourceType
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_CHUNK_KB = 64


def queue(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component]:
    """Yield the requests, each started 64 KB of payload being one."""
    kind = "fifo" if resource.attributes.flag("fifo_queue") else "standard"
    is_older_key = usage.is_told("request_size") and not usage.is_told("request_size_kb")
    size_key = "request_size" if is_older_key else "request_size_kb"
    requests = usage.quantity("monthly_requests") * requests_per_request(usage, size_key, _CHUNK_KB)
    key = PriceKey(f"aws/sqs/requests/{kind}", resource.region)
    yield Component(f"Requests ({'FIFO' if kind == 'fifo' else kind})", requests, "requests", key)


TYPES = (
    ResourceType(
        "aws_sqs_queue",
        "messaging",
        queue,
        usage_keys=(
            UsageKey("monthly_requests", "Requests a month: sends, receives and deletes", (10_000, 300_000, 3_000_000)),
            UsageKey("request_size", "The same as request_size_kb, which counts before it"),
            UsageKey("request_size_kb", "Average size of a request in KB; up to 64 if not told"),
        ),
    ),
)
