"""What of the embedded tables a refresh reads anew, and what it does not, with the reason."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from tests.catalog.refresh.aws.test_services import SAMPLES, SERVICES_OF_2023, assembled, rates_of_2023
from tollbar.catalog.refresh.aws import price_list
from tollbar.catalog.refresh.aws.service import Rule, RuleTable
from tollbar.catalog.table import DATA, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOT_FOUND: Final = "what the list calls it could not be found in any public source"
_NOT_YET: Final = "kept by hand from the page; no service reads it yet"
_EDGE: Final = "the list tells no region of it that could be found"
NOT_READ: Final = {
    "aws/*/reserved_all_upfront": "a placeholder: an hour that was paid upfront costs nothing",
    "aws/appconfig": _NOT_YET,
    "aws/backup/restore/efs/item": _NOT_YET,
    "aws/bedrock/*/provisioned_throughput": _NOT_FOUND,
    "aws/cloud_map": _NOT_YET,
    "aws/codebuild/arm": _NOT_FOUND,
    "aws/codebuild/gpu": _NOT_FOUND,
    "aws/comprehend": _NOT_YET,
    "aws/detective": _NOT_YET,
    "aws/direct_connect/data_out": "its price depends on the location as well, the path names the region alone",
    "aws/dms": _NOT_YET,
    "aws/documentdb/storage/io_optimized": _NOT_YET,
    "aws/ec2/dedicated_region_fee": _NOT_FOUND,
    "aws/eventbridge/pipes_requests": _NOT_FOUND,
    "aws/eventbridge/replayed_events": _NOT_FOUND,
    "aws/firewall_manager/policy": "a fee of the organisation, with no product in a region that could be found",
    "aws/fsx/lustre/backup": _NOT_YET,
    "aws/fsx/lustre/storage/persistent_1": _NOT_YET,
    "aws/fsx/lustre/storage/scratch": "no attribute that tells it from persistent storage could be found",
    "aws/fsx/ontap/storage/*/capacity_pool": _NOT_FOUND,
    "aws/global_accelerator/data_transfer_premium/*/*": "the list names the pairs by marks that could not all be found",
    "aws/global_accelerator/accelerator": "the list does not have the fixed fee (Infracost says so)",
    "aws/inspector": _NOT_FOUND,
    "aws/iot_core": _NOT_FOUND,
    "aws/kendra": _NOT_YET,
    "aws/kinesis/provisioned/extended_retention_data": "AWS sells it by the shard-hour: extended_retention_shard",
    "aws/lambda_edge": _EDGE,
    "aws/lex": _NOT_YET,
    "aws/lightsail": "the list names bundles by memory, the paths by generation as well (nano_3_0, nano_ipv6_3_0)",
    "aws/managed_prometheus": _NOT_YET,
    "aws/memorydb": _NOT_YET,
    "aws/msk/express_data_in": _NOT_YET,
    "aws/msk/express_storage": _NOT_YET,
    "aws/msk/provisioned_throughput": _NOT_YET,
    "aws/msk/tiered_storage": _NOT_YET,
    "aws/msk/tiered_storage_retrieval": _NOT_YET,
    "aws/msk_serverless/storage": _NOT_FOUND,
    "aws/neptune/storage/io_optimized": _NOT_YET,
    "aws/opensearch/managed_storage/cold": _NOT_YET,
    "aws/opensearch/managed_storage/optimized_instance": _NOT_YET,
    "aws/opensearch_ingestion": _NOT_YET,
    "aws/q_developer": _NOT_FOUND,
    "aws/quicksight": "subscriptions of many kinds; which one is the plain one could not be found",
    "aws/rds/database_insights": _NOT_FOUND,
    "aws/s3/transfer_acceleration": "sold by pairs of places, the path names none",
    "aws/sagemaker/data_processed": _NOT_FOUND,
    "aws/sagemaker/serverless": _NOT_FOUND,
    "aws/shield/advanced": "a fee of the organisation, with no product in a region that could be found",
    "aws/sns/notifications/sms_at_told_price": "a unit of USD: the price is the user's own",
    "aws/timestream": _NOT_YET,
    "aws/workmail": _NOT_YET,
    "aws/workspaces": "bundles of many kinds and volumes; which one is the plain one could not be found",
}
"""Families of the embedded tables that no service yields; ``*`` stands for one part of a path.

