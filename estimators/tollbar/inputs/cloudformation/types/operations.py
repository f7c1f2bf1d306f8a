"""CloudWatch, CloudTrail, Config, Systems Manager, KMS, Secrets Manager, Certificate Manager, WAF, CodeBuild."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbar.inputs.cloudformation.attributes import TypeMap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.inputs.cloudformation.attributes import Properties

_DIRECTORY: Final = "aws_directory_service_directory"


def _kind_of_organization_rule(properties: Properties) -> str:
    """Return the type by who wrote the rule, all of which cost the same."""
    if "OrganizationCustomPolicyRuleMetadata" in properties:
        return "aws_config_organization_custom_policy_rule"
    custom = "OrganizationCustomRuleMetadata" in properties
    return "aws_config_organization_custom_rule" if custom else "aws_config_organization_managed_rule"


TYPES: Final[Mapping[str, TypeMap]] = {
    "AWS::ACMPCA::CertificateAuthority": TypeMap("aws_acmpca_certificate_authority"),
    "AWS::CertificateManager::Certificate": TypeMap("aws_acm_certificate"),
    "AWS::CloudTrail::Trail": TypeMap(
        "aws_cloudtrail",
        {
            "AdvancedEventSelectors": "advanced_event_selector",
            "EventSelectors": "event_selector",
            "EventSelectors.DataResources": "data_resource",
            "InsightSelectors": "insight_selector",
        },
    ),
    "AWS::CloudWatch::Alarm": TypeMap(
        "aws_cloudwatch_metric_alarm", {"Metrics": "metric_query", "Metrics.MetricStat": "metric"}
    ),
    "AWS::CloudWatch::CompositeAlarm": TypeMap("aws_cloudwatch_composite_alarm"),
    "AWS::CloudWatch::Dashboard": TypeMap("aws_cloudwatch_dashboard"),
    "AWS::CodeBuild::Project": TypeMap("aws_codebuild_project"),
    "AWS::Config::ConfigRule": TypeMap("aws_config_config_rule"),
    "AWS::Config::ConfigurationRecorder": TypeMap("aws_config_configuration_recorder"),
    "AWS::Config::ConformancePack": TypeMap("aws_config_conformance_pack"),
    "AWS::Config::OrganizationConfigRule": TypeMap("", kind=_kind_of_organization_rule),
    "AWS::Config::OrganizationConformancePack": TypeMap("aws_config_organization_conformance_pack"),
    "AWS::DirectoryService::MicrosoftAD": TypeMap(_DIRECTORY, defaults={"type": "MicrosoftAD"}),
    "AWS::DirectoryService::SimpleAD": TypeMap(_DIRECTORY, defaults={"type": "SimpleAD"}),
    "AWS::Grafana::Workspace": TypeMap("aws_grafana_workspace"),
    "AWS::KMS::Key": TypeMap("aws_kms_key", {"KeySpec": "customer_master_key_spec"}),
    "AWS::KMS::ReplicaKey": TypeMap("aws_kms_replica_key"),
    "AWS::Logs::LogGroup": TypeMap("aws_cloudwatch_log_group", {"LogGroupName": "name"}),
    "AWS::SSM::Parameter": TypeMap("aws_ssm_parameter"),
    "AWS::SecretsManager::Secret": TypeMap("aws_secretsmanager_secret", {"ReplicaRegions": "replica"}),
    "AWS::Transfer::Server": TypeMap("aws_transfer_server"),
    "AWS::WAF::WebACL": TypeMap("aws_waf_web_acl"),
    "AWS::WAFRegional::WebACL": TypeMap("aws_wafregional_web_acl"),
    "AWS::WAFv2::RuleGroup": TypeMap("aws_wafv2_rule_group", {"Rules": "rule"}),
    "AWS::WAFv2::WebACL": TypeMap("aws_wafv2_web_acl", {"Rules": "rule"}),
}
