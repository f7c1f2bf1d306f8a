"""A scan as text for a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tollbar.report.scan import content

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.report.scan import ScanReport
    from tollbar.report.scan.content import Table

_MARKS = {"error": "✗", "approval": "?", "warning": "!", "info": "·"}


def render(report: ScanReport) -> str:
    """Return the report as text."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: ScanReport) -> Iterator[str]:
    yield from _wrapped("", content.sources(report), report.width)
    yield ""
    for word, told in content.summary(report):
        yield from _wrapped(f"  {word:9} ", told, report.width)
    for table in content.consumption_tables(report):
        yield ""
        yield from _table(table)
    waste = content.waste_table(report.scan)
    if waste is not None:
        yield ""
        yield from _table(waste)
    yield from _findings(report)
    for title, fix, lines in content.observations(report):
        yield ""
        yield f"· {title}"
        yield from (f"    {_cut(line, report.width - 4)}" for line in lines)
        yield from _wrapped("  ", fix, report.width)
    if any(report.scan.problem_counts.values()):
        yield ""
        yield "Not read, or in doubt:"
        for line in content.problems(report):
            yield from _wrapped("  ", line, report.width)
    yield from _verdict(report)


def _findings(report: ScanReport) -> Iterator[str]:
    for told in content.findings(report):
        yield ""
        yield f"! {told.name}  {told.title}: {told.amount}"
        yield from _wrapped("  ", told.fix, report.width)
        yield from (f"    {_cut(example, report.width - 4)}" for example in told.examples)
    if (shared := content.overlap(report.scan)) is not None:
        yield ""
        yield from _wrapped("", shared, report.width)


def _verdict(report: ScanReport) -> Iterator[str]:
    found = list(content.verdict(report))
    if found:
        yield ""
    for severity, message in found:
        yield from _wrapped(f"{_MARKS[severity]} ", message, report.width)
    yield ""
    yield from (f"note: {note}" for note in report.notes)
    yield content.closing(report)


def _table(table: Table) -> Iterator[str]:
    rows = (table.headings, *table.rows)
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.headings))]
    for row in rows:
        cells = (
            f"{cell:>{width}}" if number >= table.numbers else f"{cell:{width}}"
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield f"  {'  '.join(cells)}".rstrip()
    if table.left_out:
        yield f"  … {table.left_out} more (--all shows them)"


def _wrapped(start: str, text: str, width: int) -> list[str]:
    indent = " " * len(start)
    return textwrap.wrap(
        text, width, initial_indent=start, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _cut(text: str, room: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= room else f"{line[: room - 1]}…"
