"""A scan as Markdown, for a pull request, a step summary or a wiki."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.report.scan import content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tollbar.report.scan import ScanReport
    from tollbar.report.scan.content import Table

_MARKS = {"error": "**denied**", "approval": "**to be approved**", "warning": "warning", "info": "note"}


def render(report: ScanReport) -> str:
    """Return the report as Markdown."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: ScanReport) -> Iterator[str]:
    yield f"## {_text(content.closing(report))}"
    yield ""
    yield from (f"- **{word}**: {_text(told)}" for word, told in content.summary(report))
    waste = content.waste_table(report.scan)
    for table in [*content.consumption_tables(report), *([] if waste is None else [waste])]:
        yield ""
        yield from _table(table)
    for told in content.findings(report):
        yield ""
        yield f"### {_text(told.title)}: {_text(told.amount)}"
        yield ""
        yield _text(told.fix)
        yield ""
        yield from (f"- {_text(example)}" for example in told.examples)
    if (shared := content.overlap(report.scan)) is not None:
        yield f"\n{_text(shared)}"
    for title, fix, lines in content.observations(report):
        yield f"\n**{_text(title)}**: {_text(fix)}\n"
        yield from (f"- {_text(line)}" for line in lines)
    if any(report.scan.problem_counts.values()):
        yield "\n**Not read, or in doubt**\n"
        yield from (f"- {_text(line)}" for line in content.problems(report))
    verdict = list(content.verdict(report))
    if verdict:
        yield "\n**Policy**\n"
        yield from (f"- {_MARKS[severity]}: {_text(message)}" for severity, message in verdict)
    if report.notes:
        yield ""
        yield from (f"- {_text(note)}" for note in report.notes)


def _table(table: Table) -> Iterator[str]:
    yield _row(table.headings)
    yield _row("---:" if number >= table.numbers else "---" for number in range(len(table.headings)))
    yield from (_row(row) for row in table.rows)
    if table.left_out:
        yield f"\n… {table.left_out} more"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_text(cell) for cell in cells)} |"


def _text(text: str) -> str:
    """Return a text in which nothing of a log is taken for markup."""
    for mark in ("\\", "`", "*", "_", "[", "]", "|", "#"):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("<", "&lt;").replace("\n", " ")
