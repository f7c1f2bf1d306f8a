"""Agreement with the expected monthly costs of the accuracy cases, and docs/accuracy.md on where there is none."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.conftest import ROOT
from tollbar import pipeline
from tollbar.catalog.layers import LayeredCatalog, NamedLayer, NamedSnapshot
from tollbar.catalog.llm import LlmCatalog
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.table import SNAPSHOT
from tollbar.estimate import Deployment, Estimate
from tollbar.inputs import detect
from tollbar.inputs.interface import ReadOptions
from tollbar.inputs.usage_file import read_usage_file
from tollbar.inputs.usage_resources import with_usage_resources
from tollbar.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT_LEAST_EXACT = {"aws": 0.91, "google": 0.75, "azure": 0.80}
NOW = "2026-11-26T00:00:00Z"


class Compared(NamedTuple):
    """A resource with an expected cost, and what was estimated."""

    address: str
    type: str
    want: Decimal
    got: Decimal | None

    @property
    def grade(self) -> str:
        """Exact (1 % or 2 cents), close (5 %), wrong, or unpriced."""
        if self.got is None:
            return "unpriced"
        difference = abs(self.got - self.want)
        if difference <= max(Decimal("0.02"), abs(self.want) / 100):
            return "exact"
        return "close" if difference <= abs(self.want) / 20 else "wrong"


def _estimate(case: Path, catalog: LayeredCatalog) -> Estimate:
    usage_file = case / "usage.yml"
    usage = read_usage_file(usage_file) if usage_file.exists() else None
    settings = Settings(NOW, Deployment(name=case.name, environment="dev"), usage, assumptions=False)
    declared = [detect.read(case / "plan.json", ReadOptions())]
    return pipeline.estimate(with_usage_resources(declared, usage) if usage else declared, settings, catalog)


def _compared(cloud: Path, catalog: LayeredCatalog) -> Iterator[Compared]:
    for case in sorted(cloud.iterdir()):
        expected: dict[str, Any] = json.loads((case / "expected.json").read_text(encoding="utf-8"))["resources"]
        wanted = {address: entry for address, entry in expected.items() if entry["monthly_cost"] is not None}
        if wanted:
            found = {resource.address: resource for resource in _estimate(case, catalog).resources}
            for address, entry in wanted.items():
                cost = found[address].monthly_cost
                yield Compared(address, entry["type"], Decimal(str(entry["monthly_cost"])), cost)


@pytest.fixture(scope="module")
def catalog() -> Iterator[LayeredCatalog]:
    snapshot = NamedSnapshot("embedded snapshot", SnapshotCatalog(SNAPSHOT))
    models = NamedLayer("LLM prices", LlmCatalog(date.fromisoformat(NOW[:10])))
    layered = LayeredCatalog([snapshot], [models])
    yield layered
    layered.close()


@pytest.mark.parametrize("cloud", ["aws", "google", "azure"])
def test_most_resources_agree_and_the_page_tells_which_do_not(
    cloud: str, shared: Path, catalog: LayeredCatalog
) -> None:
    compared = list(_compared(shared / "accuracy" / cloud, catalog))
    grades = Counter(one.grade for one in compared)
    assert grades["exact"] / grades.total() >= AT_LEAST_EXACT[cloud], grades
    told = _addresses_of_the_page()
    far_off = [one for one in compared if one.grade == "wrong" and abs((one.got or 0) - one.want) > abs(one.want) / 2]
    assert [one for one in far_off if not any(fnmatchcase(one.address, pattern) for pattern in told)] == []


def _addresses_of_the_page() -> list[str]:
    """Return the addresses that docs/accuracy.md names, in which * stands for anything and brackets for themselves."""
    page = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:aws|azurerm|google)_\w+\.[^`]+)`", page)
    return [address.replace("[", "[[]") for address in named]
