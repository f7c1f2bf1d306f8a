"""Intrinsic functions: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html.

Every function gives NotKnown where what it is given is not known, and refers to whatever that refers to. What can
be told all the same is told: a list of unknown networks has the length that Fn::Cidr was asked for.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from tollbar.inputs.cloudformation.values import NO_VALUE, NotKnown, Value, as_text, is_known, targets_in
from tollbar.resource import Unknown
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from tollbar.inputs.cloudformation.template_file import Node

_PLACEHOLDER = re.compile(r"\$\{([^!}][^}]*)\}")
_ESCAPED = re.compile(r"\$\{!([^}]*)\}")
_DYNAMIC_REFERENCE = "{{resolve:"
_MOST_NETWORKS = 256


class ExpressionError(Exception):
    """An expression that CloudFormation refuses; the message says what was expected."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class Scope(Protocol):
    """What the functions of one template look up."""

    def reference(self, name: str) -> Value:
        """Return what a name stands for: a parameter's value, a pseudo parameter's, or a resource."""

    def attribute(self, resource: str, name: str) -> Value:
        """Return an attribute of a resource."""

    def condition(self, name: str) -> bool | None:
        """Return whether a condition holds, None where that is not known."""

    def mapping(self, name: str) -> Mapping[str, Node]:
        """Return a mapping of the template."""

    def imported(self, name: str) -> Value:
        """Return what another stack exports under a name."""


