"""On-demand EC2 instance hours for Linux: every type and region, and the few dedicated ones that are known.

GPU types that AWS made cheaper in June 2025 stand in the hand-kept pages: the table of most regions is older.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables, TestSuitePrice
    from tollbar.price import Price

TABLE = "aws/ec2"

_DEDICATED_IN_TESTS = {
    ("aws_instance", "t3.medium", Decimal("0.0441")),
    ("aws_autoscaling_group", "m3.medium", Decimal("0.074")),
}
"""Test-suite prices whose launch template or configuration asks for dedicated tenancy."""


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hourly prices by tenancy and type."""
    for row in tables.rows("aws_ec2_on_demand"):
        system, tenancy = row.attributes["os"], row.attributes["tenancy"]
        yield row.price(f"aws/ec2/instance/{system}/{tenancy}/on_demand/{row.sku_key}")
    for resource_type in ("aws_instance", "aws_autoscaling_group"):
        for row_of_tests in tables.test_suite_prices(resource_type):
            instance_type = _type_in(row_of_tests)
            if (resource_type, instance_type, row_of_tests.unit_price) in _DEDICATED_IN_TESTS:
                yield row_of_tests.price(f"aws/ec2/instance/linux/dedicated/on_demand/{instance_type}")
    yield from page_prices(tables, TABLE)


def _type_in(row: TestSuitePrice) -> str:
    return row.component.removesuffix(")").rpartition(", ")[2]
