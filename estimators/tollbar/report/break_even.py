"""From where on a model of one's own pays, for a terminal or as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.money import format_usd

if TYPE_CHECKING:
    from decimal import Decimal

    from tollbar.llm.break_even import FineTuning, Hosting, SelfHosting

_MARKS = {"T": 10**12, "B": 10**9, "M": 10**6, "K": 10**3}


def hosting(found: Hosting, model: str, own: str, format_name: str) -> str:
    """Return what self-hosting comes to, as a table or JSON, ending in a newline."""
    return _hosting_json(found) if format_name == "json" else _hosting_table(found, model, own)


@dataclass(frozen=True, slots=True)
class Names:
    """The model that is replaced, the tuned one by its base, and whose prices the tuned one has."""

    model: str
    tuned: str
    priced_as: str


def tuning(found: FineTuning, calls: Decimal, names: Names, format_name: str) -> str:
    """Return what fine-tuning comes to at so many calls a month, as a table or JSON, ending in a newline."""
    return _tuning_json(found, calls, names) if format_name == "json" else _tuning_table(found, calls, names)


def _hosting_table(found: Hosting, model: str, own: str) -> str:
    low, high, tokens = found.low, found.high, found.tokens
    replicas = low.replicas(tokens)
    rows = [
        (f"{model} by API", f"{format_usd(low.api(tokens))} a month", f"{_tokens(tokens)} tokens"),
        (f"machines of {own}", f"{format_usd(replicas * low.machine)} a month",
         f"{replicas} x {format_usd(low.machine)}, each serves {_tokens(low.capacity)} tokens"),
        ("people and operations", f"{_range(low.operations, high.operations)} a month", "--operations-per-year"),
        (f"{own} in all", f"{_range(low.own(tokens), high.own(tokens))} a month", ""),
    ]  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"  {name:<{widths[0]}}  {cost:>{widths[1]}}  {note}".rstrip() for name, cost, note in rows]
    return "\n".join([*lines, "", _hosting_verdict(found, own)]) + "\n"


def _hosting_verdict(found: Hosting, own: str) -> str:
    first, last = found.low.break_even, found.high.break_even
    if first is None or last is None:
        worth = found.low.api_per_token * found.low.capacity
        return (
            f"{own} never pays: what a replica serves costs {format_usd(worth)} a month by API, the replica "
            f"{format_usd(found.low.machine)}."
        )
    ends = _tokens(first) if first == last else f"{_tokens(first)} to {_tokens(last)}"
    saved_low = found.low.api(found.tokens) - found.low.own(found.tokens)
    saved_high = found.high.api(found.tokens) - found.high.own(found.tokens)
    if saved_high >= 0:
        now = f"At {_tokens(found.tokens)} it saves {_range(saved_high, saved_low)} a month."
    elif saved_low < 0:
        now = f"At {_tokens(found.tokens)} it costs {_range(-saved_low, -saved_high)} a month more."
    else:
        now = f"At {_tokens(found.tokens)} it depends on what people and operations cost."
    return f"{own} pays from {ends} tokens a month on. {now}"


def _hosting_json(found: Hosting) -> str:
    def told(end: SelfHosting) -> dict[str, float | int | None]:
        tokens = end.break_even
        return {
            "operations_per_month": float(end.operations),
            "own_per_month": float(end.own(found.tokens)),
            "break_even_tokens": None if tokens is None else float(tokens),
        }

    document = {
        "monthly_tokens": float(found.tokens),
        "api_per_month": float(found.low.api(found.tokens)),
        "machine_per_month": float(found.low.machine),
        "replicas": found.low.replicas(found.tokens),
        "tokens_per_replica": float(found.low.capacity),
        "low": told(found.low),
        "high": told(found.high),
    }
    return json.dumps(document, indent=2) + "\n"


def _tuning_table(found: FineTuning, calls: Decimal, names: Names) -> str:
    tuned = names.tuned
    rows = [
        (f"a call of {names.model}", f"${found.before_per_call.normalize():f}", ""),
        (f"a call of tuned {tuned}", f"${found.tuned_per_call.normalize():f}", f"prices of {names.priced_as}"),
        ("the training", format_usd(found.training), ""),
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"  {name:<{widths[0]}}  {cost:<{widths[1]}}  {note}".rstrip() for name, cost, note in rows] + [""]
    needed, months = found.break_even, found.months(calls)
    if needed is None or months is None:
        return "\n".join([*lines, f"tuned {tuned} never pays: its calls cost no less."]) + "\n"
    saved = format_usd(found.saved_per_call * calls)
    lines += [
        f"tuned {tuned} pays from {needed:,.0f} calls on: {months:.1f} months at {calls:,.0f} calls a month.",
        f"After that it saves {saved} a month.",
    ]
    return "\n".join(lines) + "\n"


def _tuning_json(found: FineTuning, calls: Decimal, names: Names) -> str:
    months = found.months(calls)
    document = {
        "tuned_priced_as": names.priced_as,
        "training": float(found.training),
        "before_per_call": float(found.before_per_call),
        "tuned_per_call": float(found.tuned_per_call),
        "saved_per_call": float(found.saved_per_call),
        "break_even_calls": None if found.break_even is None else int(found.break_even),
        "months": None if months is None else float(months),
    }
    return json.dumps(document, indent=2) + "\n"


def _range(low: Decimal, high: Decimal) -> str:
    return format_usd(low) if low == high else f"{format_usd(low)} to {format_usd(high)}"


def _tokens(count: Decimal) -> str:
    """Return a number of tokens as people say it: 2B, 500M."""
    for mark, times in _MARKS.items():
        if count >= times:
            return f"{count / times:.3g}{mark}"
    return f"{count:,.0f}"
