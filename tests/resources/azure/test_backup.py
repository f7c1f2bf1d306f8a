"""Recovery services vaults and the machines they protect."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.resource import Attributes, Inventory
from tollbar.resources.registry import bill
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines
    from tollbar.resource import Resource

_VAULT, _PROTECTED, _MACHINE = (
    "azurerm_recovery_services_vault",
    "azurerm_backup_protected_vm",
    "azurerm_virtual_machine",
)
_BIG = declared(
    _MACHINE,
    {
        "storage_os_disk": [{"disk_size_gb": 128}],
        "storage_data_disk": [{"disk_size_gb": 500, "lun": 1}, {"disk_size_gb": 500, "lun": 2}],
    },
)
_SOURCE = {"source_vm_id": (_BIG.address,)}
_USE = {"disk_utilization_gb": 300, "additional_backup_retention_gb": 100}


def _protected(**attributes: object) -> Resource:
    return declared(_PROTECTED, {"recovery_vault_name": "vault", **attributes}, references=_SOURCE, name="big")


_REFERRING = declared(
    _PROTECTED, {}, references={**_SOURCE, "recovery_vault_name": (f"{_VAULT}.this",)}, name="referring"
)
EXAMPLES = (
    Example(_PROTECTED, {}, _USE, region="westeurope"),
    Example(_VAULT, {"name": "vault"}, others=(_REFERRING, _BIG), region="westeurope"),
)


def test_a_vault_is_billed_for_its_machines(cost_lines: CostLines) -> None:
    attributes = {"name": "vault", "storage_mode_type": "ZoneRedundant"}
    assert cost_lines(_VAULT, attributes, others=[_protected(), _BIG], region="westeurope") == {
        "azurerm_backup_protected_vm.big: Instance backup": Decimal("30.00"),
        "azurerm_backup_protected_vm.big: Data stored (ZRS)": Decimal("31.58"),
        "azurerm_backup_protected_vm.big: Further recovery points (ZRS)": "usage",
    }
    assert cost_lines(_VAULT, {"name": "another"}, others=[_protected(), _BIG], region="westeurope") == {}


def test_a_vault_is_known_by_its_address_as_explain_asks_with_a_copy_of_it() -> None:
    vault = declared(_VAULT, {"name": "vault"}, region="westeurope")
    copy = replace(vault, attributes=Attributes({"name": "vault"}))
    lines = bill(copy, Usage({}, {}), Inventory((vault, _REFERRING, _BIG))).components
    assert [line.name for line in lines][:2] == ["Instance backup", "Data stored (GRS)"]
    assert {line.quantity.keys for line in lines} == {()}


def test_a_machine_in_a_vault_of_the_project_is_not_billed_twice(cost_lines: CostLines) -> None:
    vault = declared(_VAULT, {"name": "vault"})
    assert cost_lines(_PROTECTED, {"recovery_vault_name": "vault"}, _USE, others=[vault]) == {}


def test_a_machine_whose_vault_is_elsewhere_is_billed_by_itself(cost_lines: CostLines) -> None:
    assert cost_lines(_PROTECTED, {"recovery_vault_name": "vault"}, _USE, region="westeurope") == {
        "Instance backup": Decimal("10.00"),
        "Data stored (GRS)": Decimal("13.44"),
        "Further recovery points (GRS)": Decimal("4.48"),
    }
    lines = cost_lines(_PROTECTED, {}, region="westeurope")
    assert lines["Instance backup"] == "usage"


@pytest.mark.parametrize(
    ("size_gb", "cost"), [(50, "5.00"), (51, "10.00"), (500, "10.00"), (501, "20.00"), (1128, "30.00")]
)
def test_every_500_gb_begun_are_an_instance(cost_lines: CostLines, size_gb: int, cost: str) -> None:
    lines = cost_lines(_PROTECTED, {}, {"disk_utilization_gb": size_gb}, region="westeurope")
    assert lines["Instance backup"] == Decimal(cost)


@pytest.mark.parametrize(
    ("attributes", "redundancy", "cost"),
    [
        ({}, "GRS", "50.53"),
        ({"cross_region_restore_enabled": True}, "RA-GRS", "64.18"),
        ({"storage_mode_type": "LocallyRedundant", "cross_region_restore_enabled": True}, "LRS", "25.27"),
    ],
)
def test_the_redundancy_is_the_vaults(
    cost_lines: CostLines, attributes: dict[str, object], redundancy: str, cost: str
) -> None:
    lines = cost_lines(_VAULT, {"name": "vault", **attributes}, others=[_protected(), _BIG], region="westeurope")
    assert lines[f"azurerm_backup_protected_vm.big: Data stored ({redundancy})"] == Decimal(cost)


@pytest.mark.parametrize(
    ("attributes", "cost"),
    [({"exclude_disk_luns": [1]}, "14.07"), ({"include_disk_luns": [2]}, "14.07"), ({}, "25.27")],
)
def test_disks_may_be_left_out(cost_lines: CostLines, attributes: dict[str, object], cost: str) -> None:
    vault = {"name": "vault", "storage_mode_type": "LocallyRedundant"}
    lines = cost_lines(_VAULT, vault, others=[_protected(**attributes), _BIG], region="westeurope")
    assert lines["azurerm_backup_protected_vm.big: Data stored (LRS)"] == Decimal(cost)


def test_disks_that_are_attached_count_too(cost_lines: CostLines) -> None:
    machine = declared("azurerm_linux_virtual_machine", {"os_disk": [{}]})
    disk = declared("azurerm_managed_disk", {"disk_size_gb": 100})
    attachment = declared(
        "azurerm_virtual_machine_data_disk_attachment",
        {"lun": 0},
        references={"virtual_machine_id": (machine.address,), "managed_disk_id": (disk.address,)},
    )
    source = {"source_vm_id": (machine.address,)}
    lines = cost_lines(_PROTECTED, {}, region="westeurope", others=[machine, disk, attachment], references=source)
    assert lines["Data stored (GRS)"] == Decimal("5.82")
