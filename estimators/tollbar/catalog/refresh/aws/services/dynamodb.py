"""Amazon DynamoDB: capacity, requests and storage by table class, backups, restores, streams."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_CLASSES = {"": "standard", "IA-": "infrequent_access"}
_BY_CLASS = {
    "WriteCapacityUnit-Hrs": ("write_capacity", "WCU-hours"),
    "ReadCapacityUnit-Hrs": ("read_capacity", "RCU-hours"),
    "ReplWriteCapacityUnit-Hrs": ("replicated_write_capacity", "WCU-hours"),
    "WriteRequestUnits": ("write_requests", "requests"),
    "ReadRequestUnits": ("read_requests", "requests"),
    "ReplWriteRequestUnits": ("replicated_write_requests", "requests"),
    "TimedStorage-ByteHrs": ("storage", "GB-months"),
}
_RULES = (
    *(
        Rule(f"{mark}{usage}", f"aws/dynamodb/{table_class}/{what}", unit)
        for mark, table_class in _CLASSES.items()
        for usage, (what, unit) in _BY_CLASS.items()
    ),
    Rule("TimedPITRStorage-ByteHrs", "aws/dynamodb/point_in_time_recovery", "GB-months"),
    Rule(
        "TimedBackupStorage-ByteHrs",
        "aws/dynamodb/backup",
        "GB-months",
        {"productFamily": "Amazon DynamoDB On-Demand Backup Storage"},
    ),
    Rule("RestoreDataSize-Bytes", "aws/dynamodb/restore", "GB", {"productFamily": "Amazon DynamoDB Restore Data Size"}),
    Rule(r".+", "aws/dynamodb/streams_read_requests", "requests", {"group": "DDB-StreamsReadRequests"}),
)

SERVICE = Service("dynamodb", (Query("AmazonDynamoDB"),), by_rules(_RULES))
