"""OpenSearch and Elasticsearch domains."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.resources.example import Example

if TYPE_CHECKING:
    from tests.resources.conftest import CostLines

import pytest

NODES = {
    "instance_type": "r6g.large.search",
    "instance_count": 3,
    "dedicated_master_enabled": True,
    "dedicated_master_type": "m6g.large.search",
    "dedicated_master_count": 3,
    "warm_enabled": True,
    "warm_type": "ultrawarm1.medium.search",
    "warm_count": 2,
    "cold_storage_options": [{"enabled": True}],
}
VOLUME = {"ebs_enabled": True, "volume_type": "gp3", "volume_size": 1000, "iops": 4000, "throughput": 300}
DOMAIN = {"cluster_config": [NODES], "ebs_options": [VOLUME], "engine_version": "OpenSearch_2.17"}
STORED = {"ultrawarm_storage_gb": 1000, "cold_storage_gb": 2000}
SERVERLESS = {"indexing_ocus": 1, "search_ocus": 2, "storage_gb": 100}
CURRENT = {"elasticsearch_version": "7.10"}
THROUGHPUT = "Provisioned throughput (gp3)"

EXAMPLES = (
    Example(
        "aws_opensearch_domain",
        DOMAIN,
        STORED,
        grows=(
            "cluster_config.instance_count",
            "cluster_config.dedicated_master_count",
            "cluster_config.warm_count",
            "ebs_options.volume_size",
            "ebs_options.iops",
            "ebs_options.throughput",
        ),
    ),
    Example(
        "aws_elasticsearch_domain",
        {
            "cluster_config": [{"instance_type": "c4.2xlarge.elasticsearch", "instance_count": 2}],
            "ebs_options": [{"ebs_enabled": True, "volume_type": "io1", "volume_size": 100, "iops": 1000}],
            **CURRENT,
        },
        grows=("cluster_config.instance_count", "ebs_options.iops"),
    ),
    Example("aws_opensearchserverless_collection", {}, SERVERLESS),
    Example("aws_osis_pipeline", {"min_units": 2, "max_units": 4}, grows=("min_units",)),
)


def test_every_kind_of_node_and_the_volume_of_each_data_node(cost_lines: CostLines) -> None:
    assert cost_lines("aws_opensearch_domain", DOMAIN, STORED) == {
        "Instance (on-demand, r6g.large.search)": Decimal("365.73"),
        "Storage (gp3)": Decimal("366.00"),
        "Provisioned IOPS (gp3)": Decimal("24.00"),
        THROUGHPUT: Decimal("9.60"),
        "Dedicated master (on-demand, m6g.large.search)": Decimal("280.32"),
        "UltraWarm instance (on-demand, ultrawarm1.medium.search)": Decimal("347.48"),
        "UltraWarm managed storage": Decimal("24.00"),
        "Cold managed storage": Decimal("48.00"),
    }


@pytest.mark.parametrize(
    ("gb", "mibps", "paid"),
    [(150, 125, 0), (150, 200, 75), (170, 250, 0), (3500, 500, 0), (4000, 700, 200), (7000, 700, 0)],
)
def test_throughput_that_a_gp3_volume_includes(cost_lines: CostLines, gb: int, mibps: int, paid: int) -> None:
    volume = {"ebs_enabled": True, "volume_type": "gp3", "volume_size": gb, "throughput": mibps}
    lines = cost_lines("aws_elasticsearch_domain", {"ebs_options": [volume], **CURRENT})
    expected = (Decimal("0.064") * paid).quantize(Decimal("0.01"))
    assert lines.get(THROUGHPUT, Decimal("0.00")) == expected


@pytest.mark.parametrize(("gb", "iops", "paid"), [(100, 3000, 0), (100, 4000, 1000), (2000, 6000, 0)])
def test_iops_that_a_gp3_volume_includes(cost_lines: CostLines, gb: int, iops: int, paid: int) -> None:
    volume = {"ebs_enabled": True, "volume_type": "gp3", "volume_size": gb, "iops": iops}
    lines = cost_lines("aws_elasticsearch_domain", {"ebs_options": [volume], **CURRENT})
    assert lines.get("Provisioned IOPS (gp3)", Decimal("0.00")) == (Decimal("0.008") * paid).quantize(Decimal("0.01"))


def test_all_iops_of_io1_are_billed(cost_lines: CostLines) -> None:
    volume = {"ebs_enabled": True, "volume_type": "io1", "volume_size": 1000, "iops": 10}
    lines = cost_lines("aws_elasticsearch_domain", {"ebs_options": [volume], **CURRENT})
    assert lines["Storage (io1)"] == Decimal("169.00")
    assert lines["Provisioned IOPS (io1)"] == Decimal("0.88")


def test_what_holds_where_nothing_is_declared(cost_lines: CostLines) -> None:
    small = {"ebs_options": [{"ebs_enabled": True, "volume_size": 10}], **CURRENT}
    assert cost_lines("aws_elasticsearch_domain", small) == {
        "Instance (on-demand, m4.large.search)": Decimal("110.23"),
        "Storage (gp2)": Decimal("1.35"),
    }
    masters = cost_lines("aws_opensearch_domain", {"cluster_config": [{"dedicated_master_enabled": True}]})
    assert masters["Dedicated master (on-demand, m4.large.search)"] == Decimal("330.69")


def test_optimized_instances_keep_managed_storage_and_coordinators_are_nodes(cost_lines: CostLines) -> None:
    coordinator = {"node_config": [{"enabled": True, "type": "m6g.large.search", "count": 2}]}
    cluster = {"instance_type": "or1.large.search", "node_options": [coordinator]}
    lines = cost_lines("aws_opensearch_domain", {"cluster_config": [cluster]}, {"managed_storage_gb": 500})
    assert lines == {
        "Instance (on-demand, or1.large.search)": Decimal("152.57"),
        "Managed storage": Decimal("12.00"),
        "Dedicated coordinator (on-demand, m6g.large.search)": Decimal("186.88"),
    }


@pytest.mark.parametrize(
    ("type_name", "attributes", "old"),
    [
        ("aws_elasticsearch_domain", {}, "Elasticsearch 1.5"),
        ("aws_elasticsearch_domain", {"elasticsearch_version": "7.1"}, "Elasticsearch 7.1"),
        ("aws_elasticsearch_domain", {"elasticsearch_version": "7.10"}, None),
        ("aws_opensearch_domain", {"engine_version": "Elasticsearch_5.6"}, "Elasticsearch 5.6"),
        ("aws_opensearch_domain", {"engine_version": "OpenSearch_1.2"}, "OpenSearch 1.2"),
        ("aws_opensearch_domain", {"engine_version": "OpenSearch_1.3"}, None),
        ("aws_opensearch_domain", {}, None),
    ],
)
def test_extended_support_of_old_versions_is_unpriced_not_free(
    cost_lines: CostLines, type_name: str, attributes: dict[str, object], old: str | None
) -> None:
    lines = cost_lines(type_name, attributes)
    ended = "its standard support ended on 2025-11-07"
    assert lines.get("price_not_found") == (old and f"Extended support: no price for {old}; {ended}")


def test_a_volume_of_untold_size_is_unpriced(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_opensearch_domain", {"ebs_options": [{"ebs_enabled": True}]})
    assert lines["unknown_until_apply"] == "ebs_options.volume_size is not told"


def test_serverless_without_standbys_is_assumed_to_need_half(cost_lines: CostLines) -> None:
    attributes = {"standby_replicas": "DISABLED"}
    lines = cost_lines("aws_opensearchserverless_collection", attributes, assumptions=True)
    assert lines["Indexing"] == Decimal("87.60")  # half a unit, the least
    lines = cost_lines("aws_opensearchserverless_collection", {}, assumptions=True)
    assert lines["Indexing"] == Decimal("175.20")
    told = cost_lines("aws_opensearchserverless_collection", attributes, {"indexing_ocus": 2}, assumptions=True)
    assert told["Indexing"] == Decimal("350.40")


def test_serverless_is_billed_by_the_compute_unit(cost_lines: CostLines) -> None:
    assert cost_lines("aws_opensearchserverless_collection", {}, SERVERLESS) == {
        "Indexing": Decimal("175.20"),
        "Search and query": Decimal("350.40"),
        "Storage": Decimal("2.40"),
    }


def test_pipelines_run_at_their_minimum(cost_lines: CostLines) -> None:
    lines = cost_lines("aws_osis_pipeline", {"min_units": 2, "max_units": 4})
    assert lines == {"Ingestion": Decimal("350.40")}
    assert list(cost_lines("aws_osis_pipeline", {})) == ["unknown_until_apply"]
