"""AWS KMS: keys and requests. Its usage types are marked with the whole name of the region."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_RULES = (
    Rule("KMS-Keys", "aws/kms/key", "keys"),
    Rule("KMS-Requests", "aws/kms/requests/symmetric", "requests"),
    Rule("KMS-Requests-Asymmetric", "aws/kms/requests/asymmetric", "requests"),
    Rule("KMS-Requests-Asymmetric-RSA_2048", "aws/kms/requests/rsa_2048", "requests"),
)

SERVICE = Service("kms", (Query("awskms"),), by_rules(_RULES))
