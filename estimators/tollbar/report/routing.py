"""Printing which models will do for a task: a table for people, JSON for machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tollbar.catalog.llm import source_name
from tollbar.llm.model_facts import SOURCE
from tollbar.money import format_usd

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from tollbar.llm.routing import Candidate, Route

_HEADINGS = ("", "Model", "Provider", "1,000 calls", "A month", "Quality", "Context", "Can")
_RIGHT = frozenset({0, 3, 4, 5, 6})
_THOUSAND, _MILLION = 1_000, 1_000_000


def as_table(found: Route, task: str, most: int) -> str:
    """Return the cheapest models as a table, and where quality, price and features come from."""
    usage, shown = found.wanted.usage, found.candidates[:most]
    calls = found.wanted.calls_per_month
    size = f"{usage.total_input:,} tokens in, {usage.total_output:,} out"
    head = f"{task}: {size}{f', {calls:,} calls a month' if calls is not None else ''}"
    if not shown:
        return "\n".join([head, "", "No model will do.", *_left_out(found), *_sources(found)]) + "\n"
    rows = [_row(place, candidate, found) for place, candidate in enumerate(shown, 1)]
    more = len(found.candidates) - len(shown)
    tail = [f"… {more} more will do (--most {len(found.candidates)} lists them)"] if more else []
    return "\n".join([head, "", *_aligned([_HEADINGS, *rows]), *tail, *_left_out(found), *_sources(found)]) + "\n"


def as_json(found: Route, task: str) -> str:
    """Return all models that will do, with the reasons why others do not."""
    usage, wanted = found.wanted.usage, found.wanted
    document = {
        "task": task,
        "call": {"input_tokens": usage.total_input, "output_tokens": usage.total_output},
        "calls_per_month": _number(wanted.calls_per_month),
        "quality_floor": _number(wanted.quality),
        "needs": sorted(wanted.needs),
        "benchmark": {
            "name": found.benchmark,
            "title": found.source.title,
            "page": found.source.page,
            "as_of": found.source.as_of,
            "unit": found.source.unit,
        },
        "sources": {"prices": source_name(), "features": SOURCE},
        "models": [_document(candidate, found) for candidate in found.candidates],
        "left_out": {reason: list(models) for reason, models in found.left_out.items()},
    }
    return json.dumps(document, indent=2) + "\n"


def _document(candidate: Candidate, found: Route) -> dict[str, Any]:
    calls, features = found.wanted.calls_per_month, candidate.features
    return {
        "model": candidate.rates.model,
        "provider": candidate.rates.provider,
        "cost_per_call": float(candidate.cost_per_call),
        "monthly_cost": None if calls is None else float(candidate.cost_per_call * calls),
        "quality": _number(candidate.quality),
        "context": candidate.context,
        "features": None if features is None else sorted(features),
        "price_as_of": candidate.rates.as_of,
    }


def _row(place: int, candidate: Candidate, found: Route) -> tuple[str, ...]:
    calls, features = found.wanted.calls_per_month, candidate.features
    unit = found.source.unit if found.source.unit == "%" else ""
    return (
        str(place),
        candidate.rates.model,
        candidate.rates.provider,
        format_usd(candidate.cost_per_call * _THOUSAND),
        "" if calls is None else format_usd(candidate.cost_per_call * calls),
        f"{candidate.quality}{unit}",
        _tokens(candidate.context),
        "not known" if features is None else " ".join(sorted(features & {"vision", "tools", "json", "reasoning"})),
    )


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return rows with columns of one width; a column without any entry is left out."""
    columns = [column for column in range(len(_HEADINGS)) if column == 0 or any(row[column] for row in rows[1:])]
    widths = {column: max(len(row[column]) for row in rows) for column in columns}
    return [
        " " + "  ".join(f"{row[c]:>{widths[c]}}" if c in _RIGHT else f"{row[c]:{widths[c]}}" for c in columns).rstrip()
        for row in rows
    ]


def _left_out(found: Route) -> list[str]:
    commonest = sorted(found.left_out.items(), key=lambda item: (-len(item[1]), item[0]))
    reasons = "; ".join(f"{len(models)} {reason}" for reason, models in commonest)
    return ["", f"Left out: {reasons}."] if reasons else [""]


def _sources(found: Route) -> list[str]:
    source = found.source
    return [
        f"Quality: {source.title}.",
        f"  {source.page}, {source.as_of}.",
        "  What it does not list has no figure and is left out; --quality-file FILE brings your own.",
        f"Prices: {source_name()}. Features, and context where that has none: {SOURCE}.",
    ]


def _tokens(count: int | None) -> str:
    if count is None:
        return "not known"
    return f"{count / _MILLION:.3g}M" if count >= _MILLION else f"{count / _THOUSAND:.0f}k"


def _number(value: Decimal | None) -> float | int | None:
    return None if value is None else int(value) if value == value.to_integral_value() else float(value)
