"""Resources as CloudFormation and as Terraform declare them: the property, Terraform's type, its attributes."""

from __future__ import annotations

from typing import Any

GP3 = {"volume_size": 30, "volume_type": "gp3", "iops": 4000}
TWINS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "instance": (
        (
            "{Type: AWS::EC2::Instance, Properties: {InstanceType: t3.large, Monitoring: true, CreditSpecification: "
            "{CPUCredits: unlimited}, BlockDeviceMappings: [{DeviceName: /dev/xvda, Ebs: {VolumeSize: 30, "
            "VolumeType: gp3, Iops: 4000}}, {DeviceName: /dev/sdb, Ebs: {VolumeSize: 10}}, "
            "{DeviceName: /dev/sdc, VirtualName: ephemeral0}]}}"
        ),
        "aws_instance",
        {
            "instance_type": "t3.large",
            "monitoring": True,
            "credit_specification": [{"cpu_credits": "unlimited"}],
            "root_block_device": [GP3],
            "ebs_block_device": [{"device_name": "/dev/sdb", "volume_size": 10}],
        },
    ),
    "instance without a type": ("{Type: AWS::EC2::Instance}", "aws_instance", {"instance_type": "m1.small"}),
    "volume": (
        "{Type: AWS::EC2::Volume, Properties: {Size: 100, VolumeType: io2, Iops: 5000}}",
        "aws_ebs_volume",
        {"size": 100, "type": "io2", "iops": 5000},
    ),
    "volume of the default type": (
        "{Type: AWS::EC2::Volume, Properties: {Size: 100}}",
        "aws_ebs_volume",
        {"size": 100, "type": "gp2"},
    ),
    "DB instance": (
        (
            "{Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, EngineVersion: '8.0', "
            "DBInstanceClass: db.m5.large, AllocatedStorage: '100', StorageType: io1, Iops: 2000, MultiAZ: true, "
            "EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 93}}"
        ),
        "aws_db_instance",
        {
            "engine": "mysql",
            "engine_version": "8.0",
            "instance_class": "db.m5.large",
            "allocated_storage": 100,
            "storage_type": "io1",
            "iops": 2000,
            "multi_az": True,
            "performance_insights_enabled": True,
            "performance_insights_retention_period": 93,
            "backup_retention_period": 1,
        },
    ),
    "table": (
        (
            "{Type: AWS::DynamoDB::Table, Properties: {ProvisionedThroughput: {ReadCapacityUnits: 5, "
            "WriteCapacityUnits: 6}, TableClass: STANDARD_INFREQUENT_ACCESS, "
            "StreamSpecification: {StreamViewType: NEW_IMAGE}, "
            "PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}, "
            "GlobalSecondaryIndexes: [{IndexName: g, ProvisionedThroughput: {ReadCapacityUnits: 1, "
            "WriteCapacityUnits: 2}}]}}"
        ),
        "aws_dynamodb_table",
        {
            "read_capacity": 5,
            "write_capacity": 6,
            "table_class": "STANDARD_INFREQUENT_ACCESS",
            "stream_enabled": True,
            "point_in_time_recovery": [{"enabled": True}],
            "global_secondary_index": [{"read_capacity": 1, "write_capacity": 2}],
        },
    ),
    "function": (
        (
            "{Type: AWS::Lambda::Function, Properties: {MemorySize: 1024, Architectures: [arm64], "
            "EphemeralStorage: {Size: 1024}}}"
        ),
        "aws_lambda_function",
        {"memory_size": 1024, "architectures": ["arm64"], "ephemeral_storage": [{"size": 1024}]},
    ),
    "stage": (
        "{Type: AWS::ApiGateway::Stage, Properties: {CacheClusterEnabled: true, CacheClusterSize: '1.6'}}",
        "aws_api_gateway_stage",
        {"cache_cluster_enabled": True, "cache_cluster_size": "1.6"},
    ),
    "imported API": (
        "{Type: AWS::ApiGatewayV2::Api, Properties: {Body: {openapi: 3.0.1}}}",
        "aws_apigatewayv2_api",
        {"protocol_type": "HTTP"},
    ),
    "bucket": (
        (
            "{Type: AWS::S3::Bucket, Properties: {LifecycleConfiguration: {Rules: [{Status: Enabled, TagFilters: "
            "[{Key: a, Value: b}], Transitions: [{StorageClass: GLACIER}], "
            "NoncurrentVersionTransitions: [{StorageClass: DEEP_ARCHIVE}]}, {Status: Disabled, "
            "Transition: {StorageClass: STANDARD_IA}}]}}}"
        ),
        "aws_s3_bucket",
        {
            "lifecycle_rule": [
                {
                    "enabled": True,
                    "tags": {"a": "b"},
                    "transition": [{"storage_class": "GLACIER"}],
                    "noncurrent_version_transition": [{"storage_class": "DEEP_ARCHIVE"}],
                }
            ]
        },
    ),
    "queue": ("{Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}", "aws_sqs_queue", {"fifo_queue": True}),
    "topic": ("{Type: AWS::SNS::Topic}", "aws_sns_topic", {}),
    "subscription": (
        "{Type: AWS::SNS::Subscription, Properties: {Protocol: https}}",
        "aws_sns_topic_subscription",
        {"protocol": "https"},
    ),
    "cache": (
        (
            "{Type: AWS::ElastiCache::CacheCluster, Properties: {CacheNodeType: cache.m5.large, Engine: memcached, "
            "NumCacheNodes: 2}}"
        ),
        "aws_elasticache_cluster",
        {"node_type": "cache.m5.large", "engine": "memcached", "num_cache_nodes": 2},
    ),
    "replication group": (
        (
            "{Type: AWS::ElastiCache::ReplicationGroup, Properties: {CacheNodeType: cache.r6g.large, Engine: valkey, "
            "NodeGroupConfiguration: [{ReplicaCount: 2}, {ReplicaCount: 2}], SnapshotRetentionLimit: 5}}"
        ),
        "aws_elasticache_replication_group",
        {
            "node_type": "cache.r6g.large",
            "engine": "valkey",
            "num_node_groups": 2,
            "replicas_per_node_group": 2,
            "snapshot_retention_limit": 5,
        },
    ),
    "EKS cluster": (
        "{Type: AWS::EKS::Cluster, Properties: {Version: '1.29', UpgradePolicy: {SupportType: STANDARD}}}",
        "aws_eks_cluster",
        {"version": "1.29", "upgrade_policy": [{"support_type": "STANDARD"}]},
    ),
    "node group": (
        (
            "{Type: AWS::EKS::Nodegroup, Properties: {ScalingConfig: {MinSize: 1, MaxSize: 4, DesiredSize: 2}, "
            "InstanceTypes: [m5.large], CapacityType: SPOT, DiskSize: 50}}"
        ),
        "aws_eks_node_group",
        {
            "scaling_config": [{"min_size": 1, "max_size": 4, "desired_size": 2}],
            "instance_types": ["m5.large"],
            "capacity_type": "SPOT",
            "disk_size": 50,
        },
    ),
    "classic load balancer": ("{Type: AWS::ElasticLoadBalancing::LoadBalancer}", "aws_elb", {}),
    "load balancer": (
        "{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network}}",
        "aws_lb",
        {"load_balancer_type": "network"},
    ),
    "file system": (
        (
            "{Type: AWS::EFS::FileSystem, Properties: {ThroughputMode: provisioned, ProvisionedThroughputInMibps: 10, "
            "LifecyclePolicies: [{TransitionToIA: AFTER_30_DAYS}]}}"
        ),
        "aws_efs_file_system",
        {
            "throughput_mode": "provisioned",
            "provisioned_throughput_in_mibps": 10,
            "lifecycle_policy": [{"transition_to_ia": "AFTER_30_DAYS"}],
        },
    ),
    "stream": (
        "{Type: AWS::Kinesis::Stream, Properties: {ShardCount: 2, RetentionPeriodHours: 48}}",
        "aws_kinesis_stream",
        {"shard_count": 2, "retention_period": 48},
    ),
    "delivery stream": (
        (
            "{Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: "
            "{DataFormatConversionConfiguration: {Enabled: true}}, AmazonopensearchserviceDestinationConfiguration: "
            "{VpcConfiguration: {SubnetIds: [a, b]}}}}"
        ),
        "aws_kinesis_firehose_delivery_stream",
        {
            "extended_s3_configuration": [{"data_format_conversion_configuration": [{"enabled": True}]}],
            "opensearch_configuration": [{"vpc_config": [{"subnet_ids": ["a", "b"]}]}],
        },
    ),
    "key": (
        "{Type: AWS::KMS::Key, Properties: {KeySpec: RSA_2048}}",
        "aws_kms_key",
        {"customer_master_key_spec": "RSA_2048"},
    ),
    "secret": (
        "{Type: AWS::SecretsManager::Secret, Properties: {ReplicaRegions: [{Region: eu-west-1}]}}",
        "aws_secretsmanager_secret",
        {"replica": [{"region": "eu-west-1"}]},
    ),
    "record": (
        "{Type: AWS::Route53::RecordSet, Properties: {Type: A, Region: eu-west-1}}",
        "aws_route53_record",
        {"type": "A", "latency_routing_policy": [{"region": "eu-west-1"}]},
    ),
    "health check": (
        (
            "{Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS_STR_MATCH, "
            "RequestInterval: 10, MeasureLatency: true}}}"
        ),
        "aws_route53_health_check",
        {"type": "HTTPS_STR_MATCH", "request_interval": 10, "measure_latency": True},
    ),
    "resolver endpoint": (
        "{Type: AWS::Route53Resolver::ResolverEndpoint, Properties: {IpAddresses: [{SubnetId: a}, {SubnetId: b}]}}",
        "aws_route53_resolver_endpoint",
        {"ip_address": [{"subnet_id": "a"}, {"subnet_id": "b"}]},
    ),
    "web ACL": (
        (
            "{Type: AWS::WAFv2::WebACL, Properties: {Rules: [{Statement: {GeoMatchStatement: {CountryCodes: [DE]}}}, "
            "{Statement: {ManagedRuleGroupStatement: {Name: AWSManagedRulesBotControlRuleSet, ManagedRuleGroupConfigs: "
            "[{AWSManagedRulesBotControlRuleSet: {InspectionLevel: TARGETED}}]}}}]}}"
        ),
        "aws_wafv2_web_acl",
        {
            "rule": [
                {"statement": [{"geo_match_statement": [{}]}]},
                {
                    "statement": [
                        {
                            "managed_rule_group_statement": [
                                {
                                    "name": "AWSManagedRulesBotControlRuleSet",
                                    "managed_rule_group_configs": [
                                        {"aws_managed_rules_bot_control_rule_set": [{"inspection_level": "TARGETED"}]}
                                    ],
                                }
                            ]
                        }
                    ]
                },
            ]
        },
    ),
    "alarm": (
        (
            "{Type: AWS::CloudWatch::Alarm, Properties: {Metrics: [{Id: a, MetricStat: {Period: 30}}, "
            "{Id: e, Expression: a}]}}"
        ),
        "aws_cloudwatch_metric_alarm",
        {"metric_query": [{"metric": [{"period": 30}]}, {"expression": "a"}]},
    ),
    "log group": (
        "{Type: AWS::Logs::LogGroup, Properties: {LogGroupClass: INFREQUENT_ACCESS}}",
        "aws_cloudwatch_log_group",
        {"log_group_class": "INFREQUENT_ACCESS"},
    ),
    "state machine": (
        "{Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineType: EXPRESS}}",
        "aws_sfn_state_machine",
        {"type": "EXPRESS"},
    ),
    "parameter": (
        "{Type: AWS::SSM::Parameter, Properties: {Tier: Advanced}}",
        "aws_ssm_parameter",
        {"tier": "Advanced"},
    ),
}
