"""Management: AWS Backup, CloudFormation, CloudTrail, Config, Managed Grafana, X-Ray.

Backups of EBS, RDS, Aurora, DynamoDB and FSx are the snapshots of these services, sold under their codes.
Usage types: Infracost's look-ups, and AWS's list as public cost reports of 2026 quote it.
"""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules, families

_BACKUP_ROOT = "aws/backup"
_BACKUPS_OF_DYNAMODB = {"productFamily": "Amazon DynamoDB On-Demand Backup Storage"}
_BACKUP = (
    Rule("WarmStorage-ByteHrs-EFS", f"{_BACKUP_ROOT}/efs/warm", "GB-months"),
    Rule("ColdStorage-ByteHrs-EFS", f"{_BACKUP_ROOT}/efs/cold", "GB-months"),
    Rule("Restore-WarmBytes-EFS", f"{_BACKUP_ROOT}/restore/efs/warm", "GB"),
    Rule("Restore-ColdBytes-EFS", f"{_BACKUP_ROOT}/restore/efs/cold", "GB"),
    Rule("EBS:SnapshotUsage", f"{_BACKUP_ROOT}/ebs", "GB-months"),
    Rule("RDS:ChargedBackupUsage", f"{_BACKUP_ROOT}/rds", "GB-months"),
    Rule("Aurora:BackupUsage", f"{_BACKUP_ROOT}/aurora", "GB-months"),
    Rule("TimedBackupStorage-ByteHrs", f"{_BACKUP_ROOT}/dynamodb", "GB-months", _BACKUPS_OF_DYNAMODB),
    Rule("RestoreDataSize-Bytes", f"{_BACKUP_ROOT}/restore/dynamodb", "GB"),
    Rule("BackupUsage", f"{_BACKUP_ROOT}/fsx_windows", "GB-months", {"fileSystemType": "Windows"}),
    Rule("BackupUsage", f"{_BACKUP_ROOT}/fsx_lustre", "GB-months", {"fileSystemType": "Lustre"}),
)
_CLOUDFORMATION = (
    Rule("Resource-Invocation-Count", "aws/cloudformation/handler_operations", "requests"),
    Rule("Resource-Processing-Time", "aws/cloudformation/handler_duration", "seconds"),
)
_CLOUDTRAIL = (
    Rule("PaidEventsRecorded", "aws/cloudtrail/management_events", "events"),
    Rule("DataEventsRecorded", "aws/cloudtrail/data_events", "events"),
    Rule("InsightsEvents", "aws/cloudtrail/insight_events", "events"),
)
_CONFIG = (
    Rule("ConfigurationItemRecorded", "aws/config/configuration_items", "items"),
    Rule("CustomConfigItemRecorded", "aws/config/custom_configuration_items", "items"),
    Rule("ConfigurationItemRecordedDaily", "aws/config/periodic_configuration_items", "items"),
    Rule("ConfigRuleEvaluations", "aws/config/rule_evaluations", "evaluations"),
)
_GRAFANA = (
    Rule("Grafana:EditorUser", "aws/grafana/editor", "users"),
    Rule("Grafana:ViewerUser", "aws/grafana/viewer", "users"),
)
_XRAY = (
    Rule("XRay-TracesStored", "aws/xray/traces_recorded", "requests"),
    Rule("XRay-TracesAccessed", "aws/xray/traces_retrieved", "requests", {"operation": "XRay-Traces-Retrieved"}),
)

SERVICES = (
    Service(
        "backup",
        (
            Query("AWSBackup"),
            *families("AmazonEC2", "Storage Snapshot"),
            *families("AmazonRDS", "Storage Snapshot"),
            *families("AmazonDynamoDB", *_BACKUPS_OF_DYNAMODB.values(), "Amazon DynamoDB Restore Data Size"),
            *families("AmazonFSx", "Storage"),
        ),
        by_rules(_BACKUP),
    ),
    Service("cloudformation", (Query("AWSCloudFormation"),), by_rules(_CLOUDFORMATION)),
    Service("cloudtrail", (Query("AWSCloudTrail"),), by_rules(_CLOUDTRAIL)),
    Service("config", (Query("AWSConfig"),), by_rules(_CONFIG)),
    Service("grafana", (Query("AmazonGrafana"),), by_rules(_GRAFANA)),
    Service("xray", (Query("AWSXRay"),), by_rules(_XRAY)),
)
