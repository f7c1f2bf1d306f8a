"""RDS and Aurora, DynamoDB, ElastiCache, DocumentDB, Neptune, MemoryDB, Redshift, Timestream, DMS.

Defaults: a DB instance or cluster keeps its backups for one day ("Backup retention period", Amazon RDS User Guide);
Terraform's provider asks for none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from tollbar.inputs.cloudformation.attributes import TypeMap
from tollbar.inputs.cloudformation.types.global_table import finish_global_table, global_table_parts

if TYPE_CHECKING:
    from tollbar.inputs.cloudformation.attributes import Attributes, Properties

_CLUSTER_MEMBER: Final = {"DBInstanceClass": "instance_class", "DBClusterIdentifier": "cluster_identifier"}
_CLUSTER: Final = {"DBClusterIdentifier": "cluster_identifier"}
_INDEXES: Final = {
    "GlobalSecondaryIndexes": "global_secondary_index",
    "GlobalSecondaryIndexes.ProvisionedThroughput": "",
    "GlobalSecondaryIndexes.ProvisionedThroughput.ReadCapacityUnits": "read_capacity",
    "GlobalSecondaryIndexes.ProvisionedThroughput.WriteCapacityUnits": "write_capacity",
}


def _kind_of_instance(properties: Properties) -> str:
    return "aws_rds_cluster_instance" if "DBClusterIdentifier" in properties else "aws_db_instance"


def _finish_instance(attributes: Attributes, _region: str | None) -> None:
    """Give a new database the vendor's day of backups; a replica or a copy keeps what its source has."""
    if not {"replicate_source_db", "db_snapshot_identifier", "cluster_identifier"} & attributes.keys():
        attributes.setdefault("backup_retention_period", "1")


def _finish_table(attributes: Attributes, _region: str | None) -> None:
    if "stream_specification" in attributes:
        attributes["stream_enabled"] = True


def _finish_replication_group(attributes: Attributes, _region: str | None) -> None:
    """Count the shards where they are listed instead of counted."""
    groups = attributes.get("node_group_configuration")
    if not isinstance(groups, list) or not groups:
        return
    attributes.setdefault("num_node_groups", str(len(groups)))
    replicas = groups[0].get("replica_count") if isinstance(groups[0], Mapping) else None
    if replicas is not None:
        attributes.setdefault("replicas_per_node_group", replicas)


TYPES: Final[Mapping[str, TypeMap]] = {
    "AWS::DMS::ReplicationInstance": TypeMap("aws_dms_replication_instance", defaults={"allocated_storage": "50"}),
    "AWS::DocDB::DBCluster": TypeMap("aws_docdb_cluster", _CLUSTER),
    "AWS::DocDB::DBInstance": TypeMap("aws_docdb_cluster_instance", _CLUSTER_MEMBER),
    "AWS::DynamoDB::GlobalTable": TypeMap(
        "aws_dynamodb_table",
        {"TableName": "name", "GlobalSecondaryIndexes": "global_secondary_index"},
        finish=finish_global_table,
        parts=global_table_parts,
    ),
    "AWS::DynamoDB::Table": TypeMap(
        "aws_dynamodb_table",
        {
            **_INDEXES,
            "TableName": "name",
            "PointInTimeRecoverySpecification": "point_in_time_recovery",
            "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled": "enabled",
            "ProvisionedThroughput": "",
            "ProvisionedThroughput.ReadCapacityUnits": "read_capacity",
            "ProvisionedThroughput.WriteCapacityUnits": "write_capacity",
        },
        finish=_finish_table,
    ),
    "AWS::ElastiCache::CacheCluster": TypeMap("aws_elasticache_cluster", {"CacheNodeType": "node_type"}),
    "AWS::ElastiCache::GlobalReplicationGroup": TypeMap("aws_elasticache_global_replication_group"),
    "AWS::ElastiCache::ReplicationGroup": TypeMap(
        "aws_elasticache_replication_group", {"CacheNodeType": "node_type"}, finish=_finish_replication_group
    ),
    "AWS::ElastiCache::ServerlessCache": TypeMap("aws_elasticache_serverless_cache"),
    "AWS::MemoryDB::Cluster": TypeMap("aws_memorydb_cluster"),
    "AWS::Neptune::DBCluster": TypeMap("aws_neptune_cluster", _CLUSTER),
    "AWS::Neptune::DBInstance": TypeMap("aws_neptune_cluster_instance", _CLUSTER_MEMBER),
    "AWS::RDS::DBCluster": TypeMap(
        "aws_rds_cluster",
        {**_CLUSTER, "ServerlessV2ScalingConfiguration": "serverlessv2_scaling_configuration"},
    ),
    "AWS::RDS::DBInstance": TypeMap(
        "aws_db_instance",
        {
            **_CLUSTER_MEMBER,
            "DBInstanceIdentifier": "identifier",
            "EnablePerformanceInsights": "performance_insights_enabled",
            "SourceDBInstanceIdentifier": "replicate_source_db",
        },
        kind=_kind_of_instance,
        finish=_finish_instance,
    ),
    "AWS::Redshift::Cluster": TypeMap("aws_redshift_cluster"),
    "AWS::RedshiftServerless::Namespace": TypeMap("aws_redshiftserverless_namespace"),
    "AWS::RedshiftServerless::Workgroup": TypeMap("aws_redshiftserverless_workgroup"),
    "AWS::Timestream::InfluxDBInstance": TypeMap("aws_timestreaminfluxdb_db_instance"),
    "AWS::Timestream::Table": TypeMap("aws_timestreamwrite_table"),
}
