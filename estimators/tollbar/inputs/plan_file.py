"""The file of a plan: from bytes to the JSON object of a plan, or an error that says what the file is instead."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.errors import InputError
from tollbar.inputs.text_file import decoded, read_bytes
from tollbar.location import Location
from tollbar.resource import Unknown

if TYPE_CHECKING:
    from pathlib import Path

SHOW_HINT = "Write the plan as JSON: terraform show -json PLAN > plan.json"

_KNOWN_FORMATS = ("0.", "1.")
_WRAPPER_NOISE_BEFORE = re.compile(r"\s*(?:(?:\[command\]|::)[^\n]*\n\s*)*")
_WRAPPER_NOISE_AFTER = re.compile(r"\s*(?:::[^\n]*\s*)*")
_UNRESOLVED = "__attribute__"
"""Stands in plans that tools make of source code (with tfparse) for an expression they could not resolve."""

_DECODER = json.JSONDecoder(parse_float=Decimal)


class UnresolvedExpression(Unknown):
    """Stands where such a plan holds an expression instead of a value; the expression tells what is referred to."""

    def __init__(self, expression: str) -> None:
        super().__init__()
        self.expression = expression.replace(".[", "[")


_DECODER_OF_SOURCES = json.JSONDecoder(
    parse_float=Decimal,
    object_hook=lambda value: UnresolvedExpression(str(value[_UNRESOLVED])) if _UNRESOLVED in value else value,
)


def read_plan(path: Path) -> tuple[Mapping[str, Any], bool]:
    """Return the plan in a file, and whether it holds unresolved expressions.

    Lines that the hashicorp/setup-terraform wrapper prints around the JSON are skipped.

    Raises:
        InputError: The file cannot be read, is not JSON, or is something else than a complete plan.
    """
    text = _text(path)
    plan = _json_object(text, path)
    _check_is_plan(plan, path)
    return plan, _UNRESOLVED in text


def _text(path: Path) -> str:
    content = read_bytes(path)
    if content.startswith(b"PK"):
        raise InputError(
            "this is a plan in Terraform's binary form",
            location=Location(str(path)),
            hint=f"Write it as JSON: terraform show -json {path.name} > plan.json",
        )
    return decoded(content, path, SHOW_HINT)


def _json_object(text: str, path: Path) -> Mapping[str, Any]:
    noise = _WRAPPER_NOISE_BEFORE.match(text)
    start = noise.end() if noise else 0
    if not text[start:].strip():
        raise InputError("the file is empty", location=Location(str(path)), hint=SHOW_HINT)
    try:
        plan, end = (_DECODER_OF_SOURCES if _UNRESOLVED in text else _DECODER).raw_decode(text, start)
    except json.JSONDecodeError as wrong:
        raise _json_error(path, wrong.lineno, wrong.colno, wrong.msg) from wrong
    if _is_plan_log(plan):
        raise InputError(
            "this is the log of terraform plan -json, not the plan", location=Location(str(path), 1), hint=SHOW_HINT
        )
    rest = _WRAPPER_NOISE_AFTER.match(text, end)
    if rest is not None and rest.end() < len(text):
        line, column = _place(text, rest.end())
        raise _json_error(path, line, column, "Something follows the end of the plan")
    if not isinstance(plan, Mapping):
        raise InputError("expected a JSON object, the plan", location=Location(str(path), 1), hint=SHOW_HINT)
    return plan


def _json_error(path: Path, line: int, column: int, what: str) -> InputError:
    return InputError(f"not valid JSON: {what} (column {column})", location=Location(str(path), line), hint=SHOW_HINT)


def _place(text: str, position: int) -> tuple[int, int]:
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


def _is_plan_log(document: object) -> bool:
    return isinstance(document, Mapping) and "@level" in document


def _check_is_plan(plan: Mapping[str, Any], path: Path) -> None:
    location = Location(str(path))
    if "lineage" in plan or ("values" in plan and "planned_values" not in plan):
        raise InputError(
            "this is a state, not a plan",
            location=location,
            hint="Make a plan of it: terraform plan -out=PLAN, then terraform show -json PLAN > plan.json",
        )
    if not isinstance(plan.get("planned_values"), Mapping):
        raise InputError(
            'this is no Terraform plan: it has no "planned_values"',
            location=location,
            hint=f"A plan in JSON, a Terraform directory or an estimate was expected. {SHOW_HINT}",
        )
    version = str(plan.get("format_version", ""))
    if not version.startswith(_KNOWN_FORMATS):
        raise InputError(f"the plan's format_version {version or 'is missing'}: expected 1.x", location=location)
    if plan.get("errored"):
        raise InputError(
            "terraform plan ended with an error, the plan is incomplete",
            location=location,
            hint="Make terraform plan succeed first",
        )
