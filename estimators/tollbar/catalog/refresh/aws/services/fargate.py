"""AWS Fargate on ECS: vCPUs and memory by platform, on demand and Spot, storage over 20 GB. EKS pods cost the same.

A vCPU with Windows is sold in two products, the vCPU and its licence; ours is both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.service import Rule, Service, by_rules, families, sum_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.price import Price

_ROOT = "aws/fargate"
_WINDOWS = f"{_ROOT}/windows/x86_64/on_demand"
_BARE_VCPU, _LICENCE = f"{_WINDOWS}/vcpu_without_licence", f"{_WINDOWS}/licence"
_RULES = (
    *(
        rule
        for spot, market in (("", "on_demand"), ("SpotUsage-", "spot"))
        for mark, architecture in (("", "x86_64"), ("-ARM", "arm64"))
        for rule in (
            Rule(f"{spot}Fargate{mark}-vCPU-Hours:perCPU", f"{_ROOT}/linux/{architecture}/{market}/vcpu", "vCPU-hours"),
            Rule(f"{spot}Fargate{mark}-GB-Hours", f"{_ROOT}/linux/{architecture}/{market}/memory", "GB-hours"),
        )
    ),
    Rule("Fargate-Windows-vCPU-Hours:perCPU", _BARE_VCPU, "vCPU-hours"),
    Rule("Fargate-Windows-OS-Hours:perCPU", _LICENCE, "vCPU-hours"),
    Rule("Fargate-Windows-GB-Hours", f"{_WINDOWS}/memory", "GB-hours"),
    Rule("Fargate-EphemeralStorage-GB-Hours", f"{_ROOT}/ephemeral_storage", "GB-months"),
)


def _derived(prices: Mapping[str, Price]) -> Iterator[Price]:
    bare, licence = prices.get(_BARE_VCPU), prices.get(_LICENCE)
    if bare is not None and licence is not None:
        yield sum_of(f"{_WINDOWS}/vcpu", (bare, 1), (licence, 1))


SERVICE = Service("fargate", families("AmazonECS", "Compute"), by_rules(_RULES), derived=_derived)
