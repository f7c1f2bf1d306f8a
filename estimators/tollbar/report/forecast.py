"""A forecast of the spend on language models for a terminal, as Markdown, or as JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.errors import ConfigError
from tollbar.money import format_usd
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tollbar.llm.forecast import Expected, Forecast, Part
    from tollbar.llm.time_series import Growth

_ROWS = 8
_UNTOLD = "(not told)"


def require_format(format_name: str) -> None:
    """Do nothing where there is a format of this name.

    Raises:
        ConfigError: There is none; the nearest known one is named.
    """
    if format_name not in _FORMATS:
        raise ConfigError(
            f"unknown format {format_name!r}; known: {', '.join(_FORMATS)}", hint=did_you_mean(format_name, _FORMATS)
        )


def render(forecast: Forecast, format_name: str, *, everything: bool = False) -> str:
    """Return a forecast in the named format, ending in a newline. ``everything`` shows all rows of long lists.

    Raises:
        ConfigError: There is no such format.
    """
    require_format(format_name)
    return _FORMATS[format_name](forecast, everything)


def _table(forecast: Forecast, everything: bool) -> str:  # noqa: FBT001 -- as the formats are called
    lines = [f"{forecast.month} · {forecast.calls:,} calls from {_time(forecast.first)} to {_time(forecast.last)}", ""]
    lines += _aligned(_figures(forecast), numbers=1)
    for dimension in dict.fromkeys(part.dimension for part in forecast.parts):
        lines += ["", *_aligned(_rows(forecast, dimension, everything=everything), numbers=1)]
    if forecast.budgets:
        lines += ["", *_aligned(_budget_rows(forecast), numbers=1)]
    if forecast.fixes:
        lines += ["", "What would save most a month:"]
        for place, fix in enumerate(forecast.fixes, 1):
            lines += [f"  {place}. {fix.title}: {format_usd(fix.saving)}", f"     {fix.fix}"]
    notes = list(_notes(forecast))
    return "\n".join([*lines, *(["", *notes] if notes else [])]) + "\n"


def _markdown(forecast: Forecast, everything: bool) -> str:  # noqa: FBT001 -- as the formats are called
    lines = [f"### LLM spend in {forecast.month}", ""]
    lines += _markdown_table([("", "USD", "80 % interval"), *_figures(forecast)])
    for dimension in dict.fromkeys(part.dimension for part in forecast.parts):
        lines += ["", *_markdown_table(_rows(forecast, dimension, everything=everything))]
    if forecast.budgets:
        lines += ["", *_markdown_table(_budget_rows(forecast))]
    if forecast.fixes:
        lines += ["", "What would save most a month:", ""]
        lines += [f"1. {fix.title}: {format_usd(fix.saving)}. {fix.fix}" for fix in forecast.fixes]
    return "\n".join([*lines, "", *(f"- {note}" for note in _notes(forecast))]) + "\n"


def _json(forecast: Forecast, _everything: bool) -> str:  # noqa: FBT001 -- as the formats are called
    document: dict[str, Any] = {
        "month": forecast.month,
        "first": forecast.first.isoformat() + "Z",
        "last": forecast.last.isoformat() + "Z",
        "calls": forecast.calls,
        "unpriced": dict(forecast.unpriced),
        "spent": forecast.spent,
        "estimated_before_the_log": forecast.before,
        "month_end": _interval(forecast.month_end),
        "next_730_hours": _interval(forecast.monthly),
        "growth_per_week": _growth_of(forecast.growth),
        "by": {
            dimension: [
                {"name": part.name, "spent": part.spent, "month_end": part.month_end, "growth_per_week": part.growth}
                for part in forecast.parts
                if part.dimension == dimension
            ]
            for dimension in dict.fromkeys(part.dimension for part in forecast.parts)
        },
        "budgets": [
            {"of": one.of, "budget": one.budget, "month_end": _interval(one.month_end), "outlook": one.outlook}
            for one in forecast.budgets
        ],
        "fixes": [{"title": fix.title, "fix": fix.fix, "saving_per_month": fix.saving} for fix in forecast.fixes],
        "notes": list(forecast.notes),
    }
    return json.dumps(document, indent=2, default=_as_number) + "\n"


_FORMATS: Mapping[str, Callable[[Forecast, bool], str]] = {"table": _table, "json": _json, "markdown": _markdown}


def _as_number(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def _interval(found: Expected) -> dict[str, Decimal]:
    return {"expected": found.expected, "low": found.low, "high": found.high}


def _growth_of(found: Growth | None) -> dict[str, float] | None:
    return None if found is None else {"expected": found.expected, "low": found.low, "high": found.high}


def _figures(forecast: Forecast) -> Iterator[tuple[str, ...]]:
    yield ("spent this month", format_usd(forecast.spent), "")
    if forecast.before:
        yield ("before the log begins", format_usd(forecast.before), "estimated")
    yield ("end of the month", format_usd(forecast.month_end.expected), _range(forecast.month_end))
    yield ("a month from now on", format_usd(forecast.monthly.expected), _range(forecast.monthly))
    if forecast.growth is not None:
        ends = f"{_percent(forecast.growth.low)} to {_percent(forecast.growth.high)}"
        yield ("growth a week", _percent(forecast.growth.expected), ends)


def _rows(forecast: Forecast, dimension: str, *, everything: bool) -> list[tuple[str, ...]]:
    parts = [part for part in forecast.parts if part.dimension == dimension]
    shown = parts if everything else parts[:_ROWS]
    rows: list[tuple[str, ...]] = [
        (dimension, "spent", "end of month", "growth a week"),
        *(_row(part) for part in shown),
    ]
    if left := parts[len(shown) :]:
        spent, end = (sum((getattr(part, name) for part in left), Decimal(0)) for name in ("spent", "month_end"))
        rows.append((f"and {len(left)} more", format_usd(spent), format_usd(end), ""))
    return rows if any(row[3] for row in rows[1:]) else [row[:3] for row in rows]


def _row(part: Part) -> tuple[str, str, str, str]:
    grown = "" if part.growth is None else _percent(part.growth)
    return (part.name or _UNTOLD, format_usd(part.spent), format_usd(part.month_end), grown)


def _budget_rows(forecast: Forecast) -> list[tuple[str, ...]]:
    return [
        ("budget", "a month", "end of month", "80 % interval", "outlook"),
        *(
            (one.of, format_usd(one.budget), format_usd(one.month_end.expected), _range(one.month_end), one.outlook)
            for one in forecast.budgets
        ),
    ]


def _notes(forecast: Forecast) -> Iterator[str]:
    if forecast.unpriced:
        calls = sum(count for _, count in forecast.unpriced)
        names = ", ".join(name for name, _ in forecast.unpriced[:_ROWS])
        yield f"Left out: {calls:,} calls without a price ({names})."
    for note in forecast.notes:
        yield f"Note: {note}."


def _range(found: Expected) -> str:
    return f"{format_usd(found.low)} to {format_usd(found.high)}"


def _percent(share: float) -> str:
    return f"{share * 100:+.1f} %"


def _time(moment: object) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _aligned(rows: Iterator[tuple[str, ...]] | Sequence[tuple[str, ...]], *, numbers: int) -> list[str]:
    rows = list(rows)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if column < numbers else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append(f"  {'  '.join(cells)}".rstrip())
    return lines


def _markdown_table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    marks = ["---", *["---:"] * (len(rows[0]) - 1)]
    cells = [[cell.replace("|", r"\|") for cell in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in (cells[0], marks, *cells[1:])]
