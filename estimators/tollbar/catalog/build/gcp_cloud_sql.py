"""Cloud SQL: a partial list of March 2024 by region, us-central1 in full from the peer's test suite (trust C)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables, TestSuitePrice
    from tollbar.price import Price

TABLE = "gcp/cloud_sql"
_LISTED = re.compile(r"(?P<scope>Regional|Zonal) - (?P<what>.+) in .+")
_PATHS = {
    "vCPU": ("enterprise/vcpu/{scope}", "vCPU-hours"),
    "RAM": ("enterprise/memory/{scope}", "GiB-hours"),
    "Enterprise Plus N vCPU": ("enterprise_plus/vcpu/{scope}", "vCPU-hours"),
    "Enterprise Plus N RAM": ("enterprise_plus/memory/{scope}", "GiB-hours"),
    "Standard storage": ("storage/ssd/{scope}", "GB-months"),
    "Low cost storage": ("storage/hdd/{scope}", "GB-months"),
    "Micro instance": ("instance/{scope}/db-f1-micro", "hours"),
    "Small instance": ("instance/{scope}/db-g1-small", "hours"),
    "IP address reservation": ("ip_address", "hours"),
}
_TEST_SUITE = (
    (re.compile(r"vCPUs \(1, (?P<scope>zonal|regional)\)"), "enterprise/vcpu/{scope}", "vCPU-hours", 1),
    (re.compile(r"Memory \(120 GB, (?P<scope>zonal|regional)\)"), "enterprise/memory/{scope}", "GiB-hours", 730),
    (re.compile(r"Storage \(SSD, (?P<scope>zonal|regional)\)"), "storage/ssd/{scope}", "GB-months", 1),
    (re.compile(r"SQL instance \((?P<tier>db-[fg]1-\w+), (?P<scope>\w+)\)"), "instance/{scope}/{tier}", "hours", 1),
    (re.compile(r"Backups"), "backup", "GB-months", 1),
    (re.compile(r"IP address \(if unused\)"), "ip_address", "hours", 1),
)  # fmt: skip
"""Components of the test suite that tell a price: pattern, path, unit, and how many units the price is for
(its memory is priced a month)."""


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield prices per vCPU, GiB, shared-core instance, stored GB and IP address, by region."""
    for row in tables.rows("misc_curated_services", service="cloud_sql"):
        match = _LISTED.fullmatch(row.sku_key)
        if match and match["what"] in _PATHS:
            path, unit = _PATHS[match["what"]]
            yield row.price(f"gcp/cloud_sql/{path.format(scope=match['scope'].lower())}", unit, 1)
    for peer in tables.test_suite_prices("google_sql_database_instance"):
        yield from _from_test_suite(peer)


def _from_test_suite(row: TestSuitePrice) -> Iterator[Price]:
    for pattern, path, unit, per in _TEST_SUITE:
        if match := pattern.fullmatch(row.component):
            yield row.price(f"gcp/cloud_sql/{path.format(**match.groupdict())}", unit, per)