A refresh keeps the embedded price of each. Whoever teaches a service to read one takes it off this list.
"""
_ONE_PART: Final = "[^/]+"
_RESERVED: Final = r"reserved_[13]yr_(?:no|partial|all)_upfront"
COMBINED: Final = (
    r"aws/ec2/instance/[a-z_]+/(?:shared|dedicated)/(?:on_demand|spot)/[^/]+",
    r"aws/ec2/instance/[a-z_]+/(?:shared|dedicated)/reserved/(?:standard|convertible)/[13]_year/[a-z]+_upfront/[^/]+",
    r"aws/ec2/host/(?:on_demand|reserved/[13]_year/[a-z]+_upfront)/[^/]+",
    rf"aws/rds/instance/[a-z0-9-]+/(?:single_az|multi_az|multi_az_cluster)/(?:on_demand|{_RESERVED})/[^/]+",
    rf"aws/aurora/instance/[a-z-]+/(?:standard|io_optimized)/(?:on_demand|{_RESERVED})/[^/]+",
    rf"aws/elasticache/node/(?:redis|memcached|valkey)/(?:on_demand|{_RESERVED})/[^/]+",
    rf"aws/redshift/node/(?:on_demand|{_RESERVED})/[^/]+",
    rf"aws/(?:documentdb|neptune)/instance/(?:standard|io_optimized)/(?:on_demand|{_RESERVED})/[^/]+",
    r"aws/sagemaker/(?:hosting|notebook|processing|training)/[^/]+",
    r"aws/(?:documentdb|neptune)/(?:storage/standard|io|backup|cpu_credits)",
    r"aws/bedrock/[a-z0-9.-]+/(?:input|output|cache_read|cache_write)_tokens",
    r"aws/cloudfront/(?:internet_egress|origin_egress|requests/https?)/[a-z_]+",
    r"aws/api_gateway/cache/[\d.]+",
    r"aws/data_transfer/inter_region/[a-z0-9_-]+",
    r"aws/fsx/(?:windows|ontap|openzfs)/(?:storage/(?:single|multi)_az/(?:ssd|hdd)|throughput/(?:single|multi)_az|backup)",
    r"aws/fsx/lustre/storage/persistent_2/ssd/\d+_mbps_per_tib",
    r"aws/mq/broker/(?:activemq|rabbitmq)/[a-z_]+/[^/]+",
    r"aws/direct_connect/port/(?:dedicated|hosted)/\d+[mg]bps",
    r"aws/rds/storage/(?:single_az|multi_az|multi_az_cluster)/[a-z0-9_]+",
    r"aws/rds/performance_insights/two_years/[a-z0-9]+",
    r"aws/rds/cpu_credits/[a-z]+",
    r"aws/(?:eks/cluster/extended|fargate/windows/x86_64/on_demand/vcpu)",
    rf"aws/opensearch/instance/(?:on_demand|{_RESERVED})/[^/]+",
    r"aws/data_transfer/inter_az",
    r"aws/s3/[a-z_]+/(?:early_delete|transitions)",
)
"""What functions put together of attributes, and what follows from other prices; the samples show each kind."""


@cache
def _rules() -> list[Rule]:
    """Return the rules of all services."""
    rules = [rule for module in price_list.service_modules() for rule in _rules_of(vars(module).values())]
    return rules + _rules_of(service.sold for service in price_list.known_services().values())


@cache
def _yielded() -> re.Pattern[str]:
    """Return a pattern of the paths that the services yield: of every rule, of every sample, of combinations."""
    paths = {rule.path for rule in _rules()} | {sample.path for sample in SAMPLES}
    for name in SERVICES_OF_2023:
        service = price_list.known_services()[name]
        codes = {service.offer_file} if service.offer_file else {query.code for query in service.queries}
        paths |= set(assembled(name, "eu-west-1", [rate for code, rate in rates_of_2023() if code in codes]))
    return re.compile("|".join([*map(_pattern, sorted(paths)), *COMBINED]))


def _rules_of(values: Iterable[object]) -> list[Rule]:
    """Return the rules among the values, in tuples and tables too."""
    found: list[Rule] = []
    for value in values:
        held = value.rules if isinstance(value, RuleTable) else value if isinstance(value, tuple) else (value,)
        found += [rule for rule in held if isinstance(rule, Rule)]
    return found


def _pattern(path: str) -> str:
    """Return what the path stands for: its groups and its instance types are any."""
    parts = [re.sub(r"\{\w+\}", "*", part) for part in path.split("/")]
    return "/".join(_any(part) for part in parts)


def _any(part: str) -> str:
    is_a_type = re.fullmatch(r"(?:[a-z]+\.)?[a-z]+\d[\w-]*\.[\w-]+", part) is not None
    return _ONE_PART if is_a_type else re.escape(part).replace(r"\*", _ONE_PART)


@cache
def _units() -> dict[str, str]:
    """Return the paths of the embedded tables with their units."""
    return {price.key.path: price.unit for file in sorted((DATA / "aws").glob("*.csv")) for price in read_table(file)}


@cache
def _unread() -> list[str]:
    """Return the embedded paths that no service yields."""
    return sorted(path for path in _units() if _yielded().fullmatch(path) is None)


def _is_of(family: str, path: str) -> bool:
    return re.match(rf"{_pattern(family)}(?:/|$)", path) is not None


def test_what_a_refresh_does_not_read_is_known() -> None:
    assert [path for path in _unread() if not any(_is_of(family, path) for family in NOT_READ)] == []


def test_nothing_on_that_list_is_read_or_gone() -> None:
    assert [family for family in NOT_READ if not any(_is_of(family, path) for path in _unread())] == []


def test_every_rule_is_priced_in_the_unit_of_the_tables() -> None:
    named = [(rule, re.compile(_pattern(rule.path))) for rule in _rules()]
    differing = {
        (path, unit, rule.unit)
        for path, unit in _units().items()
        if "/instance/" not in path
        for rule, pattern in named
        if rule.unit != unit and pattern.fullmatch(path)
    }
    assert differing == set()
