"""Who calls a function of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.javascript.members import key_of
from tollbar.inputs.llm_code.javascript.module import FUNCTIONS, ancestors, text
from tollbar.inputs.llm_code.javascript.values import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from tollbar.inputs.llm_code.javascript.evaluation import Evaluation
    from tollbar.inputs.llm_code.javascript.module import Module

_MOST = 50
"""So many callers are looked at: a function that more call is taken for one of those."""


class Callers:
    """Finds calls of functions in the modules that import theirs; each function is asked about once."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._found: dict[tuple[str, int], list[Code]] = {}

    def of(self, function: Code) -> list[Code]:
        """Return the calls of a function in the files that are looked into: those in tests are left out.

        Where it is given to another function by its name, ``texts.map(summarize)``, it is the name that is returned.
        """
        key = (str(function.module.path), function.node.id)
        if key not in self._found:
            self._found[key] = []  # who asks again while it is looked for gets nothing
            calls = list(self._calls(function))
            is_looked_into = self._evaluation.modules.project.is_looked_into
            self._found[key] = [call for call in calls if is_looked_into(call.module.file)][:_MOST]
        return self._found[key]

    def _calls(self, function: Code) -> Iterator[Code]:
        name = name_of(function.node)
        if not name:
            return
        modules = self._evaluation.modules
        for path in sorted(modules.importers([function.module.file])):
            file = modules.project.by_path[path]
            is_default = function.module.path != path and self._is_default(function)
            if not is_default and name not in modules.text(file):
                continue
            module = modules.module(file)
            for node in [] if module is None else module.found("call"):
                callee = node.child_by_field_name("function")
                if module is None or callee is None:
                    continue
                if _may_call(callee, name, module, is_default=is_default) and self._is(Code(module, callee), function):
                    yield Code(module, node)
                for given in _given_by_name(node, name):
                    if self._is(Code(module, given), function):
                        yield Code(module, given)

    def _is(self, named: Code, function: Code) -> bool:
        values = [option.value for option in self._evaluation.options(named)]
        return any(
            isinstance(value, Code) and value.node.id == function.node.id and value.module.path == function.module.path
            for value in values
        )

    def _is_default(self, function: Code) -> bool:
        return "default" in function.module.exports or "=" in function.module.exports


def name_of(function: Node) -> str:  # noqa: PLR0911 -- one for each place in which a function gets its name
    """Return what a function is called: its own name, or that of what it is assigned to; "" where it has none."""
    name = function.child_by_field_name("name")
    if name is not None:
        return text(name)
    around = function.parent
    while around is not None and around.type in {"parenthesized_expression", "as_expression", "satisfies_expression"}:
        around = around.parent
    if around is None:
        return ""
    if around.type == "variable_declarator":
        name = around.child_by_field_name("name")
        return "" if name is None else text(name)
    if around.type in {"pair", "public_field_definition", "field_definition"}:
        return key_of(around)
    if around.type == "assignment_expression":
        left = around.child_by_field_name("left")
        return "" if left is None else text(left).rpartition(".")[2]
    if around.type == "export_statement":
        return "default"
    if around.type == "arguments":  # const answer = cache(async (question) => …): called by the name of the result
        call = around.parent
        return name_of(call) if call is not None and call.type == "call_expression" else ""
    return ""


def symbol_of(node: Node, module: Module) -> str:
    """Return the functions and classes around a node with their module's path: ``src.answer.Bot.reply``."""
    names: list[str] = []
    for around in ancestors(node):
        if around.type in FUNCTIONS or around.type in {"class_declaration", "abstract_class_declaration"}:
            name = name_of(around)
            if name:
                names.append(name)
    path = module.path
    parts = [*path.parts[:-1], path.name.removesuffix(path.suffix)]
    return ".".join([*parts, *reversed(names)])


def _given_by_name(call: Node, name: str) -> Iterator[Node]:
    """Yield the arguments of a call that are a function's name: ``summarize``, ``this.summarize``."""
    arguments = call.child_by_field_name("arguments")
    for node in [] if arguments is None else arguments.named_children:
        if node.type in {"identifier", "member_expression"} and text(node).rpartition(".")[2] == name:
            yield node


def _may_call(callee: Node, name: str, module: Module, *, is_default: bool) -> bool:
    if callee.type == "member_expression":
        method = callee.child_by_field_name("property")
        return method is not None and text(method) == name
    if callee.type != "identifier":
        return False
    if text(callee) == name:
        return True
    binding = module.lookup(text(callee), callee)
    if binding is None:
        return False
    return binding.imported[1] == name or (is_default and binding.imported[1] in {"default", "*"})
