"""Amazon ECR: storage of private repositories."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Rule, Service, by_rules, families

_RULES = (Rule("TimedStorage-ByteHrs", "aws/ecr/storage", "GB-months"),)

SERVICE = Service("ecr", families("AmazonECR", "EC2 Container Registry"), by_rules(_RULES))
