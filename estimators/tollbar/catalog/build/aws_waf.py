"""WAF: "consistent across all AWS Regions" (AWS networking blog on cost-effective WAF), CloudFront included."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.catalog.build.source_tables import tiered_price

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import Row, SourceTables
    from tollbar.price import Price

TABLE = "aws/waf"
_PATHS = {
    "WAF-WebACL-Month": ("aws/waf/web_acl", "months"),
    "WAF-Rule-Month": ("aws/waf/rule", "rules"),
    "WAF-Request": ("aws/waf/requests", "requests"),
    "WAF-BotControl-Month": ("aws/waf/bot_control/month", "months"),
    "WAF-BotControl-Request": ("aws/waf/bot_control/requests/common", "requests"),
    "WAF-BotControl-Targeted-Request": ("aws/waf/bot_control/requests/targeted", "requests"),
    "WAF-FraudControl-Month": ("aws/waf/fraud_control/month", "months"),
    "WAF-FraudControl-Request": ("aws/waf/fraud_control/requests", "requests"),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the global rows: they cite the page, and those of us-east-1 are equal."""
    tiers: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows("aws_services", service="waf", region="global"):
        if row.sku_key in _PATHS and row.price_usd:
            tiers[row.sku_key].append(row)
    for sku_key, rows in tiers.items():
        path, unit = _PATHS[sku_key]
        first, *others = sorted(rows, key=lambda row: row.tier_start)
        yield tiered_price(path, [replace(first, tier_start=Decimal(0)), *others], unit)
