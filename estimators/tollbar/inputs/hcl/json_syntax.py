"""From the text of a ``*.tf.json`` file to the same nodes that a ``*.tf`` file gives.

Rules: https://developer.hashicorp.com/terraform/language/syntax/json
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.errors import InputError
from tollbar.inputs.hcl.parser import parse_expression, parse_template
from tollbar.inputs.hcl.syntax import Argument, Block, Body, Literal, Object, Tuple
from tollbar.location import Location

if TYPE_CHECKING:
    from tollbar.inputs.hcl.syntax import Expression

_LABELS = {
    "resource": 2,
    "data": 2,
    "variable": 1,
    "output": 1,
    "module": 1,
    "provider": 1,
    "locals": 0,
    "terraform": 0,
}
_REMARK = "//"


def parse_json_body(text: str, file: str) -> Body:
    """Return the blocks of a file in JSON syntax.

    Raises:
        InputError: It is not valid JSON, or not built as a configuration is.
    """
    try:
        document = json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as wrong:
        message = f"not valid JSON: {wrong.msg} (column {wrong.colno})"
        raise InputError(message, location=Location(file, wrong.lineno)) from wrong
    if not isinstance(document, Mapping):
        raise InputError("expected an object", location=Location(file, 1))
    blocks = (
        block
        for kind, content in document.items()
        if kind in _LABELS
        for block in _blocks(kind, (), content, _LABELS[kind], file)
    )
    return Body({}, tuple(blocks))


def _blocks(kind: str, labels: tuple[str, ...], content: Any, depth: int, file: str) -> Iterator[Block]:  # noqa: ANN401
    """Yield the blocks below their labels; a list holds several of them."""
    for part in content if isinstance(content, list) else [content]:
        if not isinstance(part, Mapping):
            raise InputError(f"{'.'.join((kind, *labels))} must be an object", location=Location(file))
        if depth == 0:
            yield Block(kind, labels, _body(part, file, kind), Location(file))
            continue
        for label, inner in part.items():
            if label != _REMARK:
                yield from _blocks(kind, (*labels, label), inner, depth - 1, file)


def _body(content: Mapping[str, Any], file: str, kind: str = "") -> Body:
    """Return the content of a block: without the provider's schema nested blocks look like arguments."""
    arguments = {
        name: Argument(name, _argument(kind, name, value, file), Location(file))
        for name, value in content.items()
        if name not in {_REMARK, "dynamic"}
    }
    return Body(arguments, tuple(_dynamic_blocks(content.get("dynamic") or {}, file)))


def _argument(kind: str, name: str, value: Any, file: str) -> Expression:  # noqa: ANN401 -- any JSON
    is_type = kind == "variable" and name == "type" and isinstance(value, str)
    return parse_expression(value, file) if is_type else _expression(value, file)


def _dynamic_blocks(content: Any, file: str) -> Iterator[Block]:  # noqa: ANN401 -- any JSON
    for block in _blocks("dynamic", (), content, 1, file):
        inner = block.body.arguments.get("content")
        arguments = {name: argument for name, argument in block.body.arguments.items() if name != "content"}
        if inner is not None and isinstance(inner.expression, Object):
            items = ((key, value) for key, value in inner.expression.items if isinstance(key, Literal))
            nested = {str(key.value): Argument(str(key.value), value, Location(file)) for key, value in items}
            body = Body(arguments, (Block("content", (), Body(nested), Location(file)),))
            yield Block("dynamic", block.labels, body, Location(file))


def _expression(value: Any, file: str) -> Expression:  # noqa: ANN401 -- any JSON
    if isinstance(value, str):
        return parse_template(value, file)
    if isinstance(value, list):
        return Tuple(tuple(_expression(item, file) for item in value))
    if isinstance(value, Mapping):
        items = value.items()
        return Object(tuple((parse_template(k, file), _expression(v, file)) for k, v in items if k != _REMARK))
    return Literal(value)
