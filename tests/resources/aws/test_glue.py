"""AWS Glue."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

WORKERS = {"number_of_workers": 10, "worker_type": "G.2X"}

EXAMPLES = (
    Example("aws_glue_job", WORKERS, {"monthly_hours": 60}, grows=("number_of_workers",)),
    Example(
        "aws_glue_job", {"max_capacity": 5, "execution_class": "FLEX"}, {"monthly_hours": 1}, grows=("max_capacity",)
    ),
    Example("aws_glue_crawler", {}, {"monthly_hours": 60}),
    Example("aws_glue_catalog_database", {}, {"monthly_objects": 200_000, "monthly_requests": 300_000_000}),
)


def test_workers_count_by_their_type(cost_lines: CostLines) -> None:
    assert cost_lines("aws_glue_job", WORKERS, {"monthly_hours": 60}) == {"Duration (20 DPU)": Decimal("528.00")}
    standard = cost_lines("aws_glue_job", {"number_of_workers": 10}, {"monthly_hours": 60})
    assert standard == {"Duration (10 DPU)": Decimal("264.00")}


def test_capacity_where_none_is_declared(cost_lines: CostLines) -> None:
    hours = {"monthly_hours": 60}
    assert cost_lines("aws_glue_job", {}, hours) == {"Duration (10 DPU)": Decimal("264.00")}
    shell = {"command": [{"name": "pythonshell"}]}
    assert cost_lines("aws_glue_job", shell, hours) == {"Duration (0.0625 DPU)": Decimal("1.65")}


def test_flexible_execution_is_cheaper(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_glue_job", {"max_capacity": 10, "execution_class": "FLEX"}, {"monthly_hours": 60})
    assert lines == {"Duration (10 DPU, flexible)": Decimal("174.00")}


def test_an_unknown_worker_type_is_unpriced_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_glue_job", {"number_of_workers": 2, "worker_type": "G.99X"}, {"monthly_hours": 60})
    assert str(lines["price_not_found"]).startswith("worker_type 'G.99X' is none of Standard, G.025X")


def test_memory_optimized_workers_and_ray_have_prices_of_their_own(cost_lines: CostLines) -> None:
    memory = cost_lines("aws_glue_job", {"number_of_workers": 1, "worker_type": "R.1X"}, {"monthly_hours": 1})
    assert "aws/glue/memory_optimized_job" in str(memory["Duration (1 DPU)"])
    ray = {"number_of_workers": 1, "worker_type": "Z.2X", "command": [{"name": "glueray"}]}
    assert "aws/glue/ray_job" in str(cost_lines("aws_glue_job", ray, {"monthly_hours": 1})["Duration (2 DPU)"])


def test_crawlers_are_billed_by_the_dpu_hour(cost_lines: CostLines) -> None:
    assert cost_lines("aws_glue_crawler", {}, {"monthly_hours": 60}) == {"Duration": Decimal("26.40")}


def test_the_catalog_is_billed_beyond_what_is_free(cost_lines: CostLines) -> None:
    usage = {"monthly_objects": 200_000, "monthly_requests": 300_000_000}
    lines = cost_lines("aws_glue_catalog_database", {}, usage)
    assert lines == {"Storage": Decimal("2.00"), "Requests": Decimal("300.00")}
