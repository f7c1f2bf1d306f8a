"""Factories and their integration runtimes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

FACTORY = "azurerm_data_factory"
AZURE, SSIS, MANAGED, SELF_HOSTED = (
    f"{FACTORY}_integration_runtime_{kind}" for kind in ("azure", "azure_ssis", "managed", "self_hosted")
)
OWNER = declared(FACTORY, {"name": "etl"}, region="westeurope")
OWNED = {"data_factory_id": (OWNER.address,)}
RUNS = {"monthly_orchestration_runs": 10_000}

EXAMPLES = (
    Example(
        FACTORY,
        usage={"monthly_read_write_operation_entities": 100_000, "monthly_monitoring_operation_entities": 25_000},
    ),
    Example(AZURE, {"core_count": 8}, RUNS, grows=("core_count",)),
    Example(AZURE, {"virtual_network_enabled": True, "core_count": 16}, RUNS),
    Example(SSIS, {"node_size": "Standard_D8_v3", "number_of_nodes": 1}, {}, "westeurope", grows=("number_of_nodes",)),
    Example(
        MANAGED, {"node_size": "Standard_D8_v3", "number_of_nodes": 1}, RUNS, "westeurope", grows=("number_of_nodes",)
    ),
    Example(SELF_HOSTED, {}, RUNS, None, (OWNER,), OWNED),
)


def test_a_factory_costs_what_it_reads_and_monitors(cost_lines: CostLines) -> None:
    usage = {"monthly_read_write_operation_entities": 100_000, "monthly_monitoring_operation_entities": 25_000}
    assert cost_lines(FACTORY, {}, usage) == {
        "Read/write operations": Decimal("1.00"),
        "Monitoring operations": Decimal("0.13"),
    }


@pytest.mark.parametrize(
    ("compute_type", "vcores", "name", "cost"),
    [
        ("ComputeOptimized", 16, "compute optimized, 16", "2318.48"),
        ("MemoryOptimized", 272, "memory optimized, 272", "68453.56"),
        ("General", 8, "general purpose, 8", "1565.12"),
        (None, None, "general purpose, 8", "1565.12"),
    ],
)
def test_data_flows_cost_their_vcores(
    cost_lines: CostLines, compute_type: str | None, vcores: int | None, name: str, cost: str
) -> None:
    attributes = {"compute_type": compute_type, "core_count": vcores}
    assert cost_lines(AZURE, attributes, RUNS, region="westeurope") == {
        f"Data flow ({name} vCores)": Decimal(cost),
        "Orchestration": Decimal("10.00"),
        "Data movement": Decimal("182.50"),
        "Pipeline activity": Decimal("3.65"),
        "External pipeline activity": Decimal("0.18"),
    }


def test_what_runs_by_use_is_assumed_to_run_some_hours_not_all_month(cost_lines: CostLines) -> None:
    assert cost_lines(AZURE, {"core_count": 8}, region="westeurope", assumptions=True) == {
        "Data flow (general purpose, 8 vCores)": Decimal("42.88"),
        "Orchestration": Decimal("1.00"),
        "Data movement": Decimal("10.00"),
        "Pipeline activity": Decimal("0.05"),
        "External pipeline activity": Decimal("0.00"),
    }
    told = {"monthly_data_flow_hours": 100, "monthly_data_movement_hours": 8}
    lines = cost_lines(AZURE, {"core_count": 8}, told, region="westeurope")
    assert lines["Data flow (general purpose, 8 vCores)"] == Decimal("214.40")
    assert lines["Data movement"] == Decimal("2.00")


def test_activities_cost_more_in_a_managed_network(cost_lines: CostLines) -> None:
    lines = cost_lines(AZURE, {"virtual_network_enabled": True}, RUNS)
    assert (lines["Pipeline activity"], lines["External pipeline activity"]) == (Decimal("730.00"), Decimal("730.00"))


def test_a_runtime_that_azure_places_counts_as_in_its_factorys_region(cost_lines: CostLines) -> None:
    for kind, runs in ((AZURE, "10.00"), (SELF_HOSTED, "15.00")):
        lines = cost_lines(kind, {}, RUNS, region="autoresolve", references=OWNED, others=[OWNER])
        assert lines["Orchestration"] == Decimal(runs)


def test_a_self_hosted_runtime_costs_its_activities(cost_lines: CostLines) -> None:
    assert cost_lines(SELF_HOSTED, {}, RUNS) == {
        "Orchestration": Decimal("15.00"),
        "Data movement": Decimal("73.00"),
        "Pipeline activity": Decimal("1.46"),
        "External pipeline activity": Decimal("0.07"),
    }


@pytest.mark.parametrize(
    ("size", "edition", "licence", "nodes", "cost"),
    [
        ("D8_v3", None, None, None, "1414.74"),
        ("E64_v3", "Enterprise", "LicenseIncluded", 1, "25821.56"),
        ("D1_v2", "Standard", "BasePrice", 4, "588.53"),
    ],
)
def test_nodes_cost_by_edition_and_licence(
    cost_lines: CostLines, size: str, edition: str | None, licence: str | None, nodes: int | None, cost: str
) -> None:
    attributes = {
        "node_size": f"Standard_{size}",
        "edition": edition,
        "license_type": licence,
        "number_of_nodes": nodes,
    }
    expected = {f"Nodes ({size}, {edition or 'Standard'})": Decimal(cost)}
    assert cost_lines(SSIS, attributes, region="westeurope") == expected
    assert cost_lines(MANAGED, attributes, RUNS, region="westeurope") == {
        **expected,
        "Orchestration": Decimal("10.00"),
        "Data movement": Decimal("182.50"),
        "Pipeline activity": Decimal("730.00"),
        "External pipeline activity": Decimal("730.00"),
    }
