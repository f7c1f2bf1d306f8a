"""What of a prompt stands in the source: its text, whether there is more, its images, and history that only grows."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.python.syntax import dotted_name, own_nodes
from tollbar.inputs.llm_code.python.values import AnyOf, Listed, Literal, Mapped, Outside, Text, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.inputs.llm_code.python.evaluation import Evaluator
    from tollbar.inputs.llm_code.python.syntax import Function, Module

NAMES = (
    "messages", "input", "prompt", "contents", "content", "system", "instructions", "system_prompt",
    "system_instruction", "message", "user_prompt", "query", "question", "preamble", "texts", "inputText", "tools",
    "inputs", "text",
)  # fmt: skip
"""The arguments in which a prompt stands, by all libraries' names."""
_NOT_READ = {
    "role",
    "type",
    "model",
    "media_type",
    "detail",
    "cache_control",
    "id",
    "mime_type",
    "name",
    "format",
    "source",
}
_IMAGES = {"image_url", "input_image", "image", "inline_data", "file_data", "inlineData"}
_CUTS = {"pop", "popleft", "clear", "remove"}
_DEEPEST = 12


@dataclass
class Prompt:
    """The texts of a prompt that are known; ``is_open``: there is more that the source does not tell."""

    texts: list[str] = field(default_factory=list)
    is_open: bool = False
    images: int = 0

    def add(self, value: Value, deep: int = 0) -> None:
        """Add what a value holds."""
        match value:
            case _ if deep > _DEEPEST:
                self.is_open = True
            case Literal(value=str() as text):
                self.texts.append(text)
            case Literal():
                pass
            case AnyOf(options=options):  # the longest counts
                self._add_longest(list(options), deep)
            case Listed(items=items, is_open=is_open):
                self.is_open = self.is_open or is_open
                for item in items:
                    self.add(item, deep + 1)
            case Mapped(items=items, rest=rest):
                self._add_mapping(items, deep)
                self.is_open = self.is_open or bool(rest)
            case Text(pieces=pieces):
                for piece in pieces:
                    self.add(piece, deep + 1)
            case _:
                self.is_open = True

    def _add_mapping(self, items: object, deep: int) -> None:
        if not isinstance(items, dict):
            return
        kind = items.get("type")
        if _IMAGES & items.keys() or (isinstance(kind, Literal) and kind.value in _IMAGES):
            self.images += 1
            return
        for name, item in items.items():
            if name not in _NOT_READ:
                self.add(item, deep + 1)

    def _add_longest(self, options: list[Value], deep: int) -> None:
        tried: list[Prompt] = []
        for option in options:
            one = Prompt()
            one.add(option, deep + 1)
            tried.append(one)
        longest = max(tried, key=lambda one: sum(map(len, one.texts)))
        self.texts += longest.texts
        self.images += longest.images
        self.is_open = self.is_open or any(one.is_open for one in tried)


def texts_of_outside(evaluator: Evaluator, value: Outside) -> Iterator[Value]:
    """Yield what a message object of a library is made with: ``SystemMessage(content=…)``."""
    for made in value.calls[-1:]:
        if made.call is not None and made.frame is not None:
            yield from evaluator.arguments(made)


def has_unbounded_history(module: Module, function: Function | None, call: ast.Call) -> bool:
    """Whether a call is given a list that only grows: appended to in a loop around it, or kept between calls."""
    names = [
        dotted_name(keyword.value) for keyword in call.keywords if keyword.arg in {"messages", "input", "contents"}
    ]
    names += [dotted_name(argument) for argument in call.args]
    return any(_only_grows(module, function, call, name) for name in names if name)


def _only_grows(module: Module, function: Function | None, call: ast.Call, name: str) -> bool:
    scopes: list[ast.AST] = [module.tree if function is None else function.node]
    owner, dot, attribute = name.partition(".")
    is_kept = bool(dot) and owner == "self" and function is not None and function.cls is not None
    if is_kept and function is not None and function.cls is not None:
        scopes = [method.node for method in function.cls.methods.values()]
    nodes = [node for scope in scopes for node in own_nodes(scope)]
    appended = [node for node in nodes if _is_method_of(node, name, {"append", "extend"}) or _is_added(node, name)]
    if not appended or any(_is_cut(node, name) for node in nodes):
        return False
    if is_kept:
        return True
    is_local = (
        function is not None
        and name in function.writes
        and any(write.how in {"value", "unpacked"} for write in function.writes[name])
    )
    if function is not None and not is_local and name not in {parameter.arg for parameter in function.parameters}:
        return name in module.writes
    del attribute
    return any(_loop_holds(module, node, call, name) for node in appended)


def _loop_holds(module: Module, appended: ast.AST, call: ast.Call, name: str) -> bool:
    """Whether a loop holds both the call and what is appended, and does not begin with a new list."""
    loops = [
        around for around, part in module.ancestors(call) if isinstance(around, (ast.While, ast.For, ast.AsyncFor))
    ]
    for loop in loops:
        inside = set(ast.walk(loop))
        begins_anew = any(
            isinstance(node, ast.Assign) and any(dotted_name(target) == name for target in node.targets)
            for node in inside
        )
        if appended in inside and not begins_anew:
            return True
    return False


def _is_method_of(node: ast.AST, name: str, methods: set[str]) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in methods
        and dotted_name(node.func.value) == name
    )


def _is_added(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.AugAssign) and dotted_name(node.target) == name


def _is_cut(node: ast.AST, name: str) -> bool:
    """Whether a statement makes a list shorter, or replaces it by what something else makes of it."""
    if _is_method_of(node, name, _CUTS):
        return True
    if isinstance(node, ast.Delete):
        return any(isinstance(t, ast.Subscript) and dotted_name(t.value) == name for t in node.targets)
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if (
                isinstance(target, ast.Subscript)
                and dotted_name(target.value) == name
                and isinstance(target.slice, ast.Slice)
            ):
                return True
            if dotted_name(target) == name and any(dotted_name(part) == name for part in ast.walk(node.value)):
                return True
    return False
