"""The hand-kept lists of Google's pages: every list is read by a builder, every line is sound."""

from __future__ import annotations

import csv
import importlib
import pkgutil
from typing import TYPE_CHECKING

import pytest

from tests.catalog.build.gcp_source_tables import source_tables
from tollbar.catalog import build
from tollbar.catalog.build.vendor_pages import PAGES, page_prices
from tollbar.units import units

if TYPE_CHECKING:
    from pathlib import Path

LISTS = sorted(file.stem for file in (PAGES / "gcp").glob("*.csv"))
FREE = {"gcp/api_gateway/call"}
"""What is sold at 0 up to an amount."""


def test_every_list_has_a_builder() -> None:
    modules = (
        importlib.import_module(f"{build.__name__}.{info.name}") for info in pkgutil.iter_modules(build.__path__)
    )
    tables = {getattr(module, "TABLE", None) for module in modules if hasattr(module, "page_prices")}
    assert {f"gcp/{name}" for name in LISTS} - tables == set()


@pytest.mark.parametrize("name", LISTS)
def test_the_lines_of_a_list_are_sound(tmp_path: Path, name: str) -> None:
    prices = list(page_prices(source_tables(tmp_path), f"gcp/{name}"))
    keys = [(price.key, price.source) for price in prices]
    assert sorted(map(str, keys)) == sorted(map(str, set(keys)))
    for price in prices:
        assert price.key.path.startswith("gcp/")
        assert price.unit in units()
        starts = [tier.start for tier in price.tiers]
        assert starts == sorted(starts)
        assert starts[0] == 0
        assert all(tier.unit_price > 0 for tier in price.tiers) or price.key.path in FREE


@pytest.mark.parametrize("name", LISTS)
def test_every_line_names_its_page(name: str) -> None:
    with (PAGES / "gcp" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        assert [row["path"] for row in csv.DictReader(lines) if not row["page"]] == []


@pytest.mark.parametrize(
    ("table", "path", "region", "unit", "price"),
    [
        ("cloud_run", "gcp/cloud_run/request", "global", "requests", "0.0000004"),
        ("cloud_run", "gcp/cloud_run/request_based/vcpu", "europe-west3", "vCPU-seconds", "0.0000336"),
        ("bigquery", "gcp/bigquery/streaming_insert", "us", "GB", "0.0512"),
        ("cloud_storage", "gcp/cloud_storage/operations/class_a/multi_region/standard", "eu", "operations", "0.00001"),
        ("databases", "gcp/firestore/read", "us-central1", "operations", "0.0000003"),
        ("cloud_kms", "gcp/cloud_kms/operation/software", "global", "operations", "0.000003"),
        ("cloud_cdn", "gcp/cloud_cdn/request", "global", "requests", "0.00000075"),
    ],
)
def test_a_price_for_many_is_kept_for_one(
    tmp_path: Path, table: str, path: str, region: str, unit: str, price: str
) -> None:
    found = [
        (known.unit, f"{known.tiers[0].unit_price.normalize():f}")
        for known in page_prices(source_tables(tmp_path), f"gcp/{table}")
        if (known.key.path, known.key.region) == (path, region)
    ]
    assert found == [(unit, price)]
