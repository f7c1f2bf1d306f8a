"""Managed Workflows for Apache Airflow."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

EXAMPLES = (
    Example(
        "aws_mwaa_environment",
        {"environment_class": "mw1.medium", "min_workers": 2, "max_workers": 5, "schedulers": 3},
        {"meta_database_gb": 10},
        grows=("min_workers", "schedulers"),
    ),
    Example(
        "aws_mwaa_environment", {}, {"additional_workers": 2.5, "additional_schedulers": 1, "meta_database_gb": 10}
    ),
)


def test_declared_workers_and_schedulers_beyond_those_included(cost_lines: CostLines) -> None:
    declared = {"environment_class": "mW1.Medium", "min_workers": 2, "max_workers": 5, "schedulers": 3}
    assert cost_lines("aws_mwaa_environment", declared, {"meta_database_gb": 10}) == {
        "Environment (medium)": Decimal("540.20"),
        "Additional worker (medium)": Decimal("80.30"),
        "Additional scheduler (medium)": Decimal("80.30"),
        "Metadata database": Decimal("1.00"),
    }


def test_what_is_told_counts_before_what_is_declared(cost_lines: CostLines) -> None:
    told = {"additional_workers": 2.5, "additional_schedulers": 0}
    lines = cost_lines("aws_mwaa_environment", {"min_workers": 9, "schedulers": 5}, told)
    assert lines["Additional worker (small)"] == Decimal("100.38")
    assert lines["Additional scheduler (small)"] == Decimal("0.00")


def test_with_nothing_declared_it_depends_on_use(cost_lines: CostLines) -> None:
    assert cost_lines("aws_mwaa_environment", {}) == {
        "Environment (small)": Decimal("357.70"),
        "Additional worker (small)": "usage",
        "Additional scheduler (small)": "usage",
        "Metadata database": "usage",
    }
