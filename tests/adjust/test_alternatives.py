"""Cheaper machine types."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tollbar.adjust.alternatives import AT_MOST, Alternatives
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.pricing import PricedComponent, price_component
from tollbar.catalog.table import SNAPSHOT
from tollbar.component import Component, Quantity
from tollbar.price import PriceKey
from tollbar.resources.machine_types import machine_type, machine_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Cloud

EC2 = "aws/ec2/instance/linux/shared/on_demand"


@pytest.fixture(scope="module")
def catalog() -> Iterator[SnapshotCatalog]:
    snapshot = SnapshotCatalog(SNAPSHOT)
    yield snapshot
    snapshot.close()


def _line(catalog: SnapshotCatalog, path: str, region: str, hours: Quantity | None = None) -> PricedComponent:
    component = Component("Instance", hours or Quantity.fixed(730), "hours", PriceKey(path, region))
    line = price_component(component, catalog)
    assert isinstance(line, PricedComponent)
    return line


def _sizes(catalog: SnapshotCatalog, path: str, region: str) -> list[tuple[str, str]]:
    found = Alternatives(catalog).of([_line(catalog, path, region)])
    return [(cheaper.size, f"{cheaper.saving:.2f}") for cheaper in found]


@pytest.mark.parametrize(
    ("path", "region", "sizes"),
    [
        (f"{EC2}/m5.large", "us-east-1", [("m5a.large", "7.30"), ("m6a.large", "7.01")]),
        (f"{EC2}/t3.medium", "us-east-1", [("t3a.medium", "2.92")]),
        (f"{EC2}/p3.8xlarge", "us-east-1", []),
        ("aws/rds/instance/mysql/single_az/on_demand/db.m5.large", "us-east-1",
         [("db.m6g.large", "13.87"), ("db.m7g.large", "2.19")]),
        ("azure/virtual_machines/linux/on_demand/standard_d4s_v4", "westeurope",
         [("standard_d4as_v5", "16.06"), ("standard_d4as_v6", "7.30"), ("standard_d4as_v7", "7.30")]),
        ("azure/virtual_machines/linux/on_demand/standard_d4s_v3", "westeurope",
         [("standard_d4as_v4", "7.30")]),
        ("aws/elasticache/node/redis/on_demand/cache.m4.xlarge", "us-east-1", []),
        ("aws/elasticache/node/redis/on_demand/cache.r4.large", "us-east-1",
         [("cache.r6g.large", "16.06"), ("cache.r5.large", "8.76"), ("cache.r7g.large", "6.57")]),
    ],
)  # fmt: skip
def test_the_cheapest_that_keep_what_it_has(
    catalog: SnapshotCatalog, path: str, region: str, sizes: list[tuple[str, str]]
) -> None:
    assert _sizes(catalog, path, region) == sizes


def test_what_is_no_machine_by_the_hour_has_none(catalog: SnapshotCatalog) -> None:
    gateway = _line(catalog, "aws/nat_gateway/hours", "us-east-1")
    assert Alternatives(catalog).of([gateway]) == ()
    assert Alternatives(catalog).of([]) == ()


def test_a_mixed_fleet_has_none(catalog: SnapshotCatalog) -> None:
    fleet = [_line(catalog, f"{EC2}/{size}", "us-east-1") for size in ("m5.large", "m5.xlarge")]
    assert Alternatives(catalog).of(fleet) == ()


@pytest.mark.parametrize(
    ("machine", "beside", "region"),
    [
        ("gcp/compute/instance/on_demand/n1-standard-8", "gcp/compute/gpu/on_demand/nvidia-tesla-t4", "us-central1"),
        ("aws/rds/instance/mysql/single_az/on_demand/db.m5.large", "aws/rds/extended_support/year_1", "us-east-1"),
    ],
)
def test_what_ties_a_machine_to_its_type_leaves_none(
    catalog: SnapshotCatalog, machine: str, beside: str, region: str
) -> None:
    assert _sizes(catalog, machine, region) != []
    other = _line(catalog, "aws/nat_gateway/hours", "us-east-1")
    tying = replace(other, component=replace(other.component, price=PriceKey(beside, region)))
    assert Alternatives(catalog).of([_line(catalog, machine, region), tying]) == ()


def test_a_cache_node_has_less_memory_than_its_ec2_type(catalog: SnapshotCatalog) -> None:
    line = _line(catalog, "aws/elasticache/node/redis/on_demand/cache.r5.large", "us-east-1")
    first, *_ = Alternatives(catalog).of([line])
    assert (first.size, first.machine.memory_gib) == ("cache.r6g.large", Decimal("13.07"))


def test_hours_that_nobody_told_save_nothing(catalog: SnapshotCatalog) -> None:
    assert Alternatives(catalog).of([_line(catalog, f"{EC2}/m5.large", "us-east-1", Quantity.unknown())]) == ()


def test_lines_of_one_type_are_taken_together(catalog: SnapshotCatalog) -> None:
    lines = [_line(catalog, f"{EC2}/m5.large", "us-east-1")] * 3
    first, *_ = Alternatives(catalog).of(lines)
    assert (first.size, first.saving) == ("m5a.large", Decimal("0.01") * 2190)


@pytest.mark.parametrize("size", ["m5.4xlarge", "c5.large", "r5.2xlarge", "t3.small", "g4dn.xlarge", "m5d.large"])
def test_a_replacement_has_all_of_it_and_costs_less(catalog: SnapshotCatalog, size: str) -> None:
    machine = machine_type("aws", size)
    assert machine is not None
    found = Alternatives(catalog).of([_line(catalog, f"{EC2}/{size}", "us-east-1")])
    assert len(found) <= AT_MOST
    for cheaper in found:
        assert cheaper.saving > 0
        assert cheaper.machine.vcpus >= machine.vcpus
        assert cheaper.machine.memory_gib >= machine.memory_gib
        assert (cheaper.machine.architecture, cheaper.machine.gpu) == (machine.architecture, machine.gpu)


@pytest.mark.parametrize("cloud", ["aws", "azure", "gcp"])
def test_machine_types_have_sensible_facts(cloud: Cloud) -> None:
    for name, machine in machine_types(cloud).items():
        assert name == machine.name == name.lower()
        assert machine.vcpus > 0
        assert machine.memory_gib > 0
        assert (machine.gpus > 0) == bool(machine.gpu)
