"""One project read both ways: its directory must declare what Terraform plans.

The plans of ``language`` and ``repeated`` are Terraform's own (1.11.4), that of ``both_ways`` is written
by hand as Terraform writes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.inputs.conftest import DATA
from tollbar.inputs import detect
from tollbar.inputs.interface import ReadOptions
from tollbar.resource import Unknown

if TYPE_CHECKING:
    from tollbar.inputs.interface import Declaration
    from tollbar.resource import Resource

DIFFERS = {"location"}
"""Attributes that a provider rewrites: azurerm makes "westeurope" of "West Europe"."""


def both(name: str) -> tuple[Declaration, Declaration]:
    directory = detect.read(DATA / name, ReadOptions())
    return directory, detect.read(DATA / name / "plan.json", ReadOptions())


def differences(declared: Any, planned: Any, path: str) -> list[str]:
    """Return where a declared value is not what was planned; what only a plan knows does not count."""
    if isinstance(declared, dict) and isinstance(planned, dict):
        pairs = ((name, value, planned.get(name)) for name, value in declared.items())
        return [found for name, ours, theirs in pairs for found in differences(ours, theirs, f"{path}.{name}")]
    if isinstance(declared, list) and isinstance(planned, list) and len(declared) == len(planned):
        numbered = enumerate(zip(declared, planned, strict=True))
        return [found for index, (ours, theirs) in numbered for found in differences(ours, theirs, f"{path}[{index}]")]
    if isinstance(declared, Unknown) and isinstance(planned, Unknown):
        return []  # where a local stands between, a plan does not tell whether it is set
    return [] if declared == planned else [f"{path}: declared {declared!r}, planned {planned!r}"]


def place(resource: Resource) -> tuple[object, ...]:
    return resource.type, resource.name, resource.cloud, resource.region, resource.tags


@pytest.mark.parametrize("name", ["both_ways", "language", "repeated"])
def test_the_same_resources_are_found_in_the_same_place(name: str) -> None:
    directory, plan = both(name)
    assert {address: place(found) for address, found in directory.after.by_address.items()} == {
        address: place(found) for address, found in plan.after.by_address.items()
    }


@pytest.mark.parametrize("name", ["both_ways", "language", "repeated"])
def test_what_is_declared_is_what_is_planned(name: str) -> None:
    directory, plan = both(name)
    found = [
        difference
        for address, resource in directory.after.by_address.items()
        for attribute, value in resource.attributes.values.items()
        if attribute not in DIFFERS and address in plan.after.by_address
        for difference in differences(
            value, plan.after.by_address[address].attributes.get(attribute), f"{address}.{attribute}"
        )
    ]
    assert found == []


@pytest.mark.parametrize("name", ["both_ways", "repeated"])
def test_a_directory_tells_the_references_that_a_plan_tells(name: str) -> None:
    directory, plan = both(name)
    for address, planned in plan.after.by_address.items():
        references = directory.after.by_address[address].references
        assert {path: references.get(path) for path in planned.references} == planned.references
