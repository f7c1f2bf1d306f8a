"""What a report on a scan says, in tables and sentences; the formats only set them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.money import format_usd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.llm.scan_result import Consumption, Example, Finding, Scan, Totals
    from tollbar.report.scan import ScanReport

_ROWS = 8
"""Rows of a table that are shown unless all are asked for."""
_SOURCES = 5
"""Files that are named unless all are asked for."""
_OBSERVATIONS = 3
"""Observations of a kind that are shown unless all are asked for."""
_TITLES = {"task": "task type", "tier": "service tier", "hour": "hour of the day (UTC)", "day": "day"}
_MESSAGE = re.compile(r'^\[\{"role": ?"\w+", ?"content": ?"')
_MILLION, _THOUSAND = 1_000_000, 1_000


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title; columns from ``numbers`` on are set to the right."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: int = 1
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """One finding in words: what, how much, what to do, and where."""

    name: str
    title: str
    amount: str
    fix: str
    examples: tuple[str, ...]
    claim: str = ""


def sources(report: ScanReport) -> str:
    """Return the files that were read; of many the first ones, and how many more."""
    shown = report.sources if report.everything else report.sources[:_SOURCES]
    more = len(report.sources) - len(shown)
    return ", ".join(shown) + (f" and {_counted(more, 'more file')}" if more else "")


def summary(report: ScanReport) -> Iterator[tuple[str, str]]:
    """Yield what the log is, as pairs of a word and what it is."""
    totals = report.scan.totals
    failed = f", {totals.failed_calls:,} failed" if totals.failed_calls else ""
    yield "Calls", f"{totals.calls:,}{failed}"
    if totals.calls and totals.first is None:
        yield "Time", "not told"
    elif totals.first is not None and totals.last is not None:
        yield "Time", f"{totals.first:%Y-%m-%d %H:%M} to {totals.last:%Y-%m-%d %H:%M} UTC, {_span(totals)}"
    cached = f" ({_percent(totals.cached_tokens, totals.input_tokens)} cached)" if totals.cached_tokens else ""
    reasoning = totals.reasoning_tokens
    thought = f" ({_percent(reasoning, totals.output_tokens)} reasoning)" if reasoning else ""
    yield "Tokens", f"{count(totals.input_tokens)} in{cached}, {count(totals.output_tokens)} out{thought}"
    monthly = totals.monthly(totals.cost_usd)
    rate = f", {format_usd(monthly)} a month" if monthly is not None else "; too short a time to scale to a month"
    known = format_usd(totals.cost_usd) + rate if totals.is_priced else "not known"
    yield "Cost", f"{known} (prices of {report.prices_on})"
    if totals.unpriced_calls:
        names = ", ".join(totals.unpriced_models)
        yield "Unpriced", f"{totals.unpriced_calls:,} of {totals.calls:,} calls, not in any amount: {names}"
    if totals.logged_calls:
        yield "Logged", _logged(totals)
    if report.formats:
        yield "Read as", ", ".join(f"{name} ({number:,})" for name, number in report.formats.items())


def _logged(totals: Totals) -> str:
    difference = totals.compared_usd - totals.logged_usd
    if abs(difference) < Decimal("0.005"):
        return f"the log says {format_usd(totals.logged_usd)} of {_counted(totals.logged_calls, 'call')}, as we do"
    share = f" ({difference / totals.logged_usd:+.1%})" if totals.logged_usd else ""
    return (
        f"the log says {format_usd(totals.logged_usd)} of {_counted(totals.logged_calls, 'call')} that come to "
        f"{format_usd(totals.compared_usd)} here{share}"
    )


def consumption_tables(report: ScanReport) -> Iterator[Table]:
    """Yield a table for each dimension that the log tells anything of."""
    rows = report.scan.consumption
    for dimension in dict.fromkeys(row.dimension for row in rows):
        told = [row for row in rows if row.dimension == dimension]
        if any(row.key is not None for row in told):
            yield _consumption_table(report, dimension, told)


def _consumption_table(report: ScanReport, dimension: str, rows: list[Consumption]) -> Table:
    shown = rows if report.everything else rows[:_ROWS]
    cells = tuple(
        (
            row.key or "not told", f"{row.calls:,}", count(row.input_tokens), count(row.output_tokens),
            _cost(row), _share(report.scan.totals, row.cost_usd),
        )
        for row in shown
    )  # fmt: skip
    headings = (f"By {_TITLES.get(dimension, dimension)}", "Calls", "Input", "Output", "Cost", "Share")
    return Table("", headings, cells, left_out=len(rows) - len(shown))


def _cost(row: Consumption) -> str:
    if row.unpriced_calls == row.calls:
        return "not known"
    return format_usd(row.cost_usd) + (" +?" if row.unpriced_calls else "")


def waste_table(scan: Scan) -> Table | None:
    """Return the findings in a table with their sum; None where there is no waste."""
    found = [finding for finding in scan.findings if finding.calls]
    if not found:
        return None
    rows = [
        (
            finding.detector, f"{finding.incidents:,}", f"{finding.calls:,}", count(finding.tokens),
            format_usd(finding.wasted_usd), _share(scan.totals, finding.wasted_usd), _monthly(scan, finding.wasted_usd),
        )
        for finding in found
    ]  # fmt: skip
    rows.append(
        ("total", "", f"{sum(f.calls for f in found):,}", "", format_usd(scan.wasted_usd),
         _share(scan.totals, scan.wasted_usd), _monthly(scan, scan.wasted_usd))
    )  # fmt: skip
    headings = ("Waste", "Incidents", "Calls", "Tokens", "Wasted", "Share", "A month")
    columns = len(headings) if scan.totals.months is not None else len(headings) - 1
    return Table("", headings[:columns], tuple(row[:columns] for row in rows))


def overlap(scan: Scan) -> str | None:
    """Return what findings would also have claimed, None where they do not meet."""
    shared = [finding for finding in scan.findings if finding.overlap_usd > 0 or finding.overlap_calls]
    if not shared:
        return None
    parts = ", ".join(f"{f.detector} {format_usd(f.overlap_usd)} ({f.overlap_calls:,} calls)" for f in shared)
    return f"Claimed once: these found as well what others had claimed, and do not count it again: {parts}."


def findings(report: ScanReport) -> Iterator[Told]:
    """Yield each finding in words, the largest first."""
    scan = report.scan
    for finding in scan.findings:
        if finding.calls:
            unpriced = f"; {finding.unpriced_calls:,} of them without a price" if finding.unpriced_calls else ""
            amount = f"{format_usd(finding.wasted_usd)} in {_counted(finding.calls, 'call')}{unpriced}"
            examples = tuple(_example(finding, example) for example in finding.examples)
            yield Told(finding.detector, finding.title, amount, _fix(scan, finding), examples, finding.claim)


def _fix(scan: Scan, finding: Finding) -> str:
    monthly = scan.totals.monthly(finding.wasted_usd)
    saved = f" Saves {format_usd(monthly)} a month." if monthly is not None and finding.wasted_usd else ""
    return f"{finding.fix.strip()}{saved}"


def _example(finding: Finding, example: Example) -> str:
    place = f"{example.source}:{example.line}" if example.line is not None else str(example.source)
    several = "" if finding.incidents == finding.calls else f", {_counted(example.calls, 'call')}"
    model = "" if example.model is None or example.model in example.basis else f"{example.model}, "
    prompt = f' "{_spoken(example.excerpt)}"' if example.excerpt else ""
    told = prompt or (f" prompt {example.prompt_hash}" if example.prompt_hash else "")
    return f"{place}  {format_usd(example.wasted_usd)}{several}: {model}{example.basis}{told}"


def _spoken(excerpt: str) -> str:
    """Return the beginning of a prompt without the marks of a list of messages around it."""
    return _MESSAGE.sub("", excerpt).removesuffix("]").removesuffix("}").removesuffix('"')


def observations(report: ScanReport) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield what is unusual by kind: its title, what to do, and the groups of calls."""
    found = report.scan.observations
    for detector in dict.fromkeys(one.detector for one in found):
        groups = [one for one in found if one.detector == detector]
        shown = groups if report.everything else groups[:_OBSERVATIONS]
        lines = [
            f"{one.group}  {one.factor:,.1f} times, {_counted(one.calls, 'call')}"
            f"{'' if one.cost_usd is None else ', ' + format_usd(one.cost_usd)}: {one.detail}"
            for one in shown
        ]
        if len(groups) > len(shown):
            lines.append(f"… {len(groups) - len(shown)} more (--all shows them)")
        yield groups[0].title, groups[0].fix.strip(), tuple(lines)


