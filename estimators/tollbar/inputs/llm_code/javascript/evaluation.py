"""Follows an expression to what it may stand for: names, imports, destructuring, defaults, settings, own functions."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from tollbar.inputs.llm_code.followed import mark_followed
from tollbar.inputs.llm_code.javascript.members import (
    default_in_schema,
    element_nodes,
    member_of_class,
    member_of_code,
    members_of_plain,
)
from tollbar.inputs.llm_code.javascript.module import (
    FUNCTIONS,
    SUFFIXES,
    Binding,
    enclosing_class,
    is_class,
    text,
    within_function,
)
from tollbar.inputs.llm_code.javascript.package_functions import called_external
from tollbar.inputs.llm_code.javascript.texts import text_of
from tollbar.inputs.llm_code.javascript.values import (
    UNKNOWN,
    Code,
    Environment,
    External,
    Instance,
    Namespace,
    Option,
    Parameter,
    ParameterKey,
    Plain,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tree_sitter import Node

    from tollbar.inputs.llm_code.call_site import ModelOrigin
    from tollbar.inputs.llm_code.javascript.module import Export, Module
    from tollbar.inputs.llm_code.javascript.modules import Modules

_MOST_OPTIONS = 8
_DEEPEST, _DEEPEST_TEXT = 24, 12
"""So many expressions, and texts, are looked into within one another: real ones take a few."""
_INNER_FIRST = frozenset(
    {"parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression", "await_expression"}
)
_THE_SAME = frozenset({"trim", "toString", "valueOf", "toLowerCase", "bind", "replace", "trimEnd", "trimStart", "as"})
"""Methods whose result is, for what is looked for here, what they are called on."""
_ENVIRONMENTS = frozenset({"process.env", "import.meta.env", "Bun.env", "Deno.env"})
_OVER_ARRAYS = frozenset({"map", "forEach", "flatMap", "filter", "reduce", "some", "every", "find"})
_WHOLE_FUNCTION = -1
"""The position that tells that a function's arguments are known: those that are not given are left out."""


