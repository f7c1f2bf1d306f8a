"""AWS Fargate on ECS: vCPUs and memory by architecture, storage over 20 GB. EKS pods cost the same.

Windows is left out: its vCPUs are sold beside a licence per vCPU, and the path names one price.
"""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Rule, Service, by_rules, families

_ROOT = "aws/fargate/linux"
_RULES = (
    Rule("Fargate-vCPU-Hours:perCPU", f"{_ROOT}/x86_64/on_demand/vcpu", "vCPU-hours"),
    Rule("Fargate-GB-Hours", f"{_ROOT}/x86_64/on_demand/memory", "GB-hours"),
    Rule("Fargate-ARM-vCPU-Hours:perCPU", f"{_ROOT}/arm64/on_demand/vcpu", "vCPU-hours"),
    Rule("Fargate-ARM-GB-Hours", f"{_ROOT}/arm64/on_demand/memory", "GB-hours"),
    Rule("Fargate-EphemeralStorage-GB-Hours", "aws/fargate/ephemeral_storage", "GB-months"),
)

SERVICE = Service("fargate", families("AmazonECS", "Compute"), by_rules(_RULES))
