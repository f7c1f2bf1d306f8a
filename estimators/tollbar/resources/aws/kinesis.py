"""Kinesis data streams and Firehose delivery streams.

Sources: Amazon Kinesis Data Streams pricing and Amazon Data Firehose pricing pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tollbar.component import Component, Unpriced
from tollbar.price import PriceKey
from tollbar.resource import UnknownUntilApplyError
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Quantity
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

_INCLUDED_RETENTION_HOURS = 24
_EXTENDED_RETENTION = "monthly_provisioned_extended_retention_gb"

_ON_DEMAND_LINES = (
    ("monthly_on_demand_data_in_gb", "Data ingested", "GB", "data_in"),
    ("monthly_on_demand_data_out_gb", "Data retrieval", "GB", "data_out"),
    ("monthly_on_demand_efo_data_out_gb", "Enhanced fan-out data retrieval", "GB", "efo_data_out"),
    ("monthly_on_demand_extended_retention_gb", "Extended retention (24H to 7D)", "GB-months", "extended_retention"),
    ("monthly_on_demand_long_term_retention_gb", "Long term retention (7D+)", "GB-months", "long_term_retention"),
)
_PROVISIONED_LINES = (
    ("monthly_provisioned_put_units", "PUT payload units", "requests", "put_units"),
    ("monthly_provisioned_long_term_retention_gb", "Long term retention (7D+)", "GB-months", "long_term_retention"),
    ("monthly_provisioned_long_term_retrieval_gb", "Long term retrieval (7D+)", "GB", "long_term_retrieval"),
    ("monthly_provisioned_efo_data_out_gb", "Enhanced fan-out data retrieval", "GB", "efo_data_out"),
    ("monthly_provisioned_efo_consumer_hours", "Enhanced fan-out consumer-shard hours", "hours", "efo_consumers"),
)
_VPC_DESTINATIONS = (
    "elasticsearch_configuration",
    "opensearch_configuration",
    "opensearchserverless_configuration",
)


def data_stream(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the hours of an on-demand stream or of the shards of a provisioned one, and the data."""
    mode = resource.attributes.block("stream_mode_details").text("stream_mode", "PROVISIONED")
    if mode == "ON_DEMAND":
        key = PriceKey("aws/kinesis/on_demand/stream", resource.region)
        yield Component("On-demand stream", usage.hours, "hours", key)
        yield from _data_lines("on_demand", resource, usage)
        return
    yield from as_far_as_known(lambda: _shards(resource, usage))
    yield from _data_lines("provisioned", resource, usage)


def _shards(resource: Resource, usage: Usage) -> Iterator[Component | Unpriced]:
    shards = resource.attributes.number("shard_count")
    if shards is None:
        yield Unpriced("unknown_until_apply", "shard_count of a provisioned stream is not told")
        return
    key = PriceKey("aws/kinesis/provisioned/shard", resource.region)
    yield Component("Shards", usage.hours * shards, "hours", key)
    yield from _shard_retention(resource, usage)


def _data_lines(mode: str, resource: Resource, usage: Usage) -> Iterator[Component]:
    for usage_key, name, unit, what in _ON_DEMAND_LINES if mode == "on_demand" else _PROVISIONED_LINES:
        key = PriceKey(f"aws/kinesis/{mode}/{what}", resource.region)
        yield Component(name, usage.quantity(usage_key), unit, key)


def _shard_retention(resource: Resource, usage: Usage) -> Iterator[Component]:
    """Retention beyond 24 hours is sold by the shard hour; a usage file may tell it in GB instead."""
    name = "Extended retention (24H to 7D)"
    retention = resource.attributes.number("retention_period", _INCLUDED_RETENTION_HOURS)
    shards = resource.attributes.number("shard_count")
    if usage.is_told(_EXTENDED_RETENTION):
        key = PriceKey("aws/kinesis/provisioned/extended_retention_data", resource.region)
        yield Component(name, usage.quantity(_EXTENDED_RETENTION), "GB-months", key)
    elif shards is not None and retention is not None and retention > _INCLUDED_RETENTION_HOURS:
        key = PriceKey("aws/kinesis/provisioned/extended_retention_shard", resource.region)
        yield Component(name, usage.hours * shards, "hours", key)


