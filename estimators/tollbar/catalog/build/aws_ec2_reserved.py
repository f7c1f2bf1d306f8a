"""Reserved Instance hours for Linux in shared tenancy, without upfront payment; partial upfront where known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/ec2_reserved"
_ROOT = "aws/ec2/instance/linux/shared/reserved"
_OFFERINGS = {
    "reserved_1yr_no_upfront": "standard/1_year/no_upfront",
    "reserved_3yr_no_upfront": "standard/3_year/no_upfront",
    "reserved_convertible_1yr_no_upfront": "convertible/1_year/no_upfront",
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the hourly prices by offering class, term, payment option and type."""
    for row in tables.rows("aws_ec2_reserved"):
        yield row.price(f"{_ROOT}/{_OFFERINGS[row.purchase_option]}/{row.sku_key}")
    for tested in tables.test_suite_prices("aws_instance"):
        chosen = dict(pair.partition("=")[::2] for pair in tested.selecting_attributes.split(";"))
        offering = [chosen.get(f"usage.reserved_instance_{part}", "") for part in ("type", "term", "payment_option")]
        if all(offering) and offering[2] != "all_upfront":
            yield tested.price("/".join((_ROOT, *offering, chosen["instance_type"])))
