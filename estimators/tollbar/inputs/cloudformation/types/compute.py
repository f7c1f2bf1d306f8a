"""EC2, Auto Scaling, Batch, Elastic Beanstalk, Lightsail.

Defaults: "AWS::EC2::Instance" (InstanceType: m1.small), "AWS::EC2::Volume" (VolumeType: gp2) and "AWS::AutoScaling"
in the CloudFormation Template Reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from tollbar.inputs.cloudformation.attributes import TypeMap

if TYPE_CHECKING:
    from tollbar.inputs.cloudformation.attributes import Attributes

_DEVICES: Final = {"BlockDeviceMappings": "ebs_block_device", "BlockDeviceMappings.Ebs": ""}
_OLDEST_SMALL_TYPE: Final = "m1.small"


def _finish_instance(attributes: Attributes, _region: str | None) -> None:
    _only_volumes(attributes)
    if "launch_template" not in attributes and attributes.get("instance_type") is None:
        attributes["instance_type"] = _OLDEST_SMALL_TYPE


def _only_volumes(attributes: Attributes, _region: str | None = None) -> None:
    """Leave out instance stores and devices of the image that are taken away: they are no volumes."""
    devices = attributes.get("ebs_block_device")
    if isinstance(devices, list):
        attributes["ebs_block_device"] = [device for device in devices if not _is_no_volume(device)]


def _is_no_volume(device: object) -> bool:
    return isinstance(device, Mapping) and ("no_device" in device or "virtual_name" in device)


TYPES: Final[Mapping[str, TypeMap]] = {
    "AWS::AutoScaling::AutoScalingGroup": TypeMap(
        "aws_autoscaling_group",
        {
            "AutoScalingGroupName": "name",
            "LaunchConfigurationName": "launch_configuration",
            "MixedInstancesPolicy.LaunchTemplate.Overrides": "override",
        },
    ),
    "AWS::AutoScaling::LaunchConfiguration": TypeMap(
        "aws_launch_configuration",
        {**_DEVICES, "LaunchConfigurationName": "name", "InstanceMonitoring": "enable_monitoring"},
        finish=_only_volumes,
    ),
    "AWS::EC2::CapacityReservation": TypeMap("aws_ec2_capacity_reservation"),
    "AWS::EC2::Host": TypeMap("aws_ec2_host"),
    "AWS::EC2::Instance": TypeMap("aws_instance", _DEVICES, finish=_finish_instance),
    "AWS::EC2::LaunchTemplate": TypeMap(
        "aws_launch_template", {"LaunchTemplateName": "name", "LaunchTemplateData": ""}
    ),
    "AWS::EC2::SpotFleet": TypeMap("aws_spot_fleet_request", {"SpotFleetRequestConfigData": ""}),
    "AWS::EC2::Volume": TypeMap("aws_ebs_volume", {"VolumeType": "type"}),
    "AWS::ElasticBeanstalk::Environment": TypeMap(
        "aws_elastic_beanstalk_environment",
        {"OptionSettings": "setting", "OptionSettings.OptionName": "name", "Tier": "", "Tier.Name": "tier"},
    ),
    "AWS::Lightsail::Bucket": TypeMap("aws_lightsail_bucket"),
    "AWS::Lightsail::Container": TypeMap("aws_lightsail_container_service"),
    "AWS::Lightsail::Database": TypeMap("aws_lightsail_database", {"RelationalDatabaseBundleId": "bundle_id"}),
    "AWS::Lightsail::Disk": TypeMap("aws_lightsail_disk"),
    "AWS::Lightsail::Distribution": TypeMap("aws_lightsail_distribution"),
    "AWS::Lightsail::Instance": TypeMap("aws_lightsail_instance"),
    "AWS::Lightsail::LoadBalancer": TypeMap("aws_lightsail_lb"),
}
