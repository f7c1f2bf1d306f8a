"""OpenSearch, Glue, Athena, EMR, Managed Flink, MWAA, SageMaker, Bedrock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbar.inputs.cloudformation.attributes import TypeMap

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES: Final[Mapping[str, TypeMap]] = {
    "AWS::Athena::CapacityReservation": TypeMap("aws_athena_capacity_reservation"),
    "AWS::Athena::WorkGroup": TypeMap("aws_athena_workgroup"),
    "AWS::EMR::Cluster": TypeMap(
        "aws_emr_cluster",
        {
            "Instances": "",
            "Instances.CoreInstanceFleet": "core_instance_fleet",
            "Instances.CoreInstanceGroup": "core_instance_group",
            "Instances.MasterInstanceFleet": "master_instance_fleet",
            "Instances.MasterInstanceGroup": "master_instance_group",
        },
    ),
    "AWS::EMR::InstanceFleetConfig": TypeMap("aws_emr_instance_fleet"),
    "AWS::EMR::InstanceGroupConfig": TypeMap("aws_emr_instance_group"),
    "AWS::EMRServerless::Application": TypeMap("aws_emrserverless_application"),
    "AWS::Elasticsearch::Domain": TypeMap("aws_elasticsearch_domain", {"ElasticsearchClusterConfig": "cluster_config"}),
    "AWS::Glue::Crawler": TypeMap("aws_glue_crawler"),
    "AWS::Glue::Database": TypeMap("aws_glue_catalog_database"),
    "AWS::Glue::Job": TypeMap("aws_glue_job"),
    "AWS::KinesisAnalytics::Application": TypeMap("aws_kinesis_analytics_application"),
    "AWS::KinesisAnalyticsV2::Application": TypeMap("aws_kinesisanalyticsv2_application"),
    "AWS::MWAA::Environment": TypeMap("aws_mwaa_environment"),
    "AWS::OpenSearchService::Domain": TypeMap("aws_opensearch_domain"),
    "AWS::SageMaker::Endpoint": TypeMap("aws_sagemaker_endpoint"),
    "AWS::SageMaker::EndpointConfig": TypeMap("aws_sagemaker_endpoint_configuration"),
    "AWS::SageMaker::NotebookInstance": TypeMap("aws_sagemaker_notebook_instance"),
}
