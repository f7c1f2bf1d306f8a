"""The types of variables (``type = map(object({size = optional(number, 10)}))``) and values made to fit them.

Rules: https://developer.hashicorp.com/terraform/language/expressions/type-constraints
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.inputs.hcl.syntax import Call, Literal, Object, Traversal, Tuple
from tollbar.inputs.hcl.values import (
    EvaluationError,
    Lazy,
    as_flag,
    as_items,
    as_mapping,
    as_number,
    as_text,
    is_unknown,
    set_of,
    unified,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tollbar.inputs.hcl.syntax import Expression
    from tollbar.inputs.hcl.values import Value

_PRIMITIVES: Mapping[str, Callable[[Value], Value]] = {"string": as_text, "number": as_number, "bool": as_flag}


def is_primitive(constraint: Expression | None) -> bool:
    """Whether a variable takes a string, number or bool: ``-var`` and ``TF_VAR_`` then give it as it is."""
    if constraint is None:
        return True
    return _name_of(constraint) in _PRIMITIVES


def converted(value: Value, constraint: Expression | None, default: Callable[[Expression], Value]) -> Value:
    """Return a value as a type constraint makes it.

    ``default`` evaluates the second argument of ``optional``.

    Raises:
        EvaluationError: The value cannot be of that type.
    """
    if constraint is None or value is None or is_unknown(value) or isinstance(value, Lazy):
        return value
    name = _name_of(constraint)
    if name in _PRIMITIVES:
        return _PRIMITIVES[name](value)
    if isinstance(constraint, Call) and constraint.arguments:
        return _collection(value, name, constraint.arguments[0], default)
    return _unconstrained(value, name)


def _collection(value: Value, name: str, inner: Expression, default: Callable[[Expression], Value]) -> Value:
    """Return a value as a type with an argument makes it: ``list(string)``, ``object({...})``."""
    if name in {"list", "set"}:
        items = [converted(item, inner, default) for item in as_items(value)]
        return set_of(items) if name == "set" else (unified(items) if _is_any(inner) else items)
    if name == "map":
        return {key: converted(item, inner, default) for key, item in as_mapping(value).items()}
    if name == "tuple" and isinstance(inner, Tuple):
        return [converted(item, kind, default) for item, kind in zip(as_items(value), inner.items, strict=False)]
    return _object(as_mapping(value), inner, default) if isinstance(inner, Object) else value


def _object(value: Mapping[str, Value], constraint: Object, default: Callable[[Expression], Value]) -> Value:
    """Return the attributes that an object type has; others are dropped, optional ones completed."""
    attributes: dict[str, Value] = {}
    for key, kind in constraint.items:
        name = key.value if isinstance(key, Literal) else _name_of(key)
        is_optional = isinstance(kind, Call) and kind.name == "optional"
        if value.get(name) is not None:
            attributes[name] = converted(value[name], _required(kind), default)
        elif isinstance(kind, Call) and is_optional and len(kind.arguments) > 1:
            attributes[name] = converted(default(kind.arguments[1]), kind.arguments[0], default)
        elif is_optional or name in value:
            attributes[name] = None
        else:
            raise EvaluationError(f"the attribute {name!r} is required")
    return attributes


def _required(kind: Expression) -> Expression:
    return kind.arguments[0] if isinstance(kind, Call) and kind.name == "optional" else kind


def _unconstrained(value: Value, name: str) -> Value:
    """Return a value of ``any``, ``list``, ``set`` or ``map`` without an element type."""
    if name == "set":
        return set_of(as_items(value))
    if name == "list":
        return unified(as_items(value))
    return as_mapping(value) if name == "map" else value


def _is_any(constraint: Expression) -> bool:
    return _name_of(constraint) == "any"


def _name_of(constraint: Expression) -> str:
    """Return the name of a type: ``string``, ``list`` of ``list(string)``; quoted ones are of old times."""
    if isinstance(constraint, Traversal):
        return constraint.root
    if isinstance(constraint, Call):
        return constraint.name
    return str(constraint.value) if isinstance(constraint, Literal) else ""
