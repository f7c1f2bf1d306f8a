"""EBS volumes and snapshots: all types in 31 regions; the direct APIs where they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
_OTHERS_OF_2023 = {
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
        if path := _OTHERS_OF_2023.get(row.sku_key):
            yield row.price(path)
        elif _DIRECT_APIS in row.sku_key:
            request = row.sku_key.rpartition(".")[2].lower()
            unit = "requests" if request == "list" else "SnapshotAPIUnits"
            yield row.price(f"aws/ebs/direct_api/{request}", unit, 1)
    for name, (request, base, per) in _REQUESTS_OF_TESTS.items():
        for tested in tables.test_suite_prices("aws_ebs_snapshot", name):
            yield tested.price(f"aws/ebs/direct_api/{request}", base, per)
