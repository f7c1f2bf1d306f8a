"""Compute Engine instances and managed groups."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

N1 = "Instance usage (Linux/UNIX, on-demand, n1-standard-16)"
BOOT = "Standard provisioned storage (pd-standard)"
GPU_MACHINES = (
    "a2-highgpu-1g",
    "a2-ultragpu-1g",
    "a3-highgpu-8g",
    "a3-ultragpu-8g",
    "g2-standard-4",
    "g4-standard-48",
)
"""With A100, A100 80 GB, H100, H200, L4 and RTX PRO 6000."""


def instance(machine_type: str, **attributes: Any) -> dict[str, Any]:
    return {"machine_type": machine_type, "boot_disk": [{"initialize_params": [{}]}], **attributes}


def test_a_whole_month_is_billed_net_of_sustained_use(cost_lines: CostLines) -> None:
    lines = cost_lines("google_compute_instance", instance("n1-standard-16"))
    assert lines == {N1: Decimal("388.36"), BOOT: Decimal("0.40")}


@pytest.mark.parametrize("key", ["monthly_hrs", "monthly_hours"])
def test_a_hundred_hours_are_billed_at_list_price(cost_lines: CostLines, key: str) -> None:
    lines = cost_lines("google_compute_instance", instance("n1-standard-16"), {key: 100})
    assert lines[N1] == Decimal("76.00")


def test_half_a_month_gets_half_of_the_steps(cost_lines: CostLines) -> None:
    lines = cost_lines("google_compute_instance", instance("n1-standard-16"), {"monthly_hrs": 365})
    name = "Instance usage (Linux/UNIX, on-demand hours at list price, n1-standard-16)"
    assert lines[name] == Decimal("249.66")  # 328.5 of 365 hours at $0.759996


def test_series_without_sustained_use_cost_the_list_price(cost_lines: CostLines) -> None:
    lines = cost_lines("google_compute_instance", instance("e2-medium"))
    assert lines["Instance usage (Linux/UNIX, on-demand, e2-medium)"] == Decimal("24.46")


@pytest.mark.parametrize("scheduling", [{"preemptible": True}, {"provisioning_model": "SPOT"}])
def test_spot_and_preemptible_machines_cost_the_spot_price(cost_lines: CostLines, scheduling: dict[str, Any]) -> None:
    lines = cost_lines("google_compute_instance", instance("f1-micro", scheduling=[scheduling]))
    assert lines["Instance usage (Linux/UNIX, spot, f1-micro)"] == Decimal("0.50")


def test_custom_machines_are_billed_by_vcpu_and_memory(cost_lines: CostLines) -> None:
    lines = cost_lines("google_compute_instance", instance("custom-6-20480"))
    assert lines == {
        "Custom instance CPU (Linux/UNIX, on-demand, N1 6 vCPUs)": Decimal("101.77"),
        "Custom instance RAM (Linux/UNIX, on-demand, N1 20 GiB)": Decimal("45.44"),
        BOOT: Decimal("0.40"),
    }


def test_memory_beyond_the_ordinary_costs_more(cost_lines: CostLines) -> None:
    lines = cost_lines("google_compute_instance", instance("custom-2-15360-ext"))
    assert lines["Custom instance RAM (Linux/UNIX, on-demand, N1 13 GiB)"] == Decimal("29.53")
    assert lines["Custom instance extended RAM (Linux/UNIX, on-demand, N1 2 GiB)"] == Decimal("9.76")


def test_custom_machines_of_newer_series_carry_five_percent(cost_lines: CostLines) -> None:
    lines = cost_lines("google_compute_instance", instance("n2-custom-6-20480"))
    cpu = lines["Custom instance CPU (Linux/UNIX, on-demand, N2 6 vCPUs)"]
    assert cpu == (Decimal("0.031611") * Decimal("1.05") * Decimal("0.8") * 6 * 730).quantize(Decimal("0.01"))


def test_gpus_of_n1_are_billed_apart(cost_lines: CostLines) -> None:
    attributes = instance("n1-standard-16", guest_accelerator=[{"type": "nvidia-tesla-t4", "count": 2}])
    lines = cost_lines("google_compute_instance", attributes)
    assert lines["GPU (on-demand, nvidia-tesla-t4)"] == Decimal("357.70")  # 2 x 730 h x $0.35 x 70 %


def test_gpus_of_g2_are_part_of_the_machine(cost_lines: CostLines) -> None:
    attributes = instance("g2-standard-4", guest_accelerator=[{"type": "nvidia-l4", "count": 1}])
    assert list(cost_lines("google_compute_instance", attributes)) == [
        "Instance usage (Linux/UNIX, on-demand, g2-standard-4)",
        BOOT,
    ]


@pytest.mark.parametrize(
    ("machine_type", "cost"),
    [("a2-highgpu-1g", "2681.57"), ("g2-standard-4", "515.99"), ("a3-ultragpu-8g", "61909.04")],
)
def test_gpu_machines_cost_one_price(cost_lines: CostLines, machine_type: str, cost: str) -> None:
    lines = cost_lines("google_compute_instance", instance(machine_type))
    assert lines[f"Instance usage (Linux/UNIX, on-demand, {machine_type})"] == Decimal(cost)


def test_a_gpu_without_a_count_is_unpriced_not_free(cost_lines: CostLines) -> None:
    attributes = instance("n1-standard-16", guest_accelerator=[{"type": "nvidia-tesla-t4"}])
    assert (
        cost_lines("google_compute_instance", attributes)["unknown_until_apply"] == "guest_accelerator names no count"
    )


def test_local_ssds_are_375_gb_each_and_billed_while_the_machine_runs(cost_lines: CostLines) -> None:
    attributes = instance("f1-micro", scratch_disk=[{"interface": "SCSI"}, {"interface": "NVME"}])
    name = "Local SSD provisioned storage"
    assert cost_lines("google_compute_instance", attributes)[name] == Decimal("60.00")
    assert cost_lines("google_compute_instance", attributes, {"monthly_hrs": 73})[name] == Decimal("6.00")


def test_the_boot_disk_has_its_own_type_and_size(cost_lines: CostLines) -> None:
    attributes = {"machine_type": "f1-micro", "boot_disk": [{"initialize_params": [{"type": "pd-ssd", "size": 40}]}]}
    lines = cost_lines("google_compute_instance", attributes)
    assert lines["SSD provisioned storage (pd-ssd)"] == Decimal("6.80")


def test_a_boot_disk_made_elsewhere_is_billed_there(cost_lines: CostLines) -> None:
    disk = declared("google_compute_disk", {"size": 100})
    attributes = {"machine_type": "f1-micro", "boot_disk": [{"source": UNKNOWN}]}
    references = {"boot_disk.source": (disk.address,)}
    lines = cost_lines("google_compute_instance", attributes, others=[disk], references=references)
    assert list(lines) == ["Instance usage (Linux/UNIX, on-demand, f1-micro)"]


def test_windows_brings_a_licence_and_a_larger_disk(cost_lines: CostLines) -> None:
    boot = [{"initialize_params": [{"image": "windows-cloud/windows-2022"}]}]
    lines = cost_lines("google_compute_instance", {"machine_type": "e2-standard-8", "boot_disk": boot})
    assert lines["Windows Server licence"] == Decimal("268.64")  # 8 vCPU x 730 h x $0.046
    assert lines[BOOT] == Decimal("2.00")


@pytest.mark.parametrize("image", ["debian-cloud/debian-12", "opensuse-cloud/opensuse-leap", "rhel-byos-cloud/rhel-9"])
def test_free_and_own_licences_cost_nothing(cost_lines: CostLines, image: str) -> None:
    boot = [{"initialize_params": [{"image": image}]}]
    lines = cost_lines("google_compute_instance", {"machine_type": "e2-standard-8", "boot_disk": boot})
    assert not [name for name in lines if "licence" in name]


def test_an_ephemeral_external_address_is_billed_with_its_machine(cost_lines: CostLines) -> None:
    attributes = instance("f1-micro", network_interface=[{"access_config": [{"nat_ip": UNKNOWN_OR_UNSET}]}])
    assert cost_lines("google_compute_instance", attributes)["IP address (ephemeral, standard VM)"] == Decimal("3.65")


def test_a_reserved_address_is_billed_as_a_resource_of_its_own(cost_lines: CostLines) -> None:
    address = declared("google_compute_address", {})
    attributes = instance("f1-micro", network_interface=[{"access_config": [{"nat_ip": UNKNOWN}]}])
    references = {"network_interface.access_config.nat_ip": (address.address,)}
    lines = cost_lines("google_compute_instance", attributes, others=[address], references=references)
    assert not [name for name in lines if name.startswith("IP address")]


def test_a_stopped_instance_is_billed_for_its_disk_only(cost_lines: CostLines) -> None:
    lines = cost_lines("google_compute_instance", instance("n1-standard-16", desired_status="TERMINATED"))
    assert lines == {BOOT: Decimal("0.40")}


def test_an_unknown_machine_type_is_unpriced(cost_lines: CostLines) -> None:
    lines = cost_lines("google_compute_instance", {"machine_type": UNKNOWN})
    assert lines == {"unknown_until_apply": "machine_type is known only after apply", BOOT: Decimal("0.40")}


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    lines = cost_lines("google_compute_instance", instance("n1-standard-16"), region="mars-north1")
    assert str(lines[N1]).startswith("price_not_found")


TEMPLATE = {
    "machine_type": "n1-standard-16",
    "disk": [
        {"disk_size_gb": 400, "disk_type": "pd-balanced", "source_image": "debian-cloud/debian-12"},
        {"disk_size_gb": 375, "disk_type": "local-ssd", "type": "SCRATCH"},
    ],
}
GROUP = "google_compute_region_instance_group_manager"


def group_lines(cost_lines: CostLines, attributes: dict[str, Any], *others: Any) -> dict[str, Decimal | str]:
    template = declared("google_compute_instance_template", TEMPLATE)
    references = {"version.instance_template": (template.address,)}
    return cost_lines(GROUP, attributes, others=[template, *others], references=references)


def test_each_machine_of_a_group_gets_the_discount(cost_lines: CostLines) -> None:
    assert group_lines(cost_lines, {"target_size": 3}) == {
        N1: Decimal("1165.07"),
        "Local SSD provisioned storage": Decimal("90.00"),
        "disk[0]: Balanced provisioned storage (pd-balanced)": Decimal("120.00"),
    }


def test_an_autoscaler_keeps_at_least_its_minimum(cost_lines: CostLines) -> None:
    policy = [{"min_replicas": 2, "max_replicas": 10}]
    autoscaler = declared(
        "google_compute_region_autoscaler", {"autoscaling_policy": policy}, references={"target": (f"{GROUP}.this",)}
    )
    assert group_lines(cost_lines, {}, autoscaler)[N1] == Decimal("776.72")
    assert group_lines(cost_lines, {"target_size": 3}, autoscaler)[N1] == Decimal("1165.07")
    assert group_lines(cost_lines, {"target_size": 1}, autoscaler)[N1] == Decimal("776.72")


def test_an_instance_with_its_own_configuration_runs_even_in_an_empty_group(cost_lines: CostLines) -> None:
    config = declared("google_compute_region_per_instance_config", {"region_instance_group_manager": "app"})
    assert group_lines(cost_lines, {"target_size": 0, "name": "app"}, config)[N1] == Decimal("388.36")


def test_an_instance_is_what_its_template_and_itself_say(cost_lines: CostLines) -> None:
    template = declared("google_compute_instance_template", TEMPLATE)
    references = {"source_instance_template": (template.address,)}
    name = "google_compute_instance_from_template"
    lines = cost_lines(name, {"machine_type": "e2-medium"}, others=[template], references=references)
    assert lines == {
        "Instance usage (Linux/UNIX, on-demand, e2-medium)": Decimal("24.46"),
        "Local SSD provisioned storage": Decimal("30.00"),
        "disk[0]: Balanced provisioned storage (pd-balanced)": Decimal("40.00"),
    }
    assert list(cost_lines(name, {"machine_type": "e2-medium"})) == ["unknown_until_apply"]


def test_a_group_without_a_declared_template_is_unpriced(cost_lines: CostLines) -> None:
    assert list(cost_lines(GROUP, {"target_size": 3})) == ["unknown_until_apply"]


def gpus(accelerator: str, count: int = 1) -> list[dict[str, Any]]:
    return [{"type": accelerator, "count": count}]


SPOT = [{"provisioning_model": "SPOT"}]
DISKS = {
    "boot_disk": [{"initialize_params": [{"size": 50, "type": "pd-ssd"}]}],
    "scratch_disk": [{"interface": "NVME"}],
    "network_interface": [{"access_config": [{}]}],
}

EXAMPLES = (
    Example(
        "google_compute_instance",
        {"machine_type": "n1-standard-16", **DISKS},
        {"monthly_hrs": 300},
        grows=("boot_disk.initialize_params.size",),
    ),
    Example("google_compute_instance", {"machine_type": "n2-custom-4-16384", **DISKS}),
    Example("google_compute_instance", instance("e2-standard-4", scheduling=SPOT)),
    *(
        Example(
            "google_compute_instance",
            instance("n1-standard-8", guest_accelerator=gpus(gpu)),
            grows=("guest_accelerator.count",),
        )
        for gpu in ("nvidia-tesla-t4", "nvidia-tesla-v100", "nvidia-tesla-p100", "nvidia-tesla-p4", "nvidia-tesla-k80")
    ),
    Example(
        "google_compute_instance", instance("n1-standard-8", guest_accelerator=gpus("nvidia-tesla-t4"), scheduling=SPOT)
    ),
    *(Example("google_compute_instance", instance(machine_type)) for machine_type in GPU_MACHINES),
    *(Example("google_compute_instance", instance(machine_type, scheduling=SPOT)) for machine_type in GPU_MACHINES),
    Example(
        "google_compute_instance_from_template",
        {"machine_type": "e2-standard-4"},
        {"monthly_hrs": 100},
        others=(declared("google_compute_instance_template", TEMPLATE),),
        references={"source_instance_template": ("google_compute_instance_template.this",)},
    ),
    *(
        Example(
            name,
            {"target_size": 2},
            others=(declared("google_compute_instance_template", TEMPLATE),),
            references={"version.instance_template": ("google_compute_instance_template.this",)},
            grows=("target_size",),
        )
        for name in ("google_compute_instance_group_manager", GROUP)
    ),
)
