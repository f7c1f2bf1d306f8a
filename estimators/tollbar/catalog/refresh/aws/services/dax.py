"""Amazon DynamoDB Accelerator: hours of nodes."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_NODE = Rule(r"NodeUsage:(?P<type>dax\..+)", "aws/dynamodb/dax/{type}", "hours")

SERVICE = Service("dax", (Query("AmazonDAX"),), by_rules([_NODE]))
