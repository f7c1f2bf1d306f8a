"""Every mapped type: as Terraform would declare it, it is billed alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.inputs.cloudformation.twins import TWINS
from tollbar.inputs.cloudformation.reader import READER
from tollbar.inputs.cloudformation.types import TYPE_MAPS
from tollbar.inputs.cloudformation.types import free_types as free
from tollbar.inputs.interface import ReadOptions
from tollbar.resource import UNKNOWN, Attributes, Inventory, Resource
from tollbar.resources.registry import Bill, bill, free_types, resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.inputs.cloudformation.conftest import ReadTemplate

ON = date(2026, 11, 21)


def billed(resource: Resource, inventory: Inventory) -> Bill:
    known = resource_type(resource)
    return bill(resource, Usage(keys=known.usage_key_by_name if known else {}, on=ON), inventory)


def terraform(type_name: str, values: Mapping[str, Any], *others: Resource, **references: str) -> Bill:
    by_path = {path.replace("__", "."): (address,) for path, address in references.items()}
    resource = Resource("a.b", type_name, "b", "aws", "us-east-1", Attributes(values), references=by_path)
    return billed(resource, Inventory((resource, *others)))


def other(address: str, type_name: str, **values: Any) -> Resource:
    return Resource(address, type_name, address, "aws", "us-east-1", Attributes(values))


TEMPLATE = other(
    "T", "aws_launch_template", instance_type="c5.large", instance_market_options=[{"market_type": "spot"}]
)


@pytest.mark.parametrize("case", TWINS)
def test_what_both_declare_is_billed_alike(read_template: ReadTemplate, case: str) -> None:
    text, type_name, values = TWINS[case]
    declared = read_template(f"AWSTemplateFormatVersion: x\nResources: {{R: {text}}}", AWS__Region="us-east-1")
    found = declared.after.by_address["R"]
    expected = terraform(type_name, values)
    assert (found.type, billed(found, declared.after)) == (type_name, expected)
    assert not expected.is_free


TOGETHER = """
AWSTemplateFormatVersion: x
Resources:
  T:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {InstanceType: c5.large, InstanceMarketOptions: {MarketType: spot}}}
  C:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties: {InstanceType: m5.large, InstanceMonitoring: false}
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: "1", MaxSize: "3", DesiredCapacity: "2", LaunchTemplate: {LaunchTemplateId: !Ref T}}
  OldGroup:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: "1", MaxSize: "3", LaunchConfigurationName: !Ref C}
  Mixed:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "4"
      MaxSize: "8"
      MixedInstancesPolicy:
        InstancesDistribution: {OnDemandBaseCapacity: 1, OnDemandPercentageAboveBaseCapacity: 50}
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: !Ref T}
          Overrides: [{InstanceType: m5.large, WeightedCapacity: 2}]
  Aurora:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
      ServerlessV2ScalingConfiguration: {MinCapacity: 0.5, MaxCapacity: 4}
  Member:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: aurora-postgresql, DBInstanceClass: db.serverless, DBClusterIdentifier: !Ref Aurora}
  Cluster: {Type: AWS::ECS::Cluster}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {Cpu: "512", Memory: 1GB, EphemeralStorage: {SizeInGiB: 50}, RuntimePlatform: {CpuArchitecture: ARM64}}
  Service:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      LaunchType: FARGATE
      TaskDefinition: !Ref Task
      VolumeConfigurations: [{ManagedEBSVolume: {SizeInGiB: 20}}]
  Scaled:
    Type: AWS::ECS::Service
    Properties: {Cluster: !Ref Cluster, LaunchType: FARGATE, TaskDefinition: !Ref Task}
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      MinCapacity: 2
      MaxCapacity: 6
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: !Join [/, [service, !Ref Cluster, !GetAtt Scaled.Name]]
  Daemon:
    Type: AWS::ECS::Service
    Properties: {Cluster: !Ref Cluster, LaunchType: EC2, SchedulingStrategy: DAEMON, TaskDefinition: !Ref Task}
  Function: {Type: AWS::Lambda::Function, Properties: {MemorySize: 512}}
  Alias:
    Type: AWS::Lambda::Alias
    Properties: {FunctionName: !Ref Function, ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 5}}
  A: {Type: AWS::EC2::Subnet}
  B: {Type: AWS::EC2::Subnet}
  Endpoint: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcEndpointType: Interface, SubnetIds: [!Ref A, !Ref B]}}
  Nodes:
    Type: AWS::EKS::Nodegroup
  Global:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      BillingMode: PROVISIONED
      WriteProvisionedThroughputSettings: {WriteCapacityAutoScalingSettings: {MinCapacity: 2, MaxCapacity: 9}}
      Replicas:
        - {Region: eu-west-1}
        - Region: us-east-1
          ReadProvisionedThroughputSettings: {ReadCapacityUnits: 3}
          PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
