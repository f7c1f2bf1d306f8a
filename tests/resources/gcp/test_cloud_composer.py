"""Cloud Composer."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

ENVIRONMENT = "google_composer_environment"
SMALL = {"cpu": 0.5, "memory_gb": 2, "storage_gb": 1}


def environment(version: str, **config: Any) -> dict[str, Any]:
    software = [{"image_version": f"composer-{version}-airflow-2.9.3"}]
    return {"region": "us-central1", "config": [{"software_config": software, **config}]}


VERSION_2 = environment(
    "2.9.7",
    environment_size="ENVIRONMENT_SIZE_SMALL",
    workloads_config=[
        {
            "scheduler": [{**SMALL, "count": 1}],
            "web_server": [SMALL],
            "worker": [{**SMALL, "min_count": 1, "max_count": 3}],
        }
    ],
)

EXAMPLES = (
    Example(ENVIRONMENT, VERSION_2, {"database_storage_gb": 10}, grows=("config.workloads_config.worker.cpu",)),
    Example(ENVIRONMENT, environment("3"), {"monthly_dcu_hours": 1000, "database_storage_gb": 10}),
)


def test_version_2_costs_its_fee_and_its_components(cost_lines: CostLines) -> None:
    component = {"vCPU": Decimal("16.43"), "memory": Decimal("7.30"), "storage": Decimal("0.15")}
    assert cost_lines(ENVIRONMENT, VERSION_2, {"database_storage_gb": 10}) == {
        "Environment fee (small)": Decimal("255.50"),
        **{f"Scheduler {what}": cost for what, cost in component.items()},
        **{f"Web server {what}": cost for what, cost in component.items()},
        **{f"Worker {what}": cost for what, cost in component.items()},
        "Database storage": Decimal("1.70"),
    }


def test_version_3_costs_its_compute_units(cost_lines: CostLines) -> None:
    lines = cost_lines(ENVIRONMENT, environment("3"), {"monthly_dcu_hours": 1000, "database_storage_gb": 10})
    assert lines == {"Data compute units": Decimal("60.00"), "Database storage": Decimal("1.70")}


def test_a_preset_leaves_its_components_open(cost_lines: CostLines) -> None:
    lines = cost_lines(ENVIRONMENT, environment("2.9.7"))
    assert lines["Environment fee (small)"] == Decimal("255.50")
    assert str(lines["unknown_until_apply"]).endswith("the preset decides")


def test_version_1_is_gone(cost_lines: CostLines) -> None:
    assert cost_lines(ENVIRONMENT, environment("1.20")) == {"price_not_found": "Cloud Composer 1 is not sold any more"}
