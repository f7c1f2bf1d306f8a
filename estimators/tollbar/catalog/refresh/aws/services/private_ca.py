"""AWS Private CA: authorities and certificates, general purpose and short-lived."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_ROOT = "aws/private_ca"
_RULES = (
    Rule("PaidPrivateCA", f"{_ROOT}/authority/general_purpose", "months"),
    Rule("ShortLivedCertificatePrivateCA", f"{_ROOT}/authority/short_lived", "months"),
    Rule("PrivateCertificatesIssued", f"{_ROOT}/certificates/general_purpose", "certificates"),
    Rule("ShortLivedCertificatesIssued", f"{_ROOT}/certificates/short_lived", "certificates"),
)

SERVICE = Service("private_ca", (Query("AWSCertificateManager"),), by_rules(_RULES))
