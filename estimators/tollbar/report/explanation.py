"""How a figure came about, as text or JSON: components, quantities, prices, what was read, what is cheaper."""

from __future__ import annotations

import json
import textwrap
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.money import format_usd
from tollbar.report.wording import cost_range, range_of, unit_cost
from tollbar.units import unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.component import Quantity
    from tollbar.estimate import AlternativeType
    from tollbar.explanation import ExplainedLine, Explanation, ReadAttribute
    from tollbar.price import Price

_VALUE_WIDTH = 60
_BASIS = {
    "fixed": "as declared",
    "usage": "as told",
    "history": "as in the months before",
    "assumed": "assumed",
}


def render_text(explanations: Sequence[Explanation], width: int = 100) -> str:
    """Return the explanations for people, one after the other."""
    return "\n".join("".join(f"{line}\n" for line in _lines(explanation, width)) for explanation in explanations)


def render_json(explanations: Sequence[Explanation]) -> str:
    """Return the explanations for machines: a list of objects, amounts as in the estimate."""
    return json.dumps([_document(explanation) for explanation in explanations], indent=2, default=_plain) + "\n"


def _lines(explanation: Explanation, width: int) -> Iterator[str]:
    resource = explanation.resource
    place = resource.location
    where = "" if place is None else place.file if place.line is None else f"{place.file}:{place.line}"
    yield " · ".join(part for part in (resource.address, where, resource.region, resource.environment) if part)
    yield _headline(explanation)
    if explanation.nothing_because is not None:
        yield from _wrapped(explanation.nothing_because, width, "")
    for line in explanation.lines:
        yield ""
        yield from _line(line, width)
    for unpriced in resource.unpriced:
        yield ""
        yield from _wrapped(f"not priced: {unpriced.detail}", width, "")
    if explanation.attributes:
        yield ""
        yield "Read from the declaration (another value would change the figure)"
        yield from _attributes(explanation.attributes, width)
    if resource.unit_cost is not None:
        yield ""
        yield from _wrapped(f"Unit cost: {unit_cost(resource.unit_cost)}", width, "  ", "")
    if resource.alternatives:
        yield ""
        yield "Cheaper, with at least as much of everything"
        yield from (f"  {_alternative(cheaper)}" for cheaper in resource.alternatives)


def _headline(explanation: Explanation) -> str:
    resource = explanation.resource
    if resource.monthly_cost is None:
        return "No monthly cost"
    partly = ", in part" if resource.unpriced else ""
    head = f"{format_usd(resource.monthly_cost)} a month{partly}"
    estimate = resource.cost_estimate
    if estimate is None:
        return head
    spread = cost_range(resource)
    return f"{head}{f', {spread}' if spread else ''}, confidence {estimate.confidence}"


def _line(line: ExplainedLine, width: int) -> Iterator[str]:
    shown = line.line
    name = f"{shown.part}: {shown.name}" if shown.part else shown.name
    if shown.monthly_cost is None:
        yield f"{name}: depends on use"
    else:
        spread = f", {range_of(shown.min, shown.max)}" if shown.min is not None and shown.max is not None else ""
        yield f"{name}: {format_usd(shown.monthly_cost)}{spread}"
    yield from _wrapped(f"quantity  {_quantity(line)}", width, "            ", "  ")
    for key in line.keys:
        value = "" if not key.value.is_known else f" = {_ends(key.value)}"
        told = f"{key.name}{value}, {key.origin}: {key.description}"
        yield from _wrapped(told, width, "              ", "            ")
    yield from _wrapped(f"price     {_price(line)}", width, "            ", "  ")
    if line.at_high is not None:
        dearer = f"at the high end {_amounts(line.at_high, line.unit)}: {line.at_high.key}"
        yield from _wrapped(f"          {dearer}", width, "            ", "  ")
    price = line.price
    origin = f"{line.source}, as of {price.as_of}, trust {price.trust}"
    yield from _wrapped(f"source    {origin}", width, "            ", "  ")
    untold = [key.name for key in line.keys if key.value.basis == "assumed" or not key.value.is_known]
    if untold:
        yield from _wrapped(f"change    tell {' or '.join(untold)} in a usage file", width, "            ", "  ")


