"""Moving data: Transfer Family, Database Migration Service, DataSync."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/migration"
_REPLICATION_INSTANCE = re.compile(r"Instance \((\S+)\)")
_COMPONENTS = {
    "aws_transfer_server": {
        "SFTP protocol enabled": SoldAs("aws/transfer_family/protocol/sftp", "hours"),
        "FTPS protocol enabled": SoldAs("aws/transfer_family/protocol/ftps", "hours"),
        "FTP protocol enabled": SoldAs("aws/transfer_family/protocol/ftp", "hours"),
        "Data uploaded": SoldAs("aws/transfer_family/data_uploaded", "GB"),
        "Data downloaded": SoldAs("aws/transfer_family/data_downloaded", "GB"),
    },
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of each service."""
    for resource_type, components in _COMPONENTS.items():
        yield from peer_prices(tables, resource_type, components)
    yield from _replication_instances(tables)
    yield from page_prices(tables, TABLE)


def _replication_instances(tables: SourceTables) -> Iterator[Price]:
    """Yield the hours and the storage of DMS replication instances, by the zones they run in."""
    for row in tables.test_suite_prices("aws_dms_replication_instance"):
        zones = "multi_az" if "multi_az=true" in row.selecting_attributes else "single_az"
        if found := _REPLICATION_INSTANCE.fullmatch(row.component):
            yield row.price(f"aws/dms/instance/{zones}/dms.{found[1]}")
        elif row.component == "Storage (general purpose SSD, gp2)":
            yield row.price(f"aws/dms/storage/{zones}", "GB-months", 1)
