"""Data sources whose answer is known without asking the cloud: from the provider's own region.

Sources: "AWS Regions and Availability Zones", Google Cloud "Regions and zones" (2026-11). How many zones a region has
decides how many subnets, gateways and addresses a network module makes. What else a data source tells is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tollbar.inputs.hcl.syntax import Block
    from tollbar.inputs.hcl.values import Value
    from tollbar.inputs.provider import Provider

_AWS_ZONES: Mapping[str, str] = {
    "us-east-1": "abcdef",
    "us-west-1": "ac",
    "us-west-2": "abcd",
    "ap-northeast-1": "acd",
    "ap-northeast-2": "abcd",
    "ca-central-1": "abd",
}
"""Regions whose zones are not called a, b and c."""
_GCP_ZONES: Mapping[str, str] = {"us-central1": "abcf", "us-east1": "bcd", "europe-west1": "bcd"}
_PARTITIONS = (("cn-", "aws-cn", "amazonaws.com.cn"), ("us-gov-", "aws-us-gov", "amazonaws.com"))
_FILTERS_OF_ALL = frozenset({"opt-in-status", "zone-type", "state"})
"""Filters that leave a region's own zones, and drop local ones."""


def known_answer(kind: str, attribute: str, block: Block, provider: Provider) -> Value:
    """Return what an attribute of a data source is known to be by the provider's region, UNKNOWN otherwise."""
    region = provider.region if isinstance(provider.region, str) else None
    answers = _ANSWERS.get((kind, attribute))
    if answers is None:
        return UNKNOWN
    if kind == "data.aws_availability_zones" and not _asks_for_all_zones(block):
        return UNKNOWN
    return answers(region, provider)


def _asks_for_all_zones(block: Block) -> bool:
    if set(block.body.arguments) - {"state", "provider"}:
        return False
    filters = block.body.blocks_of("filter")
    names = [getattr(f.body.arguments["name"].expression, "value", None) for f in filters if "name" in f.body.arguments]
    return all(name in _FILTERS_OF_ALL for name in names)


def _aws_zones(region: str | None, _provider: Provider) -> Value:
    return UNKNOWN if region is None else [f"{region}{letter}" for letter in _AWS_ZONES.get(region, "abc")]


def _gcp_zones(region: str | None, _provider: Provider) -> Value:
    return UNKNOWN if region is None else [f"{region}-{letter}" for letter in _GCP_ZONES.get(region, "abc")]


def _region(region: str | None, _provider: Provider) -> Value:
    return UNKNOWN if region is None else region


def _zone(_region: str | None, provider: Provider) -> Value:
    return provider.zone if isinstance(provider.zone, str) else UNKNOWN


def _partition(region: str | None, _provider: Provider) -> Value:
    if region is None:
        return UNKNOWN
    return next((name for prefix, name, _ in _PARTITIONS if region.startswith(prefix)), "aws")


def _dns_suffix(region: str | None, _provider: Provider) -> Value:
    if region is None:
        return UNKNOWN
    return next((suffix for prefix, _, suffix in _PARTITIONS if region.startswith(prefix)), "amazonaws.com")


_ANSWERS: Mapping[tuple[str, str], Callable[[str | None, Provider], Value]] = {
    ("data.aws_region", "id"): _region,
    ("data.aws_region", "name"): _region,
    ("data.aws_region", "region"): _region,
    ("data.aws_availability_zones", "names"): _aws_zones,
    ("data.aws_partition", "partition"): _partition,
    ("data.aws_partition", "dns_suffix"): _dns_suffix,
    ("data.google_client_config", "region"): _region,
    ("data.google_client_config", "zone"): _zone,
    ("data.google_compute_zones", "names"): _gcp_zones,
}
