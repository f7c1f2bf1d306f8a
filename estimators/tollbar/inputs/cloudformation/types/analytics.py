"""OpenSearch, Glue, Athena, EMR, Managed Flink, MWAA, SageMaker, Bedrock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from tollbar.inputs.cloudformation.attributes import Part, TypeMap, attributes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.inputs.cloudformation.attributes import Properties
    from tollbar.inputs.cloudformation.values import Value


def _disks(path: str) -> dict[str, str]:
    """Return the names of the EBS volumes of the nodes under a property path."""
    configs = f"{path}EbsConfiguration.EbsBlockDeviceConfigs"
    specification = f"{configs}.VolumeSpecification"
    return {
        f"{path}EbsConfiguration": "",
        configs: "ebs_config",
        specification: "",
        f"{specification}.SizeInGB": "size",
        f"{specification}.VolumeType": "type",
    }


_FLEET: Final = TypeMap("aws_emr_instance_fleet", _disks("InstanceTypeConfigs."))
_GROUP: Final = TypeMap("aws_emr_instance_group", _disks(""))


def _task_nodes(own: Value, properties: Properties, _region: str | None) -> Iterator[Part]:
    """Yield the task nodes, which Terraform adds to a cluster from outside."""
    instances = properties.get("Instances")
    instances = instances if isinstance(instances, Mapping) else {}
    for name, mapped in (("TaskInstanceFleets", _FLEET), ("TaskInstanceGroups", _GROUP)):
        listed = instances.get(name)
        for index, nodes in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(nodes, Mapping):
                yield Part(f".{name}[{index}]", mapped.type, {**attributes_of(nodes, mapped), "cluster_id": own})


TYPES: Final[Mapping[str, TypeMap]] = {
    "AWS::Athena::CapacityReservation": TypeMap("aws_athena_capacity_reservation"),
    "AWS::Athena::WorkGroup": TypeMap("aws_athena_workgroup"),
    "AWS::Bedrock::Agent": TypeMap("aws_bedrockagent_agent"),
    "AWS::Bedrock::ApplicationInferenceProfile": TypeMap("aws_bedrock_inference_profile"),
    "AWS::EMR::Cluster": TypeMap(
        "aws_emr_cluster",
        {
            "Instances": "",
            **_disks("Instances.CoreInstanceGroup."),
            **_disks("Instances.CoreInstanceFleet.InstanceTypeConfigs."),
            **_disks("Instances.MasterInstanceGroup."),
            **_disks("Instances.MasterInstanceFleet.InstanceTypeConfigs."),
        },
        parts=_task_nodes,
    ),
    "AWS::EMR::InstanceFleetConfig": _FLEET,
    "AWS::EMR::InstanceGroupConfig": _GROUP,
    "AWS::EMRServerless::Application": TypeMap("aws_emrserverless_application"),
    "AWS::Elasticsearch::Domain": TypeMap("aws_elasticsearch_domain", {"ElasticsearchClusterConfig": "cluster_config"}),
    "AWS::Glue::Crawler": TypeMap("aws_glue_crawler"),
    "AWS::Glue::Database": TypeMap("aws_glue_catalog_database"),
    "AWS::Glue::Job": TypeMap("aws_glue_job"),
    "AWS::KinesisAnalytics::Application": TypeMap("aws_kinesis_analytics_application"),
    "AWS::KinesisAnalyticsV2::Application": TypeMap("aws_kinesisanalyticsv2_application"),
    "AWS::MWAA::Environment": TypeMap("aws_mwaa_environment"),
    "AWS::OSIS::Pipeline": TypeMap("aws_osis_pipeline"),
    "AWS::OpenSearchServerless::Collection": TypeMap("aws_opensearchserverless_collection"),
    "AWS::OpenSearchService::Domain": TypeMap("aws_opensearch_domain"),
    "AWS::SageMaker::Endpoint": TypeMap("aws_sagemaker_endpoint"),
    "AWS::SageMaker::EndpointConfig": TypeMap("aws_sagemaker_endpoint_configuration"),
    "AWS::SageMaker::NotebookInstance": TypeMap("aws_sagemaker_notebook_instance", {"VolumeSizeInGB": "volume_size"}),
}
