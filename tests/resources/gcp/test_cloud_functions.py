"""Cloud Functions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

FIRST, SECOND = "google_cloudfunctions_function", "google_cloudfunctions2_function"
TOLD = {"request_duration_ms": 240, "monthly_function_invocations": 10_000_000, "monthly_outbound_data_gb": 100}

EXAMPLES = (
    Example(FIRST, {"available_memory_mb": 256}, TOLD, grows=("available_memory_mb",)),
    Example(SECOND, {"location": "us-central1", "service_config": [{"available_memory": "512M"}]}, TOLD),
    Example(
        SECOND,
        {"service_config": [{"available_memory": "1Gi", "available_cpu": "1", "min_instance_count": 1}]},
        TOLD,
        grows=("service_config.min_instance_count",),
    ),
)


def test_a_function_of_the_first_generation(cost_lines: CostLines) -> None:
    assert cost_lines(FIRST, {"available_memory_mb": 256}, TOLD) == {
        "CPU": Decimal("12.00"),  # 10M x 0.3 s x 0.4 GHz x $0.00001
        "Memory": Decimal("1.88"),
        "Invocations": Decimal("4.00"),
        "Outbound data transfer": Decimal("12.00"),
    }


def test_minimum_instances_of_the_first_generation_are_unpriced_not_free(cost_lines: CostLines) -> None:
    assert "min_instances" in str(cost_lines(FIRST, {"min_instances": 2}, TOLD)["price_not_found"])
    assert "price_not_found" not in cost_lines(FIRST, {"min_instances": 0}, TOLD)


def test_256_mb_is_the_default(cost_lines: CostLines) -> None:
    assert cost_lines(FIRST, {}, TOLD) == cost_lines(FIRST, {"available_memory_mb": 256}, TOLD)


@pytest.mark.parametrize(("megabytes", "cpu"), [(128, "6.00"), (2048, "72.00"), (8192, "144.00"), (16384, "144.00")])
def test_cpu_goes_with_memory(cost_lines: CostLines, megabytes: int, cpu: str) -> None:
    assert cost_lines(FIRST, {"available_memory_mb": megabytes}, TOLD)["CPU"] == Decimal(cpu)


def test_nothing_told_leaves_all_open(cost_lines: CostLines) -> None:
    assert set(cost_lines(FIRST, {}).values()) == {"usage"}


def test_a_function_of_the_second_generation_is_a_cloud_run_service(cost_lines: CostLines) -> None:
    assert cost_lines(SECOND, {"service_config": [{"available_memory": "256M"}]}, TOLD) == {
        "CPU allocation time": Decimal("12.02"),  # 3M s x 0.167 vCPU x $0.000024
        "Memory allocation time": Decimal("1.88"),
        "Requests": Decimal("4.00"),
        "Outbound data transfer": Decimal("12.00"),
    }


def test_cpu_may_be_asked_for(cost_lines: CostLines) -> None:
    config = [{"available_memory": "1Gi", "available_cpu": "2"}]
    assert cost_lines(SECOND, {"service_config": config}, TOLD)["CPU allocation time"] == Decimal("144.00")
