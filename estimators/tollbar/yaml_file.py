"""YAML files with the line of every value, and numbers exactly as they are written.

What YAML 1.1 makes of plain text is narrowed to what people mean: a date stays text, ``1e6`` is a
number, ``09:00`` is not one. A key that is given twice is an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from tollbar.location import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from tollbar.errors import TollbarError

Composed = TypeVar("Composed")

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_DECIMAL = re.compile(r"[-+]?(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][-+]?\d+)?")
_MERGE_KEY = "<<"
_TAB = "a tab, where YAML is indented with spaces"
_WITH_COMMAS = re.compile(r"[0-9]{1,3},[0-9]{3}(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class YamlScalar:
    """A string, a boolean, an exact number or None."""

    value: str | bool | Decimal | None
    line: int

    @property
    def number(self) -> Decimal | None:
        """The number, None where the scalar is something else."""
        return self.value if isinstance(self.value, Decimal) else None


@dataclass(frozen=True, slots=True)
class YamlList:
    """A list."""

    items: tuple[YamlValue, ...]
    line: int


@dataclass(frozen=True, slots=True)
class YamlMapping:
    """A mapping; a value in it stands at the line of its key."""

    items: Mapping[str, YamlValue]
    line: int


_MOST_FROM_ALIASES = 100_000
"""How many values may come from aliases: a few lines of them could stand for billions."""
_LONGEST_NUMBER = 100

YamlValue = YamlMapping | YamlList | YamlScalar


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file that holds a mapping."""

    path: str
    root: YamlMapping

    def plain(self) -> dict[str, Any]:
        """Return the content as dicts, lists, strings, booleans, None, int and, of other numbers, Decimal."""
        return {name: plain(value) for name, value in self.root.items.items()}

    def location(self, steps: Iterable[str | int]) -> Location:
        """Return where the value stands that keys and positions lead to, as deep as the file goes."""
        value: YamlValue | None = self.root
        line = self.root.line
        for step in steps:
            value = _child(value, step)
            if value is None:
                break
            line = value.line
        return Location(self.path, line)


def read_yaml(path: Path, error: type[TollbarError], expected: str = "a mapping") -> YamlFile:
    """Return a YAML file that holds a mapping; an empty file is an empty mapping.

    Raises:
        TollbarError: As the class ``error``: it cannot be read, is not YAML or not what is expected.
    """
    reader = _Reader(str(path), error)
    root = reader.compose(path)
    content = YamlMapping({}, 1) if root is None else reader.value(root)
    if not isinstance(content, YamlMapping):
        raise error(f"expected {expected}", location=Location(str(path), content.line))
    return YamlFile(str(path), content)


def read_yaml_documents(text: str, name: str, error: type[TollbarError]) -> list[YamlFile]:
    """Return the documents of a YAML text (JSON is YAML, too), each at its own line; empty ones are left out.

    ``name`` is what errors call the file.

    Raises:
        TollbarError: As the class ``error``: it is not YAML, or a document is no mapping.
    """
    reader = _Reader(name, error)
    values = [reader.value(root) for root in reader.compose_all(text)]
    found = [value for value in values if not (isinstance(value, YamlScalar) and value.value is None)]
    for value in found:
        if not isinstance(value, YamlMapping):
            raise error("expected a mapping", location=Location(name, value.line))
    return [YamlFile(name, value) for value in found if isinstance(value, YamlMapping)]


def plain(value: YamlValue) -> Any:  # noqa: ANN401 -- any YAML
    """Return a value as dicts, lists, strings, booleans, None, int and, of other numbers, Decimal."""
    if isinstance(value, YamlMapping):
        return {name: plain(item) for name, item in value.items.items()}
    if isinstance(value, YamlList):
        return [plain(item) for item in value.items]
    number = value.number
    return value.value if number is None or number.as_tuple().exponent != 0 else int(number)


def _child(value: YamlValue | None, step: str | int) -> YamlValue | None:
    if isinstance(value, YamlMapping):
        return value.items.get(str(step))
    if isinstance(value, YamlList) and isinstance(step, int) and step < len(value.items):
        return value.items[step]
    return None


