"""A backtest as a table, as Markdown for a pull request, or as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tollbar.errors import ConfigError
from tollbar.money import format_usd
from tollbar.policy.backtest import CHANGES, OUTCOMES, Replayed, sum_of
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from tollbar.decision import Outcome
    from tollbar.policy.backtest import Backtest, Change, FalsePositives

_ROWS = 20
_PIPE = r"\|"  # a bar inside a cell
_OUTCOMES: Mapping[Outcome, str] = {
    "allow": "passes", "warn": "passes with warnings", "needs_approval": "needs approval", "deny": "denied",
}  # fmt: skip
_CHANGES: Mapping[Change, str] = {
    "newly_denied": "newly denied",
    "newly_needs_approval": "newly needs approval",
    "newly_warns": "newly warns",
    "newly_passes": "newly passes",
    "no_longer_warns": "no longer warns",
}


@dataclass(frozen=True, slots=True)
class _Table:
    """A table with a title; columns from ``numbers`` on are set to the right."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: int
    left_out: int = 0


def require_format(format_name: str) -> None:
    """Do nothing where there is a format of this name.

    Raises:
        ConfigError: There is none; the nearest known one is named.
    """
    if format_name not in _FORMATS:
        known = ", ".join(sorted(_FORMATS))
        raise ConfigError(
            f"unknown format {format_name!r}; known: {known}", hint=did_you_mean(format_name, list(_FORMATS))
        )


def render(result: Backtest, format_name: str, *, everything: bool = False) -> str:
    """Return the result in the named format, ending in a newline. ``everything`` shows all rows of long lists.

    Raises:
        ConfigError: There is no such format.
    """
    require_format(format_name)
    return _FORMATS[format_name](result, everything)


def _table(result: Backtest, everything: bool) -> str:  # noqa: FBT001 -- called by name of the format
    return "\n".join(_text_lines(result, _tables(result, everything=everything))) + "\n"


def _text_lines(result: Backtest, tables: Iterable[_Table]) -> Iterator[str]:
    yield from _heading(result)
    for table in tables:
        yield ""
        rows = (table.headings, *table.rows)
        widths = [max(len(row[column]) for row in rows) for column in range(len(table.headings))]
        yield table.title
        for row in rows:
            cells = (
                f"{c:>{w}}" if n >= table.numbers else f"{c:{w}}"
                for n, (c, w) in enumerate(zip(row, widths, strict=True))
            )
            yield f"  {'  '.join(cells)}".rstrip()
        if table.left_out:
            yield f"  … {table.left_out} more (--all shows them)"
    yield ""
    yield from _closing(result)


def _markdown(result: Backtest, everything: bool) -> str:  # noqa: FBT001 -- called by name of the format
    return "\n".join(_markdown_lines(result, _tables(result, everything=everything))) + "\n"


def _markdown_lines(result: Backtest, tables: Iterable[_Table]) -> Iterator[str]:
    denied = result.of_change("newly_denied").count
    yield f"## Backtest: {denied or 'nothing'} newly denied"
    yield ""
    yield from (f"- {' '.join(line.split())}" for line in _heading(result))
    for table in tables:
        yield ""
        yield f"**{table.title}**"
        yield ""
        yield _markdown_row(table.headings)
        yield _markdown_row(["---:" if n >= table.numbers else "---" for n in range(len(table.headings))])
        yield from (_markdown_row(row) for row in table.rows)
        if table.left_out:
            yield f"\n… {table.left_out} more"
    yield ""
    yield from (f"  - {line.strip()}" if line.startswith(" ") else f"- {line}" for line in _closing(result))


def _markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', _PIPE).replace('<', '&lt;') for cell in cells)} |"


def _heading(result: Backtest) -> Iterator[str]:
    times = sorted(entry.deployment.time for entry in result.replayed)
    when = f", from {times[0][:10]} to {times[-1][:10]}" if times else ""
    yield f"{_counted(len(result.replayed), 'decision')} replayed{when}"
    yield f"  baseline:  {result.baseline}"
    yield f"  candidate: {result.candidate} (policy {result.revision})"


def _tables(result: Backtest, *, everything: bool) -> Iterator[_Table]:
    before, after = result.outcomes("before"), result.outcomes("after")
    yield _Table(
        "Outcomes", ("", "Baseline", "Candidate"),
        tuple((_OUTCOMES[outcome], f"{before[outcome]:,}", f"{after[outcome]:,}") for outcome in OUTCOMES), 1,
    )  # fmt: skip
    changed = result.changed
    if not changed:
        return
    sums = {change: result.of_change(change) for change in CHANGES}
    yield _Table(
        "What changes", ("", "Decisions", "Monthly cost", "Their change"),
        tuple(
            (_CHANGES[change], f"{found.count:,}", format_usd(found.monthly_cost), _signed(found.delta))
            for change, found in sums.items()
            if found.count
        ),
        1,
    )  # fmt: skip
    kinds = [change for change, found in sums.items() if found.count]
    yield _grouped("By team", "Team", [(team or "no team", found) for team, found in result.by_team().items()], kinds)
    names = _rule_names(result)
    rules = [(f"{code} {names[code]}", found) for code, found in result.by_rule().items()]
    yield _grouped("By rule", "Rule", rules, kinds)
    yield _changed_table(changed, everything=everything)


