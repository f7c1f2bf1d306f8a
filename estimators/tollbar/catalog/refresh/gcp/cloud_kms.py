"""Cloud Key Management Service: active key versions and operations, by protection level.

Kinds of one price stand under one name; of those the symmetric one counts. Autokey's free versions and
single-tenant HSMs are sold otherwise and left out.
"""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.listing import BillingService, Rule, ServiceFamily, by_rules

_VERSION = "gcp/cloud_kms/key_version"
_OPERATION = "gcp/cloud_kms/operation"
_COSTLY = r"(?:ECDSA .+|RSA 3072.*|RSA 4096.*)"
RULES = (
    Rule(r"Active software symmetric key versions", f"{_VERSION}/software", "keys"),
    Rule(r"Active software (?:asymmetric|MAC) key versions", f"{_VERSION}/software", "keys", rank=1),
    Rule(r"Active HSM symmetric key versions", f"{_VERSION}/hsm_symmetric", "keys"),
    Rule(r"Active HSM ECDSA P-256 key versions", f"{_VERSION}/hsm_asymmetric", "keys"),
    Rule(rf"Active HSM {_COSTLY} key versions", f"{_VERSION}/hsm_asymmetric", "keys", rank=1),
    Rule(r"Active external symmetric key versions", f"{_VERSION}/external", "keys"),
    Rule(r"Active external asymmetric key versions", f"{_VERSION}/external", "keys", rank=1),
    Rule(r"Cryptographic operations with a software symmetric key", f"{_OPERATION}/software", "operations"),
    Rule(r"HSM symmetric cryptographic operations", f"{_OPERATION}/hsm_symmetric", "operations"),
    Rule(r"HSM cryptographic operations with an ECDSA P-256 key", f"{_OPERATION}/hsm_asymmetric", "operations"),
    Rule(r"External symmetric cryptographic operations", f"{_OPERATION}/external", "operations"),
    Rule(r"Generate Random Bytes Call", f"{_OPERATION}/random_bytes", "operations"),
)
FAMILY = ServiceFamily(
    "cloud_kms", (BillingService("EE2F-D110-890C", "Cloud Key Management Service (KMS)"),), by_rules(*RULES)
)
