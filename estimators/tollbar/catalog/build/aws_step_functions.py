"""Step Functions transitions in most regions, express workflows in us-east-1."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_tiers import tiered_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/step_functions"
_DURATION_TIERS = {"Duration (first 1K)": 0, "Duration (next 4K)": 1_000, "Duration (over 5K)": 5_000}
_OTHERS = "default(all others)"
_OTHER_REGIONS = (
    "us-east-1", "us-east-2", "us-west-2", "ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2",
    "ap-northeast-1", "ap-southeast-1", "ap-southeast-2",
)  # fmt: skip
"""Regions the source leaves out of its list of exceptions, all older than the source."""


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the price of a transition and of express requests and GB-hours; China (in yuan) is left out."""
    for row in tables.rows("aws_services", service="step_functions"):
        if row.region.startswith("cn-"):
            continue
        for region in _OTHER_REGIONS if row.region == _OTHERS else (row.region,):
            yield replace(row, region=region).price("aws/step_functions/transitions", "transitions")
    rows = list(tables.test_suite_prices("aws_sfn_state_machine"))
    yield from tiered_prices("aws/step_functions/express/duration", rows, _DURATION_TIERS, "GB-hours")
    for peer_row in rows:
        if peer_row.component == "Requests":
            yield peer_row.price("aws/step_functions/express/requests", "requests", 1_000_000)
    yield from page_prices(tables, TABLE)
