"""Autoscale settings give the count of what they scale as a range."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.resources.conftest import declared
from tollbar.component import Quantity
from tollbar.resource import UNKNOWN, Inventory, Resource, UnknownUntilApplyError
from tollbar.resources.azure.autoscale_setting import scaled_count

SET = declared("azurerm_linux_virtual_machine_scale_set", {})


def setting(*capacities: dict[str, Any], **attributes: Any) -> Resource:
    profiles = [{"capacity": [capacity]} for capacity in capacities]
    references = {"target_resource_id": (SET.address,)}
    return declared("azurerm_monitor_autoscale_setting", {"profile": profiles, **attributes}, references=references)


def count(declared_count: int | None, *others: Resource) -> Quantity | None:
    wanted = None if declared_count is None else Decimal(declared_count)
    return scaled_count(SET, wanted, Inventory((SET, *others)))


def test_without_a_setting_the_declared_count_holds() -> None:
    assert count(3) == Quantity.fixed(3)
    assert count(None) is None


@pytest.mark.parametrize(
    ("declared_count", "expected"),
    [(None, Quantity.between(1, 2, 10)), (3, Quantity.between(1, 3, 10)), (20, Quantity.between(1, 10, 10))],
)
def test_the_bounds_are_a_range(declared_count: int | None, expected: Quantity) -> None:
    assert count(declared_count, setting({"default": 2, "minimum": 1, "maximum": 10})) == expected


def test_several_profiles_span_the_widest_range() -> None:
    night_and_day = setting({"default": 1, "minimum": 0, "maximum": 2}, {"default": 5, "minimum": 4, "maximum": 8})
    assert count(None, night_and_day) == Quantity.between(0, 1, 8)


def test_a_disabled_setting_does_nothing() -> None:
    assert count(3, setting({"default": 2, "minimum": 1, "maximum": 10}, enabled=False)) == Quantity.fixed(3)


def test_a_bound_that_only_apply_tells_is_unknown() -> None:
    with pytest.raises(UnknownUntilApplyError):
        count(3, setting({"default": 2, "minimum": 1, "maximum": UNKNOWN}))
