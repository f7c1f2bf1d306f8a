"""Vertex AI Workbench."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

WORKBENCH, NOTEBOOK = "google_workbench_instance", "google_notebooks_instance"
T4 = [{"type": "NVIDIA_TESLA_T4", "core_count": 1}]


def setup(machine_type: str, **more: Any) -> dict[str, Any]:
    return {"location": "us-central1-a", "gce_setup": [{"machine_type": machine_type, **more}]}


EXAMPLES = (
    Example(
        WORKBENCH,
        setup(
            "n1-standard-4",
            accelerator_configs=T4,
            boot_disk=[{"disk_size_gb": 200, "disk_type": "PD_SSD"}],
            data_disks=[{"disk_size_gb": 100, "disk_type": "PD_BALANCED"}],
        ),
        {"monthly_hrs": 730},
        grows=("gce_setup.boot_disk.disk_size_gb", "gce_setup.data_disks.disk_size_gb"),
    ),
    Example(
        NOTEBOOK,
        {"machine_type": "e2-standard-4", "accelerator_config": T4, "boot_disk_size_gb": 100},
        {"monthly_hrs": 730},
        grows=("boot_disk_size_gb",),
    ),
)


def test_an_n1_machine_has_prices_of_its_own(cost_lines: CostLines) -> None:
    assert cost_lines(WORKBENCH, setup("n1-standard-4", accelerator_configs=T4, data_disks=[{"disk_size_gb": 50}])) == {
        "Workbench vCPUs (n1-standard-4)": Decimal("129.23"),  # 4 x 730 h x $0.0442554
        "Workbench memory (n1-standard-4)": Decimal("64.95"),
        "GPU (on-demand, nvidia-tesla-t4)": Decimal("178.85"),
        "boot_disk: Standard provisioned storage (pd-standard)": Decimal("6.00"),
        "data_disks[0]: Standard provisioned storage (pd-standard)": Decimal("2.00"),
    }


def test_another_machine_is_charged_by_compute_engine(cost_lines: CostLines) -> None:
    lines = cost_lines(WORKBENCH, setup("e2-standard-4"))
    assert lines["Instance usage (Linux/UNIX, on-demand, e2-standard-4)"] == Decimal("97.84")
    assert str(lines["Workbench management fee"]).startswith("price_not_found")


def test_a_stopped_instance_bills_its_disks(cost_lines: CostLines) -> None:
    attributes = {**setup("n1-standard-4"), "desired_state": "STOPPED"}
    assert cost_lines(WORKBENCH, attributes) == {
        "boot_disk: Standard provisioned storage (pd-standard)": Decimal("6.00")
    }


def test_a_notebook_pays_compute_engine_and_a_fee(cost_lines: CostLines) -> None:
    attributes = {"machine_type": "e2-standard-4", "accelerator_config": T4, "boot_disk_type": "PD_SSD"}
    assert cost_lines(NOTEBOOK, attributes) == {
        "Instance usage (Linux/UNIX, on-demand, e2-standard-4)": Decimal("97.84"),
        "Management fee (vCPUs)": Decimal("14.60"),
        "GPU (on-demand, nvidia-tesla-t4)": Decimal("178.85"),
        "Management fee (GPUs)": Decimal("25.55"),
        "boot_disk: SSD provisioned storage (pd-ssd)": Decimal("17.00"),
        "data_disk: Standard provisioned storage (pd-standard)": Decimal("4.00"),
    }


def test_what_gives_no_machine_type_is_unpriced(cost_lines: CostLines) -> None:
    assert "unknown_until_apply" in cost_lines(WORKBENCH, {})
    assert "unknown_until_apply" in cost_lines(NOTEBOOK, {})