class _Reader:
    """Makes values of the nodes of one file."""

    def __init__(self, path: str, error: type[TollbarError]) -> None:
        self._path = path
        self._error = error
        self._open: list[yaml.Node] = []
        self._left = _MOST_FROM_ALIASES

    def compose(self, path: Path) -> yaml.Node | None:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as failure:
            raise self._error(f"cannot be read: {failure.strerror}", location=Location(self._path)) from failure
        except UnicodeDecodeError as wrong:
            raise self._error("this is not a text file", location=Location(self._path)) from wrong
        self._left += len(text)
        return self._composed(lambda: yaml.compose(text, Loader=_Loader), text)

    def compose_all(self, text: str) -> list[yaml.Node]:
        self._left += len(text)
        return self._composed(lambda: list(yaml.compose_all(text, Loader=_Loader)), text)

    def _composed(self, compose: Callable[[], Composed], text: str) -> Composed:
        try:
            return compose()
        except yaml.MarkedYAMLError as wrong:
            mark = wrong.problem_mark or wrong.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            problem = _TAB if _is_tab(text, line, column) else wrong.problem or wrong.context
            raise self._wrong(f"not valid YAML: {problem} (column {column})", line) from wrong
        except yaml.YAMLError as wrong:
            raise self._error(f"not valid YAML: {wrong}", location=Location(self._path)) from wrong

    def value(self, node: yaml.Node) -> YamlValue:
        line = node.start_mark.line + 1
        self._left -= 1
        if self._left < 0:  # without aliases, there are never more values than letters
            raise self._wrong("its aliases stand for too many values", line)
        if isinstance(node, yaml.ScalarNode):
            return YamlScalar(self._scalar(node), line)
        if any(node is outer for outer in self._open):
            raise self._wrong("an alias refers to what it stands in", line)
        self._open.append(node)
        if isinstance(node, yaml.SequenceNode):
            value: YamlValue = YamlList(tuple(self.value(item) for item in node.value), line)
        else:
            value = YamlMapping(self._items(node), line)
        self._open.pop()
        return value

    def _items(self, node: yaml.Node) -> dict[str, YamlValue]:
        items: dict[str, YamlValue] = {}
        merged: dict[str, YamlValue] = {}
        before: yaml.Node | None = None
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise self._wrong("a key must be a name", line)
            if key_node.value == _MERGE_KEY:
                merged.update(self._merged(value_node))
                continue
            if key_node.value in items:
                raise self._wrong(f"{key_node.value!r} is given twice", line)
            if _is_cut_number(before, key_node, value_node):
                raise self._wrong(f"the comma ends the number before {key_node.value}: write 1000, not 1,000", line)
            before = value_node
            items[key_node.value] = _at_line(self.value(value_node), line)
        return {**merged, **items}

    def _merged(self, node: yaml.Node) -> dict[str, YamlValue]:
        """Return what a merge key brings in: one mapping, or several of which the first counts most."""
        sources = node.value if isinstance(node, yaml.SequenceNode) else [node]
        merged: dict[str, YamlValue] = {}
        for source in reversed(sources):
            value = self.value(source)
            merged.update(value.items if isinstance(value, YamlMapping) else {})
        return merged

    def _scalar(self, node: yaml.ScalarNode) -> str | bool | Decimal | None:
        text, kind = str(node.value), node.tag.removeprefix(_TAG)
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() in {"true", "yes", "on"}
        is_number = kind in {"int", "float"} and ":" not in text  # 09:00 is a time, not 540
        if is_number or (not node.style and _DECIMAL.fullmatch(text)):
            return self._number(text, node)
        return text

    def _number(self, text: str, node: yaml.ScalarNode) -> Decimal:
        if len(text) > _LONGEST_NUMBER:
            raise self._wrong(
                f"a number of {len(text):,} digits is none that Tollbar can calculate with", node.start_mark.line + 1
            )
        if _DECIMAL.fullmatch(text):
            return Decimal(text.replace("_", ""))
        try:
            return Decimal(int(text.replace("_", ""), 0))
        except ValueError as wrong:
            raise self._wrong(
                f"{text} is not a number that Tollbar can calculate with; write digits, such as 12 or 0.5",
                node.start_mark.line + 1,
            ) from wrong

    def _wrong(self, message: str, line: int) -> TollbarError:
        return self._error(message, location=Location(self._path, line))


def _is_tab(text: str, line: int, column: int) -> bool:
    lines = text.split("\n")
    return line <= len(lines) and lines[line - 1][column - 1 : column] == "\t"


def _is_cut_number(before: yaml.Node | None, key: yaml.ScalarNode, value: yaml.Node) -> bool:
    """Whether an entry is what a comma cut off the number before it: of ``{dev: 1,000}``, the ``000``."""
    if not isinstance(before, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode):
        return False
    is_plain = not (before.style or key.style or value.style)
    number = f"{before.value},{key.value}"
    return is_plain and value.value == "" and _WITH_COMMAS.fullmatch(number) is not None


def _at_line(value: YamlValue, line: int) -> YamlValue:
    """Return the value at the line of its key: what people look for is the key."""
    if isinstance(value, YamlMapping):
        return YamlMapping(value.items, line)
    return YamlList(value.items, line) if isinstance(value, YamlList) else YamlScalar(value.value, line)
