"""EFS file systems."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import Inventory
from tollbar.resources.registry import bill, resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example(
        "aws_efs_file_system",
        {"lifecycle_policy": [{"transition_to_ia": "AFTER_30_DAYS"}]},
        {
            "storage_gb": 100,
            "infrequent_access_storage_gb": 100,
            "monthly_infrequent_access_read_gb": 10,
            "monthly_infrequent_access_write_gb": 10,
        },
    ),
    Example(
        "aws_efs_file_system",
        {"throughput_mode": "provisioned", "provisioned_throughput_in_mibps": 100},
        {"storage_gb": 10},
        grows=("provisioned_throughput_in_mibps",),
        lessens=("storage_gb",),
    ),
    Example(
        "aws_efs_file_system",
        {"throughput_mode": "elastic"},
        {"storage_gb": 10, "monthly_elastic_throughput_read_gb": 10, "monthly_elastic_throughput_write_gb": 10},
    ),
)

TO_IA = {"lifecycle_policy": [{"transition_to_ia": "AFTER_7_DAYS"}]}
USAGE = {
    "storage_gb": 230,
    "infrequent_access_storage_gb": 100,
    "monthly_infrequent_access_read_gb": 50,
    "monthly_infrequent_access_write_gb": 100,
}


def test_standard_storage_and_infrequent_access(cost_lines: CostLines) -> None:
    assert cost_lines("aws_efs_file_system", TO_IA, USAGE) == {
        "Storage (standard)": Decimal("69.00"),
        "Storage (standard, infrequent access)": Decimal("1.60"),
        "Read requests (infrequent access)": Decimal("0.50"),
        "Write requests (infrequent access)": Decimal("1.00"),
    }


def test_one_zone(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_efs_file_system", {**TO_IA, "availability_zone_name": "us-east-1a"}, USAGE)
    assert lines["Storage (one zone)"] == Decimal("36.80")
    assert lines["Storage (one zone, infrequent access)"] == Decimal("1.33")


def test_without_a_lifecycle_policy_there_is_no_infrequent_access(cost_lines: CostLines) -> None:
    assert cost_lines("aws_efs_file_system", {}) == {"Storage (standard)": "usage"}


def test_stored_data_brings_throughput(cost_lines: CostLines) -> None:
    provisioned = {"throughput_mode": "provisioned", "provisioned_throughput_in_mibps": 100}
    assert cost_lines("aws_efs_file_system", provisioned)["Provisioned throughput"] == Decimal("600.00")
    lines = cost_lines("aws_efs_file_system", provisioned, {"storage_gb": 230})
    assert lines["Provisioned throughput"] == Decimal("531.00")


def test_elastic_throughput_is_billed_by_the_gb(cost_lines: CostLines) -> None:
    usage = {"monthly_elastic_throughput_read_gb": 100}
    lines = cost_lines("aws_efs_file_system", {"throughput_mode": "elastic"}, usage)
    assert (lines["Elastic throughput (reads)"], lines["Elastic throughput (writes)"]) == (Decimal("3.00"), "usage")


def test_archive_storage_is_priced_by_the_gb(cost_lines: CostLines) -> None:
    archived = {"lifecycle_policy": [{"transition_to_archive": "AFTER_90_DAYS"}]}
    lines = cost_lines("aws_efs_file_system", archived, {"archive_storage_gb": 1000})
    assert lines["Storage (archive)"] == Decimal("8.00")


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_efs_file_system", {}, region="mars-north-1")
    assert str(lines["Storage (standard)"]).startswith("price_not_found")


@given(provisioned=st.integers(1, 3000), low=st.integers(0, 50_000), more=st.integers(0, 50_000))
def test_more_stored_never_costs_more_throughput(provisioned: int, low: int, more: int) -> None:
    attributes = {"throughput_mode": "provisioned", "provisioned_throughput_in_mibps": provisioned}
    resource = declared("aws_efs_file_system", attributes)
    estimator = resource_type(resource)
    assert estimator is not None
    stored = {"storage_gb": {"low": low, "expected": low, "high": low + more}}
    billed = bill(resource, Usage(stored, estimator.usage_key_by_name), Inventory((resource,)))
    paid = billed.components[-1].quantity
    assert paid.low is not None
    assert paid.high is not None
    assert 0 <= paid.low <= paid.high <= provisioned
