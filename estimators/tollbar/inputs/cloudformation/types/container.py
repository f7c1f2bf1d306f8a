"""ECS, EKS, ECR and Application Auto Scaling.

A node group that does not say its size gets what EKS chooses: CloudFormation's reference does not tell it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbar.inputs.cloudformation.attributes import TypeMap
from tollbar.inputs.cloudformation.values import NotKnown, PartlyKnown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.inputs.cloudformation.attributes import Attributes


def _finish_node_group(attributes: Attributes, _region: str | None) -> None:
    if "scaling_config" not in attributes and not isinstance(attributes, PartlyKnown):
        attributes["scaling_config"] = dict.fromkeys(("desired_size", "min_size", "max_size"), NotKnown())


TYPES: Final[Mapping[str, TypeMap]] = {
    "AWS::ApplicationAutoScaling::ScalableTarget": TypeMap("aws_appautoscaling_target"),
    "AWS::ECR::PublicRepository": TypeMap("aws_ecrpublic_repository"),
    "AWS::ECR::Repository": TypeMap("aws_ecr_repository", {"RepositoryName": "name"}),
    "AWS::ECS::CapacityProvider": TypeMap("aws_ecs_capacity_provider"),
    "AWS::ECS::Cluster": TypeMap("aws_ecs_cluster", {"ClusterName": "name"}),
    "AWS::ECS::ClusterCapacityProviderAssociations": TypeMap(
        "aws_ecs_cluster_capacity_providers", {"Cluster": "cluster_name"}
    ),
    "AWS::ECS::Service": TypeMap(
        "aws_ecs_service",
        {
            "ServiceName": "name",
            "VolumeConfigurations": "volume_configuration",
            "VolumeConfigurations.ManagedEBSVolume.SizeInGiB": "size_in_gb",
        },
    ),
    "AWS::ECS::TaskDefinition": TypeMap("aws_ecs_task_definition", {"EphemeralStorage.SizeInGiB": "size_in_gib"}),
    "AWS::ECS::TaskSet": TypeMap("aws_ecs_task_set"),
    "AWS::EKS::Cluster": TypeMap("aws_eks_cluster"),
    "AWS::EKS::FargateProfile": TypeMap("aws_eks_fargate_profile"),
    "AWS::EKS::Nodegroup": TypeMap("aws_eks_node_group", finish=_finish_node_group),
}
