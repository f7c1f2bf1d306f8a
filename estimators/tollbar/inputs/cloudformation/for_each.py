"""Fn::ForEach (the transform AWS::LanguageExtensions): parts of a template that are repeated over a list.

``Fn::ForEach::Topics: [Name, [A, B], {"Topic${Name}": {...}}]`` stands for ``TopicA`` and ``TopicB``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tollbar.inputs.cloudformation.intrinsics import ExpressionError
from tollbar.inputs.cloudformation.template_file import Block
from tollbar.inputs.cloudformation.values import as_text, is_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.inputs.cloudformation.intrinsics import Evaluator
    from tollbar.inputs.cloudformation.template_file import Node

_LOOP = "Fn::ForEach::"


def repeated(node: Node, evaluator: Evaluator) -> Node:
    """Return a part of a template with its loops written out.

    Raises:
        ExpressionError: A loop is not built as one, or what it repeats over is not known.
    """
    if isinstance(node, list):
        return [repeated(item, evaluator) for item in node]
    if not isinstance(node, Block):
        return node
    items: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for name, part in node.items():
        line = node.lines.get(name, node.line)
        if not name.startswith(_LOOP):
            items[name], lines[name] = repeated(part, evaluator), line
            continue
        evaluator.line = line
        for key, copy in _copies(name, part, evaluator):
            items[key], lines[key] = repeated(copy, evaluator), line
    return Block(items, node.line, lines)


def _copies(name: str, loop: Node, evaluator: Evaluator) -> Iterator[tuple[str, Node]]:
    if not isinstance(loop, list) or len(loop) != 3 or not isinstance(loop[0], str) or not isinstance(loop[2], Mapping):
        raise ExpressionError(f"{name}: expected a list of a name, the values, and what is repeated")
    identifier, collection, template = loop
    values = evaluator.value(collection)
    if not isinstance(values, list) or not is_known(values):
        raise ExpressionError(
            f"{name}: what it repeats over is not known", "Give the parameter a value: --var NAME=VALUE,VALUE"
        )
    for value in map(as_text, values):
        yield from _replaced(template, identifier, value).items()


def _replaced(node: Node, identifier: str, value: str) -> Node:
    if isinstance(node, str):
        # &{Name} stands for a value of which only the letters and digits count: a logical id has no others.
        plain = "".join(letter for letter in value if letter.isalnum())
        return node.replace(f"${{{identifier}}}", value).replace(f"&{{{identifier}}}", plain)
    if isinstance(node, list):
        return [_replaced(item, identifier, value) for item in node]
    if not isinstance(node, Block):
        return node
    if node == {"Ref": identifier}:
        return value
    names = {name: _replaced(name, identifier, value) for name in node}
    items = {names[name]: _replaced(part, identifier, value) for name, part in node.items()}
    return Block(items, node.line, {names[name]: line for name, line in node.lines.items()})