def _grouped(title: str, what: str, groups: Sequence[tuple[str, list[Replayed]]], kinds: Sequence[Change]) -> _Table:
    def cells(found: list[Replayed]) -> Iterator[str]:
        counts = (sum(entry.change == kind for entry in found) for kind in kinds)
        yield from (f"{count:,}" if count else "" for count in counts)
        yield format_usd(sum_of(found).monthly_cost)

    headings = (what, *(_CHANGES[kind].capitalize() for kind in kinds), "Monthly cost")
    return _Table(title, headings, tuple((name, *cells(found)) for name, found in groups), 1)


def _rule_names(result: Backtest) -> dict[str, str]:
    """Return the rules' names by their codes."""
    sides = (decision for entry in result.replayed for decision in (entry.before, entry.after))
    return {finding.code: finding.rule for decision in sides for finding in decision.findings}


def _changed_table(changed: Sequence[Replayed], *, everything: bool) -> _Table:
    shown = changed if everything else changed[:_ROWS]
    approved = any(entry.stored.approved_by for entry in shown)
    headings = ("Decision", "Deployment", "Team", "Change", "Rules", *(("Approved by",) if approved else ()))
    return _Table(
        "Decisions that change", (*headings, "Monthly cost", "Its change"),
        tuple(_changed_row(entry, approved=approved) for entry in shown), len(headings), len(changed) - len(shown),
    )  # fmt: skip


def _changed_row(entry: Replayed, *, approved: bool) -> tuple[str, ...]:
    deployment = entry.deployment
    where = f"{deployment.name} ({deployment.environment})"
    return (
        entry.stored.name,
        f"{where} {deployment.pull_request}" if deployment.pull_request else where,
        deployment.team or "", _CHANGES[entry.change] if entry.change else "", ", ".join(entry.rules),
        *((entry.stored.approved_by or "",) if approved else ()),
        format_usd(deployment.monthly_cost), _signed(deployment.delta),
    )  # fmt: skip


def _signed(delta: Decimal | None) -> str:
    return "not known" if delta is None else format_usd(delta, signed=True)


def _closing(result: Backtest) -> Iterator[str]:
    if not result.changed:
        yield "No decision changes."
    yield _false_positives(result.false_positives)
    if result.errors:
        yield f"{_counted(len(result.errors), 'estimate')} could not be decided, and no figure above has them:"
        yield from (f"  {name}: {message}" for name, message in result.errors.items())


def _false_positives(found: FalsePositives | None) -> str:
    if found is None:
        return "False positives: not known, because approvals are noted in a ledger only (tollbar ledger approve)."
    all_of_them = f"{found.approved} of {_counted(found.denied, 'denial')} {_was(found.approved)} approved later"
    share = f" ({found.approved / found.denied:.1%})" if found.denied else ""
    new = f"; {found.newly_denied_approved} of the {found.newly_denied} new ones" if found.newly_denied else ""
    return f"False positives: {all_of_them}{share}{new}."


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _json(result: Backtest, _everything: bool) -> str:  # noqa: FBT001 -- called by name of the format
    false_positives = result.false_positives
    document: dict[str, Any] = {
        "baseline": result.baseline,
        "candidate": result.candidate,
        "revision": result.revision,
        "decisions": len(result.replayed),
        "outcomes": {"baseline": result.outcomes("before"), "candidate": result.outcomes("after")},
        "changes": {change: asdict(result.of_change(change)) for change in CHANGES},
        "by_team": [{"team": team, **_sums(found)} for team, found in result.by_team().items()],
        "by_rule": [{"rule": rule, **_sums(found)} for rule, found in result.by_rule().items()],
        "false_positives": None if false_positives is None else asdict(false_positives),
        "changed": [_changed_object(entry) for entry in result.changed],
        "errors": [{"id": name, "message": message} for name, message in result.errors.items()],
    }
    return json.dumps(document, indent=2, default=float) + "\n"


def _sums(found: list[Replayed]) -> dict[str, Any]:
    of_change = {change: [entry for entry in found if entry.change == change] for change in CHANGES}
    return {change: asdict(sum_of(entries)) for change, entries in of_change.items() if entries}


def _changed_object(entry: Replayed) -> dict[str, Any]:
    return {
        "id": entry.stored.name,
        **asdict(entry.deployment),
        "baseline": entry.before.outcome,
        "candidate": entry.after.outcome,
        "change": entry.change,
        "rules": entry.rules,
        "approved_by": entry.stored.approved_by,
    }


_FORMATS: Mapping[str, Callable[[Backtest, bool], str]] = {"table": _table, "json": _json, "markdown": _markdown}
