"""A Python module as it is written: its functions and classes, where each name is written, and what is called."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tollbar.inputs.llm_code.source_file import SourceFile

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
ScopeNode = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
_CHANGING = {"append": "appended", "extend": "appended", "insert": "appended", "update": "updated"}
BlockPath = tuple[tuple[ast.AST, str], ...]
_ALWAYS_RUN = {
    (ast.With, "body"), (ast.AsyncWith, "body"), (ast.Try, "body"), (ast.Try, "finalbody"), (ast.Try, "orelse"),
}  # fmt: skip
"""Blocks whose statements run when what stands before them has run."""


@dataclass(frozen=True, eq=False, slots=True)
class Write:
    """A place where a name is given a value.

    ``how``: value (of ``node``), unpacked (an element of it), element (each of it in turn), entered (a context),
    import, definition, added (to what it was), item (``name[key] = node``), appended, updated, unknown.
    """

    how: str
    node: ast.AST
    statement: ast.AST
    blocks: BlockPath
    function: Function | None
    key: ast.expr | int | None = None
    imported: str = ""

    @property
    def line(self) -> int:
        """The line it stands in."""
        return getattr(self.statement, "lineno", 0)


@dataclass(frozen=True, eq=False)
class Function:
    """A function or method of a module; ``outer`` is the function that it is defined in."""

    module: Module
    node: FunctionNode
    qualified: str
    cls: Class | None
    outer: Function | None

    @property
    def name(self) -> str:
        """Its name."""
        return self.node.name

    @cached_property
    def parameters(self) -> Sequence[ast.arg]:
        """Its parameters in their order, those by keyword only last."""
        arguments = self.node.args
        return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]

    @cached_property
    def defaults(self) -> Mapping[str, ast.expr]:
        """The defaults of its parameters, by their names."""
        arguments = self.node.args
        positional = [*arguments.posonlyargs, *arguments.args]
        pairs = zip(reversed(positional), reversed(arguments.defaults), strict=False)
        by_keyword = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        return {parameter.arg: value for parameter, value in (*pairs, *by_keyword) if value is not None}

    @cached_property
    def decorators(self) -> frozenset[str]:
        """The last names of its decorators: ``property``, ``retry``."""
        return frozenset(last_name(decorator) for decorator in self.node.decorator_list)

    @property
    def is_bound(self) -> bool:
        """Whether its first parameter is the object or the class that it is called on."""
        return self.cls is not None and "staticmethod" not in self.decorators

    @cached_property
    def writes(self) -> Mapping[str, Sequence[Write]]:
        """Where each of its names is given a value."""
        return writes_of(self.module, self.node, self)

    @cached_property
    def returned(self) -> Sequence[ast.expr]:
        """What it returns or yields."""
        found = (node for node in own_nodes(self.node) if isinstance(node, (ast.Return, ast.Yield)))
        return [node.value for node in found if node.value is not None]


@dataclass(frozen=True, eq=False)
class Class:
    """A class of a module: its methods and what is written to its attributes."""

    module: Module
    node: ast.ClassDef
    qualified: str
    outer: Function | None

    @cached_property
    def writes(self) -> Mapping[str, Sequence[Write]]:
        """Where each name of its body is given a value."""
        return writes_of(self.module, self.node, None)

    @cached_property
    def methods(self) -> Mapping[str, Function]:
        """Its methods by name."""
        nodes = (node for node in self.node.body if isinstance(node, FunctionNode))
        return {node.name: self.module.functions[node] for node in nodes}

    @cached_property
    def attributes(self) -> Mapping[str, Sequence[Write]]:
        """Where the attributes of its objects are written in its methods: ``self.model = …``."""
        found: dict[str, list[Write]] = defaultdict(list)
        for method in self.methods.values():
            first = method.parameters[0].arg if method.parameters and method.is_bound else None
            for name, writes in method.writes.items():
                owner, dot, attribute = name.partition(".")
                if dot and owner == first:
                    found[attribute].extend(writes)
        return found


class Module:
    """A parsed module. ``name`` are the parts of its path from the project's root: ``("app", "settings")``."""

    def __init__(self, file: SourceFile, name: tuple[str, ...], tree: ast.Module) -> None:
        self.file = file
        self.name = name
        self.tree = tree
        self.functions: dict[ast.AST, Function] = {}
        self.classes: dict[ast.AST, Class] = {}
        self.parents: dict[ast.AST, tuple[ast.AST, str]] = {}
        self.calls: dict[str, list[ast.Call]] = defaultdict(list)
        self.passed: dict[str, list[ast.expr]] = defaultdict(list)
        """Names that are passed to a call without being called, by their last part."""
        self.bindings: list[ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign] = []
        """Its imports and assignments, those in functions too."""
        self._declared_global: list[tuple[Function, list[str]]] = []
        self._index(tree, "", None, None)

    @property
    def is_package(self) -> bool:
        """Whether it is the ``__init__`` of a package."""
        return self.file.path.stem == "__init__"

    @cached_property
    def writes(self) -> Mapping[str, Sequence[Write]]:
        """Where each of its names is given a value, by functions that declare it ``global`` too."""
        found = {name: list(writes) for name, writes in writes_of(self, self.tree, None).items()}
        for function, names in self._declared_global:
            for name in names:
                found.setdefault(name, []).extend(function.writes.get(name, ()))
        return found

    def function_around(self, node: ast.AST) -> Function | None:
        """Return the function in whose body a node stands, None at the top of the module or of a class."""
        place: ast.AST | None = node
        while place is not None:
            parent, name = self.parents.get(place, (None, ""))
            if isinstance(parent, FunctionNode) and name == "body":
                return self.functions[parent]
            if isinstance(parent, ast.ClassDef):
                return self.classes[parent].outer
            place = parent
        return None

    def ancestors(self, node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
        """Yield what stands around a node, from inside out, with the field in which the inner one stands."""
        while node in self.parents:
            node, name = self.parents[node]
            yield node, name

    def blocks(self, node: ast.AST, scope: ast.AST) -> BlockPath:
        """Return the blocks that a statement stands in within a scope, outermost first, without those always run."""
        found: list[tuple[ast.AST, str]] = []
        for parent, name in self.ancestors(node):
            if parent is scope:
                break
            if (
                isinstance(parent, (ast.stmt, ast.ExceptHandler, ast.match_case))
                and (type(parent), name) not in _ALWAYS_RUN
            ):
                found.append((parent, name))
        return tuple(reversed(found))

    def _index(self, node: ast.AST, around: str, cls: Class | None, function: Function | None) -> None:
        if isinstance(node, FunctionNode):
            function = Function(self, node, f"{around}{node.name}", cls, function)
            self.functions[node] = function
            around, cls = f"{function.qualified}.", None
        elif isinstance(node, ast.ClassDef):
            cls = Class(self, node, f"{around}{node.name}", function)
            self.classes[node] = cls
            around = f"{cls.qualified}."
        else:
            self._keep(node, function)
        for name in node._fields:
            child = getattr(node, name, None)
            if child is None or isinstance(child, (str, int)):
                continue
            for item in child if isinstance(child, list) else (child,):
                if isinstance(item, ast.AST) and not isinstance(item, ast.expr_context):
                    self.parents[item] = (node, name)
                    self._index(item, around, cls, function)

    def _keep(self, node: ast.AST, function: Function | None) -> None:
        """Keep in mind what is looked for by its kind."""
        if isinstance(node, ast.Call):
            self.calls[last_name(node.func)].append(node)
            for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                if isinstance(argument, (ast.Name, ast.Attribute)):
                    self.passed[last_name(argument)].append(argument)
        elif isinstance(node, (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)):
            self.bindings.append(node)
        elif isinstance(node, ast.Global) and function is not None:
            self._declared_global.append((function, node.names))


def last_name(node: ast.AST) -> str:
    """Return the last part of what is called or decorates: ``create`` of ``client.create(…)``, "" where it has none."""
    if isinstance(node, ast.Call):
        return last_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def dotted_name(node: ast.AST) -> str:
    """Return a name with its attributes as it is written, ``self.client.chat``; "" where something else is in it."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted_name(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a scope's body, without those of the functions and classes that are defined in it."""
    waiting: list[ast.AST] = list(reversed(getattr(scope, "body", [])))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (*FunctionNode.__args__, ast.ClassDef)):
            waiting.extend(reversed(list(ast.iter_child_nodes(node))))


