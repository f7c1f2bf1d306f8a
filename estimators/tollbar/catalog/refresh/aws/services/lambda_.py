"""AWS Lambda: requests, duration by architecture, provisioned concurrency, storage beyond 512 MB."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Rule, Service, by_rules, families

_ARCHITECTURES = {"": "x86_64", "-ARM": "arm64"}
_BY_ARCHITECTURE = {
    "AWS-Lambda-Duration": "duration",
    "AWS-Lambda-Provisioned-Concurrency": "provisioned_concurrency",
    "AWS-Lambda-Duration-Provisioned": "provisioned_duration",
}
_RULES = (
    *(
        Rule(r"Request(?:-ARM)?", "aws/lambda/requests", "requests", {"group": f"AWS-Lambda-Requests{suffix}"})
        for suffix in _ARCHITECTURES
    ),
    *(
        Rule(
            r".*GB-Second.*",
            "aws/lambda/ephemeral_storage",
            "GB-seconds",
            {"group": f"AWS-Lambda-Storage-Duration{suffix}"},
        )
        for suffix in _ARCHITECTURES
    ),
    *(
        Rule(
            r".*GB-Second.*|.*Concurrency.*",
            f"aws/lambda/{what}/{architecture}",
            "GB-seconds",
            {"group": group + suffix},
        )
        for group, what in _BY_ARCHITECTURE.items()
        for suffix, architecture in _ARCHITECTURES.items()
    ),
)

SERVICE = Service("lambda", families("AWSLambda", "Serverless"), by_rules(_RULES))
