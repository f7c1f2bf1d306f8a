"""Spot prices for Linux: volatile, so that the date of each is part of what it says.

An observed price is taken before an estimate (on-demand price less the average saving that AWS's Spot
Instance Advisor tells), unless the estimate is more than a year younger.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price

TABLE = "aws/ec2_spot"
_MUCH_OLDER = timedelta(days=365)


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield one hourly price by type and region."""
    chosen: dict[tuple[str, str], Row] = {}
    for row in tables.rows("aws_ec2_spot"):
        place = (row.region, row.sku_key)
        known = chosen.get(place)
        if known is None or _standing(row) > _standing(known):
            chosen[place] = row
    for row in chosen.values():
        yield row.price(f"aws/ec2/instance/{row.attributes['os']}/shared/spot/{row.sku_key}")


def _standing(row: Row) -> date:
    """Return the row's date, an observed price counted as a year younger."""
    read_on = date.fromisoformat(row.as_of)
    return read_on + _MUCH_OLDER if row.purchase_option == "spot" else read_on
