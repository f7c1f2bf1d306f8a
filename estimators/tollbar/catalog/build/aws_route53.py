"""Route 53. Zones, queries and health checks are sold at one price everywhere; resolver endpoints by region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import everywhere, tiered_prices
from tollbar.catalog.build.source_tables import tiered_price
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/route53"
_BILLION = 1_000_000_000
_QUERY_TIERS = {
    "latency": {
        "Latency based routing queries (first 1B)": 0,
        "Latency based routing queries (over 1B)": _BILLION,
    },
    "geo": {"Geo DNS queries (first 1B)": 0, "Geo DNS queries (over 1B)": _BILLION},
}
_RESOLVER_TIERS = {"DNS queries (first 1B)": 0, "DNS queries (over 1B)": _BILLION}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield zones, queries by routing, health checks and resolver endpoints."""
    rows = list(tables.rows("aws_services", service="route53"))
    zones = [row for row in rows if row.sku_key == "Route53-HostedZone"]
    yield everywhere(tiered_price("aws/route53/hosted_zone", zones, "zones"))
    queries = [row for row in rows if row.sku_key == "Route53-Query"]
    yield everywhere(tiered_price("aws/route53/queries/standard", queries, "queries", 1_000_000))
    peer_rows = list(tables.test_suite_prices("aws_route53_record"))
    for routing, starts in _QUERY_TIERS.items():
        path = f"aws/route53/queries/{routing}"
        yield from map(everywhere, tiered_prices(path, peer_rows, starts, "queries", 1_000_000))
    yield from _health_check_prices(tables)
    resolver_rows = list(tables.test_suite_prices("aws_route53_resolver_endpoint"))
    path = "aws/route53/resolver_endpoint/queries"
    yield from tiered_prices(path, resolver_rows, _RESOLVER_TIERS, "queries", 1_000_000)
    for row in resolver_rows:
        if row.component == "Resolver endpoints":
            yield row.price("aws/route53/resolver_endpoint/hours")
    yield from page_prices(tables, TABLE)


def _health_check_prices(tables: SourceTables) -> Iterator[Price]:
    """The tests do not say where the endpoint is; the pricing page does: AWS's own is the cheaper one."""
    for component, what in (("Health check", "health_check"), ("Optional features", "health_check_feature")):
        rows = sorted(tables.test_suite_prices("aws_route53_health_check", component), key=lambda row: row.unit_price)
        for row, endpoint in ((rows[0], "aws"), (rows[-1], "non_aws")):
            yield everywhere(row.price(f"aws/route53/{what}/{endpoint}"))