class Evaluator:
    """Evaluates the expressions of one template. ``line`` is where the last key stands that was looked at."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.line: int | None = None

    def value(self, node: Node) -> Value:
        """Return the value of an expression; a part that is AWS::NoValue is left out.

        Raises:
            ExpressionError: A function is not given what it expects.
        """
        if isinstance(node, Mapping):
            function = self._function(node)
            if function is not None:
                name, argument = function
                self.line = getattr(node, "lines", {}).get(name, self.line)
                return FUNCTIONS[name](self, argument)
            return self._mapping(node)
        if isinstance(node, list):
            return [value for value in map(self.value, node) if value is not NO_VALUE]
        return NotKnown() if isinstance(node, str) and _DYNAMIC_REFERENCE in node else node

    def holds(self, node: Node) -> bool | None:
        """Return whether the expression of a condition holds, None where that is not known.

        Raises:
            ExpressionError: It is none.
        """
        if isinstance(node, Mapping) and len(node) == 1:
            name, argument = next(iter(node.items()))
            if name in CONDITIONS:
                self.line = getattr(node, "lines", {}).get(name, self.line)
                return CONDITIONS[name](self, argument)
        raise ExpressionError(f"expected a condition: one of {', '.join(CONDITIONS)}")

    @property
    def scope(self) -> Scope:
        """What the functions look up."""
        return self._scope

    def known(self, node: Node, what: str) -> str | NotKnown:
        """Return an argument that must be text.

        Raises:
            ExpressionError: It is a list or a mapping.
        """
        value = self.value(node)
        if isinstance(value, (list, Mapping)) or value is NO_VALUE:
            raise ExpressionError(f"{what}: expected text")
        return NotKnown(targets_in(value)) if isinstance(value, Unknown) else as_text(value)

    @staticmethod
    def _function(node: Mapping[str, Node]) -> tuple[str, Node] | None:
        if len(node) != 1:
            return None
        name, argument = next(iter(node.items()))
        if name in FUNCTIONS:
            return name, argument
        if name.startswith("Fn::"):
            raise ExpressionError(f"{name} is not known", did_you_mean(name, FUNCTIONS))
        return None

    def _mapping(self, node: Mapping[str, Node]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        lines: Mapping[str, int] = getattr(node, "lines", {})
        for name, part in node.items():
            self.line = lines.get(name, self.line)
            value = self.value(part)
            if value is not NO_VALUE:
                values[name] = value
        return values


def _arguments(name: str, argument: Node, *counts: int) -> list[Node]:
    if not isinstance(argument, list) or len(argument) not in counts:
        wanted = " or ".join(str(count) for count in counts)
        raise ExpressionError(f"{name}: expected a list of {wanted}")
    return argument


def _ref(evaluator: Evaluator, argument: Node) -> Value:
    if not isinstance(argument, str):
        raise ExpressionError("Ref: expected the name of a parameter or resource")
    return evaluator.scope.reference(argument)


def _get_att(evaluator: Evaluator, argument: Node) -> Value:
    parts = argument.split(".", 1) if isinstance(argument, str) else argument
    resource, attribute = _arguments("Fn::GetAtt", parts, 2)
    name = evaluator.known(attribute, "Fn::GetAtt")
    if not isinstance(resource, str):
        raise ExpressionError("Fn::GetAtt: expected the name of a resource")
    return name if isinstance(name, NotKnown) else evaluator.scope.attribute(resource, name)


def _sub(evaluator: Evaluator, argument: Node) -> Value:
    text, own = argument, {}
    if isinstance(argument, list):
        text, own = _arguments("Fn::Sub", argument, 2)
    if not isinstance(text, str) or not isinstance(own, Mapping):
        raise ExpressionError("Fn::Sub: expected text, or a list of text and a mapping")
    unknown: list[Value] = []

    def found(match: re.Match[str]) -> str:
        name = match[1].strip()
        resource, dot, attribute = name.partition(".")
        if name in own:
            value = evaluator.value(own[name])
        elif dot:
            value = evaluator.scope.attribute(resource, attribute)
        else:
            value = evaluator.scope.reference(name)
        if not is_known(value):
            unknown.append(value)
            return ""
        return ",".join(map(as_text, value)) if isinstance(value, list) else as_text(value)

    text = _PLACEHOLDER.sub(found, text)
    if unknown or _DYNAMIC_REFERENCE in text:
        return NotKnown(targets_in(*unknown))
    return _ESCAPED.sub(r"${\1}", text)


def _if(evaluator: Evaluator, argument: Node) -> Value:
    name, then, otherwise = _arguments("Fn::If", argument, 3)
    if not isinstance(name, str):
        raise ExpressionError("Fn::If: expected the name of a condition")
    holds = evaluator.scope.condition(name)
    if holds is not None:
        return evaluator.value(then if holds else otherwise)
    either = evaluator.value(then), evaluator.value(otherwise)
    same = all(map(is_known, either)) and either[0] == either[1]
    return either[0] if same else NotKnown(targets_in(*either))


def _find_in_map(evaluator: Evaluator, argument: Node) -> Value:
    name, *keys = _arguments("Fn::FindInMap", argument, 3, 4)
    default = keys.pop() if len(argument) == 4 else None
    steps = [evaluator.known(step, "Fn::FindInMap") for step in (name, *keys)]
    if any(isinstance(step, NotKnown) for step in steps):
        return NotKnown(targets_in(*steps))
    found: Node = evaluator.scope.mapping(str(steps[0]))
    for step in steps[1:]:
        if not isinstance(found, Mapping) or step not in found:
            if isinstance(default, Mapping) and "DefaultValue" in default:
                return evaluator.value(default["DefaultValue"])
            hint = did_you_mean(str(step), found) if isinstance(found, Mapping) else None
            raise ExpressionError(f"Fn::FindInMap: the mapping {steps[0]!r} has no {step!r} there", hint)
        found = found[step]
    return evaluator.value(found)


def _join(evaluator: Evaluator, argument: Node) -> Value:
    delimiter, items = _arguments("Fn::Join", argument, 2)
    between, values = evaluator.known(delimiter, "Fn::Join"), evaluator.value(items)
    if not is_known(values) or isinstance(between, NotKnown):
        return NotKnown(targets_in(between, values))
    if not isinstance(values, list):
        raise ExpressionError("Fn::Join: expected a list to join")
    text = between.join(map(as_text, values))
    return NotKnown() if _DYNAMIC_REFERENCE in text else text


def _split(evaluator: Evaluator, argument: Node) -> Value:
    delimiter, text = _arguments("Fn::Split", argument, 2)
    between, value = evaluator.known(delimiter, "Fn::Split"), evaluator.known(text, "Fn::Split")
    if isinstance(between, NotKnown) or isinstance(value, NotKnown):
        return NotKnown(targets_in(between, value))
    if not between:
        raise ExpressionError("Fn::Split: expected a delimiter")
    return value.split(between)


def _select(evaluator: Evaluator, argument: Node) -> Value:
    index, items = _arguments("Fn::Select", argument, 2)
    position, values = evaluator.known(index, "Fn::Select"), evaluator.value(items)
    if isinstance(values, Unknown) or isinstance(position, NotKnown):
        return NotKnown(targets_in(position, values))
    if not isinstance(values, list) or not position.isdecimal():
        raise ExpressionError("Fn::Select: expected an index from 0 and a list")
    if int(position) >= len(values):
        raise ExpressionError(f"Fn::Select: {position} is beyond the list, which has {len(values)}")
    return values[int(position)]


def _base64(evaluator: Evaluator, argument: Node) -> Value:
    text = evaluator.known(argument, "Fn::Base64")
    return text if isinstance(text, NotKnown) else base64.b64encode(text.encode()).decode("ascii")


def _cidr(evaluator: Evaluator, argument: Node) -> Value:
    block, count, *bits = _arguments("Fn::Cidr", argument, 2, 3)
    network, how_many = evaluator.known(block, "Fn::Cidr"), evaluator.known(count, "Fn::Cidr")
    size = evaluator.known(bits[0], "Fn::Cidr") if bits else "8"
    if isinstance(how_many, NotKnown):
        return NotKnown(targets_in(network, how_many))
    if not how_many.isdecimal() or int(how_many) > _MOST_NETWORKS:
        raise ExpressionError(f"Fn::Cidr: expected how many networks, at most {_MOST_NETWORKS}")
    if isinstance(network, NotKnown) or isinstance(size, NotKnown):
        return [NotKnown(targets_in(network, size)) for _ in range(int(how_many))]
    try:
        return _subnets(network, int(how_many), int(size))
    except ValueError:
        raise ExpressionError(f"Fn::Cidr: {network} cannot be divided into {how_many} of {size} host bits") from None


def _subnets(network: str, count: int, host_bits: int) -> list[str]:
    """Return the first networks of so many host bits; raise ValueError where there is no room for them."""
    whole = ipaddress.ip_network(network, strict=False)
    prefix = whole.max_prefixlen - host_bits
    subnets = whole.subnets(new_prefix=prefix)
    found = [str(subnet) for _, subnet in zip(range(count), subnets, strict=False)]
    if len(found) < count:
        raise ValueError
    return found


def _import_value(evaluator: Evaluator, argument: Node) -> Value:
    name = evaluator.known(argument, "Fn::ImportValue")
    return name if isinstance(name, NotKnown) else evaluator.scope.imported(name)


def _length(evaluator: Evaluator, argument: Node) -> Value:
    value = evaluator.value(argument)
    if isinstance(value, Unknown):
        return NotKnown(targets_in(value))
    if not isinstance(value, list):
        raise ExpressionError("Fn::Length: expected a list")
    return str(len(value))


def _to_json_string(evaluator: Evaluator, argument: Node) -> Value:
    value = evaluator.value(argument)
    return json.dumps(value) if is_known(value) else NotKnown(targets_in(value))


def _only_the_deployment_tells(evaluator: Evaluator, argument: Node) -> Value:
    """Return NotKnown: availability zones are an account's own, a macro's result is its own."""
    return NotKnown(targets_in(evaluator.value(argument)))


def _as_value(name: str) -> Callable[[Evaluator, Node], Value]:
    """Return the function that gives a condition's truth as a value."""

    def function(evaluator: Evaluator, argument: Node) -> Value:
        holds = CONDITIONS[name](evaluator, argument)
        return NotKnown() if holds is None else holds

    return function


