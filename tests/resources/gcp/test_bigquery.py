"""BigQuery."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.conftest import declared
from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

TABLE = "google_bigquery_table"
TOLD = {
    "monthly_active_storage_gb": 1000,
    "monthly_long_term_storage_gb": 1000,
    "monthly_streaming_inserts_mb": 102_400,
    "monthly_storage_write_api_gb": 1000,
    "monthly_storage_read_api_tb": 10,
}

EXAMPLES = (
    Example("google_bigquery_dataset", {"dataset_id": "sales"}, {"monthly_queries_tb": 100.3}),
    Example(TABLE, {"dataset_id": "sales", "table_id": "orders"}, TOLD),
    Example(
        "google_bigquery_reservation",
        {"location": "us-central1", "edition": "ENTERPRISE", "slot_capacity": 100, "autoscale": [{"max_slots": 50}]},
        grows=("slot_capacity",),
    ),
    Example("google_bigquery_bi_reservation", {"location": "us-central1", "size": 3 * 1024**3}, grows=("size",)),
)


def test_queries_cost_by_the_tib_they_scan(cost_lines: CostLines) -> None:
    lines = cost_lines("google_bigquery_dataset", {}, {"monthly_queries_tb": 100.3})
    assert lines == {"Queries (on-demand)": Decimal("626.88")}
    europe = cost_lines("google_bigquery_dataset", {"location": "europe-west1"}, {"monthly_queries_tb": 10})
    assert europe == {"Queries (on-demand)": Decimal("75.00")}


def test_a_table_in_the_default_location_of_its_dataset(cost_lines: CostLines) -> None:
    dataset = declared("google_bigquery_dataset", {"dataset_id": "sales"})
    assert cost_lines(TABLE, {"dataset_id": "sales"}, TOLD, others=[dataset]) == {
        "Active storage": Decimal("20.00"),
        "Long-term storage": Decimal("10.00"),
        "Streaming inserts": Decimal("5.12"),  # 100 GB x $0.0512
        "Storage write API": Decimal("25.00"),
        "Storage read API": Decimal("11.00"),
    }


def test_a_table_is_where_its_dataset_is(cost_lines: CostLines) -> None:
    dataset = declared("google_bigquery_dataset", {"dataset_id": "sales", "location": "us-central1"})
    told = {"monthly_active_storage_gb": 1000}
    lines = cost_lines(TABLE, {}, told, others=[dataset], references={"dataset_id": (dataset.address,)})
    assert lines["Active storage"] == Decimal("23.00")


def test_reserved_slots_cost_by_the_hour(cost_lines: CostLines) -> None:
    reservation = {"location": "us-central1", "edition": "STANDARD", "slot_capacity": 100}
    assert cost_lines("google_bigquery_reservation", reservation) == {
        "Slots (standard edition)": Decimal("2920.00")  # 100 x 730 h x $0.04
    }


def test_bi_engine_costs_by_the_gib_hour(cost_lines: CostLines) -> None:
    lines = cost_lines("google_bigquery_bi_reservation", {"location": "us-central1", "size": 10 * 1024**3})
    assert lines == {"BI Engine capacity": Decimal("303.68")}  # 10 x 730 h x $0.0416
