"""All estimators at once: what every one of them must hold to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from tollbar.component import Component, Unpriced
from tollbar.resource import UNKNOWN, Attributes, Cloud, Inventory, Resource
from tollbar.resources.registry import ResourceType, bill, free_types, resource_types
from tollbar.traits import UTILIZATION_KEYS
from tollbar.units import units
from tollbar.usage import Usage

CLOUDS: tuple[Cloud, ...] = ("aws", "gcp", "azure", "kubernetes", "llm")
TYPES = [(cloud, resource_type) for cloud in CLOUDS for resource_type in resource_types(cloud).values()]
every_type = pytest.mark.parametrize(("cloud", "resource_type"), TYPES, ids=[t.name for _, t in TYPES])


class EveryAttribute(Mapping[str, Any]):
    """Attributes that all have one value."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __getitem__(self, name: str) -> Any:
        """Return the value, whatever is asked for."""
        return self._value

    def __iter__(self) -> Iterator[str]:
        """Name no attribute."""
        return iter(())

    def __len__(self) -> int:
        """Count no attribute."""
        return 0

    def get(self, name: str, default: object = None) -> Any:  # noqa: ARG002 -- a mapping's
        """Return the value, whatever is asked for."""
        return self._value


def _resource(cloud: Cloud, resource_type: ResourceType, values: Mapping[str, Any]) -> Resource:
    return Resource(f"{resource_type.name}.x", resource_type.name, "x", cloud, "us-east-1", Attributes(values))


def _bill(
    cloud: Cloud, resource_type: ResourceType, values: Mapping[str, Any], given: Mapping[str, Any]
) -> list[Component]:
    resource = _resource(cloud, resource_type, values)
    billed = bill(resource, Usage(given, resource_type.usage_key_by_name), Inventory((resource,)))
    assert all(isinstance(line, Unpriced) for line in billed.unpriced)
    return list(billed.components)


@every_type
@pytest.mark.parametrize(
    "values",
    [{}, EveryAttribute(UNKNOWN), EveryAttribute("odd"), EveryAttribute(7), EveryAttribute([]), EveryAttribute([{}]),
     EveryAttribute(True), EveryAttribute([None])],
    ids=["empty", "unknown", "text", "number", "list", "block", "flag", "null in a list"],
)  # fmt: skip
def test_no_attribute_makes_it_fail(cloud: Cloud, resource_type: ResourceType, values: Mapping[str, Any]) -> None:
    _bill(cloud, resource_type, values, {})


@every_type
def test_units_are_known_and_quantities_are_ordered_and_not_negative(cloud: Cloud, resource_type: ResourceType) -> None:
    given = {key.name: Decimal(100) for key in resource_type.usage_keys if key.assumed is not None}
    for component in _bill(cloud, resource_type, {}, given):
        quantity = component.quantity
        assert component.unit in units()
        if quantity.low is not None and quantity.expected is not None and quantity.high is not None:
            assert 0 <= quantity.low <= quantity.expected <= quantity.high


@every_type
def test_a_usage_key_says_what_it_is_and_assumes_a_range(cloud: Cloud, resource_type: ResourceType) -> None:  # noqa: ARG001 -- one of a pair
    for key in resource_type.usage_keys:
        assert key.description
        if key.assumed is not None:
            low, expected, high = key.assumed
            assert 0 <= low <= expected <= high
    runs_machines = resource_type.category in {"compute", "container", "database"}
    names = [key.name for key in (*resource_type.usage_keys, *(UTILIZATION_KEYS if runs_machines else ()))]
    assert list(resource_type.usage_key_by_name) == names


@pytest.mark.parametrize("cloud", CLOUDS)
def test_a_type_is_free_or_priced_not_both(cloud: Cloud) -> None:
    assert free_types(cloud) & resource_types(cloud).keys() == set()


def test_a_free_type_is_known_as_free() -> None:
    resource = Resource("aws_iam_role.r", "aws_iam_role", "r", "aws", "us-east-1", Attributes())
    assert bill(resource, Usage(), Inventory((resource,))).is_free


def test_an_unknown_type_is_reported() -> None:
    resource = Resource("aws_quantum.q", "aws_quantum", "q", "aws", "us-east-1", Attributes())
    (unpriced,) = bill(resource, Usage(), Inventory((resource,))).unpriced
    assert unpriced == Unpriced("unsupported_type", "aws_quantum is not a type Tollbar can price")


def test_an_unknown_count_is_no_count_of_one() -> None:
    resource = Resource(
        "aws_kms_key.k", "aws_kms_key", "k", "aws", "us-east-1", Attributes(), undecided_count="its count depends on x"
    )
    billed = bill(resource, Usage(), Inventory((resource,)))
    assert billed.components == ()
    assert billed.unpriced == (Unpriced("unknown_until_apply", "how many there are: its count depends on x"),)


def test_what_is_missing_has_no_price_and_says_why() -> None:
    missing = Resource("module.m", "module", "m", "other", None, Attributes(), missing="its source './m' is not there")
    billed = bill(missing, Usage(), Inventory((missing,)))
    assert billed.components == ()
    assert billed.unpriced == (Unpriced("price_not_found", "its source './m' is not there"),)
