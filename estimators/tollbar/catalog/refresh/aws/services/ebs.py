"""Amazon EBS: volumes, IOPS, throughput, snapshots and what reads them. Sold by AmazonEC2."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_FAMILIES = (
    "Storage",
    "System Operation",
    "Provisioned Throughput",
    "Storage Snapshot",
    "Fast Snapshot Restore",
    "EBS direct API Requests",
)
_RULES = (
    Rule(r"EBS:VolumeUsage", "aws/ebs/storage/standard", "GB-months"),
    Rule(r"EBS:VolumeUsage\.piops", "aws/ebs/storage/io1", "GB-months"),
    Rule(r"EBS:VolumeUsage\.(?P<kind>gp2|gp3|io2|sc1|st1)", "aws/ebs/storage/{kind}", "GB-months"),
    Rule(r"EBS:VolumeIOUsage", "aws/ebs/requests/standard", "IOs"),
    Rule(r"EBS:VolumeP-IOPS\.piops", "aws/ebs/iops/io1", "IOPS-months"),
    Rule(r"EBS:VolumeP-IOPS\.(?P<kind>gp3|io2)", "aws/ebs/iops/{kind}", "IOPS-months"),
    Rule(r"EBS:VolumeP-IOPS\.io2\.tier2", "aws/ebs/iops_over_32000/io2", "IOPS-months"),
    Rule(r"EBS:VolumeP-IOPS\.io2\.tier3", "aws/ebs/iops_over_64000/io2", "IOPS-months"),
    Rule(r"EBS:VolumeP-Throughput\.gp3", "aws/ebs/throughput/gp3", "MBps-months"),
    Rule(r"EBS:SnapshotUsage", "aws/ebs/snapshot/standard", "GB-months"),
    Rule(r"EBS:SnapshotArchiveStorage", "aws/ebs/snapshot/archive", "GB-months"),
    Rule(r"EBS:SnapshotArchiveRetrieval", "aws/ebs/snapshot_archive_retrieval", "GB"),
    Rule(r"EBS:FastSnapshotRestore", "aws/ebs/fast_snapshot_restore", "hours"),
    Rule(r"EBS:directAPI\.snapshot\.List", "aws/ebs/direct_api/list", "requests"),
    Rule(r"EBS:directAPI\.snapshot\.Get", "aws/ebs/direct_api/get", "SnapshotAPIUnits"),
    Rule(r"EBS:directAPI\.snapshot\.Put", "aws/ebs/direct_api/put", "SnapshotAPIUnits"),
)

SERVICE = Service("ebs", tuple(Query("AmazonEC2", {"productFamily": family}) for family in _FAMILIES), by_rules(_RULES))
