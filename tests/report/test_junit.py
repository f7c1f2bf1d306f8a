"""JUnit XML, compared whole."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tests.report.reports import a_decision, an_estimate
from tollbar.decision import FindingLocation
from tollbar.report.interface import Report, render

if TYPE_CHECKING:
    from pathlib import Path

EXPECTED = """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="tollbar" tests="3" failures="1" errors="0" skipped="1">
  <testsuite name="payments" timestamp="2026-11-21T12:00:00Z" tests="3" failures="1" errors="0" skipped="1">
    <properties>
      <property name="outcome" value="deny" />
      <property name="environment" value="dev" />
      <property name="monthly_cost" value="606.49" />
      <property name="change" value="462.33" />
      <property name="currency" value="USD" />
      <property name="policy_revision" value="0.1.0" />
      <property name="tollbar" value="0.1.0" />
    </properties>
    <testcase classname="tollbar.TB101.environment_limit" name="TB101 Over the limit: aws_instance.api" file="infra/app.tf" line="42">
      <failure message="[TB101] aws_instance.api costs $560.64 a month, over the dev limit of $500.00" type="denied">[TB101] aws_instance.api costs $560.64 a month, over the dev limit of $500.00
infra/app.tf:42
Choose a smaller type.</failure>
    </testcase>
    <testcase classname="tollbar.TB102.deployment_limit" name="TB102 Total: the whole deployment">
      <system-out>warning: [TB102] the deployment costs $606.49 a month
Ask.</system-out>
    </testcase>
    <testcase classname="tollbar.TB101.environment_limit" name="TB101 Over the limit: aws_instance.gpu">
      <skipped message="costs $900.00 a month (exempted by tag cost_approved)" />
    </testcase>
    <system-err>module.x was not read</system-err>
  </testsuite>
</testsuites>
"""  # noqa: E501 -- lines of the document


def test_everything() -> None:
    assert render(Report(an_estimate(), a_decision(), 1, ("module.x was not read",)), "junit") == EXPECTED


def cases_of(report: Report) -> list[ET.Element]:
    """Return the test cases."""
    return list(ET.fromstring(render(report, "junit")).iter("testcase"))  # noqa: S314 -- our own document


def test_an_approval_that_is_needed_is_a_failure() -> None:
    finding = a_decision().findings[0].model_copy(update={"severity": "approval"})
    (case,) = cases_of(Report(an_estimate(), a_decision().model_copy(update={"findings": (finding,), "exempted": ()})))
    failure = case.find("failure")
    assert failure is not None
    assert failure.attrib["type"] == "needs approval"


def test_nothing_found_is_one_test_that_passes() -> None:
    (case,) = cases_of(Report(an_estimate(), a_decision().model_copy(update={"findings": (), "exempted": ()})))
    assert (case.attrib, list(case)) == (
        {"classname": "tollbar", "name": "nothing found in the whole deployment"},
        [],
    )


def test_namesakes_are_numbered() -> None:
    finding = a_decision().findings[0]
    decision = a_decision().model_copy(update={"findings": (finding, finding, finding), "exempted": ()})
    assert [case.attrib["name"][-12:] for case in cases_of(Report(an_estimate(), decision))] == [
        "instance.api",
        "ance.api (2)",
        "ance.api (3)",
    ]


def test_what_xml_cannot_write_is_replaced() -> None:
    odd = "a\x00b\x1b[31m<&\"'\ud800\uffff ü 😀"
    finding = a_decision().findings[0].model_copy(update={"msg": odd, "resource": odd, "remediation": odd})
    decision = a_decision().model_copy(update={"findings": (finding,), "exempted": ()})
    (case,) = cases_of(Report(an_estimate(), decision))
    legal = "a\ufffdb\ufffd[31m<&\"'\ufffd\ufffd ü 😀"
    failure = case.find("failure")
    assert failure is not None
    assert failure.attrib["message"] == legal
    assert failure.text == f"{legal}\ninfra/app.tf:42\n{legal}"
    assert case.attrib["name"] == f"TB101 Over the limit: {legal}"


def test_paths_are_told_from_the_root(tmp_path: Path) -> None:
    root = tmp_path.resolve()
    finding = (
        a_decision()
        .findings[0]
        .model_copy(update={"location": FindingLocation(file=str(root / "infra/app.tf"), line=None)})
    )
    decision = a_decision().model_copy(update={"findings": (finding,), "exempted": ()})
    (case,) = cases_of(Report(an_estimate(), decision, source_root=root))
    assert case.attrib["file"] == "infra/app.tf"
    assert "line" not in case.attrib
