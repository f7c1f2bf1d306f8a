"""SARIF 2.1.0: what code scanning of GitHub and GitLab, and editors, read. A rule a code, a result a finding.

Source: "Static Analysis Results Interchange Format (SARIF) Version 2.1.0 Plus Errata 01" (OASIS) and "SARIF
support for code scanning" (docs.github.com), read 2026-11. GitHub wants every result at a file, so what is found
of the whole deployment stands at the file of the resource that matters most.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tollbar.report import wording
from tollbar.report.findings import SEVERITIES, by_code, decision_of, rule_page, sentence
from tollbar.report.source_path import from_root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.decision import Decision, Finding, FindingLocation, Severity
    from tollbar.estimate import SourceLocation
    from tollbar.report.interface import Report

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS: dict[Severity, str] = {"error": "error", "approval": "error", "warning": "warning", "info": "note"}
_PROBLEM_SEVERITIES: dict[Severity, str] = {
    "error": "error",
    "approval": "error",
    "warning": "warning",
    "info": "recommendation",
}
"""What GitHub calls the levels."""
_MOST_RESULTS = 25_000
"""As many as GitHub takes in a run."""


def render(report: Report) -> str:
    """Return the log: one run with the rules that found something, and what they found.

    Raises:
        ConfigError: Nothing was decided.
    """
    decision = decision_of(report, "sarif")
    findings = [*decision.findings, *decision.exempted]
    rules = by_code(sorted(findings, key=lambda finding: finding.code))
    indexes = {code: index for index, code in enumerate(rules)}
    places = _Places(report)
    seen: Counter[str] = Counter()
    results = [_result(finding, indexes[finding.code], report, places, seen) for finding in findings[:_MOST_RESULTS]]
    run = {
        "tool": {
            "driver": {
                "name": "Tollbar",
                "semanticVersion": report.estimate.meta.tollbar,
                "rules": [_rule(found, report.docs_url) for found in rules.values()],
            }
        },
        "automationDetails": {"id": f"tollbar/{report.estimate.deployment.name}/"},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [_invocation(report, decision, len(findings) - len(results))],
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": _properties(report, decision),
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _properties(report: Report, decision: Decision) -> dict[str, Any]:
    totals = report.estimate.totals
    told: dict[str, Any] = {"outcome": decision.outcome, "monthlyCost": float(totals.monthly_cost)}
    if totals.delta is not None:
        told["monthlyCostChange"] = float(totals.delta)
    return told | {"currency": report.estimate.currency, "policyRevision": decision.revision}


def _rule(found: Sequence[Finding], docs_url: str | None) -> dict[str, Any]:
    """Return what is known of a rule from what it found; its level is that of the gravest."""
    first = found[0]
    gravest = min((finding.severity for finding in found), key=SEVERITIES.index)
    page = rule_page(first, docs_url)
    where = f"See {page or first.docs}." if first.docs else "It is a rule of your own policy."
    advices = {finding.remediation for finding in found}
    advice = f"{first.remediation} " if len(advices) == 1 and first.remediation else ""
    rule: dict[str, Any] = {
        "id": first.code,
        "name": "".join(word.capitalize() for word in first.rule.split("_")),
        "shortDescription": {"text": first.title},
        "fullDescription": {"text": f"{first.title} ({first.rule})."},
        "help": {
            "text": f"{first.title}. {advice}{where}",
            "markdown": f"**{first.title}.** {advice}" + (f"[What the rule is about]({page})" if page else where),
        },
        "defaultConfiguration": {"level": _LEVELS[gravest]},
        "properties": {"tags": ["cost"], "problem.severity": _PROBLEM_SEVERITIES[gravest]},
    }
    return rule | ({"helpUri": page} if page else {})


def _result(finding: Finding, index: int, report: Report, places: _Places, seen: Counter[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{sentence(finding)} {finding.remediation}".strip()},
        "locations": [places.location_of(finding)],
        "partialFingerprints": {"tollbarFinding/v1": _fingerprint(finding, report, seen)},
        "properties": {"severity": finding.severity},
    }
    if finding.exemption is not None:
        justification = wording.exemption_of(finding)
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": justification}]
    return result


def _fingerprint(finding: Finding, report: Report, seen: Counter[str]) -> str:
    """Return what stays the same while the line and the figures of a finding change."""
    identity = "\n".join((report.estimate.deployment.name, finding.code, finding.resource or ""))
    seen[identity] += 1
    return hashlib.sha256(f"{identity}\n{seen[identity]}".encode()).hexdigest()


class _Places:
    """Where findings are shown; the whole deployment at the resource that matters most, or at its source."""

    def __init__(self, report: Report) -> None:
        self._report = report
        resources = sorted(report.estimate.resources, key=wording.importance)
        located = (resource.location for resource in resources if resource.location is not None)
        self._fallback = next(located, None)

    def location_of(self, finding: Finding) -> dict[str, Any]:
        """Return the SARIF location of a finding."""
        location: dict[str, Any] = {"physicalLocation": self._physical(finding.location)}
        if finding.resource:
            location["logicalLocations"] = [{"fullyQualifiedName": finding.resource, "kind": "resource"}]
        return location

    def _physical(self, place: FindingLocation | None) -> dict[str, Any]:
        at: FindingLocation | SourceLocation | None = place or self._fallback
        file = self._report.estimate.meta.source.path if at is None else at.file
        path = from_root(file, self._report.source_root)
        if PurePosixPath(path).is_absolute():
            artifact = {"uri": f"file://{quote(path)}"}
        else:
            artifact = {"uri": quote(path), "uriBaseId": _ROOT}
        line = (at.line if at is not None else None) or 1
        return {"artifactLocation": artifact, "region": {"startLine": line}}


def _invocation(report: Report, decision: Decision, left_out: int) -> dict[str, Any]:
    notes = [{"level": "warning", "message": {"text": warning}} for warning in report.warnings]
    if left_out:
        text = f"{left_out:,} findings are left out: GitHub takes {_MOST_RESULTS:,} a run."
        notes.append({"level": "warning", "message": {"text": text}})
    told: dict[str, Any] = {"executionSuccessful": True, "exitCode": report.exit_code}
    told["exitCodeDescription"] = f"{wording.VERDICTS[decision.outcome]}: {wording.closing(decision)}"
    return told | ({"toolExecutionNotifications": notes} if notes else {})
