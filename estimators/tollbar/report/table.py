"""The terminal table: what it costs, what the policy found, what to do."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tollbar.money import format_usd
from tollbar.report import wording
from tollbar.report.wording import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.decision import Decision, Finding, Severity
    from tollbar.estimate import Estimate, EstimatedResource
    from tollbar.report.interface import Report

_ROWS = 30
_TYPE_WIDTH = 24
_FINDINGS_PER_RULE = 5
_EVERYTHING = "the whole deployment"
_MARKS: dict[Severity, tuple[str, str]] = {
    "error": ("✗", "bold red"),
    "approval": ("?", "bold magenta"),
    "warning": ("!", "yellow"),
    "info": ("i", "cyan"),
}


def render(report: Report) -> str:
    """Return the table, the findings with their remediation, and the verdict."""
    text = io.StringIO()
    console = Console(
        file=text,
        width=report.width,
        force_terminal=report.colour,
        color_system="standard" if report.colour else None,
        highlight=False,
        emoji=False,
        markup=False,
        soft_wrap=False,
    )
    _print_heading(console, report)
    console.print(_cost_table(report))
    for line in wording.notes(report.estimate):
        console.print(Padding(Text(visible(line), style="dim"), (0, 0, 0, 2)))
    for warning in report.warnings:
        console.print(Text.assemble(("! ", "yellow"), visible(warning)))
    if report.decision is not None:
        _print_decision(console, report.decision, everything=report.everything)
        _print_closing(console, report, report.decision)
    return "\n".join(wording.no_command(line.rstrip()) for line in text.getvalue().splitlines()) + "\n"


def _print_heading(console: Console, report: Report) -> None:
    left, right = visible(wording.heading(report.estimate)), wording.price_note(report.estimate)
    gap = report.width - len(left) - len(right)
    line = f"{left}{' ' * gap}{right}" if gap > 1 else f"{left}\n{right}"
    console.print(Text(line, style="bold"))
    console.print()
    for number, told in enumerate(report.summary):
        console.print(Text(told, style="bold" if number == 0 else ""))
    if report.summary:
        console.print()


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns there are besides those that always are."""

    effective: bool
    range: bool
    change: bool


def _cost_table(report: Report) -> Table:
    estimate = report.estimate
    totals = estimate.totals
    shown, left_out = _shown_resources(report)
    columns = _Columns(totals.costs is not None, totals.min != totals.max, totals.delta is not None)
    rows = [_cells(resource, columns) for resource in shown]
    total = _total_cells(estimate, columns)
    taken = sum(max((len(row[i]) for row in (*rows, total)), default=0) + 2 for i in range(1, len(total)))
    table = _empty_table(columns)
    for address, *others in rows:
        table.add_row(_folded(address, report.width - taken - 2), *others)
    if left_out:
        table.add_row(*_rest_cells(left_out, columns), style="dim")
    table.add_section()
    table.add_row(*total, style="bold")
    if columns.range:
        before = [""] * (4 if columns.effective else 3)
        table.add_row(*before, f"p90 ${totals.p90:,.0f}", style="dim")
    return table


def _empty_table(columns: _Columns) -> Table:
    table = Table(box=None, padding=(0, 1), show_edge=False, header_style="bold")
    table.add_column("Resource", overflow="fold", ratio=1)
    table.add_column("Type", overflow="fold", max_width=_TYPE_WIDTH)
    table.add_column("List" if columns.effective else "Monthly", justify="right", no_wrap=True)
    if columns.effective:
        table.add_column("Effective", justify="right", no_wrap=True)
    if columns.range:
        table.add_column("Range", no_wrap=True)
    if columns.change:
        table.add_column("Change", no_wrap=True)
    return table


def _cells(resource: EstimatedResource, columns: _Columns) -> list[str]:
    size = resource.instance_type or resource.type.split("_", 1)[-1]
    cells = [visible(resource.address), visible(size), wording.monthly(resource)]
    cells += [wording.effective(resource)] if columns.effective else []
    cells += [wording.cost_range(resource)] if columns.range else []
    return cells + ([wording.change(resource)] if columns.change else [])


