"""Amazon EFS: storage by class and zones, data read and written, provisioned throughput."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_READ, _WRITE = {"accessType": "Read"}, {"accessType": "Write"}
_RULES = (
    Rule("TimedStorage-ByteHrs", "aws/efs/storage/standard", "GB-months"),
    Rule("TimedStorage-Z-ByteHrs", "aws/efs/storage/one_zone", "GB-months"),
    Rule("IATimedStorage-ByteHrs", "aws/efs/infrequent_access_storage/standard", "GB-months"),
    Rule("IATimedStorage-Z-ByteHrs", "aws/efs/infrequent_access_storage/one_zone", "GB-months"),
    Rule("ArchiveTimedStorage-ByteHrs", "aws/efs/archive_storage", "GB-months"),
    Rule("IADataAccess-Bytes", "aws/efs/infrequent_access/read", "GB", _READ),
    Rule("IADataAccess-Bytes", "aws/efs/infrequent_access/write", "GB", _WRITE),
    Rule("ETDataAccess-Bytes", "aws/efs/elastic_throughput/read", "GB", _READ),
    Rule("ETDataAccess-Bytes", "aws/efs/elastic_throughput/write", "GB", _WRITE),
    Rule("ProvisionedTP-MiBpsHrs", "aws/efs/throughput", "MBps-months"),
)

SERVICE = Service("efs", (Query("AmazonEFS"),), by_rules(_RULES))
