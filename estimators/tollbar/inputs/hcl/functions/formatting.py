"""The verbs of ``format``: https://developer.hashicorp.com/terraform/language/functions/format."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tollbar.inputs.hcl.functions.json_text import json_text
from tollbar.inputs.hcl.values import EvaluationError, as_flag, as_integer, as_number, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tollbar.inputs.hcl.values import Value

_VERB = re.compile(r"%([-+ 0#]*)(\d+)?(?:\.(\d+))?(?:\[(\d+)\])?([a-zA-Z%])")


def formatted(pattern: str, arguments: Sequence[Value]) -> str:
    """Return the pattern with its verbs replaced by the arguments.

    Raises:
        EvaluationError: There are too few arguments, or one does not fit its verb.
    """
    position = 0

    def replaced(verb: re.Match[str]) -> str:
        nonlocal position
        if verb[5] == "%":
            return "%"
        position = int(verb[4]) if verb[4] else position + 1
        if position > len(arguments):
            raise EvaluationError(f"format has no argument for {verb[0]!r}")
        return _padded(_written(verb, arguments[position - 1]), verb)

    return _VERB.sub(replaced, pattern)


def _written(verb: re.Match[str], value: Value) -> str:
    write = _VERBS.get(verb[5])
    if write is None:
        raise EvaluationError(f"format does not know the verb {verb[0]!r}")
    text = write(value, verb)
    is_number = verb[5] not in "vsqt"
    return f"+{text}" if "+" in verb[1] and is_number and not text.startswith("-") else text


def _padded(text: str, verb: re.Match[str]) -> str:
    width = int(verb[2] or 0)
    if "-" in verb[1]:
        return text.ljust(width)
    return text.zfill(width) if "0" in verb[1] and verb[5] not in "vsqt" else text.rjust(width)


def _default(value: Value, verb: re.Match[str]) -> str:
    if value is None:
        return "null"
    if "#" in verb[1]:
        return json_text(value)
    return json_text(value) if isinstance(value, dict | list | tuple) else as_text(value)


def _string(value: Value, verb: re.Match[str]) -> str:
    text = as_text(value)
    return text[: int(verb[3])] if verb[3] else text


def _float(value: Value, verb: re.Match[str]) -> str:
    number = as_number(value)
    if verb[5] in "gG" and not verb[3]:
        return as_text(number)
    precision = int(verb[3]) if verb[3] else 6
    return f"{number:.{precision}f}" if verb[5] == "f" else f"{float(number):.{precision}{verb[5]}}"


def _integer(value: Value, verb: re.Match[str]) -> str:
    return f"{as_integer(value):{verb[5]}}"


_VERBS: Mapping[str, Callable[[Value, re.Match[str]], str]] = {
    "v": _default,
    "s": _string,
    "q": lambda value, _: json.dumps(as_text(value), ensure_ascii=False),
    "t": lambda value, _: as_text(as_flag(value)),
    "d": _integer,
    "b": _integer,
    "o": _integer,
    "x": _integer,
    "X": _integer,
    "e": _float,
    "E": _float,
    "f": _float,
    "g": _float,
    "G": _float,
}
