"""The file of a template: YAML with the short forms of functions written out, or JSON, with the line of every key.

Numbers stay as they are written: an account 012345678901 or an engine version 14.10 is no number.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from tollbar.errors import InputError
from tollbar.inputs.text_file import read_text
from tollbar.location import Location

if TYPE_CHECKING:
    from pathlib import Path

Node: TypeAlias = Any
"""A part of a template: a Block, a list, a string, a boolean or None."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_WITHOUT_PREFIX = frozenset({"Ref", "Condition"})
_GET_ATT = "Fn::GetAtt"


class Block(dict[str, Any]):
    """A mapping of a template. ``lines`` holds the line of each of its keys."""

    __slots__ = ("line", "lines")

    def __init__(self, items: dict[str, Node], line: int, lines: dict[str, int]) -> None:
        super().__init__(items)
        self.line = line
        self.lines = lines


def read_template(path: Path, shown: str) -> Block:
    """Return the template in a file; ``shown`` is how errors name it.

    Raises:
        InputError: It cannot be read, or is no template; says where and what was expected.
    """
    text = read_text(path)
    if text.lstrip().startswith("{"):
        text = _checked_json(text, shown)
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = f"not valid YAML: {wrong.problem or wrong.context} (column {column})"
        raise InputError(message, location=Location(shown, line)) from wrong
    except yaml.YAMLError as wrong:
        raise InputError(f"not valid YAML: {wrong}", location=Location(shown)) from wrong
    template = _Reader(shown).value(root) if root is not None else None
    if not isinstance(template, Block):
        raise InputError("expected a template: a mapping with Resources", location=Location(shown, 1))
    return template


def _checked_json(text: str, shown: str) -> str:
    """Return JSON as text that is YAML, too: where JSON has a tab, YAML wants spaces."""
    try:
        json.loads(text)
    except json.JSONDecodeError as wrong:
        message = f"not valid JSON: {wrong.msg} (column {wrong.colno})"
        raise InputError(message, location=Location(shown, wrong.lineno)) from wrong
    return text.replace("\t", " ")


class _Reader:
    """Makes values of the nodes of one file."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._open: list[yaml.Node] = []

    def value(self, node: yaml.Node) -> Node:
        if any(node is outer for outer in self._open):
            raise self._wrong("an alias refers to what it stands in", node)
        self._open.append(node)
        value = self._plain(node)
        self._open.pop()
        return self._called(node, value) if node.tag.startswith("!") and len(node.tag) > 1 else value

    def _plain(self, node: yaml.Node) -> Node:
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item) for item in node.value]
        if isinstance(node, yaml.MappingNode):
            return self._block(node)
        kind = node.tag.removeprefix(_TAG)
        if kind == "null":
            return None
        if kind == "bool":
            return node.value.lower() in {"true", "yes", "on"}
        return str(node.value)

    def _block(self, node: yaml.MappingNode) -> Block:
        items: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._wrong("a key must be a name", key)
            if key.value == "<<":
                merged = self.value(value)
                for source in merged if isinstance(merged, list) else [merged]:
                    items = {**(source if isinstance(source, dict) else {}), **items}
                continue
            if key.value in lines:
                raise self._wrong(f"{key.value!r} is given twice", key)
            items[key.value] = self.value(value)
            lines[key.value] = key.start_mark.line + 1
        return Block(items, node.start_mark.line + 1, lines)

    def _called(self, node: yaml.Node, value: Node) -> Block:
        """Return the long form of a function's short form: ``!GetAtt A.B`` is ``Fn::GetAtt: [A, B]``."""
        name = node.tag.removeprefix("!")
        function = name if name in _WITHOUT_PREFIX else f"Fn::{name}"
        if function == _GET_ATT and isinstance(value, str):
            value = value.split(".", 1)
        line = node.start_mark.line + 1
        return Block({function: value}, line, {function: line})

    def _wrong(self, message: str, node: yaml.Node) -> InputError:
        return InputError(message, location=Location(self._shown, node.start_mark.line + 1))
