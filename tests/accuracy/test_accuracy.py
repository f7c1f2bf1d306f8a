"""Agreement with the expected monthly costs of the accuracy cases, for the types this release names."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tollbar import pipeline
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.table import SNAPSHOT
from tollbar.estimate import Deployment, Estimate, EstimatedResource
from tollbar.inputs import detect
from tollbar.inputs.interface import ReadOptions
from tollbar.inputs.usage_file import read_usage_file
from tollbar.resources.registry import resource_types
from tollbar.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tollbar.resource import Cloud

CLOUDS: dict[str, Cloud] = {"aws": "aws", "google": "gcp", "azure": "azure"}
LINES_LEFT_OUT = {"SQL Server licence (web)"}
AT_LEAST_EXACT = {"aws": 0.90, "google": 0.80, "azure": 0.80}


def _estimate(case: Path, catalog: SnapshotCatalog) -> Estimate:
    usage_file = case / "usage.yml"
    usage = read_usage_file(usage_file) if usage_file.exists() else None
    settings = Settings("2026-11-21T00:00:00Z", Deployment(name=case.name, environment="dev"), usage, assumptions=False)
    return pipeline.estimate([detect.read(case / "plan.json", ReadOptions())], settings, catalog)


def _as_the_peer_counts(resource: EstimatedResource) -> Decimal | None:
    """Return the cost without the lines that the expectations leave out (docs/accuracy.md says why they are right)."""
    left_out = [line.monthly_cost for line in resource.breakdown if line.name in LINES_LEFT_OUT]
    return None if resource.monthly_cost is None else resource.monthly_cost - sum(filter(None, left_out), Decimal(0))


def _grade(want: Decimal, got: Decimal | None) -> str:
    if got is None:
        return "unpriced"
    difference = abs(got - want)
    if difference <= max(Decimal("0.02"), abs(want) / 100):
        return "exact"
    return "close" if difference <= abs(want) / 20 else "wrong"


@pytest.mark.parametrize("cloud", ["aws", "google", "azure"])
def test_most_resources_of_supported_types_agree(cloud: str, shared: Path) -> None:
    catalog = SnapshotCatalog(SNAPSHOT)
    types = resource_types(CLOUDS[cloud])
    grades: Counter[str] = Counter()
    for case in sorted((shared / "accuracy" / cloud).iterdir()):
        expected: dict[str, Any] = json.loads((case / "expected.json").read_text(encoding="utf-8"))["resources"]
        compared = {a: e for a, e in expected.items() if e["type"] in types and e["monthly_cost"] is not None}
        if not compared:
            continue
        found = {resource.address: resource for resource in _estimate(case, catalog).resources}
        for address, entry in compared.items():
            cost = _as_the_peer_counts(found[address]) if address in found else None
            grades[_grade(Decimal(str(entry["monthly_cost"])), cost)] += 1
    catalog.close()
    assert grades["exact"] / grades.total() >= AT_LEAST_EXACT[cloud], grades
