"""A JavaScript or TypeScript file as a module: its syntax tree, its names, what it imports and exports."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from tollbar.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import PurePosixPath

    from tree_sitter import Language, Node, Parser, Query

    from tollbar.inputs.llm_code.source_file import SourceFile

SUFFIXES = (".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".vue", ".svelte")
FUNCTIONS = frozenset(
    {
        "function_declaration", "generator_function_declaration", "function_expression", "generator_function",
        "arrow_function", "method_definition",
    }
)  # fmt: skip
_CLASSES = frozenset({"class_declaration", "abstract_class_declaration", "class"})
_SCOPES = FUNCTIONS | {"program", "statement_block", "for_statement", "for_in_statement", "class_static_block"}
_PARAMETERS = frozenset({"required_parameter", "optional_parameter"})
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_QUERY = """
(variable_declarator) @variable
[(function_declaration) (generator_function_declaration) (class_declaration)] @named
(formal_parameters) @parameters
(arrow_function parameter: (identifier)) @arrow
(function_expression name: (identifier)) @itself
(import_statement) @import
(export_statement) @export
(assignment_expression) @assignment
(for_in_statement) @for_in
(call_expression) @call
(new_expression) @new
"""
_TYPESCRIPT_QUERY = "[(enum_declaration) (abstract_class_declaration)] @named"

Kind = Literal["variable", "parameter", "element", "named", "import"]


@dataclass(frozen=True, slots=True)
class Binding:
    """What a name stands for where it is visible, from byte ``start`` to ``end``.

    ``node`` is the declaration (of a parameter its function, of an import the statement), ``value`` what is assigned
    or looped over, ``path`` the properties that destructuring takes of it, ``default`` what counts where there is
    none. ``imported`` is a module and a name in it: ``*`` is the module itself.
    """

    kind: Kind
    node: Node
    start: int
    end: int
    value: Node | None = None
    path: tuple[str, ...] = ()
    default: Node | None = None
    index: int = 0
    type_node: Node | None = None
    imported: tuple[str, str] = ("", "")


class Export(NamedTuple):
    """What a module gives under a name: something in it (``node``), or a ``name`` of ``module`` ("" is its own)."""

    node: Node | None = None
    name: str = ""
    module: str = ""


class _Named(NamedTuple):
    name: str
    path: tuple[str, ...]
    default: Node | None


class Module:
    """A parsed file. Nodes are found by kind in one pass over the tree, and looked into when they are asked for."""

    def __init__(self, file: SourceFile) -> None:
        """Parse a file.

        Raises:
            InputError: tree-sitter is not installed.
            OSError: The file cannot be read.
            UnicodeDecodeError: It is not UTF-8.
        """
        self.file = file
        self._suffix = file.path.suffix.lower()
        source = _only_scripts(file.text) if self._suffix in {".vue", ".svelte"} else file.text
        parser, query = _grammar(self._suffix)
        self.root = parser.parse(source.encode()).root_node
        from tree_sitter import QueryCursor  # noqa: PLC0415 -- an extra, loaded with the grammar

        self._captures = QueryCursor(query).captures(self.root)

    @property
    def path(self) -> PurePosixPath:
        """The file's path in its project."""
        return self.file.path

    def found(self, kind: str) -> list[Node]:
        """Return the nodes of a kind in the order of the source: call, new, assignment, variable."""
        return sorted(self._captures.get(kind, ()), key=lambda node: node.start_byte)

    @cached_property
    def broken_line(self) -> int | None:
        """The line of the first place that is not valid in the language."""
        if not self.root.has_error:
            return None
        node = self.root
        while True:
            inner = next((child for child in node.children if child.has_error or child.is_missing), None)
            if inner is None or node.is_error:
                return node.start_point.row + 1
            node = inner

    def lookup(self, name: str, place: Node) -> Binding | None:
        """Return what a name stands for at a place: the declaration of the narrowest scope around it."""
        around = [one for one in self._bindings.get(name, ()) if one.start <= place.start_byte < one.end]
        return min(around, key=lambda one: (one.end - one.start, -one.node.start_byte), default=None)

    def assigned(self, name: str, binding: Binding) -> list[Node]:
        """Return the values assigned to a name in its scope, besides the first."""
        found = self._assignments.get(name, ())
        return [node for node in found if binding.start <= node.start_byte < binding.end]

    @cached_property
    def imported_names(self) -> dict[str, tuple[str, str]]:
        """What each name that is imported means: a module and a name in it."""
        return {
            name: binding.imported
            for statement in self.found("import")
            for name, binding in _imported(statement, self.root)
        }

    @cached_property
    def exports(self) -> dict[str, Export]:
        """What the module gives by name; ``=`` is what ``module.exports`` is set to."""
        found: dict[str, Export] = {}
        for statement in self.found("export"):
            found.update(_exported(statement))
        for node in self.found("assignment"):
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            name = "" if left is None else text(left)
            if name == "module.exports":
                found["="] = Export(right)
            elif name.startswith(("exports.", "module.exports.")):
                found[name.rpartition(".")[2]] = Export(right)
        return found

    @cached_property
    def reexported(self) -> list[str]:
        """The modules that are given on as a whole: ``export * from "./models"``."""
        found = []
        for statement in self.found("export"):
            source = statement.child_by_field_name("source")
            if source is not None and any(child.type == "*" for child in statement.children):
                found.append(string(source))
        return found

    @cached_property
    def _bindings(self) -> dict[str, list[Binding]]:
        found: dict[str, list[Binding]] = defaultdict(list)
        for name, binding in self._declared():
            found[name].append(binding)
        return found

    @cached_property
    def _assignments(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self.found("assignment"):
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            if left is not None and right is not None and left.type == "identifier":
                found[text(left)].append(right)
        return found

    def _declared(self) -> Iterator[tuple[str, Binding]]:
        for node in self.found("import"):
            yield from _imported(node, self.root)
        for node in self.found("named"):
            name = node.child_by_field_name("name")
            scope = _scope(node)
            if name is not None:
                yield text(name), Binding("named", node, scope.start_byte, scope.end_byte)
        for node in self.found("itself"):
            name = node.child_by_field_name("name")
            if name is not None:
                yield text(name), Binding("named", node, node.start_byte, node.end_byte)
        for node in self.found("variable"):
            scope = _scope(node)
            value, pattern = node.child_by_field_name("value"), node.child_by_field_name("name")
            type_node = node.child_by_field_name("type")
            for name_, path, default in _names(pattern):
                ends = (scope.start_byte, scope.end_byte)
                yield name_, Binding("variable", node, *ends, value, path, default, type_node=type_node)
        for node in self.found("for_in"):
            value = node.child_by_field_name("right")
            for name_, path, default in _names(node.child_by_field_name("left")):
                yield name_, Binding("element", node, node.start_byte, node.end_byte, value, path, default)
        yield from self._parameters()

    def _parameters(self) -> Iterator[tuple[str, Binding]]:
        for node in self.found("arrow"):
            parameter = node.child_by_field_name("parameter")
            if parameter is not None:
                yield text(parameter), Binding("parameter", node, node.start_byte, node.end_byte)
        for node in self.found("parameters"):
            function = node.parent
            if function is None:
                continue
            for index, parameter in enumerate(child for child in node.named_children if child.type != "comment"):
                type_node = parameter.child_by_field_name("type")
                value = parameter.child_by_field_name("value") if parameter.type in _PARAMETERS else None
                for name, path, default in _names(parameter):
                    yield (
                        name,
                        Binding(
                            "parameter", function, function.start_byte, function.end_byte,
                            value, path, default, index, type_node,
                        ),
                    )  # fmt: skip


def text(node: Node) -> str:
    """Return a node's source."""
    return (node.text or b"").decode(errors="replace")


def string(node: Node) -> str:
    """Return what a string in quotes says; escapes of the common kinds are read."""
    return "".join(unescaped(child) for child in node.named_children)


def unescaped(fragment: Node) -> str:
    """Return what a part of a string says."""
    written = text(fragment)
    if fragment.type != "escape_sequence":
        return written
    simple = {"\\n": "\n", "\\t": "\t", "\\r": "\r", "\\\n": ""}
    if written in simple:
        return simple[written]
    code = written[1:].strip("ux{}")
    return chr(int(code, 16)) if written[1:2] in {"u", "x"} and code else written[1:]


def line(node: Node) -> int:
    """Return the line a node begins in, counted from 1."""
    return int(node.start_point.row) + 1


def ancestors(node: Node) -> Iterator[Node]:
    """Yield what stands around a node, the nearest first."""
    around = node.parent
    while around is not None:
        yield around
        around = around.parent


def enclosing_class(node: Node) -> Node | None:
    """Return the class that ``this`` is of at a place."""
    for around in ancestors(node):
        if around.type in _CLASSES:
            return around
        if around.type in {"function_declaration", "function_expression"}:
            return None
    return None


def is_class(node: Node) -> bool:
    """Whether a node is a class."""
    return node.type in _CLASSES


def within_function(node: Node, kinds: Iterable[str]) -> Iterator[Node]:
    """Yield the nodes of some kinds in a function's body, those in functions within it left out."""
    wanted = frozenset(kinds)
    open_nodes = list(reversed(node.named_children))
    while open_nodes:
        inner = open_nodes.pop()
        if inner.type in wanted:
            yield inner
        if inner.type not in FUNCTIONS and inner.type not in _CLASSES:
            open_nodes.extend(reversed(inner.named_children))


def _scope(node: Node) -> Node:
    around = node
    for around in ancestors(node):
        if around.type in _SCOPES:
            return around
    return around


def _names(  # noqa: C901 -- one branch for each kind of pattern
    pattern: Node | None, path: tuple[str, ...] = ()
) -> Iterator[_Named]:
    """Yield the names that a pattern declares, the properties they are taken from, and their defaults."""
    if pattern is None:
        return
    if pattern.type in {"identifier", "shorthand_property_identifier_pattern"}:
        own = path if pattern.type == "identifier" else (*path, text(pattern))
        yield _Named(text(pattern), own, None)
    elif pattern.type in _PARAMETERS:
        default = pattern.child_by_field_name("value")
        for name in _names(pattern.child_by_field_name("pattern"), path):
            yield name if name.path or name.default else name._replace(default=default)
    elif pattern.type in {"assignment_pattern", "object_assignment_pattern"}:
        default = pattern.child_by_field_name("right")
        for name in _names(pattern.child_by_field_name("left"), path):
            yield name._replace(default=name.default or default)
    elif pattern.type == "pair_pattern":
        key = pattern.child_by_field_name("key")
        yield from _names(pattern.child_by_field_name("value"), (*path, "" if key is None else text(key)))
    elif pattern.type == "array_pattern":
        for position, child in enumerate(pattern.named_children):
            yield from _names(child, (*path, str(position)))
    elif pattern.type in {"object_pattern", "rest_pattern"}:
        for child in pattern.named_children:
            yield from _names(child, path)


def _imported(statement: Node, root: Node) -> Iterator[tuple[str, Binding]]:
    source = statement.child_by_field_name("source")
    required = next((child for child in statement.named_children if child.type == "import_require_clause"), None)
    if required is not None:
        source = required.child_by_field_name("source")
    if source is None:
        return
    module = string(source)

    def binding(name: str) -> Binding:
        return Binding("import", statement, root.start_byte, root.end_byte + 1, imported=(module, name))

    clauses = [required] if required is not None else statement.named_children
    for child in (inner for clause in clauses for inner in clause.named_children):
        if child.type == "identifier":
            yield text(child), binding("*" if required is not None else "default")
        elif child.type == "namespace_import":
            yield text(child.named_children[0]), binding("*")
        elif child.type == "named_imports":
            for specifier in child.named_children:
                name, alias = specifier.child_by_field_name("name"), specifier.child_by_field_name("alias")
                if name is not None:
                    yield text(alias or name), binding(text(name))


def _exported(statement: Node) -> Iterator[tuple[str, Export]]:
    source = statement.child_by_field_name("source")
    module = "" if source is None else string(source)
    is_default = any(child.type == "default" for child in statement.children)
    value = statement.child_by_field_name("value")
    if value is not None:
        yield "default", Export(value)
    declaration = statement.child_by_field_name("declaration")
    if declaration is not None:
        name = declaration.child_by_field_name("name")
        if is_default:
            yield "default", Export(declaration)
        elif name is not None:
            yield text(name), Export(declaration)
        for declarator in declaration.named_children:
            if declarator.type == "variable_declarator":
                for named in _names(declarator.child_by_field_name("name")):
                    yield named.name, Export(name=named.name)
    yield from _exported_by_name(statement, module)


def _exported_by_name(statement: Node, module: str) -> Iterator[tuple[str, Export]]:
    """Yield what ``export { a as b }`` and ``export * as b`` give."""
    for clause in statement.named_children:
        if clause.type == "namespace_export":
            yield text(clause.named_children[0]), Export(name="*", module=module)
        if clause.type != "export_clause":
            continue
        for specifier in clause.named_children:
            inner, alias = specifier.child_by_field_name("name"), specifier.child_by_field_name("alias")
            if inner is not None:
                yield text(alias or inner), Export(name=text(inner), module=module)


def _only_scripts(source: str) -> str:
    """Return a component file with all but its scripts blanked, so that lines stay where they are."""
    kept = ["\n" if letter == "\n" else " " for letter in source]
    for script in _SCRIPT.finditer(source):
        kept[script.start(1) : script.end(1)] = script[1]
    return "".join(kept)


@cache
def _grammar(suffix: str) -> tuple[Parser, Query]:
    try:
        import tree_sitter_javascript  # noqa: PLC0415 -- an extra
        import tree_sitter_typescript  # noqa: PLC0415 -- an extra
        from tree_sitter import Language, Parser, Query  # noqa: PLC0415 -- an extra
    except ModuleNotFoundError as missing:
        raise InputError(
            f"JavaScript and TypeScript are read with the package {missing.name}, which is not installed",
            hint="pip install 'tollbar[code]'",
        ) from None
    if suffix in {".js", ".mjs", ".cjs", ".jsx"}:
        language: Language = Language(tree_sitter_javascript.language())
        return Parser(language), Query(language, _QUERY)
    is_tsx = suffix == ".tsx"
    language = Language(
        tree_sitter_typescript.language_tsx() if is_tsx else tree_sitter_typescript.language_typescript()
    )
    return Parser(language), Query(language, _QUERY + _TYPESCRIPT_QUERY)
