"""Values made to fit the types of variables."""

from __future__ import annotations

from typing import Any

import pytest

from tollbar.inputs.hcl.constraint import converted, is_primitive
from tollbar.inputs.hcl.evaluation import Scope, evaluate
from tollbar.inputs.hcl.parser import parse_expression
from tollbar.inputs.hcl.values import EvaluationError, SetValue
from tollbar.resource import UNKNOWN


def fitted(value: Any, constraint: str) -> Any:
    scope = Scope({}, {})
    return converted(value, parse_expression(constraint, "test"), lambda default: evaluate(default, scope))


@pytest.mark.parametrize(
    ("value", "constraint", "expected"),
    [
        (1, "string", "1"),
        ("12", "number", 12),
        ("true", "bool", True),
        (None, "number", None),
        (UNKNOWN, "number", UNKNOWN),
        (["1", 2], "list(number)", [1, 2]),
        (["b", "a", "b"], "set(string)", SetValue(["a", "b"])),
        ({"a": 1}, "map(string)", {"a": "1"}),
        ([1, "2"], "tuple([string, number])", ["1", 2]),
        ({"a": {"b": "1"}}, "map(object({b = number}))", {"a": {"b": 1}}),
        ({"a": 1, "extra": 2}, "object({a = number})", {"a": 1}),
        ({}, "object({a = optional(string)})", {"a": None}),
        ({"a": None}, "object({a = optional(number, 5)})", {"a": 5}),
        ({}, "object({a = optional(object({b = optional(number, 5)}), {})})", {"a": {"b": 5}}),
        ({"a": None}, "object({a = number})", {"a": None}),
        ([1, "a"], "list(any)", ["1", "a"]),
        ([1, "a"], "list", ["1", "a"]),
        (["b", "a"], "set", SetValue(["a", "b"])),
        ({"a": 1}, "map", {"a": 1}),
        ({"a": [1]}, "any", {"a": [1]}),
        ("x", '"string"', "x"),
    ],
)
def test_values_are_converted_as_terraform_does(value: Any, constraint: str, expected: Any) -> None:
    assert fitted(value, constraint) == expected
    assert type(fitted(value, constraint)) is type(expected)


@pytest.mark.parametrize(
    ("value", "constraint", "message"),
    [
        ("x", "number", "a number is required, not a string"),
        ({}, "list(string)", "a list is required, not an? object"),
        ([], "map(string)", "a map is required, not a list"),
        ({}, "object({a = number})", "the attribute 'a' is required"),
    ],
)
def test_values_that_do_not_fit_say_why(value: Any, constraint: str, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        fitted(value, constraint)


@pytest.mark.parametrize(
    ("constraint", "expected"), [("string", True), ("number", True), ("any", False), ("list(string)", False)]
)
def test_text_is_taken_as_it_is_only_for_primitives(constraint: str, *, expected: bool) -> None:
    assert is_primitive(parse_expression(constraint, "test")) is expected
    assert is_primitive(None) is True
