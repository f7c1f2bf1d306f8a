"""Azure virtual machines and scale sets."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.component import Quantity
from tollbar.resource import UNKNOWN, Inventory
from tollbar.resources.azure.virtual_machine import TYPES
from tollbar.resources.registry import bill
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

LINUX = "azurerm_linux_virtual_machine"
WINDOWS = "azurerm_windows_virtual_machine"
LEGACY = "azurerm_virtual_machine"
F2 = "Instance usage (Linux, pay as you go, Standard_F2)"
OPERATIONS = "os_disk: Disk operations"


def machine(size: str = "Standard_F2", **attributes: Any) -> dict[str, Any]:
    return {"size": size, "os_disk": [{"storage_account_type": "Premium_LRS"}], **attributes}


LINUX_SET = "azurerm_linux_virtual_machine_scale_set"
WINDOWS_SET = "azurerm_windows_virtual_machine_scale_set"
LEGACY_SET = "azurerm_virtual_machine_scale_set"
FLEXIBLE_SET = "azurerm_orchestrated_virtual_machine_scale_set"
STANDARD_DISK = [{"storage_account_type": "Standard_LRS", "disk_size_gb": 32}]
IO = {"os_disk.monthly_disk_operations": 1_000_000}

EXAMPLES = (
    Example(LINUX, machine(), {"monthly_hrs": 100}),
    Example(LINUX, machine("Standard_D4s_v5", priority="Spot"), region="westeurope"),
    Example(LINUX, machine("Standard_NC24ads_A100_v4")),
    Example(
        WINDOWS, machine(os_disk=STANDARD_DISK, license_type="Windows_Server"), IO, grows=("os_disk.disk_size_gb",)
    ),
    Example(
        LEGACY,
        {"vm_size": "Standard_DS1_v2", "storage_os_disk": [{"managed_disk_type": "Standard_LRS"}]},
        {"storage_os_disk.monthly_disk_operations": 1_000_000},
    ),
    *(
        Example(kind, {"sku": "Basic_A2", "instances": 3, "os_disk": STANDARD_DISK}, IO, grows=("instances",))
        for kind in (LINUX_SET, WINDOWS_SET)
    ),
    Example(
        FLEXIBLE_SET, {"sku_name": "Standard_F2", "instances": 3, "os_disk": STANDARD_DISK}, IO, grows=("instances",)
    ),
    Example(LEGACY_SET, {"sku": [{"name": "Standard_F2", "capacity": 2}]}, grows=("sku.capacity",)),
)


def test_a_linux_machine_and_its_disk(cost_lines: CostLines) -> None:
    assert cost_lines(LINUX, machine()) == {F2: Decimal("72.27"), "os_disk: Storage (P4, LRS)": Decimal("5.28")}


def test_sizes_are_read_in_any_case(cost_lines: CostLines) -> None:
    lines = cost_lines(LINUX, machine("standard_f2"))
    assert lines["Instance usage (Linux, pay as you go, standard_f2)"] == Decimal("72.27")


def test_windows_costs_more(cost_lines: CostLines) -> None:
    name = "Instance usage (Windows, pay as you go, Standard_F2)"
    assert cost_lines(WINDOWS, machine())[name] == Decimal("140.16")


@pytest.mark.parametrize("licence", ["Windows_Server", "Windows_Client"])
def test_hybrid_benefit_is_the_linux_price(cost_lines: CostLines, licence: str) -> None:
    lines = cost_lines(WINDOWS, machine(license_type=licence))
    assert lines["Instance usage (Windows, hybrid benefit, Standard_F2)"] == Decimal("72.27")


def test_a_windows_disk_that_nobody_sized_is_as_large_as_the_images(cost_lines: CostLines) -> None:
    disk = {"storage_account_type": "Premium_LRS"}
    lines = cost_lines(WINDOWS, {**machine(), "os_disk": [disk]})
    assert lines["os_disk: Storage (P10, LRS)"] == Decimal("19.71")
    lines = cost_lines(WINDOWS, {**machine(), "os_disk": [{**disk, "disk_size_gb": 64}]})
    assert lines["os_disk: Storage (P6, LRS)"] == Decimal("10.21")
    small = [{"publisher": "MicrosoftWindowsServer", "sku": "2022-datacenter-smalldisk"}]
    lines = cost_lines(WINDOWS, {**machine(), "os_disk": [disk], "source_image_reference": small})
    assert lines["os_disk: Storage (P4, LRS)"] == Decimal("5.28")
    legacy = {"vm_size": "Standard_F2", "storage_os_disk": [{"managed_disk_type": "Premium_LRS", "os_type": "Windows"}]}
    assert cost_lines("azurerm_virtual_machine", legacy)["storage_os_disk: Storage (P10, LRS)"] == Decimal("19.71")


def test_windows_of_current_series_is_known_beyond_europe(cost_lines: CostLines) -> None:
    lines = cost_lines(WINDOWS, machine("Standard_D4s_v5"))
    on_linux = cost_lines(LINUX, machine("Standard_D4s_v5"))["Instance usage (Linux, pay as you go, Standard_D4s_v5)"]
    surcharge = Decimal("0.046") * 4 * 730
    assert lines["Instance usage (Windows, pay as you go, Standard_D4s_v5)"] == on_linux + surcharge  # type: ignore[operator]  # a cost


def test_a_spot_machine_costs_the_spot_price(cost_lines: CostLines) -> None:
    lines = cost_lines(LINUX, machine("Standard_D4s_v5", priority="Spot"), region="westeurope")
    spot = lines["Instance usage (Linux, spot, Standard_D4s_v5)"]
    assert isinstance(spot, Decimal)
    assert 0 < spot < Decimal(100)


def test_told_hours_win(cost_lines: CostLines) -> None:
    assert cost_lines(LINUX, machine(), {"monthly_hrs": 100})[F2] == Decimal("9.90")


def test_standard_disks_bill_operations(cost_lines: CostLines) -> None:
    attributes = machine(os_disk=[{"storage_account_type": "StandardSSD_LRS", "disk_size_gb": 1000}])
    lines = cost_lines(LINUX, attributes, {"os_disk.monthly_disk_operations": 2_000_000})
    assert lines["os_disk: Storage (E30, LRS)"] == Decimal("76.80")
    assert lines[OPERATIONS] == Decimal("0.40")
    assert cost_lines(LINUX, attributes)[OPERATIONS] == "usage"


def test_an_ephemeral_os_disk_is_free(cost_lines: CostLines) -> None:
    disk = [{"storage_account_type": "Standard_LRS", "diff_disk_settings": [{"option": "Local"}]}]
    assert list(cost_lines(LINUX, machine(os_disk=disk))) == [F2]


def test_a_machine_for_ultra_disks_may_be_charged_for_it(cost_lines: CostLines) -> None:
    attributes = machine(additional_capabilities=[{"ultra_ssd_enabled": True}])
    assert cost_lines(LINUX, attributes)["Ultra disk reservation (if unattached)"] == "usage"


def test_a_paid_linux_needs_a_licence_of_unknown_price(cost_lines: CostLines) -> None:
    image = [{"publisher": "RedHat", "offer": "RHEL"}]
    lines = cost_lines(LINUX, machine(source_image_reference=image))
    assert str(lines["Red Hat Enterprise Linux licence"]).startswith("price_not_found")
    own = cost_lines(LINUX, machine(source_image_reference=image, license_type="RHEL_BYOS"))
    assert "Red Hat Enterprise Linux licence" not in own


def test_an_unknown_size_is_unpriced(cost_lines: CostLines) -> None:
    assert cost_lines(LINUX, machine(size=UNKNOWN)) == {"unknown_until_apply": "size is known only after apply"}  # type: ignore[arg-type]  # what a plan has
    assert list(cost_lines(LEGACY, {})) == ["unknown_until_apply"]


def test_a_region_without_a_price_is_unpriced_not_free(cost_lines: CostLines) -> None:
    assert str(cost_lines(LINUX, machine(), region="marsnorth")[F2]).startswith("price_not_found")


@pytest.mark.parametrize(
    ("attributes", "system"),
    [
        ({"storage_os_disk": [{"os_type": "Windows"}]}, "Windows"),
        ({"os_profile_windows_config": [{}]}, "Windows"),
        ({"storage_image_reference": [{"publisher": "MicrosoftWindowsServer"}]}, "Windows"),
        ({"storage_image_reference": [{"publisher": "Canonical"}]}, "Linux"),
        ({}, "Linux"),
    ],
)
def test_older_machines_tell_their_system_in_several_places(
    cost_lines: CostLines, attributes: dict[str, Any], system: str
) -> None:
    lines = cost_lines(LEGACY, {"vm_size": "Standard_DS1_v2", **attributes})
    assert next(iter(lines)) == f"Instance usage ({system}, pay as you go, Standard_DS1_v2)"


def test_older_machines_declare_their_data_disks(cost_lines: CostLines) -> None:
    attributes = {
        "vm_size": "Standard_DS1_v2",
        "storage_os_disk": [{"managed_disk_type": "Standard_LRS"}],
        "storage_data_disk": [
            {"managed_disk_type": "StandardSSD_LRS", "create_option": "Empty"},
            {"managed_disk_type": "Premium_LRS", "create_option": "Attach"},
            {"vhd_uri": "https://account.blob.core.windows.net/vhds/disk.vhd"},
        ],
    }
    lines = cost_lines(LEGACY, attributes, {"storage_data_disk.monthly_disk_operations": 1_000_000})
    assert lines == {
        "Instance usage (Linux, pay as you go, Standard_DS1_v2)": Decimal("53.29"),
        "storage_os_disk: Storage (S4, LRS)": Decimal("1.54"),
        "storage_os_disk: Disk operations": "usage",
        "storage_data_disk[0]: Storage (E4, LRS)": Decimal("2.40"),
        "storage_data_disk[0]: Disk operations": Decimal("0.20"),
    }


def test_scale_sets_run_several_machines_with_their_disks(cost_lines: CostLines) -> None:
    attributes = {
        "sku": "Basic_A2",
        "instances": 3,
        "os_disk": [{"storage_account_type": "Premium_LRS"}],
        "data_disk": [{"storage_account_type": "Premium_LRS", "disk_size_gb": 30}],
    }
    assert cost_lines("azurerm_linux_virtual_machine_scale_set", attributes) == {
        "Instance usage (Linux, pay as you go, Basic_A2)": Decimal("173.01"),
        "os_disk: Storage (P4, LRS)": Decimal("15.84"),
        "data_disk[0]: Storage (P4, LRS)": Decimal("15.84"),
    }
    told = cost_lines("azurerm_windows_virtual_machine_scale_set", attributes, {"instances": 4})
    assert told["Instance usage (Windows, pay as you go, Basic_A2)"] == Decimal("388.36")


def test_older_scale_sets_name_size_and_capacity_in_a_block(cost_lines: CostLines) -> None:
    kind = "azurerm_virtual_machine_scale_set"
    attributes = {
        "sku": [{"name": "Standard_F2", "capacity": 2}],
        "storage_profile_os_disk": [{"managed_disk_type": "Standard_LRS", "create_option": "FromImage"}],
    }
    lines = cost_lines(kind, attributes, region="westeurope")
    assert lines[F2] == Decimal("166.44")
    assert lines["storage_profile_os_disk: Storage (S4, LRS)"] == Decimal("3.07")
    assert list(cost_lines(kind, {})) == ["unknown_until_apply"]


@pytest.mark.parametrize(
    ("size", "cost"),
    [
        ("Standard_NC4as_T4_v3", "383.98"),
        ("Standard_NC24ads_A100_v4", "2681.29"),
        ("Standard_NC40ads_H100_v5", "5095.40"),
        ("Standard_ND96isr_H100_v5", "71773.60"),
        ("Standard_NV36ads_A10_v5", "2336.00"),
    ],
)
def test_gpu_machines(cost_lines: CostLines, size: str, cost: str) -> None:
    lines = cost_lines(LINUX, machine(size))
    assert lines[f"Instance usage (Linux, pay as you go, {size})"] == Decimal(cost)


def test_gpu_machines_are_known_where_they_are_sold_only(cost_lines: CostLines) -> None:
    size = "Standard_ND96isr_H200_v5"
    name = f"Instance usage (Linux, pay as you go, {size})"
    assert cost_lines(LINUX, machine(size), region="francecentral")[name] == Decimal("77380.00")
    assert str(cost_lines(LINUX, machine(size), region="marsnorth")[name]).startswith("price_not_found")


@pytest.mark.parametrize("size", ["Standard_NC4as_T4_v3", "Standard_NC24ads_A100_v4", "Standard_NC40ads_H100_v5"])
def test_gpu_machines_on_spot_cost_less(cost_lines: CostLines, size: str) -> None:
    spot, on_demand = (
        cost_lines(LINUX, machine(size, priority=priority), region="westeurope")[
            f"Instance usage (Linux, {wording}, {size})"
        ]
        for priority, wording in (("Spot", "spot"), ("Regular", "pay as you go"))
    )
    assert isinstance(spot, Decimal)
    assert isinstance(on_demand, Decimal)
    assert 0 < spot < on_demand


def test_flexible_scale_sets_tell_their_system_by_a_block(cost_lines: CostLines) -> None:
    attributes = {"sku_name": "Standard_F2", "instances": 2}
    assert cost_lines(FLEXIBLE_SET, attributes)[F2] == Decimal("144.54")
    windows = {**attributes, "os_profile": [{"windows_configuration": [{}]}]}
    lines = cost_lines(FLEXIBLE_SET, windows)
    assert lines["Instance usage (Windows, pay as you go, Standard_F2)"] == Decimal("280.32")
    assert list(cost_lines(FLEXIBLE_SET, {"instances": 2})) == ["unknown_until_apply"]
    mixed = {"sku_name": "Mix", "instances": 2, "sku_profile": [{"vm_sizes": ["Standard_F2", "Standard_F4"]}]}
    assert list(cost_lines(FLEXIBLE_SET, mixed)) == ["unknown_until_apply"]


@pytest.mark.parametrize(
    ("kind", "attributes"),
    [
        (LINUX_SET, {"sku": "Standard_F2", "instances": 3}),
        (FLEXIBLE_SET, {"sku_name": "Standard_F2", "instances": 3}),
        (LEGACY_SET, {"sku": [{"name": "Standard_F2", "capacity": 3}]}),
    ],
)
def test_an_autoscale_setting_makes_the_instances_a_range(kind: str, attributes: dict[str, Any]) -> None:
    resource = declared(kind, attributes)
    capacity = {"default": 2, "minimum": 1, "maximum": 10}
    setting = declared(
        "azurerm_monitor_autoscale_setting",
        {"profile": [{"capacity": [capacity]}]},
        references={"target_resource_id": (resource.address,)},
    )
    keys = next(type_.usage_key_by_name for type_ in TYPES if type_.name == kind)
    billed = bill(resource, Usage({}, keys, assumptions=False), Inventory((resource, setting)))
    hours = {line.name: line.quantity for line in billed.components}
    assert hours[F2] == Quantity.between(1, 3, 10) * 730