def delivery_stream(resource: Resource, usage: Usage, inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the GB ingested and what converting their format and delivering them into a VPC adds."""
    region = resource.region
    ingested = usage.quantity("monthly_data_ingested_gb")
    yield Component("Data ingested", ingested, "GB", PriceKey("aws/firehose/ingested", region))
    yield from as_far_as_known(lambda: _format_conversion(resource, ingested))
    for name in _VPC_DESTINATIONS:
        for vpc in resource.attributes.block(name).blocks("vpc_config"):
            yield Component("VPC data", ingested, "GB", PriceKey("aws/firehose/vpc/data", region))
            zones = _delivery_zones(vpc, _referenced_subnets(resource, name, inventory))
            key = PriceKey("aws/firehose/vpc/zone", region)
            yield Component("VPC availability zone delivery", usage.hours * zones, "hours", key)


def _format_conversion(resource: Resource, ingested: Quantity) -> Iterator[Component]:
    conversion = resource.attributes.block("extended_s3_configuration").blocks("data_format_conversion_configuration")
    if conversion and conversion[0].flag("enabled", default=True):
        key = PriceKey("aws/firehose/format_conversion", resource.region)
        yield Component("Format conversion", ingested, "GB", key)


def _delivery_zones(vpc: Attributes, referenced: int) -> int:
    """Return the subnets, one an availability zone, of the destination in a VPC, known or only referred to."""
    subnets = vpc.get("subnet_ids")
    if vpc.is_unknown("subnet_ids") and vpc.is_set("subnet_ids") and not referenced:
        raise UnknownUntilApplyError("subnet_ids")
    listed = len(subnets) if isinstance(subnets, Sequence) and not isinstance(subnets, str) else 0
    return max(listed, referenced, 1)


def _referenced_subnets(resource: Resource, block: str, inventory: Inventory) -> int:
    referenced = {
        address for path, addresses in resource.references.items() if path.startswith(block) for address in addresses
    }
    return sum(1 for subnet in inventory.of_type("aws_subnet") if subnet.address in referenced)


_STREAM_KEYS = (
    UsageKey("monthly_on_demand_data_in_gb", "GB put into an on-demand stream a month", (1, 10, 100)),
    UsageKey("monthly_on_demand_data_out_gb", "GB read from an on-demand stream a month", (1, 10, 100)),
    UsageKey("monthly_on_demand_efo_data_out_gb", "GB read by enhanced fan-out from an on-demand stream a month"),
    UsageKey("monthly_on_demand_extended_retention_gb", "GB an on-demand stream keeps between 24 hours and 7 days"),
    UsageKey("monthly_on_demand_long_term_retention_gb", "GB an on-demand stream keeps beyond 7 days"),
    UsageKey("monthly_provisioned_put_units", "PUT payload units of 25 KB a month", (100_000, 1_000_000, 10_000_000)),
    UsageKey(_EXTENDED_RETENTION, "GB a provisioned stream keeps between 24 hours and 7 days, instead of shard hours"),
    UsageKey("monthly_provisioned_long_term_retention_gb", "GB a provisioned stream keeps beyond 7 days"),
    UsageKey("monthly_provisioned_long_term_retrieval_gb", "GB older than 7 days read from a provisioned stream"),
    UsageKey("monthly_provisioned_efo_data_out_gb", "GB read by enhanced fan-out from a provisioned stream a month"),
    UsageKey("monthly_provisioned_efo_consumer_hours", "Enhanced fan-out consumers times shards times hours a month"),
)

TYPES = (
    ResourceType("aws_kinesis_stream", "messaging", data_stream, _STREAM_KEYS),
    ResourceType(
        "aws_kinesis_firehose_delivery_stream",
        "messaging",
        delivery_stream,
        usage_keys=(UsageKey("monthly_data_ingested_gb", "GB ingested a month", (1, 10, 100)),),
    ),
)
