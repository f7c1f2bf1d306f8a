"""What calls of Python's own functions and methods give, as far as models and prompts go through them."""

from __future__ import annotations

import ast
import operator
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.python import settings_values
from tollbar.inputs.llm_code.python.values import (
    Given,
    Invocation,
    Listed,
    Literal,
    Mapped,
    Outside,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tollbar.inputs.llm_code.python.evaluation import Evaluator

_LARGEST = 10**12
_OPERATIONS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
}
_AS_IT_IS = {
    "builtins.str", "builtins.int", "builtins.float", "builtins.list", "builtins.tuple", "builtins.set",
    "builtins.sorted", "builtins.reversed", "builtins.iter", "asyncio.run", "copy.copy", "copy.deepcopy",
    "textwrap.dedent", "inspect.cleandoc", "json.dumps", "orjson.dumps", "ujson.dumps", "anyio.run", "asyncio.wait_for",
    "asyncio.create_task", "asyncio.ensure_future", "pydantic.SecretStr", "types.MappingProxyType",
}  # fmt: skip
"""Functions that give what they are given first, as far as it matters here."""
_SECOND = {"typing.cast"}
_FIELDS = {"pydantic.Field", "dataclasses.field", "attrs.field", "attr.ib", "pydantic.fields.Field", "sqlmodel.Field"}
_SAME_TEXT = {
    ".strip", ".rstrip", ".lstrip", ".lower", ".upper", ".encode", ".decode", ".copy", ".removeprefix", ".removesuffix",
    ".resolve", ".absolute", ".expanduser", ".as_posix",
}  # fmt: skip
_JOINING = {"os.path.join", "posixpath.join"}
_PATHS = ("pathlib.Path()", "pathlib.PurePath()", "importlib.resources.files()", "importlib_resources.files()")
_PARTIAL = {"functools.partial", "functools.partialmethod"}


def result_of(evaluator: Evaluator, callee: Outside, made: Invocation) -> Value | None:  # noqa: PLR0911 -- one case each
    """Return what a function of Python's library gives, None where it is none that is followed."""
    if made.call is None or made.frame is None:
        return None
    arguments = [evaluator.value(argument, made.frame) for argument in made.call.args]
    path = callee.path
    if path in _AS_IT_IS and arguments:
        return arguments[0]
    if path in _SECOND and len(arguments) > 1:
        return arguments[1]
    if path in _PARTIAL and arguments:
        rest = ast.Call(made.call.args[0], made.call.args[1:], made.call.keywords)
        ast.copy_location(rest, made.call)
        return Given(arguments[0], Invocation(rest, made.frame, made.bound))
    if path in _FIELDS:
        return _field(evaluator, made)
    if path in {"builtins.dict", "types.SimpleNamespace"}:
        return _dict(evaluator, made, arguments)
    if path in {"builtins.min", "builtins.max"}:
        numbers = [one.value for one in arguments if isinstance(one, Literal) and isinstance(one.value, (int, float))]
        chosen = min if path == "builtins.min" else max
        return (
            Literal(chosen(numbers), "constant") if numbers and (path == "builtins.min" or len(numbers) > 1) else None
        )
    if path == "builtins.getattr" and len(arguments) > 1 and isinstance(arguments[1], Literal):
        return evaluator.attribute(arguments[0], str(arguments[1].value), None, made.frame)
    return _path_of(callee, arguments) or settings_values.result_of(evaluator, callee, made, arguments)