class Evaluation:
    """Follows expressions in a project's modules; what does not depend on arguments is followed once."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self._open: set[tuple[int, int]] = set()
        self._texts: set[tuple[int, int]] = set()
        self._known: dict[tuple[int, int], list[Option]] = {}

    def options(self, code: Code) -> list[Option]:
        """Return what an expression may stand for, the likeliest first; nothing where it cannot be told."""
        key = (id(code.module), code.node.id)
        if not code.bound and key in self._known:
            return self._known[key]
        if key in self._open or len(self._open) > _DEEPEST:
            return []
        self._open.add(key)
        try:
            found = _different(self._followed(code))
        finally:
            self._open.discard(key)
        if not code.bound:
            self._known[key] = found
        return found

    @contextmanager
    def entered(self, code: Code) -> Iterator[bool]:
        """Look into a text: False where it is being looked into already (``text = text + more``), or it is too deep."""
        key = (id(code.module), code.node.id)
        is_new = key not in self._texts and len(self._texts) < _DEEPEST_TEXT
        if is_new:
            self._texts.add(key)
        try:
            yield is_new
        finally:
            if is_new:
                self._texts.discard(key)

    def member(self, option: Option, name: str) -> list[Option]:
        """Return what a property of something may stand for."""
        value = option.value
        if isinstance(value, External):
            of_schema = [one for call in value.calls for one in default_in_schema(self, call, name)]
            return of_schema or [option._replace(value=self._external_member(value, name))]
        if isinstance(value, Environment):
            return [self.environment(name)]
        if isinstance(value, Parameter):
            path = (*value.path, name)
            return [option._replace(value=Parameter(value.key, value.function, path))]
        if isinstance(value, Namespace):
            return self.exported(value.module, name)
        if isinstance(value, Plain):
            return [option._replace(value=inner) for inner in members_of_plain(value, name)]
        if isinstance(value, Instance):
            found: Iterable[Option] = self._instance_member(value, name)
        else:
            found = member_of_code(self, value, name)
        return [inner.further(option.origin) for inner in found]

    def exported(self, module: Module, name: str) -> list[Option]:
        """Return what a module of the project gives under a name; ``*`` is all of it, ``default`` its main thing."""
        whole = module.exports.get("=")
        if name == "*":
            return [Option(Namespace(module))] if whole is None else self._export(module, whole)
        export = module.exports.get(name)
        if export is not None:
            return [option.further("constant") for option in self._export(module, export)]
        if whole is not None:
            options = self._export(module, whole)
            return options if name == "default" else [one for each in options for one in self.member(each, name)]
        for specifier in module.reexported:
            found = self.imported(specifier, name, module)
            if found and name != "default":
                return found
        return [Option(Namespace(module))] if name == "default" and not module.exports else []

    def imported(self, specifier: str, name: str, importer: Module) -> list[Option]:
        """Return what an import means: something of a module or file of the project, or of a package."""
        file = self.modules.resolve(specifier, importer.path)
        if file is None:
            is_own = specifier.startswith((".", "/"))
            path = "" if name == "*" else name
            return [] if is_own else [Option(External(specifier.removeprefix("node:"), path))]
        if file.path.suffix in {".json", ".yaml", ".yml", ".toml"}:
            mark_followed(self.modules.project, file)
            settings = Option(Plain(self.modules.project.configuration(file), str(file.path)), "configuration")
            return [settings] if name in {"*", "default"} else self.member(settings, name)
        if file.path.suffix not in SUFFIXES:
            mark_followed(self.modules.project, file)
            return [Option(Plain(self.modules.text(file), str(file.path)), "configuration")]
        module = self.modules.module(file)
        return [] if module is None else self.exported(module, name)

    def environment(self, name: str) -> Option:
        """Return an environment variable's value, where the settings or a ``.env`` file tell it."""
        value = self.modules.project.environment(name)
        return Option(Environment(name)) if value is None else Option(Plain(value, name), "configuration")

    def bound(self, function: Code, arguments: list[Node], caller: Code) -> Code:
        """Return a function with its parameters bound to the arguments of a call."""
        file, start = str(function.module.path), function.node.start_byte
        given = {ParameterKey(file, start, index): caller.at(node) for index, node in enumerate(arguments)}
        whole = {ParameterKey(file, start, _WHOLE_FUNCTION): caller}
        return Code(function.module, function.node, {**function.bound, **caller.bound, **whole, **given})

    def returned(self, function: Code) -> list[Option]:
        """Return what a function may give back, as far as its parameters are bound."""
        body = function.node.child_by_field_name("body")
        if body is None:
            return []
        if body.type != "statement_block":
            return self.options(function.at(body))
        returns = (
            node.named_children[0] for node in within_function(body, ("return_statement",)) if node.named_children
        )
        return [option for node in returns for option in self.options(function.at(node))]

    def _export(self, module: Module, export: Export) -> list[Option]:
        if export.module:
            return self.imported(export.module, export.name, module)
        if export.node is not None:
            return self.options(Code(module, export.node))
        binding = module.lookup(export.name, module.root)
        return [] if binding is None else list(self._binding(export.name, binding, Code(module, module.root)))

    def _followed(self, code: Code) -> Iterable[Option]:
        node = code.node
        if node.type in _INNER_FIRST:
            return self.options(code.at(node.named_children[0])) if node.named_children else []
        follow = self._FOLLOW.get(node.type)
        return [Option(code)] if follow is None else follow(self, code)

    def _identifier(self, code: Code) -> Iterable[Option]:
        name = text(code.node)
        if name == "undefined":
            return []
        binding = code.module.lookup(name, code.node)
        if binding is None:
            return [Option(External("", name))]
        return self._binding(name, binding, code)

    def _binding(self, name: str, binding: Binding, code: Code) -> Iterable[Option]:
        if binding.kind == "import":
            specifier, imported = binding.imported
            return [option.further("constant") for option in self.imported(specifier, imported, code.module)]
        if binding.kind == "named":
            return [Option(code.at(binding.node), "constant")]
        if binding.kind == "parameter":
            return self._parameter(binding, code)
        found = self._variable(name, binding, code)
        return found or self._of_type(binding, code)

    def _variable(self, name: str, binding: Binding, code: Code) -> list[Option]:
        first = [] if binding.value is None else self.options(code.at(binding.value))
        if binding.kind == "element":
            first = [one for each in first for one in self.elements(each)]
        found = self._along(first, binding.path)
        is_set_outside = any(isinstance(one.value, Environment) for one in (*first, *found))
        if binding.default is not None and (not found or is_set_outside):
            origin: ModelOrigin = "environment_default" if is_set_outside else "constant"
            found = [option.further(origin) for option in self.options(code.at(binding.default))]
        assigned = code.module.assigned(name, binding) if not binding.path else []
        found += [option for node in assigned for option in self.options(code.at(node))]
        return [option.further("constant") for option in found]

    def _parameter(self, binding: Binding, code: Code) -> Iterable[Option]:
        file, start = str(code.module.path), binding.node.start_byte
        key = ParameterKey(file, start, binding.index)
        if key in code.bound:
            argument = code.bound[key]
            found = [option.further("constant") for option in self._along(self.options(argument), binding.path)]
            unknown = all(isinstance(option.value, Environment) for option in found)
            return found if not unknown else self._default(binding, code)
        if key._replace(position=_WHOLE_FUNCTION) in code.bound:
            return self._default(binding, code)
        typed = self._of_type(binding, code)
        if typed:
            return typed
        function = code.at(binding.node)
        over = self._looped_over(binding, function)
        if over:
            return [option.further("constant") for option in self._along(over, binding.path)]
        return [Option(Parameter(key, function, binding.path)), *self._default(binding, code)]

    def _default(self, binding: Binding, code: Code) -> list[Option]:
        """Return what a parameter stands for where no argument is given."""
        found = [] if binding.default is None else self.options(code.at(binding.default))
        if not found and binding.value is not None:
            found = self._along(self.options(code.at(binding.value)), binding.path)
        return [option.further("constant") for option in found]

    def _looped_over(self, binding: Binding, function: Code) -> list[Option]:
        """Return the elements of the array over which a function is called: ``models.map((model) => …)``."""
        arguments = function.node.parent
        call = None if arguments is None or arguments.type != "arguments" else arguments.parent
        callee = None if call is None else call.child_by_field_name("function")
        if callee is None or callee.type != "member_expression" or binding.index != 0:
            return []
        name, array = callee.child_by_field_name("property"), callee.child_by_field_name("object")
        if name is None or array is None or text(name) not in _OVER_ARRAYS:
            return []
        return [one for each in self.options(function.at(array)) for one in self.elements(each)]

    def elements(self, option: Option) -> list[Option]:
        """Return what the elements of an array may stand for."""
        value = option.value
        if isinstance(value, Plain) and isinstance(value.value, list):
            return [option._replace(value=Plain(one, value.file)) for one in value.value]
        if isinstance(value, Code) and value.node.type == "array":
            return [one for node in element_nodes(value.node) for one in self.options(value.at(node))]
        return []

    def _of_type(self, binding: Binding, code: Code) -> list[Option]:
        """Return an object of the class that a name is said to be of: ``constructor(private llm: OpenAI)``."""
        annotation = binding.type_node
        node = annotation.named_children[0] if annotation is not None and annotation.named_children else None
        if node is None or node.type not in {"type_identifier", "nested_type_identifier"}:
            return []
        first, *rest = text(node).split(".")
        declared = code.module.lookup(first, node)
        options = (
            []
            if declared is None or declared.node.type == "required_parameter"
            else list(self._binding(first, declared, code))
        )
        return [found for option in self._along(options, rest) if (found := _instance(option, None)) is not None]

    def _along(self, options: Iterable[Option], path: Iterable[str]) -> list[Option]:
        found = list(options)
        for name in path:
            found = [inner for option in found for inner in self.member(option, name)]
        return found

    def _external_member(self, value: External, name: str) -> External | Environment | Plain:
        path = f"{value.path}.{name}" if value.path else name
        if not value.package and path in _ENVIRONMENTS:
            return Environment()
        return External(value.package, path, value.calls)

    def _instance_member(self, instance: Instance, name: str) -> list[Option]:
        place = instance.of
        if instance.construction is not None:
            constructor = member_of_class(place.node, "constructor")
            if constructor is not None:
                function = self.bound(
                    place.at(constructor), arguments_of(instance.construction.node), instance.construction
                )
                place = Code(place.module, place.node, function.bound)
        return list(self._class_member(place, name, instance))

    def _class_member(self, place: Code, name: str, instance: Instance) -> Iterator[Option]:
        found = member_of_class(place.node, name)
        if found is not None and found.type == "method_definition":
            is_getter = any(child.type == "get" for child in found.children)
            yield from self.returned(place.at(found)) if is_getter else [Option(place.at(found))]
            return
        value = None if found is None else found.child_by_field_name("value")
        if value is not None:
            yield from self.options(place.at(value))
        for node in place.module.found("assignment"):
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            is_here = place.node.start_byte <= node.start_byte < place.node.end_byte
            if is_here and left is not None and right is not None and text(left) == f"this.{name}":
                yield from self.options(place.at(right))
                return
        constructor = member_of_class(place.node, "constructor")
        if value is None and constructor is not None:
            body = constructor.child_by_field_name("body")
            binding = None if body is None else place.module.lookup(name, body)
            if binding is not None and binding.kind == "parameter" and binding.node.id == constructor.id:
                yield from self._parameter(binding, place)
                return
        if value is None and found is not None:
            yield from self._field_of_type(found, place)
        if found is None:
            yield from self._inherited(place, name, instance)

    def _field_of_type(self, declaration: Node, place: Code) -> list[Option]:
        kind = declaration.child_by_field_name("type")
        return self._of_type(Binding("variable", declaration, 0, 0, type_node=kind), place)

    def _inherited(self, place: Code, name: str, instance: Instance) -> list[Option]:
        heritage = next((child for child in place.node.named_children if child.type == "class_heritage"), None)
        if heritage is None:
            return []
        base = heritage.named_children[0]
        base = base.named_children[0] if base.type == "extends_clause" else base
        parents = (_instance(option, instance.construction) for option in self.options(place.at(base)))
        return [found for parent in parents if parent is not None for found in self.member(parent, name)]

    def _this(self, code: Code) -> Iterable[Option]:
        around = enclosing_class(code.node)
        return [] if around is None else [Option(Instance(code.at(around)))]

    def _member_expression(self, code: Code) -> Iterable[Option]:
        owner, name = code.node.child_by_field_name("object"), code.node.child_by_field_name("property")
        if owner is None or name is None:
            return []
        if owner.type == "import":
            return [Option(External("", "import.meta"))]
        return [found for option in self.options(code.at(owner)) for found in self.member(option, text(name))]

    def _meta(self, _code: Code) -> Iterable[Option]:
        return [Option(External("", "import.meta"))]

    def _subscript(self, code: Code) -> Iterable[Option]:
        owner, index = code.node.child_by_field_name("object"), code.node.child_by_field_name("index")
        if owner is None or index is None:
            return []
        owners = self.options(code.at(owner))
        names = [self._key(code.at(index), option) for option in self.options(code.at(index))]
        known = [name for name in names if name is not None]
        if known and len(known) == len(names):
            return [found for option in owners for name in known for found in self.member(option, name)]
        return [found for option in owners for found in self._any_member(option)]

    def _key(self, index: Code, option: Option) -> str | None:
        value = option.value
        if isinstance(value, Code) and value.node.type == "number":
            return text(value.node)
        found = text_of(self, value if isinstance(value, Code) else index)
        return None if found is None or UNKNOWN in found else found

    def _any_member(self, option: Option) -> list[Option]:
        value = option.value
        if isinstance(value, Code) and value.node.type == "object":
            pairs = (child.child_by_field_name("value") for child in value.node.named_children if child.type == "pair")
            nodes = [node for node in pairs if node is not None][:_MOST_OPTIONS]
            return [found.further("constant") for node in nodes for found in self.options(value.at(node))]
        if isinstance(value, Plain) and isinstance(value.value, dict):
            return [option._replace(value=Plain(one, value.file)) for one in list(value.value.values())[:_MOST_OPTIONS]]
        return self.elements(option)

    def _ternary(self, code: Code) -> Iterable[Option]:
        ends = (code.node.child_by_field_name(name) for name in ("consequence", "alternative"))
        return [option for end in ends if end is not None for option in self.options(code.at(end))]

    def _assignment(self, code: Code) -> Iterable[Option]:
        right = code.node.child_by_field_name("right")
        return [] if right is None else self.options(code.at(right))

    def _binary(self, code: Code) -> Iterable[Option]:
        left, right = code.node.child_by_field_name("left"), code.node.child_by_field_name("right")
        operator = code.node.child_by_field_name("operator")
        sign = "" if operator is None else text(operator)
        if left is None or right is None or sign not in {"??", "||", "&&"}:
            return [Option(code)]
        if sign == "&&":
            return self.options(code.at(right))
        first = self.options(code.at(left))
        known = [option for option in first if not isinstance(option.value, Environment)]
        if known and not all(isinstance(option.value, Parameter) for option in known):
            return [option for option in known if not isinstance(option.value, Parameter)]
        origin: ModelOrigin = "environment_default" if len(known) < len(first) else "constant"
        return [*known, *(option.further(origin) for option in self.options(code.at(right)))]

    def _new(self, code: Code) -> Iterable[Option]:
        constructor = code.node.child_by_field_name("constructor")
        options = [] if constructor is None else self.options(code.at(constructor))
        made = [found for option in options if (found := _instance(option, code)) is not None]
        return made or [Option(code)]

    def _call(self, code: Code) -> Iterable[Option]:
        callee = code.node.child_by_field_name("function")
        if callee is None:
            return []
        if callee.type == "import":
            return called_external(self, External("", "import"), code)
        if callee.type == "member_expression":
            name, owner = callee.child_by_field_name("property"), callee.child_by_field_name("object")
            if name is not None and owner is not None and text(name) in _THE_SAME:
                same = [one for one in self.options(code.at(owner)) if _is_text(one)]
                if same:
                    return same
        found: list[Option] = []
        for option in self.options(code.at(callee)):
            value = option.value
            if isinstance(value, External):
                found += called_external(self, value, code)
            elif isinstance(value, Code) and value.node.type in FUNCTIONS:
                function = self.bound(value, arguments_of(code.node), code)
                found += [one.further("constant") for one in self.returned(function)]
        return found or [Option(code)]

    _FOLLOW: ClassVar[Mapping[str, Callable[[Evaluation, Code], Iterable[Option]]]] = {
        "identifier": _identifier,
        "shorthand_property_identifier": _identifier,
        "type_identifier": _identifier,
        "this": _this,
        "member_expression": _member_expression,
        "meta_property": _meta,
        "subscript_expression": _subscript,
        "ternary_expression": _ternary,
        "assignment_expression": _assignment,
        "binary_expression": _binary,
        "new_expression": _new,
        "call_expression": _call,
    }


