"""YAML of mappings and scalars with the line of every value, and numbers exactly as they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml

from tollbar.errors import InputError
from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_DECIMAL = re.compile(r"[-+]?(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][-+]?\d+)?")
_MERGE_KEY = "<<"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar: a string, a boolean, an exact number or None."""

    value: Any
    line: int

    @property
    def is_number(self) -> bool:
        """Whether the scalar is a number."""
        return isinstance(self.value, Decimal)


@dataclass(frozen=True, slots=True)
class Section:
    """A mapping."""

    items: Mapping[str, Section | Leaf]
    line: int


def read_yaml(path: Path) -> Section:
    """Return the mapping in a YAML file; an empty file is an empty mapping.

    Raises:
        InputError: It cannot be read, is not YAML, or holds something else than mappings of scalars.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as failure:
        raise InputError(f"cannot be read: {failure.strerror}", location=Location(str(path))) from failure
    except UnicodeDecodeError as wrong:
        raise InputError("this is not a text file", location=Location(str(path))) from wrong
    root = _compose(text, path)
    document = Section({}, 1) if root is None else _value(root, path)
    if isinstance(document, Leaf):
        raise InputError("expected a mapping", location=Location(str(path), document.line))
    return document


def _compose(text: str, path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise InputError(
            f"not valid YAML: {wrong.problem or wrong.context} (column {column})", location=Location(str(path), line)
        ) from wrong
    except yaml.YAMLError as wrong:
        raise InputError(f"not valid YAML: {wrong}", location=Location(str(path))) from wrong


def _value(node: yaml.Node, path: Path) -> Section | Leaf:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return Section(_items(node, path), line)
    if isinstance(node, yaml.ScalarNode):
        return Leaf(_scalar(node, path), line)
    raise InputError("a list is not expected here", location=Location(str(path), line))


def _items(node: yaml.MappingNode, path: Path) -> dict[str, Section | Leaf]:
    items: dict[str, Section | Leaf] = {}
    merged: dict[str, Section | Leaf] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise InputError("a key must be a name", location=Location(str(path), line))
        if key_node.value == _MERGE_KEY:
            merged.update(_merged(value_node, path))
            continue
        if key_node.value in items:
            raise InputError(f"{key_node.value!r} is given twice", location=Location(str(path), line))
        items[key_node.value] = _at_line(_value(value_node, path), line)
    return {**merged, **items}


def _merged(node: yaml.Node, path: Path) -> dict[str, Section | Leaf]:
    """Return what a merge key brings in: one mapping, or several of which the first counts most."""
    sources = node.value if isinstance(node, yaml.SequenceNode) else [node]
    merged: dict[str, Section | Leaf] = {}
    for source in reversed(sources):
        value = _value(source, path)
        merged.update(value.items if isinstance(value, Section) else {})
    return merged


def _at_line(value: Section | Leaf, line: int) -> Section | Leaf:
    """Return the value at the line of its key: what people look for is the key."""
    return Section(value.items, line) if isinstance(value, Section) else Leaf(value.value, line)


def _scalar(node: yaml.ScalarNode, path: Path) -> str | bool | Decimal | None:
    text, kind = node.value, node.tag.removeprefix(_TAG)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in {"true", "yes", "on"}
    is_plain = not node.style
    if kind in {"int", "float"} or (is_plain and _DECIMAL.fullmatch(text)):
        return _number(text, node, path)
    return str(text)


def _number(text: str, node: yaml.ScalarNode, path: Path) -> Decimal:
    if _DECIMAL.fullmatch(text):
        return Decimal(text.replace("_", ""))
    try:
        return Decimal(int(text.replace("_", ""), 0))
    except ValueError as wrong:
        line = node.start_mark.line + 1
        raise InputError(f"{text} is not a number of use", location=Location(str(path), line)) from wrong
