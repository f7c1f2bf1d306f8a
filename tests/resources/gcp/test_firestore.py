"""Firestore."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

DATABASE = "google_firestore_database"
TOLD = {
    "monthly_document_reads": 10_000_000,
    "monthly_document_writes": 1_000_000,
    "monthly_document_deletes": 100_000,
    "storage_gb": 100,
}
RECOVERABLE = {"location_id": "us-central1", "point_in_time_recovery_enablement": "POINT_IN_TIME_RECOVERY_ENABLED"}

EXAMPLES = (Example(DATABASE, RECOVERABLE, TOLD),)


def test_documents_and_storage(cost_lines: CostLines) -> None:
    assert cost_lines(DATABASE, RECOVERABLE, TOLD, region=None) == {
        "Document reads": Decimal("3.00"),
        "Document writes": Decimal("0.90"),
        "Document deletes": Decimal("0.01"),
        "Storage": Decimal("15.00"),
        "Point-in-time recovery": Decimal("15.00"),
    }


def test_a_multi_region_costs_more(cost_lines: CostLines) -> None:
    assert cost_lines(DATABASE, {"location_id": "nam5"}, TOLD) == {
        "Document reads": Decimal("6.00"),
        "Document writes": Decimal("1.80"),
        "Document deletes": Decimal("0.02"),
        "Storage": Decimal("18.00"),
    }
