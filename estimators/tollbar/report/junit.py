"""JUnit XML: each finding a test case of the suite that is the deployment, as GitLab and Jenkins list them.

What keeps the change from passing is a failure, what was exempted is skipped; warnings and notes pass and tell
their message as output. Source: "Unit test reports" (docs.gitlab.com) and the JUnit plugin of Jenkins, read
2026-11: both read ``testsuite``, ``testcase`` (``classname``, ``name``, ``file``), ``failure``, ``skipped`` and
``system-out``, and Jenkins takes a report without a test case for an error.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tollbar.report import wording
from tollbar.report.findings import BLOCKING, WHOLE_DEPLOYMENT, decision_of
from tollbar.report.source_path import from_root

if TYPE_CHECKING:
    from tollbar.decision import Decision, Finding
    from tollbar.report.interface import Report

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """Return the document.

    Raises:
        ConfigError: Nothing was decided.
    """
    decision = decision_of(report, "junit")
    suites = ET.Element("testsuites", name="tollbar")
    suite = ET.SubElement(suites, "testsuite", _attributes(report))
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(report, decision).items():
        ET.SubElement(properties, "property", name=name, value=_legal(value))
    cases = [_case(finding, report, is_exempted=False) for finding in decision.findings]
    cases += [_case(finding, report, is_exempted=True) for finding in decision.exempted]
    if not cases:
        cases = [ET.Element("testcase", classname="tollbar", name=f"nothing found in {WHOLE_DEPLOYMENT}")]
    _number_namesakes(cases)
    suite.extend(cases)
    if report.warnings:
        ET.SubElement(suite, "system-err").text = _legal("\n".join(report.warnings))
    for element in (suites, suite):
        _count(element, cases)
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _attributes(report: Report) -> dict[str, str]:
    return {"name": _legal(report.estimate.deployment.name), "timestamp": report.estimate.meta.now}


def _properties(report: Report, decision: Decision) -> dict[str, str]:
    totals = report.estimate.totals
    told = {
        "outcome": decision.outcome,
        "environment": report.estimate.deployment.environment,
        "monthly_cost": f"{totals.monthly_cost:f}",
        "change": "" if totals.delta is None else f"{totals.delta:f}",
        "currency": report.estimate.currency,
        "policy_revision": decision.revision,
        "tollbar": report.estimate.meta.tollbar,
    }
    return {name: value for name, value in told.items() if value}


def _case(finding: Finding, report: Report, *, is_exempted: bool) -> ET.Element:
    named = {
        "classname": f"tollbar.{finding.code}.{finding.rule}",
        "name": f"{finding.code} {finding.title}: {finding.resource or WHOLE_DEPLOYMENT}",
    }
    if finding.location is not None:
        named["file"] = from_root(finding.location.file, report.source_root)
        if finding.location.line is not None:
            named["line"] = str(finding.location.line)
    case = ET.Element("testcase", {name: _legal(value) for name, value in named.items()})
    if is_exempted:
        told = f"{wording.message_of(finding)} ({wording.exemption_of(finding)})"
        ET.SubElement(case, "skipped", message=_legal(told))
    elif finding.severity in BLOCKING:
        kind = "denied" if finding.severity == "error" else "needs approval"
        failure = ET.SubElement(case, "failure", message=_legal(finding.msg), type=kind)
        failure.text = _details(finding, report)
    else:
        ET.SubElement(case, "system-out").text = f"{finding.severity}: {_details(finding, report)}"
    return case


def _details(finding: Finding, report: Report) -> str:
    place = "" if finding.location is None else f"{from_root(finding.location.file, report.source_root)}"
    if finding.location is not None and finding.location.line is not None:
        place = f"{place}:{finding.location.line}"
    return _legal("\n".join(part for part in (finding.msg, place, finding.remediation) if part))


def _number_namesakes(cases: list[ET.Element]) -> None:
    """Tell cases of one name apart: the tools take them for one test."""
    seen: Counter[tuple[str, str]] = Counter()
    for case in cases:
        key = case.attrib["classname"], case.attrib["name"]
        seen[key] += 1
        if seen[key] > 1:
            case.set("name", f"{key[1]} ({seen[key]})")


def _count(element: ET.Element, cases: list[ET.Element]) -> None:
    element.set("tests", str(len(cases)))
    element.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    element.set("errors", "0")
    element.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))


def _legal(text: str) -> str:
    """Return a text without the characters that XML 1.0 has no way to write."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