def _equals(evaluator: Evaluator, argument: Node) -> bool | None:
    left, right = (evaluator.value(side) for side in _arguments("Fn::Equals", argument, 2))
    if not is_known(left) or not is_known(right):
        return None
    if isinstance(left, (list, Mapping)) or isinstance(right, (list, Mapping)):
        return bool(left == right)
    return as_text(left) == as_text(right)


def _not(evaluator: Evaluator, argument: Node) -> bool | None:
    holds = evaluator.holds(_arguments("Fn::Not", argument, 1)[0])
    return None if holds is None else not holds


def _and(evaluator: Evaluator, argument: Node) -> bool | None:
    holds = [evaluator.holds(part) for part in _arguments("Fn::And", argument, *range(2, 11))]
    return False if False in holds else None if None in holds else True


def _or(evaluator: Evaluator, argument: Node) -> bool | None:
    holds = [evaluator.holds(part) for part in _arguments("Fn::Or", argument, *range(2, 11))]
    return True if True in holds else None if None in holds else False


def _named_condition(evaluator: Evaluator, argument: Node) -> bool | None:
    if not isinstance(argument, str):
        raise ExpressionError("Condition: expected the name of a condition")
    return evaluator.scope.condition(argument)


CONDITIONS: Mapping[str, Callable[[Evaluator, Node], bool | None]] = {
    "Condition": _named_condition,
    "Fn::And": _and,
    "Fn::Equals": _equals,
    "Fn::Not": _not,
    "Fn::Or": _or,
}

FUNCTIONS: Mapping[str, Callable[[Evaluator, Node], Value]] = {
    "Fn::And": _as_value("Fn::And"),
    "Fn::Base64": _base64,
    "Fn::Cidr": _cidr,
    "Fn::Equals": _as_value("Fn::Equals"),
    "Fn::FindInMap": _find_in_map,
    "Fn::GetAZs": _only_the_deployment_tells,
    "Fn::GetAtt": _get_att,
    "Fn::If": _if,
    "Fn::ImportValue": _import_value,
    "Fn::Join": _join,
    "Fn::Length": _length,
    "Fn::Not": _as_value("Fn::Not"),
    "Fn::Or": _as_value("Fn::Or"),
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::Sub": _sub,
    "Fn::ToJsonString": _to_json_string,
    "Fn::Transform": _only_the_deployment_tells,
    "Ref": _ref,
}
