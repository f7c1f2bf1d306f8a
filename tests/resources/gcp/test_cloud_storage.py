"""Cloud Storage buckets."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

BUCKET = "google_storage_bucket"


def test_a_regional_bucket(cost_lines: CostLines) -> None:
    usage = {"storage_gb": 100, "monthly_class_a_operations": 20_000, "monthly_class_b_operations": 50_000}
    lines = cost_lines(BUCKET, {"location": "US-CENTRAL1"}, usage)
    assert lines["Storage (standard)"] == Decimal("2.00")
    assert lines["Object adds, bucket/object list (class A)"] == Decimal("0.10")
    assert lines["Object gets, retrieve bucket/object metadata (class B)"] == Decimal("0.02")
    assert "Data retrieval" not in lines


def test_a_multi_region_costs_more(cost_lines: CostLines) -> None:
    lines = cost_lines(BUCKET, {"location": "EU", "storage_class": "MULTI_REGIONAL"}, {"storage_gb": 150})
    assert lines["Storage (standard)"] == Decimal("3.90")


def test_cold_classes_bill_retrieval(cost_lines: CostLines) -> None:
    attributes = {"location": "ASIA", "storage_class": "COLDLINE"}
    lines = cost_lines(BUCKET, attributes, {"monthly_data_retrieval_gb": 250})
    assert lines["Data retrieval"] == Decimal("5.00")


def test_transfer_gets_cheaper_with_volume(cost_lines: CostLines) -> None:
    usage = {"monthly_egress_data_transfer_gb.worldwide": 12500, "monthly_egress_data_transfer_gb.china": 50}
    lines = cost_lines(BUCKET, {"location": "EU"}, usage)
    worldwide = lines["Network egress: Data transfer to worldwide excluding Asia, Australia"]
    assert worldwide == Decimal("1317.44")  # 1,024 x 0.12 + 9,216 x 0.11 + 2,260 x 0.08
    assert lines["Network egress: Data transfer to China excluding Hong Kong"] == Decimal("11.50")


def test_nothing_told_leaves_everything_to_use(cost_lines: CostLines) -> None:
    assert set(cost_lines(BUCKET, {"location": "EU"}).values()) == {"usage"}


EGRESS = "monthly_egress_data_transfer_gb"
TOLD = {
    "storage_gb": 150,
    "monthly_class_a_operations": 40_000,
    "monthly_class_b_operations": 20_000,
    f"{EGRESS}.same_continent": 550,
    f"{EGRESS}.worldwide": 12_500,
    f"{EGRESS}.asia": 1500,
    f"{EGRESS}.china": 50,
    f"{EGRESS}.australia": 250,
}

EXAMPLES = (
    Example(BUCKET, {"location": "US-CENTRAL1"}, TOLD),
    Example(BUCKET, {"location": "EU", "storage_class": "NEARLINE"}, {**TOLD, "monthly_data_retrieval_gb": 50}),
    Example(BUCKET, {"location": "NAM4", "storage_class": "ARCHIVE"}, {**TOLD, "monthly_data_retrieval_gb": 50}),
)


def test_a_region_sends_within_its_continent(cost_lines: CostLines) -> None:
    lines = cost_lines(BUCKET, {"location": "EUROPE-WEST1"}, {f"{EGRESS}.same_continent": 100})
    assert lines["Network egress: Data transfer in same continent"] == Decimal("2.00")
