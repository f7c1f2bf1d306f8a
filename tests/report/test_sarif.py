"""SARIF: valid, a rule a code, a result a finding, at a file of the repository."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from tests.report.reports import a_decision, an_estimate
from tests.report.sarif_schema import SCHEMA
from tollbar.decision import Decision, FindingLocation
from tollbar.errors import ConfigError
from tollbar.estimate import SourceLocation
from tollbar.report.interface import Report, render

if TYPE_CHECKING:
    from pathlib import Path

PLACED = an_estimate().resources[0].model_copy(update={"location": SourceLocation(file="infra/app.tf", line=42)})


def run_of(report: Report) -> dict[str, Any]:
    """Return the one run of the log, which is valid."""
    log = json.loads(render(report, "sarif"))
    jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(log)
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_a_rule_for_each_code() -> None:
    rules = run_of(Report(an_estimate(), a_decision(), 1))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["TB101", "TB102"]
    assert rules[0] == {
        "id": "TB101",
        "name": "EnvironmentLimit",
        "shortDescription": {"text": "Over the limit"},
        "fullDescription": {"text": "Over the limit (environment_limit)."},
        "help": {
            "text": "Over the limit. It is a rule of your own policy.",
            "markdown": "**Over the limit.** It is a rule of your own policy.",
        },
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["cost"], "problem.severity": "error"},
    }


def test_the_page_of_a_rule_is_its_help() -> None:
    decision = a_decision()
    documented = decision.findings[1].model_copy(update={"docs": "docs/rules/TB102.md"})
    only = decision.model_copy(update={"findings": (documented,), "exempted": ()})
    (unpublished,) = run_of(Report(an_estimate(), only))["tool"]["driver"]["rules"]
    assert unpublished["help"]["text"] == "Total. Ask. See docs/rules/TB102.md."
    assert "helpUri" not in unpublished
    (published,) = run_of(Report(an_estimate(), only, docs_url="https://docs.test"))["tool"]["driver"]["rules"]
    assert published["helpUri"] == "https://docs.test/docs/rules/TB102.md"
    assert published["help"]["markdown"] == (
        "**Total.** Ask. [What the rule is about](https://docs.test/docs/rules/TB102.md)"
    )


def test_a_result_for_each_finding_and_the_exempted_suppressed() -> None:
    results = run_of(Report(an_estimate(resources=[PLACED]), a_decision(), 1))["results"]
    for result in results:
        assert len(result.pop("partialFingerprints")["tollbarFinding/v1"]) == 64
    place = {"artifactLocation": {"uri": "infra/app.tf", "uriBaseId": "%SRCROOT%"}, "region": {"startLine": 42}}
    assert results == [
        {
            "ruleId": "TB101",
            "ruleIndex": 0,
            "level": "error",
            "message": {
                "text": "aws_instance.api costs $560.64 a month, over the dev limit of $500.00 Choose a smaller type."
            },
            "locations": [
                {
                    "physicalLocation": place,
                    "logicalLocations": [{"fullyQualifiedName": "aws_instance.api", "kind": "resource"}],
                }
            ],
            "properties": {"severity": "error"},
        },
        {
            "ruleId": "TB102",
            "ruleIndex": 1,
            "level": "warning",
            "message": {"text": "the deployment costs $606.49 a month Ask."},
            "locations": [{"physicalLocation": place}],
            "properties": {"severity": "warning"},
        },
        {
            "ruleId": "TB101",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": "aws_instance.gpu costs $900.00 a month"},
            "locations": [
                {
                    "physicalLocation": place,
                    "logicalLocations": [{"fullyQualifiedName": "aws_instance.gpu", "kind": "resource"}],
                }
            ],
            "properties": {"severity": "error"},
            "suppressions": [
                {"kind": "external", "status": "accepted", "justification": "exempted by tag cost_approved"}
            ],
        },
    ]


def test_where_nothing_tells_a_place_it_is_the_source() -> None:
    (_, result, _) = run_of(Report(an_estimate(), a_decision()))["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "infra", "uriBaseId": "%SRCROOT%"}


@pytest.mark.parametrize(
    ("file", "uri", "base"),
    [
        ("a b/ü#1.tf", "a%20b/%C3%BC%231.tf", "%SRCROOT%"),
        ("/elsewhere/a.tf", "file:///elsewhere/a.tf", None),
        ("../shop/infra/a.tf", "infra/a.tf", "%SRCROOT%"),
    ],
)
def test_paths_are_addresses_from_the_root(
    file: str, uri: str, base: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "shop"
    root.mkdir()
    monkeypatch.chdir(root)
    finding = a_decision().findings[0].model_copy(update={"location": FindingLocation(file=file, line=1)})
    decision = Decision(outcome="deny", findings=(finding,), revision="1")
    (result,) = run_of(Report(an_estimate(), decision, source_root=root))["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert (artifact["uri"], artifact.get("uriBaseId")) == (uri, base)


def test_a_fingerprint_outlives_lines_and_figures_but_tells_findings_apart() -> None:
    first = a_decision().findings[0]
    moved = first.model_copy(
        update={"msg": "[TB101] costs more", "location": FindingLocation(file="infra/app.tf", line=50)}
    )
    other = first.model_copy(update={"resource": "aws_instance.other"})

    def prints(*findings: object) -> list[str]:
        decision = a_decision().model_copy(update={"findings": findings, "exempted": ()})
        results = run_of(Report(an_estimate(), decision))["results"]
        return [result["partialFingerprints"]["tollbarFinding/v1"] for result in results]

    assert prints(first) == prints(moved.model_copy(update={"location": None}))
    assert len({*prints(first, other, moved)}) == 3


def test_the_run_tells_the_verdict_and_the_cost() -> None:
    run = run_of(Report(an_estimate(), a_decision(), 1, ("module.x was not read",)))
    assert run["properties"] == {
        "outcome": "deny",
        "monthlyCost": 606.49,
        "monthlyCostChange": 462.33,
        "currency": "USD",
        "policyRevision": "0.1.0",
    }
    assert run["invocations"] == [
        {
            "executionSuccessful": True,
            "exitCode": 1,
            "exitCodeDescription": "Denied by policy: 1 denied, 1 warning, 1 exempted",
            "toolExecutionNotifications": [{"level": "warning", "message": {"text": "module.x was not read"}}],
        }
    ]
    assert run["automationDetails"] == {"id": "tollbar/payments/"}


def test_approvals_are_errors_and_notes_are_notes() -> None:
    finding = a_decision().findings[0]
    found = tuple(finding.model_copy(update={"severity": severity}) for severity in ("info", "approval"))
    run = run_of(Report(an_estimate(), a_decision().model_copy(update={"findings": found, "exempted": ()})))
    assert [result["level"] for result in run["results"]] == ["note", "error"]
    assert run["tool"]["driver"]["rules"][0]["defaultConfiguration"] == {"level": "error"}


def test_no_more_results_than_github_takes() -> None:
    many = (a_decision().findings[0],) * 25_001
    log = json.loads(
        render(Report(an_estimate(), a_decision().model_copy(update={"findings": many, "exempted": ()})), "sarif")
    )
    (run,) = log["runs"]
    assert len(run["results"]) == 25_000
    told = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert told == "1 findings are left out: GitHub takes 25,000 a run."


@pytest.mark.parametrize("format_name", ["sarif", "junit", "github"])
def test_without_a_decision_there_is_nothing_to_tell(format_name: str) -> None:
    with pytest.raises(ConfigError, match=f"format '{format_name}' shows what a policy found"):
        render(Report(an_estimate()), format_name)
