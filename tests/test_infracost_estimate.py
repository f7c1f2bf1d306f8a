"""From Infracost's document to our Estimate."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import validate

from tests.conftest import ROOT
from tests.inputs.test_infracost import EXAMPLE, document, project
from tollbar.errors import InputError
from tollbar.estimate import Deployment, Estimate, json_schema
from tollbar.infracost_estimate import FromInfracost, estimate_from_infracost
from tollbar.inputs.infracost import InfracostDocument, read_infracost
from tollbar.settings import Settings

SETTINGS = Settings(now="2026-11-21T12:00:00Z", deployment=Deployment(name="shop", environment="dev", team="shop"))
TIME = "2026-11-20T09:15:31.25Z"


def component(name: str, cost: str | None, **more: Any) -> dict[str, Any]:
    quantity = None if cost is None else "2"
    return {"name": name, "unit": "GB", "price": "0.1", "monthlyQuantity": quantity, "monthlyCost": cost, **more}


def resource(name: str, *components: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "metadata": {}, "costComponents": list(components), **more}


def breakdown(total: str | None, *resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resources": list(resources), "totalMonthlyCost": total, **more}


def made(*projects: dict[str, Any], **more: Any) -> FromInfracost:
    content = document(*projects, **{"timeGenerated": TIME, **more})
    return estimate_from_infracost(InfracostDocument.model_validate(content), Path("infracost.json"), SETTINGS)


def costs(estimate: Estimate) -> dict[str, tuple[str, Decimal | None, Decimal | None]]:
    return {r.address: (r.action, r.previous_monthly_cost, r.monthly_cost) for r in estimate.resources}


def test_the_example_has_all_that_the_document_tells() -> None:
    estimate = estimate_from_infracost(read_infracost(EXAMPLE), EXAMPLE, SETTINGS).estimate
    assert costs(estimate) == {
        "aws_instance.api": ("update", Decimal("78.08"), Decimal("288.32")),
        "aws_instance.training": ("create", Decimal(0), Decimal(40)),
        "aws_sqs_queue.orders": ("no-op", None, None),
        "module.jobs.aws_lambda_function.report": ("create", Decimal(0), Decimal("2.5")),
        "aws_sagemaker_endpoint (1)": ("no-op", None, None),
    }
    api = estimate.resources[0]
    assert (api.name, api.type, api.cloud, api.category) == ("api", "aws_instance", "aws", "compute")
    assert (api.environment, api.instance_type) == ("staging", "m5.2xlarge")
    assert api.location is not None
    assert (api.location.file, api.location.line) == ("infra/main.tf", 12)
    assert [(line.part, line.quantity, line.unit_price, line.monthly_cost) for line in api.breakdown] == [
        (None, Decimal(730), Decimal("0.384"), Decimal("280.32")),
        ("root_block_device", Decimal(100), Decimal("0.08"), Decimal(8)),
    ]
    assert {(line.price.source, line.price.as_of, line.price.trust) for line in api.breakdown} == {
        ("infracost", "2026-11-20", "B")
    }
    assert estimate.totals.model_dump(exclude={"costs"}) == {
        "monthly_cost": Decimal("330.82"),
        "min": Decimal("330.82"),
        "p90": Decimal("330.82"),
        "max": Decimal("330.82"),
        "previous": Decimal("78.08"),
        "delta": Decimal("212.74"),
        "by_cloud": {"aws": Decimal("330.82")},
        "by_team": {"payments": Decimal("330.82")},
    }
    assert estimate.coverage.model_dump() == {
        "priced": 2,
        "free": 3,
        "unpriced": 2,
        "usage_dependent": 1,
        "unsupported_types": {"aws_sagemaker_endpoint": 1},
    }
    validate(json.loads(estimate.to_json()), json_schema())


def test_a_price_that_was_not_found_is_unpriced_not_zero() -> None:
    lines = [component("Hours", "0", priceNotFound=True), component("Disk", "3"), component("Old", None, price=None)]
    (found,) = made(project(breakdown=breakdown("3", resource("aws_instance.a", *lines)))).estimate.resources
    assert (found.monthly_cost, [line.name for line in found.breakdown]) == (Decimal(3), ["Disk"])
    assert [(line.reason, line.detail) for line in found.unpriced] == [
        ("price_not_found", "Infracost found no price of Hours"),
        ("price_not_found", "Infracost found no price of Old"),
    ]


def test_nothing_priced_has_no_cost() -> None:
    line = component("Hours", "0", priceNotFound=True)
    (found,) = made(project(breakdown=breakdown("0", resource("aws_instance.a", line)))).estimate.resources
    assert (found.monthly_cost, found.cost_estimate) == (None, None)


def test_untold_use_stays_usage_dependent() -> None:
    line = component("Requests", None, usageBased=True)
    estimate = made(project(breakdown=breakdown(None, resource("aws_sqs_queue.a", line)))).estimate
    assert estimate.resources[0].depends_on_usage
    assert (estimate.coverage.usage_dependent, estimate.totals.monthly_cost) == (1, Decimal(0))


def test_told_use_is_of_medium_confidence() -> None:
    line = component("Requests", "4", usageBased=True)
    (found,) = made(project(breakdown=breakdown("4", resource("aws_sqs_queue.a", line)))).estimate.resources
    assert found.cost_estimate is not None
    assert (found.cost_estimate.basis, found.cost_estimate.confidence) == ("usage", "medium")


def test_a_resource_without_lines_costs_nothing() -> None:
    (found,) = made(project(breakdown=breakdown("0", resource("aws_route53_record.alias")))).estimate.resources
    assert (found.monthly_cost, len(found.unpriced)) == (Decimal(0), 0)


def test_free_resources_are_listed_where_they_are_told() -> None:
    free = breakdown("0", freeResources=[resource("aws_iam_role.a", tags={"env": "prod"})])
    estimate = made(project(breakdown=free, summary={"noPriceResourceCounts": {"aws_iam_role": 1}})).estimate
    assert [(r.free, r.monthly_cost, r.environment) for r in estimate.resources] == [(True, Decimal(0), "prod")]
    assert estimate.coverage.free == 1


@pytest.mark.parametrize(
    ("kind", "command", "past", "compared"),
    [
        ("terraform_dir", "breakdown", breakdown("1", resource("aws_eip.a", component("IP", "1"))), False),
        ("terraform_dir", "diff", breakdown("1", resource("aws_eip.a", component("IP", "1"))), True),
        ("terraform_dir", "output", breakdown("0"), True),
        ("terraform_plan_json", "breakdown", breakdown("1", resource("aws_eip.a", component("IP", "1"))), True),
        ("terraform_dir", "breakdown", None, False),
    ],
)
def test_a_state_before_is_only_what_is_one(
    kind: str, command: str, past: dict[str, Any] | None, *, compared: bool
) -> None:
    now = breakdown("1", resource("aws_eip.a", component("IP", "1")))
    one = project(breakdown=now, pastBreakdown=past, metadata={"path": ".", "type": kind})
    more = {"metadata": {"infracostCommand": command}}
    assert (made(one, pastTotalMonthlyCost="1", **more).estimate.totals.delta is not None) is compared
    assert made(one, pastTotalMonthlyCost=None, **more).estimate.totals.delta is None


def test_what_goes_away_is_deleted() -> None:
    past = breakdown("5", resource("aws_eip.a", component("IP", "2")), resource("aws_eip.b", component("IP", "3")))
    now = breakdown("2", resource("aws_eip.a", component("IP", "2")))
    estimate = made(project(breakdown=now, pastBreakdown=past), pastTotalMonthlyCost="5").estimate
    assert costs(estimate) == {
        "aws_eip.a": ("no-op", Decimal(2), Decimal(2)),
        "aws_eip.b": ("delete", Decimal(3), Decimal(0)),
    }
    assert estimate.totals.delta == -3


@pytest.mark.parametrize(
    ("projects", "addresses"),
    [
        ([("x", "")], ["aws_eip.a"]),
        ([("x", "dev"), ("y", "prod")], ["dev:aws_eip.a", "prod:aws_eip.a"]),
        ([("x", "main"), ("y", "main")], ["x:aws_eip.a", "y:aws_eip.a"]),
        ([("x", ""), ("x", "")], ["x:aws_eip.a", "x#2:aws_eip.a"]),
    ],
)
def test_several_projects_stand_before_their_addresses(projects: list[tuple[str, str]], addresses: list[str]) -> None:
    one = breakdown("1", resource("aws_eip.a", component("IP", "1")))
    estimate = made(*(project(name, displayName=shown, breakdown=one) for name, shown in projects)).estimate
    assert [r.address for r in estimate.resources] == addresses
    assert estimate.totals.monthly_cost == len(projects)


@pytest.mark.parametrize(
    ("name", "told", "expected"),
    [
        ("aws_eip.a", None, ("aws_eip", "a", "aws")),
        ('module.x["a.b"].module.y[0].google_dns_record_set.z["c.d"]', None, ("google_dns_record_set", "z", "gcp")),
        ("azurerm_firewall.f[0]", "azurerm_firewall", ("azurerm_firewall", "f", "azure")),
        ("Table", "AWS::DynamoDB::Table", ("AWS::DynamoDB::Table", "Table", "aws")),
        ("Table", None, ("unknown", "Table", "other")),
    ],
)  # fmt: skip
def test_type_and_name_are_told_by_the_address(name: str, told: str | None, expected: tuple[str, str, str]) -> None:
    (found,) = made(project(breakdown=breakdown("0", resource(name, resourceType=told)))).estimate.resources
    assert (found.type, found.name, found.cloud) == expected


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        ("aws_instance.a", "Instance usage (Linux/UNIX, on-demand, m5.4xlarge)", "m5.4xlarge"),
        ("google_compute_instance.a", "Instance usage (Linux/UNIX, on-demand, n1-standard-16)", "n1-standard-16"),
        ("azurerm_linux_virtual_machine.a", "Instance usage (Linux, pay as you go, Standard_F2)", "Standard_F2"),
        ("aws_elasticache_cluster.a", "ElastiCache (on-demand, cache.m4.large, autoscaling)", None),
        ("aws_sqs_queue.a", "Requests (first 6B)", None),
    ],
)
def test_the_name_of_the_hours_tells_the_machine_type(name: str, line: str, expected: str | None) -> None:
    (found,) = made(project(breakdown=breakdown("1", resource(name, component(line, "1"))))).estimate.resources
    assert found.instance_type == expected


def test_the_documents_own_summary_is_that_of_its_only_project() -> None:
    counts = {"unsupportedResourceCounts": {"aws_x": 2, "aws_y": 0}, "noPriceResourceCounts": {"aws_iam_role": 4}}
    coverage = made(project(breakdown=breakdown("0")), summary=counts).estimate.coverage
    assert (coverage.unpriced, coverage.free, coverage.unsupported_types) == (2, 4, {"aws_x": 2})


def test_a_document_that_was_cut_is_refused() -> None:
    with pytest.raises(InputError, match="costs 9 a month by its total, but its resources add up to 1"):
        made(project(breakdown=breakdown("9", resource("aws_eip.a", component("IP", "1")))))


def test_a_time_that_is_none_makes_the_prices_stale() -> None:
    found = made(project(breakdown=breakdown("0")), timeGenerated="REPLACED_TIME")
    assert found.estimate.meta.prices.as_of == "1970-01-01"
    assert found.warnings == ("infracost.json: timeGenerated is no time, its prices count as stale",)


def test_warnings_are_handed_on() -> None:
    said = {"path": ".", "type": "", "warnings": [{"code": 105, "message": "x has no value", "isError": False}]}
    assert made(project(breakdown=breakdown("0"), metadata=said)).warnings == ("shop: x has no value (code 105)",)


AMOUNTS = st.integers(0, 10**12).map(lambda micros: Decimal(micros).scaleb(-6))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
@given(st.lists(st.lists(AMOUNTS | st.none(), max_size=3), max_size=6), st.booleans())
def test_the_resources_add_up_to_the_documents_total(amounts: list[list[Decimal | None]], in_parts: bool) -> None:  # noqa: FBT001 -- drawn
    def one(number: int, lines: list[Decimal | None]) -> dict[str, Any]:
        components = [component(f"line {i}", None if cost is None else str(cost)) for i, cost in enumerate(lines)]
        parts = [{"name": f"part {i}", "metadata": {}, "costComponents": [c]} for i, c in enumerate(components)]
        name = f"aws_instance.a{number}"
        return resource(name, subresources=parts) if in_parts else resource(name, *components)

    total = sum((cost for lines in amounts for cost in lines if cost is not None), Decimal(0))
    now = breakdown(str(total), *(one(number, lines) for number, lines in enumerate(amounts)))
    estimate = made(project(breakdown=now)).estimate
    assert estimate.totals.monthly_cost == total
    assert sum((r.monthly_cost or Decimal(0) for r in estimate.resources), Decimal(0)) == total


@pytest.mark.parametrize(
    "name", ["breakdown_plan_json", "breakdown_hcl_with_tags", "diff_compare_to_hcl", "output_combined_null_diff"]
)
def test_the_peers_own_examples_add_up_and_keep_the_contract(shared: Path, name: str) -> None:
    file = shared / "infracost" / f"{name}.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    estimate = estimate_from_infracost(read_infracost(file), file, SETTINGS).estimate
    assert estimate.totals.monthly_cost == Decimal(told["totalMonthlyCost"])
    if estimate.totals.delta is not None:
        assert estimate.totals.delta == Decimal(told["diffTotalMonthlyCost"])
    validate(json.loads(estimate.to_json()), json.loads(SCHEMA.read_text(encoding="utf-8")))


SCHEMA = ROOT / "rego" / "tollbar" / "schemas" / "estimate" / "data.json"
