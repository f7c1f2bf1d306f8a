"""The mutants of a Rego file: what stands where, by OPA's own parser, so that strings and comments are left alone."""

from __future__ import annotations

import base64
import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A limit moved by one, and the opposite.
_COMPARISONS = {
    ">": (">=", "<="),
    ">=": (">", "<"),
    "<": ("<=", ">="),
    "<=": ("<", ">"),
    "==": ("!=",),
    "!=": ("==",),
}


@dataclass(frozen=True)
class Mutant:
    """One change of a file: at a row and column (from 1), ``old`` becomes ``new``; ``text`` is the expression."""

    row: int
    column: int
    old: str
    new: str
    text: str

    def applied_to(self, source: str) -> str:
        """Return the file with the change.

        Raises:
            ValueError: ``old`` does not stand there.
        """
        lines = source.splitlines(keepends=True)
        line, start = lines[self.row - 1], self.column - 1
        if not line.startswith(self.old, start):
            raise ValueError(f"{self.old!r} is not at {self.row}:{self.column}")
        lines[self.row - 1] = line[:start] + self.new + line[start + len(self.old) :]
        return "".join(lines)

    def __str__(self) -> str:
        """Return what the change is."""
        return f"{self.text}: {self.old.strip() or 'nothing'} -> {self.new.strip() or 'nothing'}"


def mutants(opa: Path, file: Path) -> list[Mutant]:
    """Return the mutants of a file, in its order."""
    command = [str(opa), "parse", "--format", "json", "--json-include", "locations", str(file)]
    parsed = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    found = {mutant for rule in parsed["rules"] for mutant in _of_node(rule)}
    return sorted(found, key=lambda mutant: (mutant.row, mutant.column, mutant.new))


def _of_node(node: Any) -> Iterator[Mutant]:
    if isinstance(node, list):
        for item in node:
            yield from _of_node(item)
    elif isinstance(node, dict):
        if isinstance(node.get("terms"), list):
            yield from _of_expression(node)
        elif node.get("type") == "call":
            yield from _of_comparison(node["value"][0], node)
        for key, value in node.items():
            if key == "symbols":  # "some x in xs" is no test of membership, but what it is over may hold one
                for call in value:
                    yield from _of_node(call["value"][1:] if call.get("type") == "call" else call)
            else:
                yield from _of_node(value)


def _of_expression(node: dict[str, Any]) -> Iterator[Mutant]:
    yield from _of_comparison(node["terms"][0], node)
    row, column, text = _place(node)
    if node.get("negated"):
        yield Mutant(row, column, "not ", "", text)
    elif _place(node["terms"][0])[2] == "in":
        yield Mutant(row, column, "", "not ", text)


def _of_comparison(operator: dict[str, Any], node: dict[str, Any]) -> Iterator[Mutant]:
    row, column, symbol = _place(operator)
    for other in _COMPARISONS.get(symbol, ()):
        yield Mutant(row, column, symbol, other, _place(node)[2])


def _place(node: dict[str, Any]) -> tuple[int, int, str]:
    location = node["location"]
    text = base64.b64decode(location.get("text", "")).decode("utf-8")
    return location["row"], location["col"], " ".join(text.split())
