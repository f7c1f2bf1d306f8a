"""The values of a root module's variables, from everywhere that Terraform takes them from."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.errors import InputError
from tollbar.inputs.hcl.constraint import is_primitive
from tollbar.inputs.hcl.evaluation import Scope, evaluate
from tollbar.inputs.hcl.parser import parse_body, parse_expression
from tollbar.inputs.hcl.values import EvaluationError
from tollbar.location import Location
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tollbar.inputs.hcl.module import Module
    from tollbar.inputs.hcl.syntax import Block
    from tollbar.inputs.hcl.values import Value
    from tollbar.inputs.interface import ReadOptions

_ENVIRONMENT_PREFIX = "TF_VAR_"
_NOTHING = Scope({}, {})


def root_values(module: Module, options: ReadOptions) -> tuple[dict[str, Value], list[str]]:
    """Return the values given for a root module's variables, and warnings about those given for none.

    Later sources win: ``TF_VAR_`` variables, ``terraform.tfvars``, ``*.auto.tfvars`` by name, ``-var-file``
    in order, ``-var``.

    Raises:
        InputError: A file is not valid, or ``-var`` names no variable.
    """
    values, warnings = dict(_from_environment(module, options.environment)), list[str]()
    shown = {file: f"{module.shown}/{file.name}" for file in _automatic_files(module.directory)}
    shown.update({file: str(file) for file in options.var_files})
    for file, name in shown.items():
        given = _from_file(file, name)
        warnings += [_undeclared(variable, module, name) for variable in given if variable not in module.variables]
        values.update({variable: value for variable, value in given.items() if variable in module.variables})
    for variable, text in options.variables.items():
        if variable not in module.variables:
            hint = did_you_mean(variable, module.variables) or "Declare it, or leave the option out."
            raise InputError(f"-var {variable}: {module.shown} declares no such variable", hint=hint)
        values[variable] = _parsed(text, module.variables[variable], f"-var {variable}")
    return values, warnings


def _from_environment(module: Module, environment: Mapping[str, str]) -> Iterator[tuple[str, Value]]:
    for name, block in module.variables.items():
        text = environment.get(f"{_ENVIRONMENT_PREFIX}{name}")
        if text is not None:
            yield name, _parsed(text, block, f"{_ENVIRONMENT_PREFIX}{name}")


def _automatic_files(directory: Path) -> list[Path]:
    first = [directory / "terraform.tfvars", directory / "terraform.tfvars.json"]
    automatic = [file for file in directory.iterdir() if file.name.endswith((".auto.tfvars", ".auto.tfvars.json"))]
    return [*(file for file in first if file.is_file()), *sorted(automatic)]


def _from_file(file: Path, shown: str) -> dict[str, Value]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as failure:
        raise InputError(f"cannot be read: {failure.strerror}", location=Location(shown)) from failure
    except UnicodeDecodeError as wrong:
        raise InputError("this is not a text file in UTF-8", location=Location(shown)) from wrong
    return _from_json(text, shown) if file.name.endswith(".json") else _from_tfvars(text, shown)


def _from_json(text: str, shown: str) -> dict[str, Any]:
    try:
        values = json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as wrong:
        message = f"not valid JSON: {wrong.msg} (column {wrong.colno})"
        raise InputError(message, location=Location(shown, wrong.lineno)) from wrong
    if not isinstance(values, dict):
        raise InputError("expected an object of variables", location=Location(shown, 1))
    return values


def _from_tfvars(text: str, shown: str) -> dict[str, Value]:
    body = parse_body(text, shown)
    if body.blocks:
        block = body.blocks[0]
        raise InputError(f"expected variables, found a block {block.kind!r}", location=block.location)
    values = {}
    for name, argument in body.arguments.items():
        try:
            values[name] = evaluate(argument.expression, _NOTHING)
        except EvaluationError as wrong:
            raise InputError(f"{name}: {wrong}", location=argument.location) from wrong
    return values


def _parsed(text: str, variable: Block, origin: str) -> Value:
    """Return a value given as text: as it is for a string, number or bool, else as an expression."""
    constraint = variable.body.arguments.get("type")
    if is_primitive(constraint.expression if constraint else None):
        return text
    try:
        return evaluate(parse_expression(text, origin), _NOTHING)
    except EvaluationError as wrong:
        raise InputError(f"{origin}: {wrong}") from wrong


def _undeclared(variable: str, module: Module, shown: str) -> str:
    hint = did_you_mean(variable, module.variables)
    return f"{shown}: {variable} is no variable of {module.shown}.{f' {hint}' if hint else ''}"
