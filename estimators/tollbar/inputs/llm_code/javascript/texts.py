"""The text and the numbers that expressions stand for; parts of a text that are not known are marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from tollbar.inputs.llm_code.javascript.members import element_nodes
from tollbar.inputs.llm_code.javascript.module import string, text, unescaped
from tollbar.inputs.llm_code.javascript.values import UNKNOWN, Code, External, Option, Plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from tree_sitter import Node

_NUMBER = re.compile(r"[0-9][0-9_]*(\.[0-9]+)?(e[0-9]+)?")
_PATHS = re.compile(r"(default\.)?(join|resolve)\(\)")
_CONCATENATED = frozenset({"dedent()", "default()", "outdent()", "stripIndent()", "String.raw()", "gql()"})


class Follower(Protocol):
    """What follows an expression."""

    def options(self, code: Code) -> list[Option]:
        """Return what an expression may stand for."""

    def entered(self, code: Code) -> AbstractContextManager[bool]:
        """Look into a text: False where it is being looked into already, or it is too deep."""


def text_of(follower: Follower, code: Code) -> str | None:
    """Return the text an expression stands for, ``UNKNOWN`` in place of what is not known; None where it is none."""
    found = texts_of(follower, code)
    return found[0][0] if found else None


def texts_of(follower: Follower, code: Code) -> list[tuple[str, Option]]:
    """Return the texts an expression may stand for, each with the option it is of."""
    texts = ((_text(follower, option), option) for option in follower.options(code))
    return [(found, option) for found, option in texts if found is not None]


def number_of(follower: Follower, code: Code) -> int | None:
    """Return the whole number an expression stands for, None where it is none or not known."""
    for option in follower.options(code):
        found = _number(follower, option)
        if found is not None:
            return found
    return None


def _text(follower: Follower, option: Option) -> str | None:
    value = option.value
    if isinstance(value, Plain):
        return str(value.value) if isinstance(value.value, (str, int, float)) else None
    if isinstance(value, External):
        return _called_text(follower, value)
    if not isinstance(value, Code):
        return None
    if value.node.type == "string":
        return string(value.node)
    put_together = _PUT_TOGETHER.get(value.node.type)
    if put_together is None:
        return None
    with follower.entered(value) as is_new:
        return put_together(follower, value) if is_new else None


def _of_template(follower: Follower, code: Code) -> str:
    return "".join(_part(follower, code, child) for child in code.node.named_children)


def _part(follower: Follower, code: Code, child: Node) -> str:
    if child.type != "template_substitution":
        return unescaped(child)
    inner = child.named_children[0] if child.named_children else None
    found = None if inner is None else text_of(follower, code.at(inner))
    return UNKNOWN if found is None else found


def _concatenated(follower: Follower, code: Code) -> str | None:
    parts = [text_of(follower, code.at(node)) for node in _added(code.node)]
    if all(part is None for part in parts):
        return None
    return "".join(UNKNOWN if part is None else part for part in parts)


def _added(node: Node) -> list[Node]:
    """Return what is added in ``a + b + c``: a long text is hundreds of them, one in the other."""
    parts: list[Node] = []
    while node.type == "binary_expression":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = node.child_by_field_name("operator")
        if left is None or right is None or operator is None or text(operator) != "+":
            break
        parts.append(right)
        node = left
    return [node, *reversed(parts)] if parts else []


def _joined(follower: Follower, code: Code) -> str | None:
    """Return the text of ``[…].join("…")``."""
    callee, arguments = code.node.child_by_field_name("function"), code.node.child_by_field_name("arguments")
    if callee is None or arguments is None:
        return None
    if arguments.type == "template_string":
        return text_of(follower, code.at(arguments))
    owner, name = callee.child_by_field_name("object"), callee.child_by_field_name("property")
    if owner is None or name is None or text(name) != "join":
        return None
    between = text_of(follower, code.at(arguments.named_children[0])) if arguments.named_children else ","
    for option in follower.options(code.at(owner)):
        if isinstance(option.value, Code) and option.value.node.type == "array":
            parts = (text_of(follower, option.value.at(node)) for node in element_nodes(option.value.node))
            return (between or "").join(UNKNOWN if part is None else part for part in parts)
    return None


def _called_text(follower: Follower, value: External) -> str | None:
    """Return the text that some functions make of their arguments: a path of its parts, a template as it is."""
    if not value.calls:
        return None
    call = value.calls[-1]
    arguments = call.node.child_by_field_name("arguments")
    if arguments is None:
        return None
    if arguments.type == "template_string":
        return text_of(follower, call.at(arguments))
    parts = [text_of(follower, call.at(child)) for child in arguments.named_children if child.type != "comment"]
    if value.package == "path" and _PATHS.fullmatch(value.path):
        return "/".join(UNKNOWN if part is None else part for part in parts)
    is_text = value.path in _CONCATENATED or (value.package == "url" or value.path == "URL()")
    return parts[0] if is_text and parts else None


def _number(follower: Follower, option: Option) -> int | None:  # noqa: PLR0911 -- one a kind of value
    value = option.value
    if isinstance(value, Plain):
        if isinstance(value.value, bool):
            return None
        return int(value.value) if isinstance(value.value, int) or str(value.value).isdecimal() else None
    if not isinstance(value, Code):
        return None
    node = value.node
    if node.type == "number":
        written = text(node).lower()
        return int(float(written.replace("_", ""))) if _NUMBER.fullmatch(written) else None
    if node.type == "string":
        return int(string(node)) if string(node).isdecimal() else None
    if node.type == "binary_expression":
        with follower.entered(value) as is_new:
            return _calculated(follower, value) if is_new else None
    return None


def _calculated(follower: Follower, code: Code) -> int | None:
    left, right = code.node.child_by_field_name("left"), code.node.child_by_field_name("right")
    operator = code.node.child_by_field_name("operator")
    if left is None or right is None or operator is None:
        return None
    one, other = number_of(follower, code.at(left)), number_of(follower, code.at(right))
    if one is None or other is None:
        return None
    results = {"*": one * other, "+": one + other, "-": one - other}
    return results.get(text(operator))


_PUT_TOGETHER: Mapping[str, Callable[[Follower, Code], str | None]] = {
    "template_string": _of_template,
    "binary_expression": _concatenated,
    "call_expression": _joined,
}