def writes_of(module: Module, scope: ScopeNode, function: Function | None) -> Mapping[str, Sequence[Write]]:
    """Return where each name of a scope is given a value; ``self.model`` stands by its full name."""
    found: dict[str, list[Write]] = defaultdict(list)
    for statement in own_nodes(scope):
        for one in _written(statement, module):
            if one.name:
                blocks = module.blocks(statement, scope)
                found[one.name].append(Write(one.how, one.node, statement, blocks, function, one.key, one.imported))
    return found


class _Written(NamedTuple):
    """One name that a statement writes."""

    name: str
    how: str
    node: ast.AST
    key: ast.expr | int | None = None
    imported: str = ""


def _written(node: ast.AST, module: Module) -> Iterator[_Written]:
    for target, how, value in _assignments(node):
        yield from _targets(target, how, value)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield _Written(node.name, "definition", node)
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from (_Written(name, "import", node, imported=path) for name, path in imported_names(node, module))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGING:
        yield _Written(dotted_name(node.func.value), _CHANGING[node.func.attr], node)


def _targets(target: ast.expr, how: str, value: ast.AST) -> Iterator[_Written]:
    if isinstance(target, ast.Subscript):
        yield _Written(dotted_name(target.value), "item", value, target.slice)
    elif isinstance(target, (ast.Tuple, ast.List)):
        for number, item in enumerate(target.elts):
            is_known = how == "value" and not isinstance(item, ast.Starred)
            name = dotted_name(item.value if isinstance(item, ast.Starred) else item)
            yield _Written(name, "unpacked" if is_known else "unknown", value, number)
    else:
        yield _Written(dotted_name(target), how, value)


