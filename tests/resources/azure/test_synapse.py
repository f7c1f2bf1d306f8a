"""Workspaces, dedicated SQL pools and Spark pools of Azure Synapse Analytics."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.resources.conftest import declared
from tests.resources.example import Example
from tollbar.component import Component, Quantity
from tollbar.resource import Inventory
from tollbar.resources.azure.synapse import spark_pool
from tollbar.resources.registry import resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

WORKSPACE, SQL, SPARK = (f"azurerm_synapse_{kind}" for kind in ("workspace", "sql_pool", "spark_pool"))
OWNER = declared(WORKSPACE, {"name": "lake"}, region="westeurope")
OWNED = {"synapse_workspace_id": (OWNER.address,)}
USED = {
    "serverless_sql_pool_size_tb": 11,
    "dataflow_basic_instances": 1,
    "dataflow_basic_vcores": 8,
    "monthly_dataflow_basic_hours": 10,
    "dataflow_standard_instances": 1,
    "dataflow_standard_vcores": 12,
    "monthly_dataflow_standard_hours": 10,
    "monthly_datapipeline_azure_hosted_activity_runs": 3,
    "monthly_datapipeline_azure_hosted_data_integration_units": 2,
    "monthly_datapipeline_azure_hosted_data_integration_hours": 31,
    "monthly_datapipeline_azure_hosted_integration_runtime_hours": 200,
    "monthly_datapipeline_azure_hosted_external_integration_runtime_hours": 4000,
    "monthly_datapipeline_self_hosted_activity_runs": 1,
    "monthly_datapipeline_self_hosted_data_movement_hours": 10,
    "monthly_datapipeline_self_hosted_integration_runtime_hours": 200,
    "monthly_datapipeline_self_hosted_external_integration_runtime_hours": 4000,
}

EXAMPLES = (
    Example(WORKSPACE, {}, USED, "westeurope"),
    Example(WORKSPACE, {"managed_virtual_network_enabled": True}, USED, "westeurope"),
    Example(SQL, {"sku_name": "DW200c"}, {"storage_tb": 1}, None, (OWNER,), OWNED),
    Example(
        SPARK,
        {"node_size": "Small", "node_size_family": "MemoryOptimized", "node_count": 3},
        {"monthly_hours": 11},
        None,
        (OWNER,),
        OWNED,
        grows=("node_count",),
    ),
)


@pytest.mark.parametrize(("in_network", "activity", "external"), [(None, "1.00", "1.00"), (True, "200.00", "4000.00")])
def test_a_workspace_costs_what_it_reads_and_runs(
    cost_lines: CostLines, in_network: Any, activity: str, external: str
) -> None:
    attributes = {"managed_virtual_network_enabled": in_network}
    assert cost_lines(WORKSPACE, attributes, USED, region="westeurope") == {
        "Serverless SQL": Decimal("55.00"),
        "Data flow (basic)": Decimal("21.44"),
        "Data flow (standard)": Decimal("41.40"),
        "Activity runs (Azure-hosted)": Decimal("3.00"),
        "Data movement (Azure-hosted)": Decimal("15.50"),
        "Pipeline activity (Azure-hosted)": Decimal(activity),
        "External pipeline activity (Azure-hosted)": Decimal(external),
        "Activity runs (self-hosted)": Decimal("1.50"),
        "Data movement (self-hosted)": Decimal("1.00"),
        "Pipeline activity (self-hosted)": Decimal("0.40"),
        "External pipeline activity (self-hosted)": Decimal("0.40"),
    }


@pytest.mark.parametrize(("sku", "cost"), [("DW100c", "1102.30"), ("DW200c", "2204.60"), ("DW1000c", "11023.00")])
def test_a_dedicated_pool_costs_its_units_and_storage(cost_lines: CostLines, sku: str, cost: str) -> None:
    assert cost_lines(SQL, {"sku_name": sku}, {"storage_tb": 1}, region="westeurope") == {
        f"Data warehouse units ({sku})": Decimal(cost),
        "Storage": Decimal("23.00"),
        "Geo-redundant disaster recovery": Decimal("56.20"),
    }


@pytest.mark.parametrize(
    ("attributes", "usage"), [({}, {"disaster_recovery_enabled": False}), ({"geo_backup_policy_enabled": False}, {})]
)
def test_a_pool_may_keep_no_copy_elsewhere(
    cost_lines: CostLines, attributes: dict[str, Any], usage: dict[str, Any]
) -> None:
    lines = cost_lines(SQL, {"sku_name": "DW200c", **attributes}, {"storage_tb": 1, **usage}, region="westeurope")
    assert lines == {"Data warehouse units (DW200c)": Decimal("2204.60"), "Storage": Decimal("23.00")}


@pytest.mark.parametrize(
    ("size", "nodes", "cost"), [("Small", {"node_count": 3}, "20.40"), ("Medium", {"node_count": 5}, "68.00")]
)
def test_a_spark_pool_costs_the_vcores_of_its_nodes(
    cost_lines: CostLines, size: str, nodes: dict[str, int], cost: str
) -> None:
    attributes = {"node_size": size, "node_size_family": "MemoryOptimized", **nodes}
    lines = cost_lines(SPARK, attributes, {"monthly_hours": 11}, region="westeurope")
    assert lines == {f"Spark pool ({size.lower()} nodes)": Decimal(cost)}


def test_a_scaled_spark_pool_is_a_range() -> None:
    attributes = {"node_size": "Small", "auto_scale": [{"min_node_count": 4, "max_node_count": 8}]}
    resource = declared(SPARK, attributes)
    estimator = resource_type(resource)
    assert estimator is not None
    (line,) = spark_pool(resource, Usage({"monthly_hours": 10}, estimator.usage_key_by_name), Inventory((resource,)))
    assert isinstance(line, Component)
    assert line.quantity == Quantity.between(160, 160, 320, "usage")


def test_a_size_that_is_not_known_is_not_priced(cost_lines: CostLines) -> None:
    lines = cost_lines(SPARK, {"node_size": "None"}, {"monthly_hours": 11}, region="westeurope")
    assert lines["Spark pool (none nodes)"].startswith("price_not_found")  # type: ignore[union-attr]
    lines = cost_lines(SQL, {"sku_name": "DW6000"}, {"storage_tb": 1}, region="westeurope")
    assert lines["Data warehouse units (DW6000)"].startswith("price_not_found")  # type: ignore[union-attr]
