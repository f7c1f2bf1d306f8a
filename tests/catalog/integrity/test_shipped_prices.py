"""The shipped tables pass the integrity tests, and any corruption of them is caught."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tollbar.catalog.integrity.anchors import ANCHORS, read_anchors
from tollbar.catalog.integrity.families import FAMILIES, families_of, family_problems, read_families
from tollbar.catalog.snapshot import snapshot_problems
from tollbar.catalog.table import DATA, read_sources, read_table
from tollbar.price import PriceKey, Tier, cloud_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tollbar.catalog.integrity.anchors import Anchor
    from tollbar.catalog.integrity.families import Family
    from tollbar.price import Price

TODAY = date(2026, 11, 26)
TABLES = sorted(DATA.glob("*/*.csv"))
SAMPLE = 40
"""Of each table this many prices are corrupted where one would do."""


@pytest.fixture(scope="module")
def shipped() -> dict[Path, list[Price]]:
    return {table: list(read_table(table)) for table in TABLES}


def _problems(prices: Sequence[Price], families: Sequence[Family] = (), anchors: Sequence[Anchor] = ()) -> list[str]:
    sources = read_sources(DATA / "sources.csv")
    return [str(problem) for problem in snapshot_problems(prices, sources, families, anchors, TODAY)]


def _all(shipped: dict[Path, list[Price]]) -> list[Price]:
    return [price for prices in shipped.values() for price in prices]


def test_the_shipped_tables_are_sound(shipped: dict[Path, list[Price]]) -> None:
    assert _problems(_all(shipped), read_families(DATA / FAMILIES), read_anchors(DATA / ANCHORS)) == []


def test_the_record_of_families_is_that_of_the_tables(shipped: dict[Path, list[Price]]) -> None:
    recorded = {(f.name, f.unit, f.things, f.prices) for f in read_families(DATA / FAMILIES)}
    found = {(f.name, f.unit, f.things, f.prices) for f in families_of(_all(shipped))}
    assert recorded == found, "run: make families"


def test_there_are_at_least_a_hundred_anchors_of_all_clouds() -> None:
    anchors = read_anchors(DATA / ANCHORS)
    by_cloud: dict[str, int] = defaultdict(int)
    for anchor in anchors:
        assert anchor.page, anchor
        by_cloud[anchor.key.path.partition("/")[0]] += 1
    assert len({anchor.key for anchor in anchors}) == len(anchors) >= 100
    assert min(by_cloud[cloud] for cloud in ("aws", "azure", "gcp")) >= 20


def _times(factor: str) -> Callable[[Price], Price]:
    def multiplied(price: Price) -> Price:
        return replace(price, tiers=tuple(Tier(t.start, t.unit_price * Decimal(factor)) for t in price.tiers))

    return multiplied


def _start_and_price_exchanged(price: Price) -> Price:
    return replace(price, tiers=tuple(Tier(t.unit_price, t.start) for t in price.tiers))


def _unit_and_source_exchanged(price: Price) -> Price:
    return replace(price, unit=price.source, source=price.unit)


def _date_and_trust_exchanged(price: Price) -> Price:
    return replace(price, as_of=price.trust, trust=price.as_of)  # type: ignore[arg-type]  # the corruption


def _path_and_region_exchanged(price: Price) -> Price:
    return replace(price, key=PriceKey(price.key.region or "", price.key.path))


@pytest.mark.parametrize(
    "corrupted",
    [
        _times("-1"),
        _times("0"),
        _start_and_price_exchanged,
        _unit_and_source_exchanged,
        _date_and_trust_exchanged,
        _path_and_region_exchanged,
    ],
)
def test_a_malformed_price_is_caught_in_every_table(
    shipped: dict[Path, list[Price]], corrupted: Callable[[Price], Price]
) -> None:
    for table, prices in shipped.items():
        sample = [price for price in prices if price.tiers[0].unit_price][:SAMPLE]
        caught = {problem.split(": ")[1] for problem in _problems(list(map(corrupted, sample)))}
        assert caught == {str(corrupted(price).key) for price in sample}, table


@pytest.mark.parametrize("factor", ["10", "0.1"])
def test_a_table_multiplied_is_caught(shipped: dict[Path, list[Price]], factor: str) -> None:
    recorded = {(family.name, family.unit): family for family in read_families(DATA / FAMILIES)}
    for table, prices in shipped.items():
        # Families that go on in other tables: see the next test.
        before = [f for f in families_of(prices) if recorded[f.name, f.unit].prices == f.prices]
        found = families_of(map(_times(factor), prices))
        moved = [problem.subject for problem in family_problems(before, found) if problem.check == "moved family"]
        assert len(moved) == len([family for family in before if family.mean]), table


@pytest.mark.parametrize(
    "name", ["aws/ec2", "aws/ec2_reserved", "aws/ec2_spot", "aws/ec2_licences", "azure/virtual_machines"]
)
@pytest.mark.parametrize("factor", ["10", "0"])
def test_a_part_of_a_family_multiplied_or_missing_is_caught(
    shipped: dict[Path, list[Price]], name: str, factor: str
) -> None:
    kept = [price for table, prices in shipped.items() if table != DATA / f"{name}.csv" for price in prices]
    multiplied = [] if factor == "0" else list(map(_times(factor), shipped[DATA / f"{name}.csv"]))
    problems = list(family_problems(read_families(DATA / FAMILIES), families_of([*kept, *multiplied])))
    assert {problem.check for problem in problems} <= {"moved family", "shrunken family", "vanished family"}
    assert problems


def test_prices_exchanged_between_things_are_caught(shipped: dict[Path, list[Price]]) -> None:
    prices = [price for price in shipped[DATA / "aws" / "ec2.csv"] if "/shared/on_demand/" in price.key.path]
    amounts = [price.tiers for price in prices]
    random.Random(1).shuffle(amounts)  # noqa: S311 -- a corruption, nothing secret
    shuffled = [replace(price, tiers=tiers) for price, tiers in zip(prices, amounts, strict=True)]
    anchors = [anchor for anchor in read_anchors(DATA / ANCHORS) if anchor.key in {price.key for price in prices}]
    assert {problem.split(":")[0] for problem in _problems(shuffled, anchors=anchors)} == {"outlier", "anchor"}


def _changed(prices: Sequence[Price], path: str, region: str | None, change: Callable[[Price], Price]) -> list[Price]:
    return [
        change(price) if re.match(path, price.key.path) and region in {None, price.key.region} else price
        for price in prices
    ]


def _later_starts(price: Price) -> Price:
    return replace(price, tiers=tuple(Tier(tier.start * 10, tier.unit_price) for tier in price.tiers))


def _dearer_first_tier(price: Price) -> Price:
    first, *others = price.tiers
    return replace(price, tiers=(Tier(first.start, first.unit_price * 10), *others))


@pytest.mark.parametrize(
    ("path", "region", "change", "check"),
    [
        ("aws/ec2/", "eu-north-1", _times("2"), "moved family: aws/ec2 in eu-north-1"),
        ("aws/elasticache/", "eu-west-2", _times("10"), "moved family: aws/elasticache in eu-west-2"),
        ("aws/s3/standard/storage", "eu-west-1", _later_starts, "anchor: aws/s3/standard/storage in eu-west-1"),
        (
            "aws/data_transfer/internet",
            "sa-east-1",
            _later_starts,
            "moved tiers: aws/data_transfer in sa-east-1",
        ),
        ("aws/api_gateway/requests/", None, _dearer_first_tier, "anchor: aws/api_gateway/requests/rest in us-east-1"),
    ],
)
def test_a_part_that_is_wrong_is_caught(
    shipped: dict[Path, list[Price]], path: str, region: str | None, change: Callable[[Price], Price], check: str
) -> None:
    cloud = f"{cloud_of(path)}/"
    prices = [price for prices in shipped.values() for price in prices if price.key.path.startswith(cloud)]
    corrupted = _changed(prices, path, region, change)
    families = [family for family in read_families(DATA / FAMILIES) if family.name.startswith(cloud)]
    anchors = [anchor for anchor in read_anchors(DATA / ANCHORS) if anchor.key.path.startswith(cloud)]
    assert any(problem.startswith(check) for problem in _problems(corrupted, families, anchors))


def test_a_region_that_is_missing_is_caught(shipped: dict[Path, list[Price]]) -> None:
    kept = [price for price in _all(shipped) if price.key.region != "germanywestcentral"]
    problems = [str(problem) for problem in family_problems(read_families(DATA / FAMILIES), families_of(kept))]
    assert any(problem.startswith("vanished family: azure/virtual_machines in germanyw") for problem in problems)
