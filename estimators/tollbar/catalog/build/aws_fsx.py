"""FSx file systems: Windows, Lustre, ONTAP and OpenZFS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/fsx"
_COMPONENTS = {
    "aws_fsx_openzfs_file_system": {
        "Backup storage": SoldAs("aws/fsx/openzfs/backup", "GB-months"),
        "Provisioned IOPS": SoldAs("aws/fsx/openzfs/iops", "IOPS-months"),
        "SSD storage": SoldAs("aws/fsx/openzfs/storage/single_az/ssd", "GB-months"),
        "Throughput capacity": SoldAs("aws/fsx/openzfs/throughput/single_az", "MBps-months"),
    },
    "aws_fsx_windows_file_system": {
        "Backup storage": SoldAs("aws/fsx/windows/backup", "GB-months"),
        "HDD storage": SoldAs("aws/fsx/windows/storage/multi_az/hdd", "GB-months"),
        "SSD storage": SoldAs("aws/fsx/windows/storage/multi_az/ssd", "GB-months"),
        "Throughput capacity": SoldAs("aws/fsx/windows/throughput/multi_az", "MBps-months"),
    },
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield storage, throughput, IOPS and backups by deployment."""
    for resource_type, components in _COMPONENTS.items():
        yield from peer_prices(tables, resource_type, components)
    yield from page_prices(tables, TABLE)