"""
CONFIGURATION = other("C", "aws_launch_configuration", instance_type="m5.large", enable_monitoring=False)
CLUSTER = other(
    "Aurora",
    "aws_rds_cluster",
    engine="aurora-postgresql",
    serverlessv2_scaling_configuration=[{"min_capacity": "0.5", "max_capacity": 4}],
)
TASK = other(
    "Task",
    "aws_ecs_task_definition",
    cpu="512",
    memory="1GB",
    ephemeral_storage=[{"size_in_gib": 50}],
    runtime_platform=[{"cpu_architecture": "ARM64"}],
)
FARGATE = {"launch_type": "FARGATE", "cluster": UNKNOWN, "task_definition": UNKNOWN}
MIXED = {
    "min_size": 4,
    "max_size": 8,
    "mixed_instances_policy": [
        {
            "instances_distribution": [{"on_demand_base_capacity": 1, "on_demand_percentage_above_base_capacity": 50}],
            "launch_template": [
                {
                    "launch_template_specification": [{"launch_template_id": UNKNOWN}],
                    "override": [{"instance_type": "m5.large", "weighted_capacity": 2}],
                }
            ],
        }
    ],
}
GLOBAL_TABLE = {
    "billing_mode": "PROVISIONED",
    "write_capacity": 2,
    "read_capacity": 3,
    "point_in_time_recovery": [{"enabled": True}],
    "replica": [{"region_name": "eu-west-1"}],
}
BY_ADDRESS = {
    "Group": terraform(
        "aws_autoscaling_group",
        {"min_size": 1, "max_size": 3, "desired_capacity": 2, "launch_template": [{"id": UNKNOWN}]},
        TEMPLATE,
        launch_template__id="T",
    ),
    "OldGroup": terraform(
        "aws_autoscaling_group",
        {"min_size": 1, "max_size": 3, "launch_configuration": UNKNOWN},
        CONFIGURATION,
        launch_configuration="C",
    ),
    "Mixed": terraform(
        "aws_autoscaling_group",
        MIXED,
        TEMPLATE,
        mixed_instances_policy__launch_template__launch_template_specification__launch_template_id="T",
    ),
    "Member": terraform(
        "aws_rds_cluster_instance",
        {"engine": "aurora-postgresql", "instance_class": "db.serverless", "cluster_identifier": UNKNOWN},
        CLUSTER,
        cluster_identifier="Aurora",
    ),
    "Service": terraform(
        "aws_ecs_service",
        {**FARGATE, "desired_count": 1, "volume_configuration": [{"managed_ebs_volume": [{"size_in_gb": 20}]}]},
        TASK,
        task_definition="Task",
    ),
    "Alias": terraform(
        "aws_lambda_provisioned_concurrency_config",
        {"provisioned_concurrent_executions": 5, "function_name": UNKNOWN},
        other("Function", "aws_lambda_function", memory_size=512),
        function_name="Function",
    ),
    "Endpoint": terraform("aws_vpc_endpoint", {"vpc_endpoint_type": "Interface", "subnet_ids": ["a", "b"]}),
    "Nodes": terraform("aws_eks_node_group", {"scaling_config": [{"min_size": UNKNOWN}]}),
}


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    file: Path = tmp_path_factory.mktemp("together") / "template.yaml"
    file.write_text(TOGETHER, encoding="utf-8")
    return READER.read(file, ReadOptions(variables={"AWS::Region": "us-east-1"})).after


@pytest.mark.parametrize("address", BY_ADDRESS)
def test_what_refers_to_something_else_is_billed_alike(together: Inventory, address: str) -> None:
    assert billed(together.by_address[address], together) == BY_ADDRESS[address]


def amounts(inventory: Inventory, address: str) -> dict[str, tuple[object, object, object]]:
    found = billed(inventory.by_address[address], inventory)
    return {
        f"{line.part or ''} {line.name}".strip(): (line.quantity.low, line.quantity.expected, line.quantity.high)
        for line in found.components
        if line.quantity.basis == "fixed"
    }


def test_a_scaled_service_starts_at_the_least_it_is_scaled_to(together: Inventory) -> None:
    assert amounts(together, "Scaled") == {
        "vCPU (Fargate, Linux/ARM)": (730, 730, 2190),
        "Memory (Fargate, Linux/ARM)": (1460, 1460, 4380),
        "Ephemeral storage over 20 GB (Fargate, Linux/ARM)": (60, 60, 180),
    }
    assert together.by_address["Daemon"].attributes.get("desired_count") is None


def test_a_global_table_is_the_replica_of_its_own_region(together: Inventory) -> None:
    expected = terraform("aws_dynamodb_table", GLOBAL_TABLE)
    found = billed(together.by_address["Global"], together)
    assert [(line.part, line.price) for line in found.components] == [
        (line.part, line.price) for line in expected.components
    ]
    assert amounts(together, "Global") == {
        "Write capacity (WCU, autoscaling)": (1460, 1460, 6570),
        "Read capacity (RCU)": (2190, 2190, 2190),
        "Global table (eu-west-1) Replicated write capacity (rWCU)": (1460, 1460, 6570),
        "Global table (eu-west-1) Read capacity (RCU)": (2190, 2190, 2190),
    }


PARTS = """
AWSTemplateFormatVersion: x
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties: {FifoTopic: true, Subscription: [{Protocol: sqs, Endpoint: e}, {Protocol: lambda, Endpoint: f}]}
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {AnalyticsConfigurations: [{Id: a}], InventoryConfigurations: [{Id: b}]}
  Records:
    Type: AWS::Route53::RecordSetGroup
    Properties: {RecordSets: [{Type: A, AliasTarget: {DNSName: d}}, {Type: A, GeoLocation: {CountryCode: DE}}]}
  Emr:
    Type: AWS::EMR::Cluster
    Properties:
      Instances:
        CoreInstanceGroup:
          InstanceType: m5.xlarge
          InstanceCount: 2
          EbsConfiguration: {EbsBlockDeviceConfigs: [{VolumeSpecification: {SizeInGB: 100, VolumeType: gp3}}]}
        TaskInstanceGroups: [{InstanceType: c5.xlarge, InstanceCount: 3}]
