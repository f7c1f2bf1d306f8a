"""The same project read as a directory and as a plan gives the same resources and the same prices."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tollbar import pipeline
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.table import SNAPSHOT
from tollbar.estimate import Deployment, EstimatedResource
from tollbar.inputs import detect
from tollbar.inputs.interface import Declaration, ReadOptions
from tollbar.settings import Settings

PROJECT = Path(__file__).parent / "both_ways"


@pytest.fixture
def declarations() -> tuple[Declaration, Declaration]:
    """The directory and its plan, as Terraform 1.9 writes it."""
    return detect.read(PROJECT, ReadOptions()), detect.read(PROJECT / "plan.json", ReadOptions())


def test_the_same_resources(declarations: tuple[Declaration, Declaration]) -> None:
    directory, plan = declarations
    seen = [
        {r.address: (r.type, r.name, r.cloud, r.region, dict(r.tags)) for r in declaration.after}
        for declaration in (directory, plan)
    ]
    assert seen[0] == seen[1]
    assert len(seen[0]) == 13


def test_the_same_references(declarations: tuple[Declaration, Declaration]) -> None:
    directory, plan = declarations
    for resource in directory.after:
        planned = plan.after.by_address[resource.address]
        for attribute, addresses in resource.references.items():
            assert set(addresses) == set(planned.references[attribute]), (resource.address, attribute)


def test_the_same_prices(declarations: tuple[Declaration, Declaration]) -> None:
    catalog = SnapshotCatalog(SNAPSHOT)
    settings = Settings("2026-11-21T12:00:00Z", Deployment(name="both", environment="dev"))
    directory, plan = (pipeline.estimate([declaration], settings, catalog) for declaration in declarations)
    catalog.close()
    assert {r.address: _bill(r) for r in directory.resources} == {r.address: _bill(r) for r in plan.resources}
    assert directory.totals == plan.totals
    assert directory.totals.monthly_cost > Decimal(300)
    assert directory.coverage == plan.coverage


def _bill(resource: EstimatedResource) -> dict[str, Any]:
    return resource.model_dump(include={"monthly_cost", "cost_estimate", "breakdown", "unpriced", "instance_type"})
