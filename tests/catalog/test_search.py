"""Finding prices by the words people use, in the prices that are shipped."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tollbar.catalog.layers import LayeredCatalog, NamedLayer, NamedSnapshot
from tollbar.catalog.llm import LlmCatalog
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.region_names import regions_called
from tollbar.catalog.search import Found, Match, Searchable, parse_query, search
from tollbar.catalog.table import SNAPSHOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.catalog.conftest import MakeCatalog

EC2 = "aws/ec2/instance/linux/shared/on_demand"
AZURE_VM = "azure/virtual_machines/linux/on_demand"


@pytest.fixture(scope="module")
def catalog() -> Iterator[LayeredCatalog]:
    """The shipped prices, with those of language models."""
    layered = LayeredCatalog(
        [NamedSnapshot("embedded", SnapshotCatalog(SNAPSHOT))], [NamedLayer("llm", LlmCatalog(date(2026, 11, 1)))]
    )
    yield layered
    layered.close()


def _paths(found: Found) -> list[str]:
    return [match.path for match in found.matches]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("m5.large", f"{EC2}/m5.large"),
        ("m5 large", f"{EC2}/m5.large"),
        ("M5-Large price per hour", f"{EC2}/m5.large"),
        ("m5.large windows", "aws/ec2/instance/windows/shared/on_demand/m5.large"),
        ("m5.large reserved 1 year", "aws/ec2/instance/linux/shared/reserved/standard/1_year/no_upfront/m5.large"),
        ("rds postgresql db.r6g.large", "aws/rds/instance/postgres/single_az/on_demand/db.r6g.large"),
        ("rds mysql db.m5.large multi-az", "aws/rds/instance/mysql/multi_az/on_demand/db.m5.large"),
        ("application load balancer", "aws/load_balancing/hours/application"),
        ("nlb", "aws/load_balancing/hours/network"),
        ("load balancer", "aws/load_balancing/hours/application"),
        ("azure load balancer", "azure/load_balancer/standard/included_rules"),
        ("privatelink", "aws/vpc_endpoint/hours/interface"),
        ("x-ray traces", "aws/xray/traces_recorded"),
        ("data transfer out", "aws/data_transfer/internet_egress"),
        ("azure egress", "azure/bandwidth/internet_egress"),
        ("data transfer between availability zones aws", "aws/data_transfer/inter_az"),
        ("object storage", "aws/s3/standard/storage"),
        ("s3 one zone ia", "aws/s3/one_zone_infrequent_access/storage"),
        ("s3 put requests", "aws/s3/standard/put_requests"),
        ("aws/ebs/storage/gp3", "aws/ebs/storage/gp3"),
        ("nat gateway data processing", "aws/nat_gateway/data_processed"),
        ("elastic ip", "aws/elastic_ip/public_ipv4_address"),
        ("dynamodb wcu", "aws/dynamodb/standard/write_capacity"),
        ("cloudfront https requests us", "aws/cloudfront/requests/https/us_mexico_canada"),
        ("kubernetes control plane", "aws/eks/cluster/standard"),
        ("gke cluster", "gcp/gke/cluster_management"),
        ("persistent disk", "gcp/compute/disk/zonal/pd-standard"),
        ("gcp static ip", "gcp/compute/address/in_use/standard"),
        ("pub/sub", "gcp/pubsub/message_delivery"),
        ("bigquery slot", "gcp/bigquery/edition/standard"),
        ("cloud run cpu", "gcp/cloud_run/request_based/vcpu"),
        ("cloud spanner", "gcp/spanner/standard/node"),
        ("n2-standard-4 committed 1 year", "gcp/compute/instance/committed_use_1yr/n2-standard-4"),
        ("n2-standard-4 spot", "gcp/compute/instance/spot/n2-standard-4"),
        ("D4s v5", f"{AZURE_VM}/standard_d4s_v5"),
        ("blob hot ra-grs", "azure/storage/blob/hot/ragrs/data_stored"),
        ("aks uptime sla", "azure/aks/standard/uptime_sla"),
        ("gpt-4o", "llm/openai/gpt-4o/input_tokens"),
        ("gpt4o output", "llm/openai/gpt-4o/output_tokens"),
        ("claude sonnet 4.5 cache read", "llm/anthropic/claude-sonnet-4-5/cache_read_tokens"),
        ("gpt-4o batch", "llm/openai/gpt-4o/input_tokens/batch"),
    ],
)
def test_the_plainest_price_comes_first(catalog: LayeredCatalog, words: str, first: str) -> None:
    found = catalog.search(words.split())
    assert (_paths(found)[0], found.left_out) == (first, ())


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("m5.large frankfurt", f"{EC2}/m5.large"),
        ("m5.large eu-central-1", f"{EC2}/m5.large"),
        ("gp3 n. virginia", "aws/ebs/storage/gp3"),
        ("e2-standard-2 iowa", "gcp/compute/instance/on_demand/e2-standard-2"),
        ("D4s v5 west europe", f"{AZURE_VM}/standard_d4s_v5"),
        ("load balancer ireland", "aws/load_balancing/hours/application"),
        ("eks cluster us-east-1", "aws/eks/cluster/standard"),
    ],
)
def test_a_region_is_found_by_its_name(catalog: LayeredCatalog, words: str, first: str) -> None:
    assert _paths(catalog.search(words.split()))[0] == first


def test_a_region_filters_and_is_no_part_of_a_path(make_catalog: MakeCatalog) -> None:
    snapshot = make_catalog(
        "aws/transfer/us-east-1,GB,list,2026-07-20,A,eu-west-1=1",
        "aws/transfer/here,GB,list,2026-07-20,A,us-east-1=1 eu-west-1=1",
        "aws/transfer/everywhere,GB,list,2026-07-20,A,global=1",
    )
    catalog = LayeredCatalog([NamedSnapshot("one", snapshot)])
    assert _paths(catalog.search(["transfer", "us-east-1"]))[:2] == ["aws/transfer/here", "aws/transfer/everywhere"]
    assert _paths(catalog.search(["transfer", "eu-west-1"]))[0] == "aws/transfer/here"
    assert _paths(catalog.search(["transfer", "ohio"])) == ["aws/transfer/everywhere"]


def test_where_a_region_has_no_price_it_is_left_out_and_said(make_catalog: MakeCatalog) -> None:
    catalog = LayeredCatalog([NamedSnapshot("one", make_catalog("aws/a/b,GB,list,2026-07-20,A,us-east-1=1"))])
    found = catalog.search(["aws", "frankfurt"])
    assert (_paths(found), found.left_out) == (["aws/a/b"], ("frankfurt",))


@pytest.mark.parametrize(
    ("words", "suggestion"),
    [
        ("m5.lrage", "m5.large"),
        ("fargte vcpu", "fargate"),
        ("gp3 us-easst-1", "us-east-1"),
        ("clowdfront", "cloudfront"),
    ],
)
def test_a_typo_suggests_the_nearest_name(catalog: LayeredCatalog, words: str, suggestion: str) -> None:
    assert catalog.search(words.split()) == Found((), (), suggestion)


@pytest.mark.parametrize("words", ["%", "'", "xqzzy", "__"])
def test_nonsense_finds_nothing(catalog: LayeredCatalog, words: str) -> None:
    assert catalog.search([words]) == Found(())


def test_a_word_that_fits_nowhere_is_left_out_and_said(catalog: LayeredCatalog) -> None:
    found = catalog.search(["filestore", "basic", "xqzzy"])
    assert found.left_out == ("xqzzy",)
    assert {path.rpartition("/")[0] for path in _paths(found)} == {"gcp/filestore"}


def test_further_words_cost_and_unusual_ones_more() -> None:
    entries = [
        Searchable(path, f" {path.replace('/', ' ')} ") for path in ("aws/x/windows", "aws/x/b", "aws/x", "aws/x/hours")
    ]
    assert search(entries, parse_query(["x"])).matches == (
        Match("aws/x", 0.2),
        Match("aws/x/hours", 0.2),
        Match("aws/x/b", 1.2),
        Match("aws/x/windows", 3.2),
    )


def test_a_search_without_models_does_not_import_their_library(make_catalog: MakeCatalog) -> None:
    class Slow(LlmCatalog):
        @property
        def _library(self) -> None:  # type: ignore[override]  # whoever reads it fails
            raise AssertionError

    snapshot = make_catalog("aws/a/b,GB,list,2026-07-20,A,us-east-1=1")
    catalog = LayeredCatalog([NamedSnapshot("one", snapshot)], [NamedLayer("llm", Slow(date(2026, 11, 1)))])
    assert _paths(catalog.search(["b"])) == ["aws/a/b"]
    with pytest.raises(AssertionError):
        catalog.search(["gpt-4o"])


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("us-east-1", ("us-east-1",)),
        ("US East 1", ("us-east-1", "us-east1")),
        ("Frankfurt", ("eu-central-1", "europe-west3", "germanywestcentral")),
        ("ireland", ("eu-west-1", "northeurope")),
        ("N. Virginia", ("us-east-1", "us-east4", "eastus")),
        ("west europe", ("westeurope",)),
        ("São Paulo", ("sa-east-1", "southamerica-east1", "brazilsouth")),
        ("large", ()),
    ],
)
def test_regions_are_known_by_code_display_name_and_city(name: str, codes: tuple[str, ...]) -> None:
    assert regions_called(name) == codes
