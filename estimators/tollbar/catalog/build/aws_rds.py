"""RDS instance hours: MySQL, MariaDB and PostgreSQL in all regions, the other engines where a source tells.

MariaDB costs what MySQL costs: all 268 prices that AWS's list of February 2023 has for both are
equal; these rows are marked B.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_selection import reservation, selection
from tollbar.catalog.build.rds_offers import instance_offers
from tollbar.catalog.build.vendor_pages import page_price
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables, TestSuitePrice
    from tollbar.price import Price

TABLE = "aws/rds"
_ROOT = "aws/rds/instance"
_SERVICES = re.compile(r"RDS-Instance-Hour-(?:(?P<engine>postgres)-)?(?P<type>db\..+)")
_ENGINES = {"mysql": "mysql", "postgresql": "postgres"}

_UNNAMED = {
    ("db.t3.large", "0.136"): "oracle-byol",
    ("db.t3.large", "0.3"): "oracle-se2",
}
"""Engine of test-suite rows that several resources share; which, is told by the resources' own costs."""


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hourly prices by product, deployment, purchase and class."""
    for row in tables.rows("aws_rds", service="rds"):
        engine = _ENGINES[row.attributes["engine"]]
        deployment = row.attributes["deployment"].replace("-", "_")
        price = row.price(f"{_ROOT}/{engine}/{deployment}/{row.purchase_option}/{row.sku_key}")
        yield price
        if engine == "mysql" and row.purchase_option == "on_demand":
            path = f"{_ROOT}/mariadb/{deployment}/on_demand/{row.sku_key}"
            yield replace(price, key=PriceKey(path, row.region), trust="B")
    yield from _offered(tables)
    for row in tables.rows("aws_services", service="rds"):
        if found := _SERVICES.fullmatch(row.sku_key):
            yield row.price(f"{_ROOT}/{found['engine'] or 'mysql'}/single_az/on_demand/{found['type']}")
    yield from _from_test_suite(tables)
    # Reserved instances, "All Upfront": nothing is billed by the hour.
    key = PriceKey("aws/rds/reserved_all_upfront", "global")
    yield page_price(tables, key, "0", "hours", "2025-06-30")


def _offered(tables: SourceTables) -> Iterator[Price]:
    cheapest: dict[str, Price] = {}
    for product, deployment, row in instance_offers(tables):
        if product.startswith("aurora"):
            continue
        price = row.price(f"{_ROOT}/{product}/{deployment}/on_demand/{row.sku_key}")
        known = cheapest.get(price.key.path)
        # RDS Custom for Oracle is listed beside RDS for Oracle, at 1.2 times its price.
        if known is None or price.tiers[0].unit_price < known.tiers[0].unit_price:
            cheapest[price.key.path] = price
    yield from cheapest.values()


def _from_test_suite(tables: SourceTables) -> Iterator[Price]:
    pattern = re.compile(r"Database instance \((?:on-demand|reserved), (Single|Multi)-AZ, (\S+)\)")
    for row in tables.test_suite_prices("aws_db_instance"):
        described = pattern.match(row.component)
        if described is None or not row.unit_price:
            continue
        deployment, instance_class = f"{described.group(1).lower()}_az", described.group(2)
        product = _product(row, instance_class)
        if product is not None:
            yield row.price(f"{_ROOT}/{product}/{deployment}/{reservation(row)}/{instance_class}")


def _product(row: TestSuitePrice, instance_class: str) -> str | None:
    engine = selection(row).get("engine")
    if engine is None:
        return _UNNAMED.get((instance_class, f"{row.unit_price.normalize():f}"))
    return None if engine.startswith("aurora") else engine
