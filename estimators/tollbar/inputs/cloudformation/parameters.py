"""The values of a template's parameters: what is given for them, else their defaults."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tollbar.errors import InputError
from tollbar.inputs.cloudformation.values import NotKnown, Value, as_text
from tollbar.inputs.text_file import read_text
from tollbar.location import Location
from tollbar.resource import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tollbar.inputs.cloudformation.template_file import Block, Node

_STORED = "AWS::SSM::Parameter::Value<"


def parameter_values(declared: Block, given: Mapping[str, Value], shown: str) -> dict[str, Value]:
    """Return the value of every declared parameter, NotKnown where nothing tells it.

    Raises:
        InputError: A parameter is not declared as one, or is given a value that it does not allow.
    """
    values: dict[str, Value] = {}
    for name, parameter in declared.items():
        location = Location(shown, declared.lines.get(name))
        if not isinstance(parameter, Mapping):
            raise InputError(f"Parameters.{name}: expected a mapping with a Type", location=location)
        kind = as_text(parameter.get("Type"))
        if not kind:
            raise InputError(f"Parameters.{name}.Type is missing", location=location, hint="Write Type: String.")
        value = given[name] if name in given else parameter.get("Default")
        if name in given:
            _check_allowed(name, value, parameter, location)
        values[name] = _typed(value, kind)
    return values


def given_in_files(files: Iterable[Path]) -> dict[str, str]:
    """Return the values in parameter files of the AWS CLI; files of other kinds belong to other inputs.

    Both forms are read: a list of ``ParameterKey`` and ``ParameterValue``, and ``{"Parameters": {...}}``.

    Raises:
        InputError: A JSON file is neither.
    """
    values: dict[str, str] = {}
    for file in files:
        if file.name.endswith(".json") and not file.name.endswith(".tfvars.json"):
            values.update(_in_file(file))
    return values


def _in_file(file: Path) -> dict[str, str]:
    try:
        content = json.loads(read_text(file))
    except json.JSONDecodeError as wrong:
        message = f"not valid JSON: {wrong.msg} (column {wrong.colno})"
        raise InputError(message, location=Location(str(file), wrong.lineno)) from wrong
    if isinstance(content, dict) and isinstance(content.get("Parameters"), dict):
        return {name: as_text(value) for name, value in content["Parameters"].items()}
    if isinstance(content, list) and all(isinstance(item, dict) and "ParameterKey" in item for item in content):
        return {item["ParameterKey"]: as_text(item.get("ParameterValue")) for item in content}
    raise InputError(
        "expected a list of ParameterKey and ParameterValue, or an object of Parameters", location=Location(str(file))
    )


def _check_allowed(name: str, value: Value, parameter: Mapping[str, Node], location: Location) -> None:
    allowed = parameter.get("AllowedValues")
    if isinstance(value, Unknown) or not isinstance(allowed, list):
        return
    known = [as_text(option) for option in allowed]
    for given in value if isinstance(value, list) else [value]:
        if not isinstance(given, Unknown) and as_text(given) not in known:
            raise InputError(
                f"the parameter {name} may not be {as_text(given)!r}",
                location=location,
                hint=f"It allows {', '.join(known)}.",
            )


def _typed(value: Any, kind: str) -> Value:  # noqa: ANN401 -- any value of a template
    if value is None or kind.startswith(_STORED):  # the value names what Systems Manager keeps
        return NotKnown()
    if isinstance(value, (Unknown, list)):
        return value
    is_list = kind == "CommaDelimitedList" or kind.startswith("List<")
    return [item.strip() for item in as_text(value).split(",")] if is_list else value
