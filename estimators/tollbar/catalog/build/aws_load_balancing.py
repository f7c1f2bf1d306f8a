"""Load balancer hours, capacity units and classic data: us-east-1 and (2023) eu-west-1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/load_balancing"
_HOURS, _UNITS = "aws/load_balancing/hours", "aws/load_balancing/capacity_units"
_PATHS = {"ALB-Hour": f"{_HOURS}/application", "ALB-LCU-ProcessedBytes": f"{_UNITS}/application"}
_CURATED_PATHS = {
    "ALB-LCU-Hour": f"{_UNITS}/application",
    "NLB-Hour": f"{_HOURS}/network",
    "NLB-NLCU-Hour": f"{_UNITS}/network",
}
_IRISH_PATHS = {
    ("EU-LoadBalancerUsage", "Load Balancer"): f"{_HOURS}/classic",
    ("EU-DataProcessing-Bytes", "Load Balancer"): "aws/load_balancing/data_processed/classic",
    ("EU-LoadBalancerUsage", "Load Balancer-Application"): f"{_HOURS}/application",
    ("EU-LCUUsage", "Load Balancer-Application"): f"{_UNITS}/application",
    ("EU-LoadBalancerUsage", "Load Balancer-Network"): f"{_HOURS}/network",
    ("EU-LCUUsage", "Load Balancer-Network"): f"{_UNITS}/network",
    ("EU-LoadBalancerUsage", "Load Balancer-Gateway"): f"{_HOURS}/gateway",
    ("EU-LCUUsage", "Load Balancer-Gateway"): f"{_UNITS}/gateway",
}
_PEER_PATHS = {
    "Classic load balancer": f"{_HOURS}/classic",
    "Data processed": "aws/load_balancing/data_processed/classic",
}
_PEER_HOURS = {
    "Application load balancer": SoldAs(f"{_HOURS}/application", "hours"),
    "Network load balancer": SoldAs(f"{_HOURS}/network", "hours"),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield hourly, capacity unit and per-GB prices."""
    for row in tables.rows("aws_services", service="elb"):
        if path := _PATHS.get(row.sku_key):
            yield row.price(path)
    for row in tables.rows("misc_curated_services", service="elb"):
        if path := _CURATED_PATHS.get(row.sku_key):
            yield row.price(path)
    for row in tables.rows("aws_terracost_eu-west-1_2023", service="elb"):
        if path := _IRISH_PATHS.get((row.sku_key, row.attributes.get("family", ""))):
            yield row.price(path)
    for peer_row in tables.test_suite_prices("aws_elb"):
        if path := _PEER_PATHS.get(peer_row.component):
            yield peer_row.price(path)
    yield from peer_prices(tables, "aws_lb", _PEER_HOURS)
    # Elastic Load Balancing pricing, Gateway Load Balancer, US East (N. Virginia).
    for path, text, unit in ((f"{_HOURS}/gateway", "0.0125", "hours"), (f"{_UNITS}/gateway", "0.004", "LCU-hours")):
        yield page_price(tables, PriceKey(path, "us-east-1"), text, unit, "2025-01-01")
    yield from page_prices(tables, TABLE)
