"""Dataflow."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

JOBS = ("google_dataflow_job", "google_dataflow_flex_template_job")
TOLD = {"monthly_worker_hours": 1000, "monthly_data_processed_gb": 100}

EXAMPLES = (
    *(Example(name, {"machine_type": "n1-standard-4"}, TOLD) for name in JOBS),
    Example(JOBS[0], {"enable_streaming_engine": True}, TOLD),
)


@pytest.mark.parametrize("name", JOBS)
def test_a_batch_job_costs_its_workers_and_what_they_shuffle(cost_lines: CostLines, name: str) -> None:
    assert cost_lines(name, {}, TOLD) == {
        "Worker vCPU (batch)": Decimal("56.00"),
        "Worker memory (batch)": Decimal("13.34"),  # 3.75 GiB x 1000 h x $0.003557
        "Worker persistent disk": Decimal("1.35"),
        "Data processed": Decimal("1.10"),
    }


def test_a_streaming_job_costs_more(cost_lines: CostLines) -> None:
    attributes = {"enable_streaming_engine": True, "machine_type": "n1-standard-4"}
    assert cost_lines(JOBS[1], attributes, TOLD) == {
        "Worker vCPU (streaming)": Decimal("276.00"),
        "Worker memory (streaming)": Decimal("53.36"),
        "Worker persistent disk": Decimal("1.62"),
        "Data processed": Decimal("1.80"),
    }


def test_an_unknown_machine_is_unpriced(cost_lines: CostLines) -> None:
    lines = cost_lines(JOBS[0], {"machine_type": "z9-huge-4"}, TOLD)
    assert lines == {"price_not_found": "the vCPUs and memory of z9-huge-4 are not known"}
