"""AWS Secrets Manager: secrets and requests, which the older regions name otherwise."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_RULES = (
    Rule("AWSSecretsManager-Secrets?", "aws/secrets_manager/secret", "secrets"),
    Rule("AWSSecretsManager-?APIRequests?", "aws/secrets_manager/requests", "requests"),
)

SERVICE = Service("secrets_manager", (Query("AWSSecretsManager"),), by_rules(_RULES))
