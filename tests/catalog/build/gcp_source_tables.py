"""Small source tables for the tests of Google Cloud's builders."""

from __future__ import annotations

import csv
import gzip
from typing import TYPE_CHECKING

from tollbar.catalog.build.source_tables import SourceTables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from tollbar.price import Price

_ROW = {
    "cloud": "gcp", "service": "", "region": "us-central1", "sku_key": "", "attributes": "{}", "unit": "hour",
    "price_usd": "", "purchase_option": "on_demand", "as_of": "2026-07-30", "licence": "MIT", "trust": "A",
    "source": "owner/prices@1a2b3c:list.yml", "vendor_sku": "", "tier_start": "", "tier_end": "",
}  # fmt: skip
_PEER_ROW = {
    "cloud": "google", "region": "us-central1", "service": "", "resource_type": "", "sub_resource": "",
    "component": "", "unit": "GB", "unit_price_usd": "", "selecting_attributes": "", "price_as_of": "2024-07-01",
}  # fmt: skip
_PEERS = "infracost_golden_unit_prices"
_TABLES = (
    "data_transfer", "gcp_compute_components", "gcp_compute_components_autoscaler", "gcp_storage_network",
    "misc_curated_services",
)  # fmt: skip


def source_tables(
    folder: Path, peers: Iterable[Mapping[str, str]] = (), **tables: Iterable[Mapping[str, str]]
) -> SourceTables:
    """Write source tables with the given rows, the others empty, and open them."""
    for name in _TABLES:
        _write(folder / f"{name}.csv.gz", _ROW, tables.get(name, ()))
    _write(folder / f"{_PEERS}.csv.gz", _PEER_ROW, peers)
    return SourceTables(folder)


def written(prices: Iterable[Price], source: str = "prices") -> Iterator[tuple[str, str | None, str, list[str]]]:
    """Yield path, region, unit and tiers (``0: 0.258``) of the prices from one source."""
    for price in prices:
        if price.source == source:
            tiers = [f"{tier.start:f}: {tier.unit_price.normalize():f}" for tier in price.tiers]
            yield price.key.path, price.key.region, price.unit, tiers


def _write(file: Path, usual: Mapping[str, str], rows: Iterable[Mapping[str, str]]) -> None:
    with gzip.open(file, "wt", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(usual))
        writer.writeheader()
        writer.writerows({**usual, **row} for row in rows)
