"""Values of Terraform's language, and how they convert and compare.

A value is None, a boolean, a number (int, or Decimal where it has a fraction), a string, a list, a
:class:`SetValue`, a dict, :data:`~tollbar.resource.UNKNOWN`, or a :class:`Lazy` object whose
attributes are evaluated when they are asked for (a resource, a module, ``var``, ``local``).
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, TypeAlias

from tollbar.resource import UNKNOWN, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

Value: TypeAlias = Any
"""Any value of the language: JSON, UNKNOWN or Lazy."""


class EvaluationError(Exception):
    """An expression cannot have a value; ``try`` and ``can`` catch it, as in Terraform."""


class SetValue(tuple[Value, ...]):
    """A set, kept as its distinct elements in order."""

    __slots__ = ()


class BlockValue(dict[str, Value]):
    """A nested block of a resource: what it does not set may still be computed by the provider."""

    __slots__ = ()


class Blocks(list[Value]):
    """The nested blocks of one kind."""

    __slots__ = ()


class Lazy:
    """An object whose attributes are evaluated once, when they are first asked for."""

    __slots__ = ("_found", "_open", "_read")

    def __init__(self, read: Callable[[str], Value]) -> None:
        self._read = read
        self._found: dict[str, Value] = {}
        self._open: set[str] = set()

    def attribute(self, name: str) -> Value:
        """Return an attribute.

        Raises:
            EvaluationError: There is none of that name.
        """
        if name in self._open:
            raise EvaluationError(f"{name!r} refers to itself")
        if name not in self._found:
            self._open.add(name)
            try:
                self._found[name] = self._read(name)
            finally:
                self._open.remove(name)
        return self._found[name]


class OpenObject(Lazy):
    """An object of which some attributes are known, and others may be there or not: ``merge(unknown, {a = 1})``."""

    __slots__ = ("known",)

    def __init__(self, known: dict[str, Value]) -> None:
        super().__init__(lambda name: known.get(name, UNKNOWN))
        self.known = known


def is_unknown(value: Value) -> bool:
    """Whether a value itself is known only after apply."""
    return isinstance(value, Unknown)


def holds_unknown(value: Value) -> bool:
    """Whether a value or anything in it is known only after apply."""
    if isinstance(value, list | tuple):
        return any(holds_unknown(item) for item in value)
    if isinstance(value, dict):
        return any(holds_unknown(item) for item in value.values())
    return isinstance(value, Unknown | Lazy)


def plain(value: Value) -> Value:
    """Return a value as a plan holds it: sets as lists, objects known only by reference as UNKNOWN."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return UNKNOWN if isinstance(value, Lazy) else value


def type_name(value: Value) -> str:
    """Return what Terraform calls the type of a value."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int | Decimal):
        return "number"
    names = {str: "string", list: "list", SetValue: "set", dict: "object", Lazy: "object", type(None): "null"}
    return names.get(type(value), type(value).__name__)


def as_number(value: Value) -> int | Decimal:
    """Return a number; numbers written as strings are read.

    Raises:
        EvaluationError: It is none.
    """
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        try:
            return whole(Decimal(value.strip()))
        except InvalidOperation:
            pass
    raise EvaluationError(f"a number is required, not {_described(value)}")


def whole(number: int | Decimal) -> int | Decimal:
    """Return a number without fraction as an int."""
    if isinstance(number, Decimal) and number == number.to_integral_value():
        return int(number)
    return number


def as_integer(value: Value) -> int:
    """Return a whole number.

    Raises:
        EvaluationError: It is none.
    """
    number = as_number(value)
    if isinstance(number, Decimal):
        raise EvaluationError(f"a whole number is required, not {number}")
    return number


def as_flag(value: Value) -> bool:
    """Return a boolean; "true" and "false" are read.

    Raises:
        EvaluationError: It is none.
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    raise EvaluationError(f"a bool is required, not {_described(value)}")


def as_text(value: Value) -> str:
    """Return a string; numbers and booleans are written out.

    Raises:
        EvaluationError: It is none of these.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    raise EvaluationError(f"a string is required, not {_described(value)}")


def as_items(value: Value) -> list[Value]:
    """Return the elements of a list or set.

    Raises:
        EvaluationError: It is none.
    """
    if isinstance(value, list | tuple):
        return list(value)
    raise EvaluationError(f"a list is required, not {_described(value)}")


def as_mapping(value: Value) -> dict[str, Value]:
    """Return a map or object.

    Raises:
        EvaluationError: It is none.
    """
    if isinstance(value, dict):
        return value
    raise EvaluationError(f"a map is required, not {_described(value)}")


def entries(value: Value) -> list[tuple[Value, Value]]:
    """Return keys and values as ``for`` meets them: maps by key, lists by index, sets by element.

    Raises:
        EvaluationError: It is no collection.
    """
    if isinstance(value, dict):
        return sorted(value.items())
    if isinstance(value, SetValue):
        return [(item, item) for item in value]
    if isinstance(value, list):
        return list(enumerate(value))
    raise EvaluationError(f"a list, set or map is required, not {_described(value)}")


def set_of(items: list[Value]) -> SetValue:
    """Return the set of some elements: distinct, strings and numbers in order."""
    distinct: list[Value] = []
    seen = set()
    for item in items:
        identity = _identity(item)
        if identity not in seen:
            seen.add(identity)
            distinct.append(item)
    if all(isinstance(item, str) for item in distinct) or all(type_name(item) == "number" for item in distinct):
        distinct.sort()
    return SetValue(distinct)


def unified(items: list[Value]) -> list[Value]:
    """Return the elements of one collection; mixed strings, numbers and booleans all as strings."""
    kinds = {type_name(item) for item in items} - {"null"}
    if len(kinds) < 2 or not kinds <= {"string", "number", "bool"}:
        return items
    return [None if item is None else as_text(item) for item in items]


def are_equal(left: Value, right: Value) -> bool:
    """Whether two known values are the same; values of different types never are."""
    return bool(_identity(left) == _identity(right))


def _identity(value: Value) -> Value:
    """Return something hashable that two values share only if they are equal."""
    if isinstance(value, dict):
        return ("object", tuple((name, _identity(item)) for name, item in sorted(value.items())))
    if isinstance(value, list | tuple):
        return ("list", tuple(_identity(item) for item in value))
    if isinstance(value, Lazy | Unknown):
        return ("reference", id(value))
    return (type_name(value), value)


def _described(value: Value) -> str:
    return "null" if value is None else f"a {type_name(value)}"
