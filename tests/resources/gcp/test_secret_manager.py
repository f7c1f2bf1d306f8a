"""Secret Manager."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.conftest import declared
from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

SECRET, VERSION = "google_secret_manager_secret", "google_secret_manager_secret_version"
TOLD = {"active_secret_versions": 1000, "monthly_access_operations": 20_000, "monthly_rotation_notifications": 10}
TWO_PLACES = {"replication": [{"user_managed": [{"replicas": [{"location": "us-east1"}, {"location": "us-west1"}]}]}]}

EXAMPLES = (
    Example(SECRET, TWO_PLACES, TOLD),
    Example(VERSION, {"secret_data": "x"}, {"monthly_access_operations": 25_000}),
)


def test_a_secret_costs_its_versions_accesses_and_notifications(cost_lines: CostLines) -> None:
    assert cost_lines(SECRET, {"replication": [{"auto": [{}]}]}, TOLD) == {
        "Active secret versions": Decimal("60.00"),
        "Access operations": Decimal("0.06"),
        "Rotation notifications": Decimal("0.50"),
    }


def test_each_location_keeps_a_version(cost_lines: CostLines) -> None:
    assert cost_lines(SECRET, TWO_PLACES, TOLD)["Active secret versions"] == Decimal("120.00")


def test_a_version_is_kept_where_its_secret_is(cost_lines: CostLines) -> None:
    secret = declared(SECRET, TWO_PLACES)
    lines = cost_lines(VERSION, {}, others=[secret], references={"secret": (secret.address,)})
    assert lines == {"Active secret versions": Decimal("0.12"), "Access operations": "usage"}
    assert cost_lines(VERSION, {})["Active secret versions"] == Decimal("0.06")
