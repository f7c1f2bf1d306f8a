"""Amazon EKS: hours of a cluster. AWS lists extended support as a surcharge, our path is the whole hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.service import Rule, Service, by_rules, families, sum_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.price import Price

_STANDARD, _SURCHARGE = "aws/eks/cluster/standard", "aws/eks/cluster/extended_support_surcharge"
_RULES = (
    Rule("AmazonEKS-Hours:perCluster", _STANDARD, "hours"),
    Rule("AmazonEKS-Hours:extendedSupport", _SURCHARGE, "hours"),
)


def _derived(prices: Mapping[str, Price]) -> Iterator[Price]:
    standard, surcharge = prices.get(_STANDARD), prices.get(_SURCHARGE)
    if standard is not None and surcharge is not None:
        yield sum_of("aws/eks/cluster/extended", (standard, 1), (surcharge, 1))


SERVICE = Service("eks", families("AmazonEKS", "Compute"), by_rules(_RULES), derived=_derived)
