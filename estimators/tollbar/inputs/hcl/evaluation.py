"""From a node and the scope it stands in to its value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any

from tollbar.errors import InputError
from tollbar.inputs.hcl.parser import parse_template
from tollbar.inputs.hcl.syntax import (
    Attribute,
    Binary,
    Call,
    Conditional,
    For,
    Index,
    Literal,
    Object,
    Relative,
    Splat,
    Template,
    TemplateLoop,
    Traversal,
    Tuple,
    Unary,
)
from tollbar.inputs.hcl.values import (
    Blocks,
    BlockValue,
    EvaluationError,
    Lazy,
    OpenObject,
    are_equal,
    as_flag,
    as_integer,
    as_items,
    as_mapping,
    as_number,
    as_text,
    entries,
    holds_unknown,
    is_unknown,
    type_name,
    whole,
)
from tollbar.resource import UNKNOWN
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tollbar.inputs.hcl.functions.function import Function
    from tollbar.inputs.hcl.syntax import Expression, Step
    from tollbar.inputs.hcl.values import Value

_DIVISION = Context(prec=60)
_PROVIDER_FUNCTION = "provider::"


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that an expression can use; inner ones hide outer ones."""

    names: Mapping[str, Value]
    functions: Mapping[str, Function]
    outer: Scope | None = None

    def with_names(self, names: Mapping[str, Value]) -> Scope:
        """Return a scope inside this one with more names."""
        return Scope(names, self.functions, self)

    def find(self, name: str) -> Value:
        """Return what a name means.

        Raises:
            EvaluationError: Nothing has that name.
        """
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.outer
        raise EvaluationError(f"nothing is called {name!r} here")


def evaluate(expression: Expression, scope: Scope) -> Value:
    """Return the value of an expression.

    Raises:
        EvaluationError: It has none.
    """
    return _EVALUATORS[type(expression)](expression, scope)


def _template(template: Template, scope: Scope) -> Value:
    values = [evaluate(part, scope) for part in template.parts]
    if any(isinstance(value, Lazy) or is_unknown(value) for value in values):
        return UNKNOWN
    return "".join(map(as_text, values))


def _template_loop(loop: TemplateLoop, scope: Scope) -> Value:
    collection = evaluate(loop.collection, scope)
    if is_unknown(collection) or isinstance(collection, OpenObject):
        return UNKNOWN
    rounds = [
        evaluate(loop.body, _loop_scope(scope, loop.key_name, loop.value_name, key, value))
        for key, value in entries(collection)
    ]
    return UNKNOWN if any(map(is_unknown, rounds)) else "".join(map(as_text, rounds))


def _tuple(items: Tuple, scope: Scope) -> Value:
    return [evaluate(item, scope) for item in items.items]


def _object(items: Object, scope: Scope) -> Value:
    values: dict[str, Value] = {}
    for key, value in items.items:
        name = evaluate(key, scope)
        if is_unknown(name):
            return UNKNOWN
        values[as_text(name)] = evaluate(value, scope)
    return values


def _for(loop: For, scope: Scope) -> Value:
    collection = evaluate(loop.collection, scope)
    if is_unknown(collection) or isinstance(collection, OpenObject):
        return UNKNOWN
    pairs: list[tuple[Value, Value]] = []
    for key, value in entries(collection):
        inner = _loop_scope(scope, loop.key_name, loop.value_name, key, value)
        included = True if loop.condition is None else evaluate(loop.condition, inner)
        if is_unknown(included):
            return UNKNOWN
        if as_flag(included):
            name = None if loop.key is None else evaluate(loop.key, inner)
            pairs.append((name, evaluate(loop.value, inner)))
    if loop.key is None:
        return [value for _, value in pairs]
    return UNKNOWN if any(is_unknown(name) for name, _ in pairs) else _mapping_of(pairs, grouped=loop.grouped)


