"""Who calls a function of the project: directly, through an object, or by handing it to something that calls it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.python.syntax import FunctionNode, last_name
from tollbar.inputs.llm_code.python.values import (
    ClassValue,
    FunctionValue,
    Given,
    Invocation,
    ObjectValue,
    Value,
    options_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tollbar.inputs.llm_code.python.evaluation import Evaluator
    from tollbar.inputs.llm_code.python.syntax import Class, Function, Module
    from tollbar.inputs.llm_code.source_file import SourceFile

_EACH = {"map", "imap", "imap_unordered", "starmap", "apply", "applymap", "amap", "map_async", "run_batch", "filter"}
"""What calls a function that it is handed once for each of the items it is given."""

_COMMON = 20
"""In so many files a name is a common word (``run``), and most that say it mean something else."""


@dataclass(frozen=True, eq=False, slots=True)
class Caller:
    """A place where a function is called; ``items`` is what it is called for each of, None: once.

    ``passing`` is where the function is named without being called.
    """

    module: Module
    node: ast.expr
    function: Function | None
    invocation_of: ast.Call | None
    items: ast.expr | None = None


class Callers:
    """Finds the callers of functions; what was found is kept."""

    def __init__(self, evaluator: Evaluator, is_looked_into: Callable[[SourceFile], bool]) -> None:
        self._evaluator = evaluator
        self._is_looked_into = is_looked_into
        self._known: dict[Function, Sequence[Caller]] = {}
        self._made: dict[Class, Sequence[Invocation]] = {}

    def of(self, function: Function) -> Sequence[Caller]:
        """Return where a function is called, in the order of files and lines."""
        if function not in self._known:
            self._known[function] = ()
            self._known[function] = tuple(self._find(function))
        return self._known[function]

    def makers(self, cls: Class) -> Sequence[Invocation]:
        """Return where objects of a class are made."""
        if cls not in self._made:
            self._made[cls] = ()
            self._made[cls] = tuple(
                Invocation(call, frame)
                for module in self._mentioning(cls.node.name)
                for call in module.calls.get(cls.node.name, ())
                for frame in [self._evaluator.frame_of(module.function_around(call), module)]
                if any(
                    isinstance(v, ClassValue) and v.cls is cls
                    for v in options_of(self._evaluator.value(call.func, frame))
                )
            )
        return self._made[cls]

    def _find(self, function: Function) -> Iterator[Caller]:
        names = {function.name}
        if function.cls is not None and function.name in {"__init__", "__post_init__"}:
            names = {function.cls.node.name}
        for module in self._near(function, names):
            for name in names | _aliases(module, names):
                for call in module.calls.get(name, ()):
                    if self._stands_for(call.func, module, function):
                        yield Caller(module, call, module.function_around(call), call)
                for node in module.passed.get(name, ()):
                    if self._stands_for(node, module, function):
                        yield self._passing(module, node)

    def _near(self, function: Function, names: set[str]) -> Iterator[Module]:
        """Yield the modules that may call a function: of a common name only those that name its class or module."""
        files = list(self._evaluator.modules.mentioning([name.encode() for name in names]))
        if len(files) > _COMMON:
            owners = [function.module.name[-1] if function.module.name else "", *names]
            owners = [function.cls.node.name, owners[0]] if function.cls is not None else owners[:1]
            near = [owner.encode() for owner in owners if owner]
            files = [f for f in self._evaluator.modules.mentioning(near, files) if f is not function.module.file]
            files.append(function.module.file)
        for file in files:
            module = self._evaluator.modules.module(file) if self._is_looked_into(file) else None
            if module is not None:
                yield module

    def _mentioning(self, *names: str) -> Iterator[Module]:
        for file in self._evaluator.modules.mentioning([name.encode() for name in names]):
            module = self._evaluator.modules.module(file) if self._is_looked_into(file) else None
            if module is not None:
                yield module

    def _passing(self, module: Module, node: ast.expr) -> Caller:
        call = next((around for around, _ in module.ancestors(node) if isinstance(around, ast.Call)), None)
        function = module.function_around(node)
        if call is None:
            return Caller(module, node, function, None)
        others = [argument for argument in call.args if argument is not node]
        if last_name(call) in _EACH:
            owner = call.func.value if isinstance(call.func, ast.Attribute) and not others else None
            return Caller(module, node, function, None, others[-1] if others else owner)
        arguments = call.args[call.args.index(node) + 1 :] if node in call.args else []
        made = ast.Call(node, arguments, call.keywords if last_name(call) in {"partial", "to_thread", "submit"} else [])
        return Caller(module, node, function, ast.copy_location(made, call))

    def _stands_for(self, node: ast.expr, module: Module, function: Function) -> bool:
        frame = self._evaluator.frame_of(module.function_around(node), module)
        return any(_is(option, function) for option in options_of(self._evaluator.value(node, frame)))


def _is(value: Value, function: Function) -> bool:
    if isinstance(value, Given):
        return _is(value.target, function)
    if isinstance(value, FunctionValue):
        return value.function is function
    if isinstance(value, ClassValue):
        return value.cls is function.cls and function.name in {"__init__", "__post_init__"}
    return isinstance(value, ObjectValue) and value.cls is function.cls and function.name == "__call__"


def _aliases(module: Module, names: set[str]) -> set[str]:
    """Return the names under which a module imports one of the names, and those it gives to it itself."""
    found: set[str] = set()
    for alias, writes in module.writes.items():
        for write in writes:
            is_import = write.how == "import" and write.imported.rpartition(".")[2] in names
            is_value = write.how == "value" and any(last_name(part) in names for part in _parts(write.node))
            if is_import or is_value:
                found.add(alias)
    return found


def _parts(node: ast.AST) -> tuple[ast.AST, ...]:
    """Return a name, or a call's function and arguments: ``partial(ask, …)``."""
    return (node, *node.args) if isinstance(node, ast.Call) else (node,)


def enclosing(module: Module, node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Yield what stands around a node within its function, from inside out."""
    for around, name in module.ancestors(node):
        if isinstance(around, (*FunctionNode.__args__, ast.ClassDef)):
            return
        yield around, name
