"""String functions: https://developer.hashicorp.com/terraform/language/functions/chomp and following."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.inputs.hcl.functions.formatting import formatted
from tollbar.inputs.hcl.functions.function import Function
from tollbar.inputs.hcl.values import EvaluationError, as_integer, as_items, as_text, is_unknown
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tollbar.inputs.hcl.values import Value

_GO_GROUP = re.compile(r"\$(?:\{(\w+)\}|(\w+))")


def _text_function(function: Callable[..., Value]) -> Function:
    """Return a function all of whose arguments are strings."""
    return Function(lambda *arguments: function(*map(as_text, arguments)))


def _format_list(pattern: Value, *arguments: Value) -> Value:
    lists = [argument for argument in arguments if isinstance(argument, list | tuple)]
    length = max(map(len, lists), default=1)
    if any(len(items) != length for items in lists):
        raise EvaluationError("the lists must have the same length")
    rows = [
        [argument[row] if isinstance(argument, list | tuple) else argument for argument in arguments]
        for row in range(length)
    ]
    return [UNKNOWN if any(map(is_unknown, row)) else formatted(as_text(pattern), row) for row in rows]


def _indent(spaces: Value, text: Value) -> str:
    return as_text(text).replace("\n", "\n" + " " * as_integer(spaces))


def _join(separator: Value, *lists: Value) -> str:
    return as_text(separator).join(as_text(item) for items in lists for item in as_items(items))


def _regex(pattern: str, text: str) -> Value:
    match = _compiled(pattern).search(text)
    if match is None:
        raise EvaluationError("the pattern did not match any part of the string")
    return _captures(match)


def _regexall(pattern: str, text: str) -> Value:
    return [_captures(match) for match in _compiled(pattern).finditer(text)]


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as wrong:
        raise EvaluationError(f"the pattern is not valid: {wrong}") from wrong


def _captures(match: re.Match[str]) -> Value:
    if names := match.groupdict():
        return names
    return list(match.groups()) if match.groups() else match[0]


def _replace(text: str, old: str, new: str) -> str:
    if len(old) > 1 and old.startswith("/") and old.endswith("/"):
        return _compiled(old[1:-1]).sub(lambda match: _GO_GROUP.sub(lambda group: _group(match, group), new), text)
    return text.replace(old, new)


def _group(match: re.Match[str], group: re.Match[str]) -> str:
    name = group[1] or group[2]
    try:
        return match[int(name) if name.isdigit() else name] or ""
    except IndexError:
        return ""


def _split(separator: str, text: str) -> list[str]:
    if separator:
        return text.split(separator)
    return list(text)


def _substr(text: Value, offset: Value, length: Value) -> str:
    whole, start, count = as_text(text), as_integer(offset), as_integer(length)
    start = max(len(whole) + start, 0) if start < 0 else start
    return whole[start:] if count < 0 else whole[start : start + count]


def _title(text: str) -> str:
    return re.sub(r"(?<!\w)\w", lambda first: first[0].upper(), text)


STRING_FUNCTIONS: Mapping[str, Function] = {
    "chomp": _text_function(lambda text: text.rstrip("\r\n")),
    "endswith": _text_function(str.endswith),
    "format": Function(lambda pattern, *arguments: formatted(as_text(pattern), arguments), "anywhere"),
    "formatlist": Function(_format_list),
    "indent": Function(_indent),
    "join": Function(_join, "anywhere"),
    "lower": _text_function(str.lower),
    "regex": _text_function(_regex),
    "regexall": _text_function(_regexall),
    "replace": _text_function(_replace),
    "split": _text_function(_split),
    "startswith": _text_function(str.startswith),
    "strcontains": _text_function(lambda text, part: part in text),
    "strrev": _text_function(lambda text: text[::-1]),
    "substr": Function(_substr),
    "title": _text_function(_title),
    "trim": _text_function(lambda text, characters: text.strip(characters)),
    "trimprefix": _text_function(str.removeprefix),
    "trimspace": _text_function(str.strip),
    "trimsuffix": _text_function(str.removesuffix),
    "upper": _text_function(str.upper),
}
