"""Security: CloudHSM, Cognito, Directory Service, GuardDuty, Macie, Security Hub.

Usage types: AWS's list as public cost reports of 2026 quote it; "Tracking your AWS Free Tier usage", AWS Billing
user guide. Attributes of directories: Infracost's look-ups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules, renamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.price import Price

_COGNITO = (
    Rule("CognitoUserPoolsMAU", "aws/cognito/user_pool/lite", "users"),
    Rule("CognitoEssentialsMAU", "aws/cognito/user_pool/essentials", "users"),
    Rule("CognitoPlusMAU", "aws/cognito/user_pool/plus", "users"),
)
_DIRECTORY = "aws/directory_service"
_DIRECTORY_SERVICE = (
    Rule("Small-(?:SimpleAD|Directory)-Usage", f"{_DIRECTORY}/simple_ad/small", "hours"),
    Rule("Large-(?:SimpleAD|Directory)-Usage", f"{_DIRECTORY}/simple_ad/large", "hours"),
    Rule("Small-ADConnector-Usage", f"{_DIRECTORY}/ad_connector/small", "hours"),
    Rule("Large-ADConnector-Usage", f"{_DIRECTORY}/ad_connector/large", "hours"),
    *(
        Rule(
            ".*DC-Usage",
            f"{_DIRECTORY}/microsoft_ad/{edition.lower()}/domain_controller",
            "hours",
            {"directoryType": "Microsoft AD", "directorySize": edition},
        )
        for edition in ("Standard", "Enterprise")
    ),
    Rule(
        "SharedMsftAD-Usage",
        f"{_DIRECTORY}/directory_sharing/standard",
        "hours",
        {"directoryType": "Shared Microsoft AD", "directorySize": "Standard"},
    ),
)
_GUARDDUTY = (
    Rule("PaidEventsAnalyzed", "aws/guardduty/cloudtrail_management_events", "events"),
    Rule("PaidEventsAnalyzed-Bytes", "aws/guardduty/flow_and_dns_logs", "GB"),
    Rule("PaidS3DataEventsAnalyzed", "aws/guardduty/s3_data_events", "events"),
)
_MACIE = (
    Rule("PaidDataInventoryEvaluation-Bucket-Days", "aws/macie/bucket", "months"),
    Rule("SensitiveDataDiscovery", "aws/macie/data_inspected", "GB"),
)


def _connectors(prices: Mapping[str, Price]) -> Iterator[Price]:
    """Yield AD Connectors, which cost what Simple AD costs, where the list names both at once."""
    for size in ("small", "large"):
        directory = prices.get(f"{_DIRECTORY}/simple_ad/{size}")
        if directory is not None:
            yield renamed(directory, f"{_DIRECTORY}/ad_connector/{size}")


SERVICES = (
    Service("cloudhsm", (Query("CloudHSM"),), by_rules([Rule("CloudHSMv2Usage", "aws/cloudhsm/hsm", "hours")])),
    Service("cognito", (Query("AmazonCognito"),), by_rules(_COGNITO)),
    Service("directory_service", (Query("AWSDirectoryService"),), by_rules(_DIRECTORY_SERVICE), derived=_connectors),
    Service("guardduty", (Query("AmazonGuardDuty"),), by_rules(_GUARDDUTY)),
    Service("macie", (Query("AmazonMacie"),), by_rules(_MACIE)),
    Service(
        "security_hub",
        (Query("AWSSecurityHub"),),
        by_rules([Rule("PaidComplianceCheck", "aws/security_hub/checks", "evaluations")]),
    ),
)
