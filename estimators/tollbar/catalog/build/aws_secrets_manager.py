"""Secrets Manager: the pricing page states one price, without a choice of region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.peer_tiers import everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/secrets_manager"
_PEER_PATHS = {
    "Secret": SoldAs("aws/secrets_manager/secret", "secrets"),
    "API requests": SoldAs("aws/secrets_manager/requests", "requests", 10_000),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the month of a secret and an API call."""
    for row in tables.rows("aws_services", service="secrets_manager"):
        if row.sku_key == "SecretsManager-Secret":
            yield everywhere(row.price("aws/secrets_manager/secret"))
        elif row.sku_key == "SecretsManager-API-Call":
            yield everywhere(row.price("aws/secrets_manager/requests"))
    yield from map(everywhere, peer_prices(tables, "aws_secretsmanager_secret", _PEER_PATHS))