def _mapping_of(pairs: list[tuple[Value, Value]], *, grouped: bool) -> Value:
    mapping: dict[str, Value] = {}
    for name, value in pairs:
        key = as_text(name)
        if grouped:
            mapping.setdefault(key, []).append(value)
        elif key in mapping:
            raise EvaluationError(f"two elements have the key {key!r}")
        else:
            mapping[key] = value
    return mapping


def _loop_scope(scope: Scope, key_name: str | None, value_name: str, key: Value, value: Value) -> Scope:
    names = {value_name: value} if key_name is None else {key_name: key, value_name: value}
    return scope.with_names(names)


def _conditional(node: Conditional, scope: Scope) -> Value:
    condition = evaluate(node.condition, scope)
    if not is_unknown(condition):
        return evaluate(node.then if as_flag(condition) else node.otherwise, scope)
    try:
        then, otherwise = evaluate(node.then, scope), evaluate(node.otherwise, scope)
    except EvaluationError:
        return UNKNOWN
    is_same = not holds_unknown(then) and not holds_unknown(otherwise) and are_equal(then, otherwise)
    return then if is_same else UNKNOWN


def _traversal(traversal: Traversal, scope: Scope) -> Value:
    return _after_steps(scope.find(traversal.root), traversal.steps, scope)


def _relative(relative: Relative, scope: Scope) -> Value:
    return _after_steps(evaluate(relative.source, scope), relative.steps, scope)


def _after_steps(value: Value, steps: tuple[Step, ...], scope: Scope) -> Value:
    for step in steps:
        if is_unknown(value):
            return UNKNOWN
        if isinstance(step, Attribute):
            value = _attribute(value, step.name)
        elif isinstance(step, Index):
            value = _element(value, evaluate(step.key, scope))
        else:
            value = _of_every_element(value, step, scope)
    return value


def _attribute(value: Value, name: str) -> Value:
    if isinstance(value, Lazy):
        return value.attribute(name)
    if isinstance(value, Blocks) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        if name in value:
            return value[name]
        if isinstance(value, BlockValue):
            return UNKNOWN
        raise EvaluationError(f"the object has no attribute {name!r}")
    raise EvaluationError(f"a {type_name(value)} has no attribute {name!r}")


def _element(value: Value, key: Value) -> Value:
    if is_unknown(key):
        return UNKNOWN
    if isinstance(value, dict | Lazy):
        return _attribute(value, as_text(key))
    if not isinstance(value, list):
        raise EvaluationError(f"a {type_name(value)} has no elements to choose from")
    position = as_integer(key)
    if 0 <= position < len(value):
        return value[position]
    if isinstance(value, Blocks):
        return UNKNOWN
    raise EvaluationError(f"the list has {len(value)} elements, none has the index {position}")


def _of_every_element(value: Value, splat: Splat, scope: Scope) -> Value:
    if value is None:
        return []
    elements = list(value) if isinstance(value, list | tuple) else [value]
    return [_after_steps(element, splat.steps, scope) for element in elements]


def _unary(node: Unary, scope: Scope) -> Value:
    operand = evaluate(node.operand, scope)
    if is_unknown(operand):
        return UNKNOWN
    return not as_flag(operand) if node.operator == "!" else -as_number(operand)


def _binary(node: Binary, scope: Scope) -> Value:
    if node.operator in {"&&", "||"}:
        return _logical(node, scope)
    left, right = evaluate(node.left, scope), evaluate(node.right, scope)
    if is_unknown(left) or is_unknown(right):
        return UNKNOWN
    if node.operator in {"==", "!="}:
        return _comparison(left, right, wanted=node.operator == "==")
    return _ARITHMETIC[node.operator](as_number(left), as_number(right))


def _logical(node: Binary, scope: Scope) -> Value:
    """Return ``a && b`` or ``a || b``: decided by one side alone where it can be."""
    deciding = node.operator == "||"
    left = evaluate(node.left, scope)
    if not is_unknown(left) and as_flag(left) is deciding:
        return deciding
    right = evaluate(node.right, scope)
    if not is_unknown(right) and as_flag(right) is deciding:
        return deciding
    return UNKNOWN if is_unknown(left) or is_unknown(right) else not deciding


