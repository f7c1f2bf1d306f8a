"""What a change does to the calls of language models in source code, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.money import format_usd

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tollbar.estimate import Estimate, EstimatedResource
    from tollbar.resource import Attributes, Resource

_ALL_SHOWN = 12
_PROMPT = "llm_prompt"
_ATTRIBUTES = (
    ("model", "model"),
    ("max_output_tokens", "max output tokens"),
    ("max_retries", "retries"),
    ("prompt_tokens", "prompt tokens"),
    ("batch", "batch"),
)
_COMPARED = (*(name for name, _ in _ATTRIBUTES), "provider", "operation", "times", "fallbacks", "unbounded_history")
"""What of a call costs money; where it stands and what it is for do not."""


@dataclass(frozen=True, slots=True)
class CallChange:
    """One call that was added, removed or changed; one of the two resources is None where there is none."""

    address: str
    before: Resource | None
    after: Resource | None


def call_changes(after: Sequence[Resource], before: Sequence[Resource]) -> tuple[CallChange, ...]:
    """Return the calls that differ between two states, matched by address: added and changed ones first."""
    earlier = {resource.address: resource for resource in before}
    found = [
        CallChange(resource.address, known, resource)
        for resource in after
        if (known := earlier.pop(resource.address, None)) is None or _facts(known) != _facts(resource)
    ]
    return (*found, *(CallChange(address, resource, None) for address, resource in earlier.items()))


def change_lines(
    changes: Sequence[CallChange], after: Estimate, before: Estimate, *, everything: bool = False
) -> tuple[str, ...]:
    """Return the sentence that says what a change comes to, and one for each call; the dearest first."""
    costs_after = {resource.address: resource for resource in after.resources}
    costs_before = {resource.address: resource for resource in before.resources}
    rows = [(change, _delta(change, costs_after, costs_before)) for change in changes]
    rows.sort(key=lambda row: (row[1][1] is not None, -abs(row[1][1] or Decimal(0)), row[0].address))
    shown = rows if everything else rows[:_ALL_SHOWN]
    left_out = len(rows) - len(shown)
    more = [f"… and {left_out} more calls (--all shows them)"] if left_out else []
    return _headline(rows), *(_line(change, delta[1]) for change, delta in shown), *more


def _facts(resource: Resource) -> Mapping[str, Any]:
    return {name: resource.attributes.get(name) for name in _COMPARED} | {"missing": resource.missing is None}


_Delta = tuple[Decimal | None, Decimal | None, Decimal | None]


def _delta(
    change: CallChange, after: Mapping[str, EstimatedResource], before: Mapping[str, EstimatedResource]
) -> _Delta:
    """Return by how much a call changes the month: at least, expected, at most; None where it has no price."""
    if _is_only_prompt(change):
        return (Decimal(0),) * 3
    new = _costs(after.get(change.address)) if change.after is not None else (Decimal(0),) * 3
    old = _costs(before.get(change.address)) if change.before is not None else (Decimal(0),) * 3
    if new is None or old is None:
        return None, None, None
    low, expected, high = (one - other for one, other in zip(new, old, strict=True))
    return min(low, high), expected, max(low, high)


def _is_only_prompt(change: CallChange) -> bool:
    """Whether it is a prompt in a file, whose tokens cost what the calls cost that send them."""
    return all(one is None or one.type == _PROMPT for one in (change.before, change.after))


def _costs(resource: EstimatedResource | None) -> tuple[Decimal, ...] | None:
    if resource is None or resource.unpriced or resource.monthly_cost is None:
        return None
    spread = resource.cost_estimate
    return (resource.monthly_cost,) * 3 if spread is None else (spread.min, spread.expected, spread.max)


def _headline(rows: Sequence[tuple[CallChange, _Delta]]) -> str:
    known = [delta for _, delta in rows if delta[1] is not None]
    expected = sum((delta[1] or Decimal(0) for delta in known), Decimal(0))
    low = sum((delta[0] or Decimal(0) for delta in known), Decimal(0))
    high = sum((delta[2] or Decimal(0) for delta in known), Decimal(0))
    verb = "adds" if expected > 0 else "saves" if expected < 0 else "changes nothing of"
    ends = sorted((abs(low), abs(high))) if (low < 0) == (high < 0) else None
    spread = f"{format_usd(ends[0])} to {format_usd(ends[1])}" if ends else f"{format_usd(low)} to {format_usd(high)}"
    counts = [
        f"{number} {word}"
        for word, number in (
            ("added", sum(change.before is None for change, _ in rows)),
            ("changed", sum(change.before is not None and change.after is not None for change, _ in rows)),
            ("removed", sum(change.after is None for change, _ in rows)),
        )
        if number
    ]
    calls = f"calls of language models: {', '.join(counts)}"
    unknown = len(rows) - len(known)
    without = f"; the price of {unknown} is not known" if unknown else ""
    if not known:
        return f"What this change costs is not known ({calls}{without})"
    amount = f"{format_usd(abs(expected))} a month" if expected else "the month's cost"
    return f"This change {verb} {amount} ({spread}); {calls}{without}"


def _line(change: CallChange, delta: Decimal | None) -> str:
    cost = "price not known" if delta is None else format_usd(delta, signed=True)
    if _is_only_prompt(change):
        cost = "it costs what the calls cost that send it"
    if change.after is None:
        told = change.before
        return f"removed {change.address}: {_model(told) if told is not None else ''}: {cost}"
    place = f" ({change.after.location})" if change.after.location is not None else ""
    if change.before is None:
        return f"added {change.address}{place}: {'; '.join(_added(change.after))}: {cost}"
    words = "; ".join(_differences(change.before.attributes, change.after.attributes))
    return f"changed {change.address}{place}: {words or 'its price'}: {cost}"


def _added(call: Resource) -> Iterator[str]:
    yield _model(call)
    yield from call.attributes.texts("times_reasons")[:2]


def _model(call: Resource) -> str:
    if call.type == _PROMPT:
        return f"a prompt of {_shown(call.attributes.get('prompt_tokens'))} tokens"
    return call.attributes.literal("model")


def _differences(before: Attributes, after: Attributes) -> Iterator[str]:
    for name, words in _ATTRIBUTES:
        old, new = before.get(name), after.get(name)
        if old != new:
            yield f"{words} {_shown(old)} → {_shown(new)}"
    if before.get("times") != after.get("times"):
        reasons = ", ".join(after.texts("times_reasons")[:2])
        yield f"made {_times(before)} → {_times(after)}" + (f" ({reasons})" if reasons else "")
    if before.get("fallbacks") != after.get("fallbacks"):
        yield f"fallbacks {', '.join(after.texts('fallbacks')) or 'none'}"


def _times(attributes: Attributes) -> str:
    times = attributes.get("times") or {}
    low, high = times.get("low", 1), times.get("high", 1)
    if low == high:
        return "once" if low == 1 else f"{low:,} times"
    return f"{low:,} to {high:,} times"


def _shown(value: object) -> str:
    if value is None:
        return "not told"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