def _assignments(node: ast.AST) -> Iterator[tuple[ast.expr, str, ast.AST]]:
    match node:
        case ast.Assign():
            yield from ((target, "value", node.value) for target in node.targets)
        case ast.AnnAssign(value=ast.expr() as value) | ast.NamedExpr(value=value):
            yield node.target, "value", value
        case ast.AugAssign():
            yield node.target, "added", node.value
        case ast.For() | ast.AsyncFor():
            yield node.target, "element", node.iter
        case ast.With() | ast.AsyncWith():
            yield from ((i.optional_vars, "entered", i.context_expr) for i in node.items if i.optional_vars is not None)


def imported_names(node: ast.Import | ast.ImportFrom, module: Module) -> Iterator[tuple[str, str]]:
    """Yield the names that an import gives and what they stand for, ``("OpenAI", "openai.OpenAI")``.

    What is imported relative to the module begins with a dot and the path from the project's root.
    """
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
        return
    package = node.module or ""
    if node.level:
        above = module.name if module.is_package else module.name[:-1]
        above = above[: len(above) - (node.level - 1)]
        package = "." + ".".join((*above, *([node.module] if node.module else [])))
    for alias in node.names:
        name = alias.name if package in {"", "."} else f"{package}.{alias.name}"
        yield alias.asname or alias.name, f".{name}" if package == "." else name


def are_exclusive(module: Module, one: ast.AST, other: ast.AST, scope: ast.AST) -> bool:
    """Whether of two places of a function only one is come by: in two arms of a condition, or one leaves before."""
    left, right = module.blocks(one, scope), module.blocks(other, scope)
    for (node, arm), (other_node, other_arm) in zip(left, right, strict=False):
        if node is not other_node:
            break
        if arm != other_arm:
            return isinstance(node, ast.If)
    shared = sum(1 for pair in zip(left, right, strict=False) if pair[0] == pair[1])
    inner = [*left[shared:], *right[shared:]]
    return any(isinstance(node, ast.If) and _always_leaves(getattr(node, arm, [])) for node, arm in inner)


def _always_leaves(statements: Sequence[ast.AST]) -> bool:
    return bool(statements) and isinstance(statements[-1], (ast.Return, ast.Raise, ast.Continue, ast.Break))
