"""EBS volumes and snapshots: all types in 31 regions; the direct APIs where they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/ebs"
_MIBPS_PER_GIBPS = 1024
_PATHS = {
    "storage": "aws/ebs/storage/{}",
    "iops": "aws/ebs/iops/{}",
    "iops_tier2": "aws/ebs/iops_over_32000/{}",
    "iops_tier3": "aws/ebs/iops_over_64000/{}",
    "throughput": "aws/ebs/throughput/{}",
    "io_requests": "aws/ebs/requests/{}",
    "fsr": "aws/ebs/fast_snapshot_restore",
}
_SNAPSHOT_TIERS = {"snapshot": "standard", "snapshot-archive": "archive"}
_REQUESTS_OF_TESTS = {
    "ListChangedBlocks & ListSnapshotBlocks API requests": ("list", None, None),
    "GetSnapshotBlock API requests": ("get", "SnapshotAPIUnits", 1_000),
    "PutSnapshotBlock API requests": ("put", "SnapshotAPIUnits", 1_000),
}
_DIRECT_APIS = "EBS:directAPI.snapshot."
_OFFERS_OF_2023 = {
    "EU-EBS:VolumeUsage": "aws/ebs/storage/standard",
    "EU-EBS:VolumeUsage.gp2": "aws/ebs/storage/gp2",
    "EU-EBS:VolumeUsage.gp3": "aws/ebs/storage/gp3",
    "EU-EBS:VolumeUsage.piops": "aws/ebs/storage/io1",
    "EU-EBS:VolumeUsage.sc1": "aws/ebs/storage/sc1",
    "EU-EBS:VolumeUsage.st1": "aws/ebs/storage/st1",
    "EU-EBS:VolumeIOUsage": "aws/ebs/requests/standard",
    "EU-EBS:VolumeP-IOPS.gp3": "aws/ebs/iops/gp3",
    "EU-EBS:VolumeP-IOPS.piops": "aws/ebs/iops/io1",
    "EU-EBS:SnapshotUsage": "aws/ebs/snapshot/standard",
    "EU-EBS:SnapshotArchiveStorage": "aws/ebs/snapshot/archive",
    "EU-EBS:SnapshotArchiveRetrieval": "aws/ebs/snapshot_archive_retrieval",
    "EU-EBS:FastSnapshotRestore": "aws/ebs/fast_snapshot_restore",
    "EU-EBS:VolumeUsage.io2": "aws/ebs/storage/io2",
    "EU-EBS:VolumeP-IOPS.io2": "aws/ebs/iops/io2",
    "EU-EBS:VolumeP-IOPS.io2.tier2": "aws/ebs/iops_over_32000/io2",
    "EU-EBS:VolumeP-IOPS.io2.tier3": "aws/ebs/iops_over_64000/io2",
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield storage, IOPS, throughput, requests, snapshots and fast restores."""
    for row in tables.rows("aws_ebs"):
        dimension = row.attributes["dimension"]
        if dimension == "snapshot":
            yield row.price(f"aws/ebs/snapshot/{_SNAPSHOT_TIERS[row.sku_key]}")
        elif dimension == "throughput":
            yield row.price(_PATHS[dimension].format(row.sku_key), "MBps-months", _MIBPS_PER_GIBPS)
        else:
            yield row.price(_PATHS[dimension].format(row.sku_key))
    for row in tables.rows("aws_terracost_eu-west-1_2023", service="ec2"):
        if path := _OFFERS_OF_2023.get(row.sku_key):
            yield row.price(path)
        elif row.sku_key == "EU-EBS:VolumeP-Throughput.gp3":
            yield row.price("aws/ebs/throughput/gp3", "MBps-months", _MIBPS_PER_GIBPS)
        elif _DIRECT_APIS in row.sku_key:
            request = row.sku_key.rpartition(".")[2].lower()
            unit = "requests" if request == "list" else "SnapshotAPIUnits"
            yield row.price(f"aws/ebs/direct_api/{request}", unit, 1)
    for name, (request, base, per) in _REQUESTS_OF_TESTS.items():
        for tested in tables.test_suite_prices("aws_ebs_snapshot", name):
            yield tested.price(f"aws/ebs/direct_api/{request}", base, per)
    yield from page_prices(tables, TABLE)
