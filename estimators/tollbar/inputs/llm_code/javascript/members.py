"""The members of objects, arrays, enums and classes, and of values out of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tollbar.inputs.llm_code.javascript.module import is_class, string, text
from tollbar.inputs.llm_code.javascript.values import Code, Option, Plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_FIELDS = frozenset({"public_field_definition", "field_definition", "method_definition"})
_DEFAULT_METHOD = "default"


class Follower(Protocol):
    """What follows an expression."""

    def options(self, code: Code) -> list[Option]:
        """Return what an expression may stand for."""

    def member(self, option: Option, name: str) -> list[Option]:
        """Return what a property of something may stand for."""


def member_of_code(follower: Follower, owner: Code, name: str) -> list[Option]:  # noqa: PLR0911 -- one a kind
    """Return what a property of an object, an enum, a class or an array may stand for."""
    node = owner.node
    if node.type == "object":
        return list(_of_object(follower, owner, name))
    if node.type == "enum_declaration":
        return list(_of_enum(follower, owner, name))
    if node.type == "array":
        elements = element_nodes(node)
        return follower.options(owner.at(elements[int(name)])) if name.isdigit() and int(name) < len(elements) else []
    if is_class(node):
        found = member_of_class(node, name)
        value = None if found is None else found.child_by_field_name("value")
        if found is not None and found.type == "method_definition":
            return [Option(owner.at(found))]
        return [] if value is None else follower.options(owner.at(value))
    if node.type == "call_expression":
        return list(default_in_schema(follower, owner, name))
    return []


def member_of_class(declaration: Node, name: str) -> Node | None:
    """Return the field or method of a class under a name."""
    body = declaration.child_by_field_name("body")
    for child in [] if body is None else body.named_children:
        called = child.child_by_field_name("name") or child.child_by_field_name("property")
        if child.type in _FIELDS and called is not None and text(called) == name:
            return child
    return None


def members_of_plain(owner: Plain, name: str) -> Iterator[Plain]:
    """Yield the value under a key, or at a position, of what a file of settings holds."""
    value = owner.value
    if isinstance(value, dict) and name in value:
        yield Plain(value[name], owner.file)
    elif isinstance(value, list) and name.isdigit() and int(name) < len(value):
        yield Plain(value[int(name)], owner.file)


def element_nodes(array: Node) -> list[Node]:
    """Return the elements of an array."""
    return [child for child in array.named_children if child.type != "comment"]


def key_of(pair: Node) -> str:
    """Return the name of a property, without its quotes; "" where it is computed."""
    key = pair.child_by_field_name("key") or pair.child_by_field_name("name")
    if key is None:
        return ""
    if key.type == "string":
        return string(key)
    if key.type == "computed_property_name":
        inner = key.named_children[0] if key.named_children else key
        return string(inner) if inner.type == "string" else ""
    return text(key)


def properties(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the properties that an object names, with the node of each one's value."""
    for child in node.named_children:
        if child.type == "pair":
            value = child.child_by_field_name("value")
            if value is not None:
                yield key_of(child), value
        elif child.type == "shorthand_property_identifier":
            yield text(child), child
        elif child.type == "method_definition":
            yield key_of(child), child


def _of_object(follower: Follower, owner: Code, name: str) -> Iterator[Option]:
    for key, value in properties(owner.node):
        if key == name:
            yield from follower.options(owner.at(value))
            return
    for child in reversed(owner.node.named_children):
        if child.type == "spread_element" and child.named_children:
            spread = [
                found
                for option in follower.options(owner.at(child.named_children[0]))
                for found in follower.member(option, name)
            ]
            if spread:
                yield from spread
                return


def _of_enum(follower: Follower, owner: Code, name: str) -> Iterator[Option]:
    body = owner.node.child_by_field_name("body")
    for child in [] if body is None else body.named_children:
        called, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if called is not None and value is not None and (text(called) == name or string(called) == name):
            yield from follower.options(owner.at(value))


def default_in_schema(follower: Follower, call: Code, name: str) -> Iterator[Option]:
    """Yield the default that a schema of the environment gives a variable: ``M: z.string().default("gpt-4o")``."""
    if b"default" not in (call.node.text or b""):
        return
    open_nodes = [call.node]
    while open_nodes:
        node = open_nodes.pop()
        open_nodes.extend(node.named_children)
        value = node.child_by_field_name("value") if node.type == "pair" and key_of(node) == name else None
        if value is None:
            continue
        for told in _told_defaults(value):
            for option in follower.options(call.at(told)):
                yield option.further("environment_default")
        return


def _told_defaults(value: Node) -> Iterator[Node]:
    """Yield what ``.default(…)`` is given in a chain of calls, or what ``{ default: … }`` says."""
    call: Node | None = value
    while call is not None and call.type == "call_expression":
        callee, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
        method = None if callee is None else callee.child_by_field_name("property")
        given = [] if arguments is None else arguments.named_children
        if method is not None and text(method) == _DEFAULT_METHOD and given:
            yield given[0]
        for node in given:
            if node.type == "object":
                yield from (inner for key, inner in properties(node) if key == _DEFAULT_METHOD)
        call = None if callee is None else callee.child_by_field_name("object")