def problems(report: ScanReport) -> Iterator[str]:
    """Yield how many lines were not read or are doubtful, by kind, and where the first of them stand."""
    scan = report.scan
    for kind, number in scan.problem_counts.items():
        found = [problem for problem in scan.problems if problem.kind == kind][: None if report.everything else 3]
        places = ", ".join(f"{p.source}:{p.line}" if p.line is not None else p.source for p in found)
        detail = next((p.detail for p in found if p.detail), "")
        yield (
            f"{_counted(number, 'line')}: {kind.replace('_', ' ')}{' (' + detail + ')' if detail else ''}: {places}"
            + (f" and {number - len(found):,} more" if number > len(found) else "")
        )


def verdict(report: ScanReport) -> Iterator[tuple[str, str]]:
    """Yield what the policy found, each with the mark of its severity."""
    if report.judged is None:
        return
    for one in report.judged.findings:
        place = "" if one.group is None or one.group.source is None else f" ({one.group.source}:{one.group.line})"
        yield one.finding.severity, f"{one.finding.msg}{place}"


def closing(report: ScanReport) -> str:
    """Return the verdict in one line."""
    scan = report.scan
    bill = format_usd(scan.totals.cost_usd) if scan.totals.is_priced else "a bill that is not known"
    waste = f"{format_usd(scan.wasted_usd)} of {bill} is waste" + (
        f" ({_share(scan.totals, scan.wasted_usd)})" if scan.totals.cost_usd else ""
    )
    if report.over_limit:
        return f"{waste}, over the limit of {report.over_limit}."
    if report.judged is None:
        return f"{waste}. No policy was asked."
    words = {
        "deny": "The policy denies it",
        "needs_approval": "It needs an approval",
        "warn": "The policy warns",
        "allow": "The policy lets it pass",
    }
    return f"{waste}. {words[report.judged.decision.outcome]}."


def count(number: int) -> str:
    """Return a number of tokens as people read it: 950, 12.3K, 4.5M."""
    if number < 10 * _THOUSAND:
        return f"{number:,}"
    if number < _MILLION:
        return f"{number / _THOUSAND:,.1f}K"
    return f"{number / _MILLION:,.1f}M"


def _span(totals: Totals) -> str:
    days = totals.hours / 24
    return f"{totals.hours:.1f} hours" if days < 2 else f"{days:.1f} days"


def _monthly(scan: Scan, amount: Decimal) -> str:
    monthly = scan.totals.monthly(amount)
    return "" if monthly is None else format_usd(monthly)


def _share(totals: Totals, amount: Decimal) -> str:
    return f"{totals.share(amount):.1f} %"


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "0%"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