def _rest_cells(left_out: Sequence[EstimatedResource], columns: _Columns) -> list[str]:
    costs = [resource.monthly_cost for resource in left_out if resource.monthly_cost is not None]
    cells = [f"… {len(left_out)} more (--all shows them)", "", format_usd(sum(costs, Decimal(0)))]
    if columns.effective:
        effective = [resource.costs.effective for resource in left_out if resource.costs is not None]
        cells.append(format_usd(sum(effective, Decimal(0))))
    return cells


def _total_cells(estimate: Estimate, columns: _Columns) -> list[str]:
    totals = estimate.totals
    cells = ["Total", "", wording.total(estimate)]
    cells += [wording.effective_total(estimate)] if columns.effective else []
    cells += [wording.range_of(totals.min, totals.max)] if columns.range else []
    return cells + ([format_usd(totals.delta, signed=True)] if totals.delta is not None else [])


def _folded(address: str, room: int) -> str:
    """Return an address on as many lines as it needs, broken between its parts."""
    lines: list[str] = []
    for part in re.split(r"(?<=\.)(?![^\[]*\])", address):
        if lines and len(lines[-1]) + len(part) <= room:
            lines[-1] += part
        else:
            lines.append(part if not lines else f"  {part}")
    return "\n".join(lines)


def _shown_resources(report: Report) -> tuple[list[EstimatedResource], list[EstimatedResource]]:
    """Return the resources to show, the most changed and dearest first, and those left out."""
    candidates = [r for r in report.estimate.resources if not r.free and not _is_unsupported(r)]
    candidates.sort(key=wording.importance)
    return (candidates, []) if report.everything else (candidates[:_ROWS], candidates[_ROWS:])


def _is_unsupported(resource: EstimatedResource) -> bool:
    return any(line.reason == "unsupported_type" for line in resource.unpriced)


def _print_decision(console: Console, decision: Decision, *, everything: bool) -> None:
    console.print()
    by_code: dict[str, list[Finding]] = {}
    for finding in decision.findings:
        by_code.setdefault(finding.code, []).append(finding)
    for code, findings in by_code.items():
        shown = findings if everything else _shown_findings(findings)
        for finding in shown:
            _print_finding(console, finding)
        if len(findings) > len(shown):
            console.print(Text(f"  … {len(findings) - len(shown)} more of {code} (--all shows them)", style="dim"))
    for finding in decision.exempted:
        heading = f"- {finding.code} {finding.rule}  {finding.resource or _EVERYTHING}"
        console.print(Text(visible(heading), style="dim"))
        message = f"{wording.message_of(finding)} {wording.as_sentence(wording.exemption_of(finding))}"
        console.print(Padding(Text(visible(message), style="dim"), (0, 0, 0, 2)))
    if decision.findings or decision.exempted:
        console.print()


def _shown_findings(findings: list[Finding]) -> list[Finding]:
    """Return the findings of a rule to show: of those that count for nothing, the one that would save the most."""
    if findings[0].severity == "info":
        return [max(findings, key=lambda finding: wording.saving_of(finding) or Decimal(0))]
    return findings[:_FINDINGS_PER_RULE]


def _print_finding(console: Console, finding: Finding) -> None:
    mark, style = _MARKS[finding.severity]
    heading = visible(f"{mark} {finding.code} {finding.rule}")
    resource, place = visible(finding.resource or _EVERYTHING), visible(wording.place_of(finding))
    fits = len(heading) + len(resource) + len(place) + 4 <= console.width
    console.print(Text.assemble((heading, style), "  ", resource, f"  {place}" if place and fits else ""))
    if place and not fits:
        console.print(Padding(Text(place), (0, 0, 0, 2)))
    console.print(Padding(Text(visible(wording.message_of(finding))), (0, 0, 0, 2)))
    if finding.remediation:
        console.print(Padding(Text(visible(f"→ {finding.remediation}"), style="dim"), (0, 0, 0, 2)))


def _print_closing(console: Console, report: Report, decision: Decision) -> None:
    left, right = visible(wording.closing(decision)), f"exit {report.exit_code}"
    gap = max(report.width - len(left) - len(right), 2)
    console.print(Text(f"{left}{' ' * gap}{right}", style="bold"))
