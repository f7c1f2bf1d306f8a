"""Moving data: Transfer Family, Database Migration Service, DataSync."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/migration"
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
    yield from page_prices(tables, TABLE)
