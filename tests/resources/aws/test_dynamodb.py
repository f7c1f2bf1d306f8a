"""DynamoDB tables: capacity, requests, replicas, autoscaling."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import Inventory
from tollbar.resources.registry import bill, resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.resource import Resource

EXAMPLES = (
    Example(
        "aws_dynamodb_table",
        {"billing_mode": "PAY_PER_REQUEST", "point_in_time_recovery": [{"enabled": True}]},
        {
            "monthly_write_request_units": 1_000_000,
            "monthly_read_request_units": 1_000_000,
            "storage_gb": 100,
            "pitr_backup_storage_gb": 100,
            "on_demand_backup_storage_gb": 100,
            "monthly_data_restored_gb": 10,
            "monthly_streams_read_request_units": 1_000_000,
        },
    ),
    Example(
        "aws_dynamodb_table",
        {"read_capacity": 20, "write_capacity": 10, "replica": [{"region_name": "us-west-2"}]},
        {"storage_gb": 100},
        grows=("read_capacity", "write_capacity"),
    ),
)

PROVISIONED = {"name": "scores", "read_capacity": 30, "write_capacity": 20}
ON_DEMAND = {"name": "scores", "billing_mode": "PAY_PER_REQUEST"}


def test_provisioned_capacity_is_billed_by_the_hour(cost_lines: CostLines) -> None:
    assert cost_lines("aws_dynamodb_table", PROVISIONED) == {
        "Write capacity (WCU)": Decimal("9.49"),
        "Read capacity (RCU)": Decimal("2.85"),
        "Data storage": "usage",
    }


def test_indexes_have_capacity_of_their_own(cost_lines: CostLines) -> None:
    indexed = {**PROVISIONED, "global_secondary_index": [{"name": "top", "read_capacity": 30, "write_capacity": 20}]}
    lines = cost_lines("aws_dynamodb_table", indexed)
    assert (lines["Write capacity (WCU)"], lines["Read capacity (RCU)"]) == (Decimal("18.98"), Decimal("5.69"))


def test_requests_on_demand(cost_lines: CostLines) -> None:
    usage = {"monthly_write_request_units": 3_000_000, "monthly_read_request_units": 8_000_000, "storage_gb": 230}
    lines = cost_lines("aws_dynamodb_table", ON_DEMAND, usage)
    assert lines == {
        "Write requests (WRU)": Decimal("1.88"),
        "Read requests (RRU)": Decimal("1.00"),
        "Data storage": Decimal("57.50"),
    }


def test_backups_restores_and_streams(cost_lines: CostLines) -> None:
    usage = {
        "pitr_backup_storage_gb": 2300,
        "on_demand_backup_storage_gb": 460,
        "monthly_data_restored_gb": 230,
        "monthly_streams_read_request_units": 2_000_000,
    }
    recovered = {**ON_DEMAND, "point_in_time_recovery": [{"enabled": True}]}
    lines = cost_lines("aws_dynamodb_table", recovered, usage)
    assert lines["Point-in-time recovery backups"] == Decimal("460.00")
    assert lines["On-demand backups"] == Decimal("46.00")
    assert lines["Table data restored"] == Decimal("34.50")
    assert lines["Streams read requests (sRRU)"] == Decimal("0.40")
    assert (
        cost_lines("aws_dynamodb_table", {**ON_DEMAND, "stream_enabled": True})["Streams read requests (sRRU)"]
        == "usage"
    )


def test_replicas_are_priced_in_their_own_region(cost_lines: CostLines) -> None:
    world = {**PROVISIONED, "replica": [{"region_name": "us-west-1"}]}
    lines = cost_lines("aws_dynamodb_table", world, region="us-east-2")
    assert lines["Global table (us-west-1): Replicated write capacity (rWCU)"] == Decimal("10.59")
    assert lines["Global table (us-west-1): Read capacity (RCU)"] == Decimal("3.18")
    requests = {**ON_DEMAND, "replica": [{"region_name": "us-east-2"}, {"region_name": "us-west-1"}]}
    lines = cost_lines("aws_dynamodb_table", requests, {"monthly_write_request_units": 3_000_000}, region="us-east-2")
    assert lines["Global table (us-east-2): Replicated write requests (rWRU)"] == Decimal("1.88")
    assert lines["Global table (us-west-1): Replicated write requests (rWRU)"] == Decimal("2.09")


def test_a_target_that_spells_the_table_out_scales_it() -> None:
    assert writes(target("w", 56, 72)) == ("Write capacity (WCU, autoscaling)", 56 * 730, 56 * 730, 72 * 730)


def test_a_target_that_refers_to_the_table_counts_first() -> None:
    referring = target(
        "w", 5, 10, resource_id="table/unknown", references={"resource_id": ("aws_dynamodb_table.this",)}
    )
    assert writes(target("spelled", 56, 72), referring)[1:] == (5 * 730, 5 * 730, 10 * 730)


def test_targets_that_all_claim_the_table_are_covered_by_one_range() -> None:
    assert writes(target("a", 6, 99), target("b", 7, 98))[1:] == (6 * 730, 6 * 730, 99 * 730)


def test_a_target_itself_costs_nothing(cost_lines: CostLines) -> None:
    assert cost_lines("aws_appautoscaling_target", {"min_capacity": 1, "max_capacity": 2}) == {}


def test_the_infrequent_access_class_is_not_given_standard_prices(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_dynamodb_table", {**PROVISIONED, "table_class": "STANDARD_INFREQUENT_ACCESS"})
    assert str(lines["Write capacity (WCU)"]).startswith("price_not_found")


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_dynamodb_table", PROVISIONED, region="mars-north-1")
    assert all(str(line).startswith("price_not_found") for line in lines.values())


def target(
    name: str,
    low: int,
    high: int,
    *,
    resource_id: str = "table/scores",
    references: dict[str, tuple[str, ...]] | None = None,
) -> Resource:
    """Return a target for the writes of the table ``scores``."""
    attributes = {
        "resource_id": resource_id,
        "scalable_dimension": "dynamodb:table:WriteCapacityUnits",
        "min_capacity": low,
        "max_capacity": high,
    }
    return declared("aws_appautoscaling_target", attributes, name=name, references=references)


def writes(*targets: Resource) -> tuple[object, ...]:
    """Return name and ends of the table's write capacity."""
    table = declared("aws_dynamodb_table", PROVISIONED)
    estimator = resource_type(table)
    assert estimator is not None
    first = bill(table, Usage(keys=estimator.usage_key_by_name), Inventory((table, *targets))).components[0]
    return (first.name, first.quantity.low, first.quantity.expected, first.quantity.high)
