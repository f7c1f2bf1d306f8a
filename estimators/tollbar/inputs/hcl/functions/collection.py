"""Collection functions: https://developer.hashicorp.com/terraform/language/functions/alltrue and following."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from tollbar.inputs.hcl.functions.function import Function
from tollbar.inputs.hcl.values import (
    EvaluationError,
    Lazy,
    OpenObject,
    SetValue,
    are_equal,
    as_flag,
    as_integer,
    as_items,
    as_mapping,
    as_number,
    as_text,
    holds_unknown,
    is_unknown,
    set_of,
    unified,
    whole,
)
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from tollbar.inputs.hcl.values import Value


def _all_true(items: Value) -> bool:
    return all(item is not None and as_flag(item) for item in as_items(items))


def _any_true(items: Value) -> bool:
    return any(item is not None and as_flag(item) for item in as_items(items))


def _chunk_list(items: Value, size: Value) -> Value:
    whole_list, length = as_items(items), as_integer(size)
    if length <= 0:
        return [whole_list] if whole_list else []
    return [whole_list[start : start + length] for start in range(0, len(whole_list), length)]


def _coalesce(*values: Value) -> Value:
    """Return the first value that is neither null nor empty; unknown where an unknown one comes before."""
    for value in values:
        if is_unknown(value):
            return UNKNOWN
        if value is not None and value != "":
            return value
    raise EvaluationError("no argument is set")


def _coalesce_list(*lists: Value) -> Value:
    for items in lists:
        if is_unknown(items):
            return UNKNOWN
        if items:
            return items
    raise EvaluationError("no argument has elements")


def _concat(*lists: Value) -> Value:
    return [item for items in lists for item in as_items(items)]


def _contains(items: Value, wanted: Value) -> Value:
    known = [item for item in as_items(items) if not holds_unknown(item)]
    if any(are_equal(item, wanted) for item in known):
        return True
    return False if len(known) == len(items) and not holds_unknown(wanted) else UNKNOWN


def _distinct(items: Value) -> Value:
    kept: list[Value] = []
    for item in unified(as_items(items)):
        if not any(are_equal(item, other) for other in kept):
            kept.append(item)
    return kept


def _element(items: Value, index: Value) -> Value:
    elements = as_items(items)
    if not elements:
        raise EvaluationError("an empty list has no element")
    return elements[as_integer(index) % len(elements)]


def _flatten(items: Value) -> Value:
    flat: list[Value] = []
    for item in as_items(items):
        if is_unknown(item):
            return UNKNOWN
        if isinstance(item, list | tuple):
            inner = _flatten(item)
            if is_unknown(inner):
                return UNKNOWN
            flat.extend(inner)
        else:
            flat.append(item)
    return flat


def _index(items: Value, wanted: Value) -> int:
    for position, item in enumerate(as_items(items)):
        if are_equal(item, wanted):
            return position
    raise EvaluationError("the list does not hold the value")


def _keys(mapping: Value) -> Value:
    return sorted(as_mapping(mapping))


def _length(value: Value) -> int:
    if isinstance(value, str | dict | list | tuple):
        return len(value)
    raise EvaluationError("a string, list, set or map is required")


def _lookup(mapping: Value, key: Value, *default: Value) -> Value:
    found = as_mapping(mapping)
    if as_text(key) in found:
        return found[as_text(key)]
    if default:
        return default[0]
    raise EvaluationError(f"the map has no key {key!r}")


def _match_keys(values: Value, keys: Value, wanted: Value) -> Value:
    return [value for value, key in zip(values, keys, strict=True) if any(are_equal(key, want) for want in wanted)]


def _merge(*mappings: Value) -> Value:
    """Return all entries, later ones over earlier ones; what an unknown map may override is unknown again."""
    merged: dict[str, Value] = {}
    is_open = False
    for mapping in mappings:
        if is_unknown(mapping) or isinstance(mapping, Lazy):
            merged = dict(mapping.known) if isinstance(mapping, OpenObject) else {}
            is_open = True
        else:
            merged.update({} if mapping is None else as_mapping(mapping))
    if is_open:
        return OpenObject(merged) if merged else UNKNOWN
    return merged


def _one(items: Value) -> Value:
    elements = as_items(items)
    if len(elements) > 1:
        raise EvaluationError("the list has more than one element")
    return elements[0] if elements else None


def _range(*limits: Value) -> Value:
    numbers = [as_number(limit) for limit in limits]
    start, limit = (0, numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1])
    step = numbers[2] if len(numbers) == 3 else (1 if limit >= start else -1)
    if step == 0:
        raise EvaluationError("the step must not be 0")
    steps: list[int | Decimal] = []
    while (start < limit) if step > 0 else (start > limit):
        steps.append(whole(start))
        start += step
    return steps


def _reverse(items: Value) -> Value:
    return as_items(items)[::-1]


def _set_intersection(first: Value, *others: Value) -> Value:
    return set_of([item for item in as_items(first) if all(_holds(other, item) for other in others)])


def _set_product(*sets: Value) -> Value:
    combinations = [list(combination) for combination in product(*map(as_items, sets))]
    return set_of(combinations) if all(isinstance(items, SetValue) for items in sets) else combinations


def _set_subtract(items: Value, removed: Value) -> Value:
    return set_of([item for item in as_items(items) if not _holds(removed, item)])


def _holds(items: Value, wanted: Value) -> bool:
    return any(are_equal(item, wanted) for item in as_items(items))


def _slice(items: Value, start: Value, end: Value) -> Value:
    """Return a part of a list; of an unknown list as many unknown elements as the part has."""
    first, last = as_integer(start), as_integer(end)
    if is_unknown(items):
        return [UNKNOWN] * (last - first)
    elements = as_items(items)
    if not 0 <= first <= last <= len(elements):
        raise EvaluationError(f"the list has {len(elements)} elements, not {last}")
    return elements[first:last]


def _sum(items: Value) -> Value:
    numbers = [as_number(item) for item in as_items(items)]
    if not numbers:
        raise EvaluationError("an empty list has no sum")
    return whole(sum(numbers))


def _transpose(mapping: Value) -> Value:
    turned: dict[str, list[Value]] = {}
    for key, items in sorted(as_mapping(mapping).items()):
        for item in as_items(items):
            turned.setdefault(as_text(item), []).append(key)
    return turned


def _values(mapping: Value) -> Value:
    return [value for _, value in sorted(as_mapping(mapping).items())]


def _zip_map(keys: Value, values: Value) -> Value:
    return {as_text(key): value for key, value in zip(as_items(keys), as_items(values), strict=True)}


COLLECTION_FUNCTIONS: Mapping[str, Function] = {
    "alltrue": Function(_all_true, "anywhere"),
    "anytrue": Function(_any_true, "anywhere"),
    "chunklist": Function(_chunk_list),
    "coalesce": Function(_coalesce, "handled"),
    "coalescelist": Function(_coalesce_list, "handled"),
    "compact": Function(lambda items: [item for item in as_items(items) if item not in {None, ""}], "anywhere"),
    "concat": Function(_concat),
    "contains": Function(_contains),
    "distinct": Function(_distinct, "anywhere"),
    "element": Function(_element),
    "flatten": Function(_flatten),
    "index": Function(_index, "anywhere"),
    "keys": Function(_keys),
    "length": Function(_length),
    "lookup": Function(_lookup),
    "matchkeys": Function(_match_keys),
    "merge": Function(_merge, "handled"),
    "one": Function(_one),
    "range": Function(_range),
    "reverse": Function(_reverse),
    "setintersection": Function(_set_intersection, "anywhere"),
    "setproduct": Function(_set_product),
    "setsubtract": Function(_set_subtract, "anywhere"),
    "setunion": Function(lambda *sets: set_of(_concat(*sets)), "anywhere"),
    "slice": Function(_slice, "handled"),
    "sort": Function(lambda items: sorted(map(as_text, as_items(items))), "anywhere"),
    "sum": Function(_sum, "anywhere"),
    "transpose": Function(_transpose, "anywhere"),
    "values": Function(_values),
    "zipmap": Function(_zip_map),
}