def _quantity(line: ExplainedLine) -> str:
    if not line.quantity.is_known:
        return f"not known, in {line.line.unit}"
    shown = unit(line.unit)
    by = "x " if shown.display[0].isdigit() else ""
    return f"{_ends(line.quantity * (1 / shown.per))} {by}{shown.display}, {_BASIS[line.quantity.basis]}"


def _ends(quantity: Quantity) -> str:
    expected = _number(quantity.expected)
    if quantity.low == quantity.high:
        return expected
    return f"{expected} ({_number(quantity.low)} to {_number(quantity.high)})"


def _price(line: ExplainedLine) -> str:
    return f"{_amounts(line.price, line.unit)}: {line.price.key}"


def _amounts(price: Price, counted: str) -> str:
    shown = unit(counted)
    tiers = [f"{_usd(tier.unit_price * shown.per)}" for tier in price.tiers]
    starts = [f" from {_number(tier.start / shown.per)}" if tier.start else "" for tier in price.tiers]
    amounts = ", ".join(f"{amount}{start}" for amount, start in zip(tiers, starts, strict=True))
    return f"{amounts} per {shown.singular}"


def _attributes(attributes: Sequence[ReadAttribute], width: int) -> Iterator[str]:
    for attribute in attributes:
        if not attribute.is_known:
            yield f"  {attribute.path}: known only after apply"
        elif attribute.value is not None:
            value = json.dumps(attribute.value, default=_plain)
            short = value if len(value) <= _VALUE_WIDTH else f"{value[:_VALUE_WIDTH]}…"
            yield f"  {attribute.path} = {short}"
    unset = [attribute.path for attribute in attributes if attribute.is_known and attribute.value is None]
    if unset:
        yield from _wrapped(f"not set: {', '.join(unset)}", width, "    ", "  ")


def _alternative(cheaper: AlternativeType) -> str:
    gpus = f", {_number(cheaper.gpus)} x {cheaper.gpu}" if cheaper.gpu else ""
    size = f"{_number(cheaper.vcpus)} vCPU, {_number(cheaper.memory_gib)} GiB{gpus}"
    return f"{cheaper.instance_type} ({size}): {format_usd(cheaper.monthly_cost)}, saves {format_usd(cheaper.saving)}"


def _wrapped(text: str, width: int, indent: str, first: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=indent if first is None else first, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False, drop_whitespace=True,
    )  # fmt: skip


def _number(number: Decimal | None) -> str:
    if number is None:
        return "?"
    rounded = round(number, 4).normalize()
    return f"{rounded:,f}"


def _usd(amount: Decimal) -> str:
    return f"${amount.normalize():,f}"


def _document(explanation: Explanation) -> dict[str, Any]:
    document: dict[str, Any] = {
        "resource": json.loads(explanation.resource.model_dump_json(exclude_none=True)),
        "lines": [_line_document(line) for line in explanation.lines],
        "attributes": [
            {"path": read.path, "value": read.value, "known": read.is_known} for read in explanation.attributes
        ],
    }
    if explanation.nothing_because is not None:
        document["nothing_because"] = explanation.nothing_because
    return document


def _line_document(line: ExplainedLine) -> dict[str, Any]:
    shown = line.line.part, line.line.name
    quantity = line.quantity
    return {
        "name": ": ".join(part for part in shown if part),
        "unit": line.unit,
        "quantity": {"low": quantity.low, "expected": quantity.expected, "high": quantity.high},
        "basis": quantity.basis,
        "usage_keys": [
            {"key": key.name, "description": key.description, "value": key.value.expected, "origin": key.origin}
            for key in line.keys
        ],
        "price": {
            "path": line.price.key.path,
            "region": line.price.key.region,
            "tiers": [{"from": tier.start, "unit_price": tier.unit_price} for tier in line.price.tiers],
            "source": line.source,
            "as_of": line.price.as_of,
            "trust": line.price.trust,
        },
    }


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else str(value)