def _comparison(left: Value, right: Value, *, wanted: bool) -> Value:
    if left is not None and right is not None and (holds_unknown(left) or holds_unknown(right)):
        return UNKNOWN
    return are_equal(left, right) is wanted


def _quotient(left: int | Decimal, right: int | Decimal) -> int | Decimal:
    if right == 0:
        raise EvaluationError("division by zero")
    return whole(_DIVISION.divide(Decimal(left), Decimal(right)))


def _remainder(left: int | Decimal, right: int | Decimal) -> int | Decimal:
    if right == 0:
        raise EvaluationError("division by zero")
    return whole(Decimal(left) % Decimal(right))


_ARITHMETIC: Mapping[str, Callable[[Any, Any], Value]] = {
    "+": lambda left, right: whole(left + right),
    "-": lambda left, right: whole(left - right),
    "*": lambda left, right: whole(left * right),
    "/": _quotient,
    "%": _remainder,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def _call(call: Call, scope: Scope) -> Value:
    name = call.name.removeprefix("core::")
    if name in _SPECIAL_FORMS:
        return _SPECIAL_FORMS[name](call, scope)
    if name.startswith(_PROVIDER_FUNCTION):
        return UNKNOWN
    function = scope.functions.get(name)
    if function is None:
        raise EvaluationError(f"there is no function {name!r}. {did_you_mean(name, scope.functions) or ''}".rstrip())
    arguments = [evaluate(argument, scope) for argument in call.arguments]
    if call.expanded and arguments:
        last = arguments.pop()
        if is_unknown(last):
            return UNKNOWN
        arguments += as_items(last)
    return _result(name, function, arguments)


def _result(name: str, function: Function, arguments: list[Value]) -> Value:
    if function.unknowns == "anywhere" and any(map(holds_unknown, arguments)):
        return UNKNOWN
    if function.unknowns == "outside" and any(isinstance(value, Lazy) or is_unknown(value) for value in arguments):
        return UNKNOWN
    try:
        return function.call(*arguments)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as wrong:
        raise EvaluationError(f"{name} cannot take these arguments ({wrong})") from wrong


def _try(call: Call, scope: Scope) -> Value:
    for argument in call.arguments:
        try:
            return evaluate(argument, scope)
        except EvaluationError:
            continue
    raise EvaluationError("no argument of try can be evaluated")


def _can(call: Call, scope: Scope) -> Value:
    try:
        values = [evaluate(argument, scope) for argument in call.arguments]
    except EvaluationError:
        return False
    return UNKNOWN if any(map(is_unknown, values)) else True


def _template_file(call: Call, scope: Scope) -> Value:
    path, variables = (evaluate(argument, scope) for argument in call.arguments)
    if is_unknown(path) or is_unknown(variables):
        return UNKNOWN
    return _rendered(scope.functions["file"].call(path), as_text(path), variables, scope)


def _template_string(call: Call, scope: Scope) -> Value:
    text, variables = (evaluate(argument, scope) for argument in call.arguments)
    if is_unknown(text) or is_unknown(variables):
        return UNKNOWN
    return _rendered(as_text(text), "templatestring", variables, scope)


def _rendered(text: str, name: str, variables: Value, scope: Scope) -> Value:
    try:
        template = parse_template(text, name)
    except InputError as wrong:
        raise EvaluationError(str(wrong)) from wrong
    return evaluate(template, Scope(as_mapping(variables), scope.functions))


_SPECIAL_FORMS: Mapping[str, Callable[[Call, Scope], Value]] = {
    "try": _try,
    "can": _can,
    "templatefile": _template_file,
    "templatestring": _template_string,
}

_EVALUATORS: Mapping[type, Callable[[Any, Scope], Value]] = {
    Literal: lambda literal, _: literal.value,
    Template: _template,
    TemplateLoop: _template_loop,
    Tuple: _tuple,
    Object: _object,
    For: _for,
    Call: _call,
    Traversal: _traversal,
    Relative: _relative,
    Unary: _unary,
    Binary: _binary,
    Conditional: _conditional,
}