def arguments_of(call: Node) -> list[Node]:
    """Return the arguments of a call or construction."""
    arguments = call.child_by_field_name("arguments")
    if arguments is None:
        return []
    if arguments.type == "template_string":
        return [arguments]
    return [child for child in arguments.named_children if child.type != "comment"]


def _instance(option: Option, construction: Code | None) -> Option | None:
    """Return an object of what an option stands for, None where that is no class."""
    value = option.value
    if isinstance(value, External) and value.package:
        calls = value.calls if construction is None else (*value.calls, construction)
        return option._replace(value=External(value.package, f"{value.path}()", calls))
    if isinstance(value, Code) and is_class(value.node):
        return option._replace(value=Instance(value, construction))
    return None


def _is_text(option: Option) -> bool:
    value = option.value
    return isinstance(value, Plain) or (isinstance(value, Code) and value.node.type in {"string", "template_string"})


def _different(options: Iterable[Option]) -> list[Option]:
    """Return options without repetition, and not too many."""
    found: list[Option] = []
    seen: set[object] = set()
    for option in options:
        value = option.value
        key: object = (id(value.module), value.node.id, id(value.bound)) if isinstance(value, Code) else id(value)
        if key not in seen:
            seen.add(key)
            found.append(option)
    return found[:_MOST_OPTIONS]
