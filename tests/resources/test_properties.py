"""What must hold for the bill of every type, tried on the examples that stand beside its tests.

A test module of a family exports ``EXAMPLES``; every type needs one at least.
"""

from __future__ import annotations

import copy
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tollbar.catalog.pricing import NOTHING, Cost, PricedComponent, price_component
from tollbar.resource import UNKNOWN, Cloud, Inventory
from tollbar.resources.registry import bill, resource_type, resource_types
from tollbar.usage import Usage

if TYPE_CHECKING:
    from decimal import Decimal

    from tests.resources.example import Example
    from tollbar.catalog.layers import LayeredCatalog
    from tollbar.resources.registry import Bill

CLOUDS: tuple[Cloud, ...] = ("aws", "gcp", "azure", "kubernetes", "llm")
AMOUNTS = st.decimals(min_value=0, max_value=10**7, places=2)


def _examples() -> Iterator[Example]:
    for cloud in CLOUDS:
        for module in pkgutil.iter_modules([str(Path(__file__).parent / cloud)]):
            yield from getattr(importlib.import_module(f"tests.resources.{cloud}.{module.name}"), "EXAMPLES", ())


EXAMPLES = list(_examples())
every_example = pytest.mark.parametrize(
    "example", EXAMPLES, ids=[f"{example.type}-{number}" for number, example in enumerate(EXAMPLES)]
)
few_runs = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("cloud", CLOUDS)
def test_every_type_has_an_example(cloud: Cloud) -> None:
    assert set(resource_types(cloud)) - {example.type for example in EXAMPLES} == set()


@every_example
def test_an_example_is_fully_priced(catalog: LayeredCatalog, example: Example) -> None:
    billed = _bill(example, example.usage)
    assert billed.unpriced == ()
    assert [line for line in _lines(billed, catalog) if not isinstance(line, PricedComponent)] == []


@every_example
def test_more_use_never_costs_less(catalog: LayeredCatalog, example: Example) -> None:
    counted = [key for key, value in example.usage.items() if _is_number(value) and key not in example.lessens]
    if not counted:
        pytest.skip("it has no use that is counted")

    @few_runs
    @given(st.sampled_from(counted), st.tuples(AMOUNTS, AMOUNTS).map(sorted))
    def holds(key: str, amounts: list[Decimal]) -> None:
        less, more = (_cost(_bill(example, {**example.usage, key: amount}), catalog) for amount in amounts)
        assert less.expected <= more.expected
        assert less.expected >= 0

    holds()


@every_example
def test_a_range_of_use_gives_a_range_of_cost(catalog: LayeredCatalog, example: Example) -> None:
    counted = {key: value for key, value in example.usage.items() if _is_number(value) and key not in example.lessens}
    ranges = {key: {"low": value / 2, "expected": value, "high": value * 2} for key, value in counted.items()}
    exact = _cost(_bill(example, example.usage), catalog)
    cost = _cost(_bill(example, {**example.usage, **ranges}), catalog)
    assert cost.low <= cost.expected <= cost.high
    assert cost.expected == exact.expected


@every_example
def test_use_that_nobody_told_is_unknown_not_zero(example: Example) -> None:
    resource = example.resource()
    estimator = resource_type(resource)
    assert estimator is not None
    nothing_told = Usage({}, estimator.usage_key_by_name, assumptions=False)
    for component in bill(resource, nothing_told, Inventory((resource, *example.others))).components:
        quantity = component.quantity
        assert (quantity.basis == "fixed") == (quantity.expected is not None), component.name


@every_example
def test_what_only_apply_tells_is_never_dropped(catalog: LayeredCatalog, example: Example) -> None:
    known = _cost(_bill(example, example.usage), catalog)
    for path in _leaves(example.attributes):
        billed = _bill(example, example.usage, _with(example.attributes, path, UNKNOWN))
        if not billed.unpriced:
            assert _cost(billed, catalog).expected >= known.expected, f"{path} is unknown and the bill is smaller"


@every_example
def test_more_of_it_never_costs_less(catalog: LayeredCatalog, example: Example) -> None:
    for name in example.grows:
        path = _path(example.attributes, name)
        amount = _at(example.attributes, path)
        costs = [
            _cost(_bill(example, example.usage, _with(example.attributes, path, amount * factor)), catalog).expected
            for factor in (1, 2, 3)
        ]
        assert costs == sorted(costs)
        assert costs[0] < costs[-1], f"{name} changes nothing"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _bill(example: Example, usage: Mapping[str, Any], attributes: Mapping[str, Any] | None = None) -> Bill:
    resource = example.resource(attributes)
    estimator = resource_type(resource)
    assert estimator is not None, f"no estimator for {example.type}"
    use = Usage(usage, estimator.usage_key_by_name, assumptions=False)
    assert set(usage) <= set(estimator.usage_key_by_name), f"{example.type} has no such usage key"
    return bill(resource, use, Inventory((resource, *example.others)))


def _lines(billed: Bill, catalog: LayeredCatalog) -> list[object]:
    return [price_component(component, catalog) for component in billed.components]


def _cost(billed: Bill, catalog: LayeredCatalog) -> Cost:
    lines = [line for line in _lines(billed, catalog) if isinstance(line, PricedComponent)]
    return sum((line.cost for line in lines if line.cost is not None), NOTHING)


Path_ = tuple[str | int, ...]


def _leaves(values: object, above: Path_ = ()) -> Iterator[Path_]:
    if isinstance(values, Mapping):
        for name, value in values.items():
            yield from _leaves(value, (*above, name))
    elif isinstance(values, list | tuple) and values and isinstance(values[0], Mapping):
        for number, value in enumerate(values):
            yield from _leaves(value, (*above, number))
    else:
        yield above


def _path(values: object, name: str) -> Path_:
    path: Path_ = ()
    for part in name.split("."):
        if isinstance(_at(values, path), list | tuple):
            path = (*path, 0)
        path = (*path, part)
    return path


def _at(values: Any, path: Path_) -> Any:
    for part in path:
        values = values[part]
    return values


def _with(values: Mapping[str, Any], path: Path_, value: object) -> Mapping[str, Any]:
    changed = copy.deepcopy(dict(values))
    _at(changed, path[:-1])[path[-1]] = value
    return changed
