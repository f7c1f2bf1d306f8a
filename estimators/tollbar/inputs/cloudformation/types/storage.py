"""S3, EFS, FSx, Backup.

Defaults: "AWS::FSx::FileSystem" in the CloudFormation Template Reference (StorageType: SSD).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbar.inputs.cloudformation.attributes import Part, TypeMap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.inputs.cloudformation.attributes import Attributes, Properties
    from tollbar.inputs.cloudformation.values import Value

_FILE_SYSTEMS: Final = {
    "LUSTRE": "aws_fsx_lustre_file_system",
    "ONTAP": "aws_fsx_ontap_file_system",
    "OPENZFS": "aws_fsx_openzfs_file_system",
    "WINDOWS": "aws_fsx_windows_file_system",
}
_RULES: Final = "LifecycleConfiguration.Rules"


def _kind_of_file_system(properties: Properties) -> str:
    kind = properties.get("FileSystemType")
    return _FILE_SYSTEMS.get(kind, "AWS::FSx::FileSystem") if isinstance(kind, str) else "AWS::FSx::FileSystem"


def _finish_bucket(attributes: Attributes, _region: str | None) -> None:
    """Write the lifecycle rules as Terraform does: enabled instead of a status, tags by their own name."""
    rules = attributes.get("lifecycle_rule")
    for rule in rules if isinstance(rules, list) else ():
        if isinstance(rule, dict):
            rule["enabled"] = rule.get("status", "Enabled") != "Disabled"
            for one, several in (("transition", "transitions"), ("noncurrent_version_transition", "more_noncurrent")):
                if several in rule:
                    rule[one] = rule.pop(several)
            if "tag_filters" in rule:
                rule["tags"] = rule["tag_filters"]


def _bucket_parts(own: Value, properties: Properties, _region: str | None) -> Iterator[Part]:
    """Yield the analytics and inventories of a bucket, which are billed by themselves."""
    for name, type_name in (
        ("AnalyticsConfigurations", "aws_s3_bucket_analytics_configuration"),
        ("InventoryConfigurations", "aws_s3_bucket_inventory"),
    ):
        configurations = properties.get(name)
        for index, _ in enumerate(configurations if isinstance(configurations, list) else ()):
            yield Part(f".{name}[{index}]", type_name, {"bucket": own})


TYPES: Final[Mapping[str, TypeMap]] = {
    "AWS::Backup::BackupVault": TypeMap("aws_backup_vault", {"BackupVaultName": "name"}),
    "AWS::EFS::FileSystem": TypeMap("aws_efs_file_system", {"LifecyclePolicies": "lifecycle_policy"}),
    "AWS::FSx::FileSystem": TypeMap(
        "",
        {
            "LustreConfiguration": "",
            "OntapConfiguration": "",
            "OpenZFSConfiguration": "",
            "WindowsConfiguration": "",
        },
        kind=_kind_of_file_system,
    ),
    "AWS::S3::Bucket": TypeMap(
        "aws_s3_bucket",
        {
            "BucketName": "bucket",
            "LifecycleConfiguration": "",
            _RULES: "lifecycle_rule",
            f"{_RULES}.NoncurrentVersionTransitions": "more_noncurrent",
        },
        finish=_finish_bucket,
        parts=_bucket_parts,
    ),
}
