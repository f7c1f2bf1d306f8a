"""Fargate vCPUs, memory and storage: Linux in us-east-1. Windows, Spot and other regions are not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/fargate"
_PATHS = {
    "ECS-Fargate-vCPU-Hour": "aws/fargate/linux/x86_64/on_demand/vcpu",
    "ECS-Fargate-GB-Hour": "aws/fargate/linux/x86_64/on_demand/memory",
    "ECS-Fargate-vCPU-Hour-ARM": "aws/fargate/linux/arm64/on_demand/vcpu",
    "ECS-Fargate-GB-Hour-ARM": "aws/fargate/linux/arm64/on_demand/memory",
    "ECS-Fargate-Ephemeral-Storage": "aws/fargate/ephemeral_storage",
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices per vCPU-hour, GB-hour and GB-month."""
    for row in tables.rows("aws_services", service="ecs_fargate"):
        yield row.price(_PATHS[row.sku_key])
    yield from page_prices(tables, TABLE)
