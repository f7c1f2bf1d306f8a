"""Management: CloudTrail, Config, CloudFormation, Backup, Grafana, Prometheus, X-Ray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.peer_tiers import tiered_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/management"
_RULE_TIERS = {
    "Rule evaluations (first 100K)": 0,
    "Rule evaluations (next 400K)": 100_000,
    "Rule evaluations (over 500K)": 500_000,
}
_COMPONENTS = {
    "aws_cloudtrail": {
        "Data events": SoldAs("aws/cloudtrail/data_events", "events", 100000),
        "Insight events": SoldAs("aws/cloudtrail/insight_events", "events", 100000),
        "Management events (additional copies)": SoldAs("aws/cloudtrail/management_events", "events", 100000),
    },
    "aws_config_configuration_recorder": {
        "Config items": SoldAs("aws/config/configuration_items", "items"),
        "Custom config items": SoldAs("aws/config/custom_configuration_items", "items"),
    },
    "aws_cloudformation_stack": {
        "Durations above 30s": SoldAs("aws/cloudformation/handler_duration", "seconds"),
        "Handler operations": SoldAs("aws/cloudformation/handler_operations", "requests"),
    },
    "aws_backup_vault": {
        "Aurora snapshot": SoldAs("aws/backup/aurora", "GB-months"),
        "DynamoDB backup": SoldAs("aws/backup/dynamodb", "GB-months"),
        "DynamoDB restore": SoldAs("aws/backup/restore/dynamodb", "GB"),
        "EBS snapshot": SoldAs("aws/backup/ebs", "GB-months"),
        "EFS backup (cold)": SoldAs("aws/backup/efs/cold", "GB-months"),
        "EFS backup (warm)": SoldAs("aws/backup/efs/warm", "GB-months"),
        "EFS restore (cold)": SoldAs("aws/backup/restore/efs/cold", "GB"),
        "EFS restore (item-level)": SoldAs("aws/backup/restore/efs/item", "requests"),
        "EFS restore (warm)": SoldAs("aws/backup/restore/efs/warm", "GB"),
        "FSx for Lustre backup": SoldAs("aws/backup/fsx_lustre", "GB-months"),
        "FSx for Windows backup": SoldAs("aws/backup/fsx_windows", "GB-months"),
        "RDS snapshot": SoldAs("aws/backup/rds", "GB-months"),
    },
    "aws_grafana_workspace": {
        "Editor/administrator licenses": SoldAs("aws/grafana/editor", "users"),
        "Viewer licenses": SoldAs("aws/grafana/viewer", "users"),
    },
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of each service."""
    for resource_type, components in _COMPONENTS.items():
        yield from peer_prices(tables, resource_type, components)
    rules = tables.test_suite_prices("aws_config_config_rule")
    yield from tiered_prices("aws/config/rule_evaluations", rules, _RULE_TIERS, "evaluations")
    yield from page_prices(tables, TABLE)
