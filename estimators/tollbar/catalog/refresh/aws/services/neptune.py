"""Amazon Neptune, its clusters and its serverless capacity."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.cluster_databases import cluster_service
from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_CAPACITY = Rule("(?:Neptune:)?ServerlessUsage", "aws/neptune_serverless/ncu", "NCU-hours")

SERVICES = (
    cluster_service("neptune", "AmazonNeptune"),
    Service("neptune_serverless", (Query("AmazonNeptune"),), by_rules([_CAPACITY])),
)
