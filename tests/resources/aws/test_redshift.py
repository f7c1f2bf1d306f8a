"""Amazon Redshift."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

import pytest

CLUSTER = {"node_type": "ra3.4xlarge", "number_of_nodes": 2}
USAGE = {
    "managed_storage_gb": 1000,
    "excess_concurrency_scaling_secs": 100,
    "spectrum_data_scanned_tb": 0.5,
    "backup_storage_gb": 612_000,
}

EXAMPLES = (
    Example("aws_redshift_cluster", CLUSTER, USAGE, grows=("number_of_nodes",)),
    Example("aws_redshiftserverless_workgroup", {"base_capacity": 32}, {"monthly_hours": 10}, grows=("base_capacity",)),
    Example("aws_redshiftserverless_namespace", {}, {"managed_storage_gb": 100}),
)


def test_a_cluster_with_everything(cost_lines: CostLines) -> None:
    assert cost_lines("aws_redshift_cluster", CLUSTER, USAGE) == {
        "Nodes (on-demand, ra3.4xlarge)": Decimal("4759.60"),
        "Concurrency scaling (ra3.4xlarge)": Decimal("0.18"),
        "Managed storage": Decimal("24.00"),
        "Spectrum data scanned": Decimal("2.50"),
        "Backup storage": Decimal("13415.20"),
    }


def test_only_ra3_nodes_have_managed_storage(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_redshift_cluster", {"node_type": "dc2.large", "number_of_nodes": 4})
    assert lines == {
        "Nodes (on-demand, dc2.large)": Decimal("730.00"),
        "Concurrency scaling (dc2.large)": "usage",
        "Spectrum data scanned": "usage",
        "Backup storage": "usage",
    }


@pytest.mark.parametrize(("payment", "monthly"), [("no_upfront", "1665.86"), ("all_upfront", "0.00")])
def test_reserved_nodes(cost_lines: CostLines, payment: str, monthly: str) -> None:
    usage = {"reserved_instance_term": "1_year", "reserved_instance_payment_option": payment}
    lines = cost_lines("aws_redshift_cluster", {"node_type": "ra3.4xlarge"}, usage)
    assert lines["Nodes (reserved, ra3.4xlarge)"] == Decimal(monthly)


def test_serverless_pays_for_its_capacity_while_it_works(cost_lines: CostLines) -> None:
    workgroup = {"base_capacity": 32, "max_capacity": 64}
    lines = cost_lines("aws_redshiftserverless_workgroup", workgroup, {"monthly_hours": 10})
    assert lines == {"Compute": Decimal("120.00")}
    lines = cost_lines("aws_redshiftserverless_workgroup", {}, {"monthly_hours": 1})
    assert lines == {"Compute": Decimal("48.00")}


def test_a_new_workgroup_is_assumed_to_work_a_few_hours(cost_lines: CostLines) -> None:
    """At the default of 128 RPU each hour costs $48."""
    lines = cost_lines("aws_redshiftserverless_workgroup", {}, assumptions=True)
    assert lines == {"Compute": Decimal("480.00")}


def test_serverless_storage_is_the_namespace(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_redshiftserverless_namespace", {}, {"managed_storage_gb": 100})
    assert lines == {"Managed storage": Decimal("2.40")}


def test_an_undeclared_node_type_is_unpriced(cost_lines: CostLines) -> None:
    assert cost_lines("aws_redshift_cluster", {}) == {"unknown_until_apply": "node_type is not declared"}
