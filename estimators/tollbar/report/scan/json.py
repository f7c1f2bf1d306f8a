"""A scan as JSON: every figure, exact, under stable names. Amounts are USD as decimal texts."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date, datetime

    from tollbar.llm.scan_result import Consumption, Finding, Scan
    from tollbar.report.scan import ScanReport


def render(report: ScanReport) -> str:
    """Return the report as JSON."""
    scan = report.scan
    totals = scan.totals
    document: dict[str, Any] = {
        "schema_version": "1.0",
        "sources": list(report.sources),
        "prices_on": report.prices_on,
        "formats": dict(report.formats or {}),
        "totals": {
            **asdict(totals),
            "cost_usd": totals.cost_usd if totals.is_priced else None,
            "hours": totals.hours,
            "monthly_cost_usd": totals.monthly(totals.cost_usd) if totals.is_priced else None,
            "wasted_usd": scan.wasted_usd,
            "wasted_share_percent": totals.share(scan.wasted_usd),
            "overlap_usd": scan.overlap_usd,
        },
        "consumption": [_consumption(row) for row in scan.consumption],
        "findings": [_finding(scan, finding) for finding in scan.findings],
        "observations": [asdict(one) for one in scan.observations],
        "problems": {"counts": dict(scan.problem_counts), "first": [asdict(one) for one in scan.problems]},
        "switched_off": list(scan.switched_off),
        "decision": _decision(report),
        "exit_code": report.exit_code,
        "notes": list(report.notes),
    }
    return json.dumps(document, indent=2, default=_plain) + "\n"


def _consumption(row: Consumption) -> dict[str, Any]:
    """Return a row; what calls without a price cost is not known, and null."""
    return {**asdict(row), "cost_usd": None if row.unpriced_calls == row.calls else row.cost_usd}


def _finding(scan: Scan, finding: Finding) -> dict[str, Any]:
    return {
        **asdict(finding),
        "share_percent": scan.totals.share(finding.wasted_usd),
        "monthly_saving_usd": scan.totals.monthly(finding.wasted_usd),
    }


def _decision(report: ScanReport) -> dict[str, Any] | None:
    judged = report.judged
    if judged is None:
        return None
    return {
        "outcome": judged.decision.outcome,
        "findings": [
            {
                **one.finding.model_dump(mode="json", exclude_none=True),
                "calls": one.group.calls if one.group else None,
                "monthly_cost_usd": one.monthly_cost,
            }
            for one in judged.findings
        ],
        "warnings": list(judged.warnings),
    }


def _plain(value: Decimal | date | datetime) -> str:
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return value.isoformat()