def method_of(evaluator: Evaluator, callee: Unknown, made: Invocation) -> Value | None:
    """Return what a method of a text, list or mapping gives, None where it is none of these."""
    owner = callee.made_of[0] if callee.made_of else None
    arguments = list(evaluator.arguments(made))
    if isinstance(owner, Mapped):
        if callee.path == ".get" and arguments:
            found = evaluator.item(owner, arguments[0])
            is_missing = isinstance(found, Unknown) and len(arguments) > 1
            return arguments[1] if is_missing else found
        if callee.path == ".values":
            return Listed(tuple(owner.items.values()), is_open=bool(owner.rest))
        if callee.path == ".items":
            pairs = tuple(Listed((Literal(key), value)) for key, value in owner.items.items())
            return Listed(pairs, is_open=bool(owner.rest))
        return owner if callee.path == ".copy" else None
    if isinstance(owner, (Literal, Text)):
        return _method_of_text(evaluator, owner, callee.path, made, arguments)
    return owner if isinstance(owner, Listed) and callee.path == ".copy" else None


def _method_of_text(
    evaluator: Evaluator, owner: Literal | Text, path: str, made: Invocation, arguments: list[Value]
) -> Value | None:
    """Return what a method of a text, or of a path put together of parts, gives."""
    if path in _SAME_TEXT:
        return owner
    if path in {".format", ".replace", ".format_map"}:
        return Text((owner, *arguments))
    if path == ".joinpath":
        return joined_path(owner, *arguments)
    if path in settings_values.READING_METHODS:
        return settings_values.text_at(evaluator, owner, made.frame)
    if path == ".join" and arguments:
        joined = arguments[0]
        return Text(joined.items) if isinstance(joined, Listed) and not joined.is_open else Text(tuple(joined.parts()))
    return None


def _path_of(callee: Outside, arguments: list[Value]) -> Value | None:
    """Return the path that a function or method puts together of parts."""
    if callee.path in _JOINING and arguments:
        return joined_path(*arguments)
    if callee.path.startswith(_PATHS) and callee.path.endswith(".joinpath"):
        return joined_path(Outside(callee.path.removesuffix(".joinpath"), callee.calls), *arguments)
    return None


def calculated(operation: ast.operator, left: float, right: float) -> Value:
    """Return the result of a calculation with two numbers that are known."""
    work_out = _OPERATIONS.get(type(operation))
    small = abs(left) < _LARGEST and abs(right) < _LARGEST
    if isinstance(operation, ast.Pow) and abs(left) < 1000 and 0 <= right < 20:
        return Literal(left**right, "constant")
    if work_out is None or not small or (right == 0 and isinstance(operation, ast.FloorDiv)):
        return Unknown("it is calculated")
    return Literal(work_out(left, right), "constant")


def joined_path(first: Value, *more: Value) -> Value:
    """Return a path put together of parts, of which the last may be known."""
    pieces = first.pieces if isinstance(first, Text) else (first,)
    for part in more:
        pieces = (*pieces, Literal("/"), part)
    return Text(pieces)


def _field(evaluator: Evaluator, made: Invocation) -> Value | None:
    if made.call is None or made.frame is None:
        return None
    for keyword in made.call.keywords:
        if keyword.arg == "default":
            return evaluator.value(keyword.value, made.frame)
        if keyword.arg == "default_factory" and isinstance(keyword.value, ast.Lambda):
            return evaluator.value(keyword.value.body, made.frame)
        if keyword.arg == "default_factory":
            return evaluator.result(evaluator.value(keyword.value, made.frame), Invocation(None, None))
    return evaluator.value(made.call.args[0], made.frame) if made.call.args else None


def _dict(evaluator: Evaluator, made: Invocation, arguments: list[Value]) -> Value:
    items: dict[str, Value] = {}
    rest: list[Value] = []
    for given in arguments:
        if isinstance(given, Mapped):
            items.update(given.items)
            rest.extend(given.rest)
        else:
            rest.append(given)
    for keyword in made.call.keywords if made.call is not None and made.frame is not None else ():
        value = evaluator.value(keyword.value, made.frame)  # type: ignore[arg-type]
        if keyword.arg is not None:
            items[keyword.arg] = value
        elif isinstance(value, Mapped):
            items.update(value.items)
            rest.extend(value.rest)
        else:
            rest.append(value)
    return Mapped(items, tuple(rest))
