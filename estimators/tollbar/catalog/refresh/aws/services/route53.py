"""Amazon Route 53: zones, queries and health checks everywhere; resolver endpoints by region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, Sold, by_rules

if TYPE_CHECKING:
    from tollbar.catalog.refresh.aws.product import Product, Term

_QUERIES = "aws/route53/queries"
_EVERYWHERE = by_rules(
    (
        Rule("HostedZone", "aws/route53/hosted_zone", "zones", {"productFamily": "DNS Zone"}),
        Rule("DNS-Queries", f"{_QUERIES}/standard", "queries", {"productFamily": "DNS Query"}),
        Rule("LBR-Queries", f"{_QUERIES}/latency", "queries"),
        Rule("Geo-Queries", f"{_QUERIES}/geo", "queries"),
        Rule("Health-Check-AWS", "aws/route53/health_check/aws", "months"),
        Rule("Health-Check-Non-AWS", "aws/route53/health_check/non_aws", "months"),
        Rule("Health-Check-Option-AWS", "aws/route53/health_check_feature/aws", "months"),
        Rule("Health-Check-Option-Non-AWS", "aws/route53/health_check_feature/non_aws", "months"),
    )
)
_IN_A_REGION = by_rules(
    (
        Rule("ResolverNetworkInterface", "aws/route53/resolver_endpoint/hours", "hours"),
        Rule("DNS-Queries", "aws/route53/resolver_endpoint/queries", "queries"),
    )
)


def _sold(product: Product, term: Term) -> Sold | None:
    """Return what it is to us; the queries of a resolver are told from those of a zone by their mark."""
    return _IN_A_REGION(product, term) if product.is_marked else _EVERYWHERE(product, term)


SERVICE = Service("route53", (Query("AmazonRoute53"),), _sold, is_global=True)
