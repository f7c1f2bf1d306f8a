"""What EC2 bills beside instance hours: Dedicated Hosts, CPU credits, EBS optimization, all-upfront reservations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/ec2_options"

_EBS_OPTIMIZED_US_EAST_1 = {
    "m1.large": "0.025",
    "m1.xlarge": "0.05",
    "m2.2xlarge": "0.025",
    "m3.xlarge": "0.025",
    "m3.2xlarge": "0.05",
}
"""AWS's own price file pricing-ebs-optimized-instances.json of 2013-08-20; other types are not known."""


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hourly and per-vCPU-hour prices."""
    yield from _cpu_credits(tables)
    yield from _hosts(tables)
    for tested in tables.test_suite_prices("aws_instance", "EBS-optimized usage"):
        instance_type = _selected(tested.selecting_attributes)["instance_type"]
        yield tested.price(f"aws/ec2/ebs_optimized/{instance_type}")
    for instance_type, fee in _EBS_OPTIMIZED_US_EAST_1.items():
        key = PriceKey(f"aws/ec2/ebs_optimized/{instance_type}", "us-east-1")
        yield page_price(tables, key, fee, "hours", "2013-08-20")
    # Nothing is billed a month for what was paid upfront: the reservation's fee is not a monthly cost.
    yield page_price(tables, PriceKey("aws/ec2/reserved_all_upfront", "global"), "0", "hours", "2025-06-30")
    yield from page_prices(tables, TABLE)


def _cpu_credits(tables: SourceTables) -> Iterator[Price]:
    """Yield surplus credits. EC2's on-demand page: the price is the same for all sizes and across all regions."""
    for row in tables.rows("aws_terracost_eu-west-1_2023", service="ec2"):
        if row.attributes.get("family") == "CPU Credits":
            system, family = row.attributes["operatingSystem"].lower(), row.sku_key.rpartition(":")[2]
            path = f"aws/ec2/cpu_credits/{system}/{family}"
            yield replace(row.price(path), key=PriceKey(path, "global"))


def _hosts(tables: SourceTables) -> Iterator[Price]:
    for tested in tables.test_suite_prices("aws_ec2_host"):
        chosen = _selected(tested.selecting_attributes)
        family = tested.component.removesuffix(")").rpartition(", ")[2]
        term = chosen.get("usage.reserved_instance_term")
        option = chosen.get("usage.reserved_instance_payment_option")
        if term and option:
            yield tested.price(f"aws/ec2/host/reserved/{term}/{option}/{family}")
        elif option is None:
            yield tested.price(f"aws/ec2/host/on_demand/{family}")


def _selected(attributes: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in attributes.split(";"))
    return {name: value for name, _, value in pairs}