"""


def test_parts_are_resources_of_their_own(read_template: ReadTemplate) -> None:
    declared = read_template(PARTS).after
    assert {resource.address: resource.type for resource in declared} == {
        "Topic": "aws_sns_topic",
        "Topic.Subscription[0]": "aws_sns_topic_subscription",
        "Topic.Subscription[1]": "aws_sns_topic_subscription",
        "Bucket": "aws_s3_bucket",
        "Bucket.AnalyticsConfigurations[0]": "aws_s3_bucket_analytics_configuration",
        "Bucket.InventoryConfigurations[0]": "aws_s3_bucket_inventory",
        "Records": "aws_route53_records_exclusive",
        "Records.RecordSets[0]": "aws_route53_record",
        "Records.RecordSets[1]": "aws_route53_record",
        "Emr": "aws_emr_cluster",
        "Emr.TaskInstanceGroups[0]": "aws_emr_instance_group",
    }
    assert declared.by_address["Topic.Subscription[1]"].references == {"topic_arn": ("Topic",)}
    assert declared.by_address["Emr"].attributes.get("core_instance_group") == {
        "instance_type": "m5.xlarge",
        "instance_count": "2",
        "ebs_config": [{"size": "100", "type": "gp3"}],
    }
    assert declared.by_address["Emr.TaskInstanceGroups[0]"].references == {"cluster_id": ("Emr",)}


@pytest.mark.parametrize(
    ("kind", "configuration", "expected"),
    [
        ("LUSTRE", "LustreConfiguration: {DeploymentType: PERSISTENT_2}", "aws_fsx_lustre_file_system"),
        ("WINDOWS", "WindowsConfiguration: {DeploymentType: PERSISTENT_2}", "aws_fsx_windows_file_system"),
        ("ONTAP", "OntapConfiguration: {DeploymentType: PERSISTENT_2}", "aws_fsx_ontap_file_system"),
        ("OPENZFS", "OpenZFSConfiguration: {DeploymentType: PERSISTENT_2}", "aws_fsx_openzfs_file_system"),
        ("NEW", "DeploymentType: PERSISTENT_2", "AWS::FSx::FileSystem"),
    ],
)
def test_a_file_system_is_of_the_type_of_its_kind(
    read_template: ReadTemplate, kind: str, configuration: str, expected: str
) -> None:
    properties = f"{{FileSystemType: {kind}, {configuration}}}"
    text = f"AWSTemplateFormatVersion: x\nResources: {{F: {{Type: AWS::FSx::FileSystem, Properties: {properties}}}}}"
    (found,) = read_template(text).after
    assert (found.type, found.attributes.get("deployment_type")) == (expected, "PERSISTENT_2")


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("OrganizationManagedRuleMetadata", "aws_config_organization_managed_rule"),
        ("OrganizationCustomRuleMetadata", "aws_config_organization_custom_rule"),
        ("OrganizationCustomPolicyRuleMetadata", "aws_config_organization_custom_policy_rule"),
    ],
)
def test_a_rule_of_an_organization_is_of_the_type_of_its_kind(
    read_template: ReadTemplate, metadata: str, expected: str
) -> None:
    rule = f"{{Type: AWS::Config::OrganizationConfigRule, Properties: {{{metadata}: {{}}}}}}"
    (found,) = read_template(f"AWSTemplateFormatVersion: x\nResources: {{R: {rule}}}").after
    assert found.type == expected


def test_what_is_free_is_so_in_terraforms_type_too() -> None:
    assert {name for name in free().values() if name not in free_types("aws")} == set()
    assert not free().keys() & TYPE_MAPS.keys()


def test_a_type_of_its_own_name_is_unpriced_by_it(read_template: ReadTemplate) -> None:
    types = "A: {Type: AWS::New::Thing}, B: {Type: Custom::Thing}, C: {Type: Datadog::Monitors::Monitor}"
    text = f"AWSTemplateFormatVersion: x\nResources: {{{types}}}"
    declared = read_template(text)
    assert [
        (r.type, r.cloud, [line.reason for line in billed(r, declared.after).unpriced]) for r in declared.after
    ] == [
        ("AWS::New::Thing", "aws", ["unsupported_type"]),
        ("Custom::Thing", "aws", ["unsupported_type"]),
        ("Datadog::Monitors::Monitor", "other", ["unsupported_type"]),
    ]


def test_the_types_that_matter_most_are_mapped() -> None:
    families = {name.split("::")[1] for name in TYPE_MAPS}
    assert len(TYPE_MAPS) >= 40
    assert families >= {
        "AmazonMQ", "ApiGateway", "ApiGatewayV2", "ApplicationAutoScaling", "AutoScaling", "CloudFront", "CloudWatch",
        "CodeBuild", "DocDB", "DynamoDB", "EC2", "ECR", "ECS", "EFS", "EKS", "ElastiCache", "ElasticLoadBalancing",
        "ElasticLoadBalancingV2", "Elasticsearch", "FSx", "Glue", "KMS", "Kinesis", "KinesisFirehose", "Lambda", "Logs",
        "MSK", "Neptune", "OpenSearchService", "RDS", "Redshift", "Route53", "S3", "SNS", "SQS", "SageMaker",
        "SecretsManager", "StepFunctions", "WAFv2",
    }  # fmt: skip
