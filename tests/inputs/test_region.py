"""The region of a resource, by each cloud's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.inputs.conftest import block, plan, refers_to, resource
from tollbar.inputs.provider import Provider
from tollbar.inputs.region import region_of, zone_region
from tollbar.resource import UNKNOWN, Attributes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.inputs.conftest import ReadPlan
    from tollbar.resource import Cloud


@pytest.mark.parametrize(
    ("cloud", "attributes", "provider", "environment", "region"),
    [
        ("aws", {}, Provider("eu-west-1"), {}, "eu-west-1"),
        ("aws", {"region": "us-west-2"}, Provider("eu-west-1"), {}, "us-west-2"),
        ("aws", {"region": UNKNOWN}, Provider("eu-west-1"), {}, "eu-west-1"),
        ("aws", {"arn": "arn:aws-us-gov:ec2:us-gov-west-1:1:x"}, Provider(), {}, "us-gov-west-1"),
        ("aws", {"arn": "arn:aws:s3:::bucket"}, Provider("eu-west-1"), {}, "eu-west-1"),
        ("aws", {"availability_zone": "us-west-2-lax-1a"}, Provider(), {}, "us-west-2"),
        ("aws", {}, Provider(), {"AWS_DEFAULT_REGION": "eu-north-1"}, "eu-north-1"),
        ("aws", {}, Provider(), {"AWS_REGION": "a-b-1", "AWS_DEFAULT_REGION": "c-d-1"}, "a-b-1"),
        ("aws", {}, Provider(UNKNOWN), {"AWS_REGION": "eu-north-1"}, None),
        ("aws", {}, Provider(), {}, None),
        ("gcp", {"zone": "us-central1-a"}, Provider("europe-west1"), {}, "us-central1"),
        ("gcp", {"zone": "https://compute/v1/projects/p/zones/us-east1-b"}, Provider(), {}, "us-east1"),
        ("gcp", {"location": "US"}, Provider(), {}, "us"),
        ("gcp", {"location": "EUROPE-WEST1-B"}, Provider(), {}, "europe-west1"),
        ("gcp", {"region": "us-east4", "location": "US"}, Provider(), {}, "us-east4"),
        ("gcp", {}, Provider("europe-west1"), {"GOOGLE_REGION": "us-east1"}, "europe-west1"),
        ("gcp", {}, Provider(zone="europe-west1-c"), {}, "europe-west1"),
        ("gcp", {}, Provider(), {"CLOUDSDK_COMPUTE_REGION": "asia-east1"}, "asia-east1"),
        ("gcp", {}, Provider(), {"GOOGLE_CLOUD_REGION": "asia-east2"}, "asia-east2"),
        ("gcp", {}, Provider(UNKNOWN), {"GOOGLE_REGION": "us-east1"}, None),
        ("azure", {"location": "West Europe"}, Provider(), {}, "westeurope"),
        ("azure", {"location": UNKNOWN}, Provider(), {}, None),
        ("kubernetes", {"region": "x"}, Provider("x"), {}, None),
        ("other", {"region": "x"}, Provider("x"), {}, None),
    ],
)
def test_region(
    cloud: Cloud, attributes: dict[str, Any], provider: Provider, environment: Mapping[str, str], region: str | None
) -> None:
    assert region_of(cloud, Attributes(attributes), provider, environment) == region


@pytest.mark.parametrize(("zone", "region"), [("us-central1-a", "us-central1"), ("us-central1", "us-central1")])
def test_the_region_of_a_zone(zone: str, region: str) -> None:
    assert zone_region(zone) == region


AWS = {
    "aws": {"name": "aws", "expressions": {"region": {"constant_value": "us-east-1"}}},
    "aws.west": {"name": "aws", "alias": "west", "expressions": {"region": refers_to("var.west")}},
    "module.app:aws": {
        "name": "aws",
        "module_address": "module.app",
        "expressions": {"region": refers_to("var.where")},
    },
}


def test_providers_tell_the_region_by_alias_and_module(read_plan: ReadPlan) -> None:
    declared = plan(
        *(resource(f"aws_eip.{name}") for name in ("here", "west", "orphan")),
        configuration=[block("aws_eip.here"), block("aws_eip.west", provider="aws.west")],
        providers=AWS,
        variables={"west": {"value": "us-west-2"}},
        root={
            "variables": {"west": {"default": "never"}},
            "module_calls": {
                "app": {
                    "expressions": {"where": refers_to("var.west")},
                    "module": {
                        "resources": [
                            block("aws_eip.own", provider="module.app:aws"),
                            block("aws_eip.passed", provider="aws.west"),
                            block("aws_eip.inherited", provider="module.app.module.deep:aws"),
                        ]
                    },
                }
            },
        },
    )
    declared["planned_values"]["root_module"]["child_modules"] = [
        {
            "address": "module.app",
            "resources": [
                {**resource(f"aws_eip.{name}")["planned"], "address": f"module.app.aws_eip.{name}"}
                for name in ("own", "passed", "inherited")
            ],
        }
    ]
    assert {resource.address: resource.region for resource in read_plan(declared).after} == {
        "aws_eip.here": "us-east-1",
        "aws_eip.west": "us-west-2",
        "aws_eip.orphan": "us-east-1",
        "module.app.aws_eip.own": "us-west-2",
        "module.app.aws_eip.passed": "us-west-2",
        "module.app.aws_eip.inherited": "us-west-2",
    }


def test_a_variable_without_a_given_value_has_its_default(read_plan: ReadPlan) -> None:
    provider = {"aws": {"name": "aws", "expressions": {"region": refers_to("var.place.region", "var.place")}}}
    root = {"variables": {"place": {"default": {"region": "eu-west-3"}}}}
    (found,) = read_plan(plan(resource("aws_eip.a"), providers=provider, root=root)).after
    assert found.region == "eu-west-3"


COMPUTED = {"aws": {"name": "aws", "expressions": {"region": refers_to("local.region")}}}


def test_what_exists_tells_the_region_that_a_local_hides(read_plan: ReadPlan) -> None:
    arn = "arn:aws:lambda:eu-west-1:123456789012:function:f"
    before = {**resource("aws_lambda_function.f", {"arn": arn})["planned"]}
    prior = {"values": {"root_module": {"resources": [before]}}}
    declaration = read_plan(plan(resource("aws_eip.a"), providers=COMPUTED, prior_state=prior))
    assert [resource.region for resource in declaration.after] == ["eu-west-1"]
    assert declaration.warnings == ()


def test_a_region_data_source_tells_the_region_that_a_local_hides(read_plan: ReadPlan) -> None:
    source = {**resource("aws_region.here", {"name": "eu-west-2"})["planned"], "mode": "data"}
    source["address"] = "data.aws_region.here"
    prior = {"values": {"root_module": {"resources": [source]}}}
    declaration = read_plan(plan(resource("aws_eip.a"), providers=COMPUTED, prior_state=prior))
    assert [resource.region for resource in declaration.after] == ["eu-west-2"]


def test_a_region_that_nothing_tells_is_taken_from_the_environment_with_a_warning(read_plan: ReadPlan) -> None:
    declaration = read_plan(plan(resource("aws_eip.a"), providers=COMPUTED), {"AWS_REGION": "eu-north-1"})
    assert [resource.region for resource in declaration.after] == ["eu-north-1"]
    (warning,) = declaration.warnings
    assert warning == (
        "the plan does not tell the region of provider aws: eu-north-1 is assumed, which the environment sets "
        "(set AWS_REGION, or estimate the directory instead of the plan)"
    )


def test_a_region_that_nothing_tells_at_all_stays_unknown_with_a_warning(read_plan: ReadPlan) -> None:
    declaration = read_plan(plan(resource("aws_eip.a"), providers=COMPUTED))
    assert [resource.region for resource in declaration.after] == [None]
    assert len(declaration.warnings) == 1


def test_the_beta_provider_places_what_the_plain_one_does_not(read_plan: ReadPlan) -> None:
    beta = {"google-beta": {"name": "google-beta", "expressions": {"zone": {"constant_value": "us-east1-b"}}}}
    (found,) = read_plan(plan(resource("google_compute_address.a"), providers=beta)).after
    assert found.region == "us-east1"


def test_azure_resources_without_a_location_are_where_their_group_or_owner_is(read_plan: ReadPlan) -> None:
    declared = plan(
        resource("azurerm_resource_group.rg", {"name": "rg", "location": "North Europe"}),
        resource("azurerm_mssql_server.sql", {"name": "sql"}),
        resource("azurerm_mssql_database.db", {"name": "db"}),
        resource("azurerm_dns_zone.named", {"name": "zone", "resource_group_name": "rg"}),
        resource("azurerm_lb.circle"),
        configuration=[
            block("azurerm_resource_group.rg"),
            block("azurerm_mssql_server.sql", {"resource_group_name": refers_to("azurerm_resource_group.rg.name")}),
            block("azurerm_mssql_database.db", {"server_id": refers_to("azurerm_mssql_server.sql.id")}),
            block("azurerm_dns_zone.named"),
            block("azurerm_lb.circle", {"frontend": refers_to("azurerm_lb.circle.id")}),
        ],
    )
    regions = {resource.name: resource.region for resource in read_plan(declared).after}
    assert regions == {
        "rg": "northeurope",
        "sql": "northeurope",
        "db": "northeurope",
        "named": "northeurope",
        "circle": None,
    }


def test_two_groups_of_one_name_tell_nothing(read_plan: ReadPlan) -> None:
    declared = plan(
        resource("azurerm_resource_group.a", {"name": "rg", "location": "westus"}),
        resource("azurerm_resource_group.b", {"name": "rg", "location": "eastus"}),
        resource("azurerm_dns_zone.z", {"resource_group_name": "rg"}),
    )
    assert read_plan(declared).after.by_address["azurerm_dns_zone.z"].region is None
