"""What a name, a parameter or a member stands for: where it was last written, imported, annotated or passed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.python.values import (
    AnyOf,
    ClassValue,
    Frame,
    FunctionValue,
    Invocation,
    Listed,
    Literal,
    Mapped,
    ModuleValue,
    ObjectValue,
    Outside,
    Parameter,
    Unknown,
    Value,
    any_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.inputs.llm_code.python.evaluation import Evaluator
    from tollbar.inputs.llm_code.python.syntax import BlockPath, Class, Function, Module, Write

_CHANGES = {"item", "appended", "updated"}
"""Writes that add to what a name stands for."""
_SETTINGS_BASES = ("BaseSettings", "pydantic_settings")
_EXCLUSIVE = {"body", "orelse", "handlers"}
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_GENERIC = {"Annotated", "Optional", "Depends", "ClassVar", "Final", "Union", "type", "Type"}


class Lookup:
    """Looks names up for an evaluator."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator

    def name(self, node: ast.Name, frame: Frame) -> Value:
        """Return what a name stands for where it is written."""
        module, name = frame.module, node.id
        near = self._in_expression(node, frame)
        if near is not None:
            return near
        function, inner = frame.function, frame
        place: ast.AST | None = node
        while function is not None:
            found = self._local(name, place, function, inner)
            if found is not None:
                return found
            function = function.outer
            inner, place = self._evaluator.frame_of(function, module), None
        if frame.cls is not None and name in frame.cls.writes:
            return self._written(frame.cls.writes[name], frame, None, frame.cls.node)
        at = node if frame.function is None and frame.cls is None else None
        return self.module_name(module, name, at) or Outside(f"builtins.{name}")

    def _in_expression(self, node: ast.Name, frame: Frame) -> Value | None:
        """Return what a name stands for that a comprehension or lambda around it gives, None where none does."""
        for around, _ in frame.module.ancestors(node):
            if isinstance(around, _COMPREHENSIONS):
                for generator in around.generators:
                    if node.id in _target_names(generator.target):
                        items = self._evaluator.value(generator.iter, frame)
                        return self._element(generator.target, node.id, items)
            elif isinstance(around, ast.Lambda):
                if node.id in {argument.arg for argument in around.args.args}:
                    return Unknown(f"it is told by {node.id} of a lambda")
            elif isinstance(around, (ast.stmt, ast.Module)):
                break
        return None

    def module_name(self, module: Module, name: str, at: ast.AST | None = None) -> Value | None:
        """Return what a name of a module stands for, None where it has no such."""
        writes = module.writes.get(name)
        frame = self._evaluator.frame_of(None, module)
        if not writes:
            inner = self._evaluator.modules.imported(f".{'.'.join((*module.name, name))}", module)
            return ModuleValue(inner) if inner is not None else None
        return _as_constant(self._written(writes, frame, at, module.tree))

    def _local(self, name: str, at: ast.AST | None, function: Function, frame: Frame) -> Value | None:
        writes = function.writes.get(name)
        parameters = {parameter.arg: parameter for parameter in function.parameters}
        parameter = parameters.get(name)
        if writes and not (parameter is not None and all(write.how in _CHANGES for write in writes)):
            before = self.parameter(function, parameter, frame) if parameter is not None else None
            return self._written(writes, frame, at, function.node, before)
        if parameter is not None:
            base = self.parameter(function, parameter, frame)
            return self._changed(base, writes or (), frame)
        extra = function.node.args
        if extra.kwarg is not None and extra.kwarg.arg == name:
            return frame.bindings.get(f"**{name}") or Mapped({}, (Parameter(function, f"**{name}"),))
        if extra.vararg is not None and extra.vararg.arg == name:
            return frame.bindings.get(f"*{name}") or Listed((Parameter(function, f"*{name}"),), is_open=True)
        return None

    def parameter(self, function: Function, parameter: ast.arg, frame: Frame) -> Value:
        """Return what a parameter stands for: as it is called, else by its annotation, else by its default."""
        name = parameter.arg
        if name in frame.bindings:
            return frame.bindings[name]
        own = self._evaluator.frame_of(None, function.module)
        if function.is_bound and function.cls is not None and parameter is function.parameters[0]:
            return ClassValue(function.cls) if "classmethod" in function.decorators else ObjectValue(function.cls)
        hint = self.annotated(parameter.annotation, own)
        if hint is not None:
            return hint
        default_node = function.defaults.get(name)
        default = self._evaluator.value(default_node, own) if default_node is not None else None
        if isinstance(default, Outside) and default.path.endswith("Depends()") and default.calls[-1].call is not None:
            given = [self._evaluator.value(argument, own) for argument in default.calls[-1].call.args]
            return self._evaluator.result(given[0], Invocation(None, own)) if given else default
        if frame.is_called and default is not None:
            return default
        return Parameter(function, name, default)

    def annotated(  # noqa: PLR0911 -- one case per kind of annotation
        self, node: ast.expr | None, frame: Frame
    ) -> Value | None:
        """Return the object that an annotation promises, None where it tells of no class that has calls in it."""
        if node is None:
            return None
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return self._quoted(node.value, frame)
        if isinstance(node, ast.BinOp):
            return self.annotated(node.left, frame) or self.annotated(node.right, frame)
        if isinstance(node, ast.Subscript):
            owner = self._evaluator.value(node.value, frame)
            if isinstance(owner, Outside) and owner.path.rpartition(".")[2] in _GENERIC:
                inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
                return next((found for one in inner if (found := self.annotated(one, frame)) is not None), None)
            node = node.value
        promised = self._evaluator.value(node, frame)
        if isinstance(promised, ClassValue):
            return ObjectValue(promised.cls)
        is_class = (
            isinstance(promised, Outside) and not promised.calls and promised.path.rpartition(".")[2][:1].isupper()
        )
        if (
            is_class
            and isinstance(promised, Outside)
            and not promised.path.startswith(("builtins.", "typing.", "collections."))
        ):
            return Outside(f"{promised.path}()", (Invocation(None, None),))
        return None

    def _quoted(self, text: str, frame: Frame) -> Value | None:
        try:
            node = ast.parse(text, mode="eval").body
        except SyntaxError:
            return None
        return self.annotated(node, frame) if not isinstance(node, ast.Constant) else None

    def _written(
        self, writes: Sequence[Write], frame: Frame, at: ast.AST | None, scope: ast.AST, before: Value | None = None
    ) -> Value:
        """Return what a name stands for at a place, at the end of its scope where ``at`` is None."""
        line: int | None = None
        blocks: BlockPath = ()
        if at is not None:
            line, blocks = getattr(at, "lineno", None), frame.module.blocks(at, scope)
        reaching = _reaching(writes, line, blocks, at, frame.module)
        values = [self._write(write, frame) for write in reaching if write.how not in _CHANGES]
        is_certain = any(_is_prefix(write.blocks, blocks) for write in reaching if write.how not in _CHANGES)
        if before is not None and not is_certain:
            values.insert(0, before)
        if not values:
            return before if before is not None else Unknown("it is written later")
        return self._changed(any_of(values), [write for write in writes if write.how in _CHANGES], frame)

    def _write(self, write: Write, frame: Frame) -> Value:  # noqa: PLR0911 -- one case per way of writing
        if write.function is not None and write.function is not frame.function:
            frame = self._evaluator.frame_of(write.function)
        match write.how:
            case "import":
                return self._imported(write.imported, frame.module)
            case "definition":
                if isinstance(write.node, ast.ClassDef):
                    return ClassValue(frame.module.classes[write.node])
                return FunctionValue(frame.module.functions[write.node])
            case "unpacked" if isinstance(write.key, int):
                return self._evaluator.item(self._evaluator.value(write.node, frame), Literal(write.key))
            case "element":
                return self._element(ast.Name("_"), "_", self._evaluator.value(write.node, frame))
            case "entered":
                return self._evaluator.value(write.node, frame)
            case "value":
                return self._evaluator.value(write.node, frame)
            case _:
                return Unknown("it is worked out when it runs", (self._evaluator.value(write.node, frame),))

    def _element(self, target: ast.expr, name: str, container: Value) -> Value:
        match container:
            case Listed(items=items) if items and isinstance(target, ast.Name):
                return any_of(items)
            case Mapped(items=items) if isinstance(target, ast.Name):
                return any_of([Literal(key) for key in items]) if items else Unknown("it is empty")
            case Listed(items=items) if isinstance(target, ast.Tuple):
                position = next((n for n, one in enumerate(target.elts) if dotted(one) == name), 0)
                return any_of([self._evaluator.item(item, Literal(position)) for item in items])
            case _:
                return Unknown("it is one of what is only known when it runs", (container,))

    def _changed(self, value: Value, writes: Sequence[Write], frame: Frame) -> Value:
        """Return a mapping or list with what is added to it after it was made."""
        for write in writes:
            added = self._evaluator.value(write.node, frame) if write.how == "item" else None
            if write.how == "item" and isinstance(value, Mapped) and isinstance(write.key, ast.expr):
                key = self._evaluator.value(write.key, frame)
                if isinstance(key, Literal) and added is not None:
                    value = Mapped({**value.items, str(key.value): added}, value.rest)
            elif write.how == "updated" and isinstance(value, Mapped) and isinstance(write.node, ast.Call):
                value = self._updated(value, write.node, frame)
            elif write.how == "appended" and isinstance(value, Listed) and isinstance(write.node, ast.Call):
                more = [self._evaluator.value(argument, frame) for argument in write.node.args[-1:]]
                flat = [item for one in more for item in (one.items if isinstance(one, Listed) else (one,))]
                value = Listed((*value.items, *flat), is_open=True)
        return value

    def _updated(self, value: Mapped, call: ast.Call, frame: Frame) -> Mapped:
        items, rest = dict(value.items), list(value.rest)
        for given in [self._evaluator.value(argument, frame) for argument in call.args]:
            if isinstance(given, Mapped):
                items.update(given.items)
                rest.extend(given.rest)
            else:
                rest.append(given)
        items.update({k.arg: self._evaluator.value(k.value, frame) for k in call.keywords if k.arg is not None})
        return Mapped(items, tuple(rest))

    def _imported(self, dotted_path: str, importer: Module) -> Value:
        """Return a module of the project, something in one, or what another package gives."""
        modules = self._evaluator.modules
        module = modules.imported(dotted_path, importer)
        if module is not None:
            return ModuleValue(module)
        package, _, name = dotted_path.rpartition(".")
        owner = modules.imported(package, importer) if package.strip(".") else None
        if owner is not None and owner is not importer:
            return self.module_name(owner, name) or Unknown(f"{name} is not in {'.'.join(owner.name)}")
        return (
            Outside(dotted_path) if not dotted_path.startswith(".") else Unknown(f"{dotted_path} is not in the project")
        )

    def member(self, owner: ObjectValue | ClassValue, name: str, node: ast.AST | None, frame: Frame) -> Value:
        """Return an attribute or method of a class of the project, or of an object of one."""
        for cls, chain in self._lines(owner.cls):
            if name in cls.methods:
                return self._method(cls.methods[name], owner)
            found = self._attribute(cls, name, owner, node, frame)
            if found is not None:
                return found
            del chain
        for base in self._outside_bases(owner.cls):
            made = owner.made if isinstance(owner, ObjectValue) and owner.made is not None else Invocation(None, None)
            return Outside(f"{base.path}().{name}", (made,))
        return Unknown(f"{owner.cls.qualified} has no {name}", path=f".{name}")

    def _method(self, method: Function, owner: ObjectValue | ClassValue) -> Value:
        if method.decorators & {"property", "cached_property"}:
            return self._evaluator.result(FunctionValue(method, owner), Invocation(None, None))
        return FunctionValue(method, owner if method.is_bound else None)

    def _attribute(
        self, cls: Class, name: str, owner: ObjectValue | ClassValue, node: ast.AST | None, frame: Frame
    ) -> Value | None:
        made = owner.made if isinstance(owner, ObjectValue) else None
        own = Frame(cls.module, cls.outer, {}, cls)
        written = cls.attributes.get(name, ())
        values = [self._evaluator.value(w.node, self._method_frame(w, owner)) for w in written if w.how == "value"]
        values += [self._evaluator.value(w.node, self._method_frame(w, owner)) for w in written if w.how == "entered"]
        if values:
            frame_of_first = self._method_frame(written[0], owner)
            return self._changed(any_of(values), [w for w in written if w.how in _CHANGES], frame_of_first)
        if name in cls.writes:
            told = self._told_field(made, name, cls)
            value = told or _as_constant(self._written(cls.writes[name], own, None, cls.node))
            return self._as_setting(cls, name, value)
        for statement in cls.node.body:
            if isinstance(statement, ast.AnnAssign) and dotted(statement.target) == name:
                told = self._told_field(made, name, cls) or self.annotated(statement.annotation, own)
                return told or self._as_setting(cls, name, Unknown(f"nothing tells {cls.qualified}.{name}"))
        del node, frame
        return None

    def _as_setting(self, cls: Class, name: str, value: Value) -> Value:
        """Return a field of pydantic's settings as its environment variable tells it."""
        bases = [base for base in self._outside_bases(cls) if any(part in base.path for part in _SETTINGS_BASES)]
        if not bases:
            return value
        variable = self._evaluator.project.environment(name.upper()) or self._evaluator.project.environment(name)
        if variable is not None:
            return Literal(variable, "configuration")
        if isinstance(value, Literal):
            return Literal(value.value, "environment_default")
        return (
            Unknown(f"it is read from the environment variable {name.upper()}") if isinstance(value, Unknown) else value
        )

    def _told_field(self, made: Invocation | None, name: str, cls: Class) -> Value | None:
        """Return what an object without an ``__init__`` of its own was made with, as dataclasses are."""
        if made is None or made.call is None or made.frame is None or "__init__" in cls.methods:
            return None
        for keyword in made.call.keywords:
            if keyword.arg == name:
                return self._evaluator.value(keyword.value, made.frame)
        fields = [dotted(item.target) for item in cls.node.body if isinstance(item, ast.AnnAssign)]
        position = fields.index(name) if name in fields else len(made.call.args)
        arguments = made.call.args
        return self._evaluator.value(arguments[position], made.frame) if position < len(arguments) else None

    def _method_frame(self, write: Write, owner: ObjectValue | ClassValue) -> Frame:
        function = write.function
        if function is None:
            raise ValueError(write)
        is_made = function.name == "__init__" and isinstance(owner, ObjectValue) and owner.made is not None
        made = owner.made if is_made and isinstance(owner, ObjectValue) else None
        key = ("method frame", id(function), id(owner))
        return self._evaluator.kept(
            key, owner, lambda: self.called_frame(FunctionValue(function, owner), made or Invocation(None, None))
        )

    def as_function(self, value: Value, function: Function) -> FunctionValue | None:
        """Return what is called as one function of the project, with the object it is called on."""
        if isinstance(value, FunctionValue) and value.function is function:
            return value
        if isinstance(value, ClassValue) and value.cls is function.cls:
            return FunctionValue(function, ObjectValue(value.cls) if function.name != "__init__" else None)
        if isinstance(value, ObjectValue) and value.cls is function.cls:
            return FunctionValue(function, value)
        return None

    def called_frame(self, callee: FunctionValue, made: Invocation) -> Frame:
        """Return the frame of a function as it is called; of what is not passed nothing is known but its default."""
        function = callee.function
        bindings: dict[str, Value] = {}
        parameters = list(function.parameters)
        positional = parameters[: len(function.node.args.posonlyargs) + len(function.node.args.args)]
        if function.is_bound and positional:
            if callee.bound is not None:
                bindings[positional[0].arg] = callee.bound
                positional = positional[1:]
            elif function.name == "__init__":
                positional = positional[1:]
        is_called = False
        for one in (*made.bound, made):
            if one.call is not None and one.frame is not None:
                is_called = True
                positional = self._bind(one, positional, bindings, function)
        return Frame(function.module, function, bindings, is_called=is_called)

    def _bind(
        self, made: Invocation, positional: list[ast.arg], bindings: dict[str, Value], function: Function
    ) -> list[ast.arg]:
        if made.call is None or made.frame is None:
            return positional
        names = {parameter.arg for parameter in function.parameters}
        spread: list[Value] = []
        for argument in made.call.args:
            value = self._evaluator.value(argument, made.frame)
            if isinstance(argument, ast.Starred):
                break
            if positional:
                bindings[positional[0].arg] = value
                positional = positional[1:]
            else:
                spread.append(value)
        more: dict[str, Value] = {}
        rest: list[Value] = []
        for keyword in made.call.keywords:
            value = self._evaluator.value(keyword.value, made.frame)
            pairs = (
                {keyword.arg: value}
                if keyword.arg is not None
                else dict(value.items)
                if isinstance(value, Mapped)
                else {}
            )
            if keyword.arg is None:
                rest.extend(value.rest if isinstance(value, Mapped) else (value,))
            for name, given in pairs.items():
                (bindings if name in names else more)[name] = given
        extra = function.node.args
        if extra.kwarg is not None:
            bindings[f"**{extra.kwarg.arg}"] = Mapped(more, tuple(rest))
        if extra.vararg is not None:
            bindings[f"*{extra.vararg.arg}"] = Listed(tuple(spread), is_open=False)
        return positional

    def _lines(self, cls: Class, seen: tuple[Class, ...] = ()) -> Iterator[tuple[Class, tuple[Class, ...]]]:
        """Yield a class and those of the project that it is derived from."""
        yield cls, seen
        frame = self._evaluator.frame_of(None, cls.module)
        for base in cls.node.bases:
            value = self._evaluator.value(base, frame)
            if isinstance(value, ClassValue) and value.cls not in (*seen, cls):
                yield from self._lines(value.cls, (*seen, cls))

    def _outside_bases(self, cls: Class) -> Iterator[Outside]:
        for line, _ in self._lines(cls):
            frame = self._evaluator.frame_of(None, line.module)
            values = (self._evaluator.value(base, frame) for base in line.node.bases)
            yield from (v for v in values if isinstance(v, Outside) and not v.path.startswith(("builtins.", "abc.")))


def dotted(node: ast.AST) -> str:
    """Return the name of a target, "" where it has none."""
    return node.id if isinstance(node, ast.Name) else ""


def _target_names(target: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


def _as_constant(value: Value) -> Value:
    """Return a value that was followed to a name: a literal is that name's."""
    if isinstance(value, Literal) and value.origin == "literal":
        return Literal(value.value, "constant")
    if isinstance(value, AnyOf):
        return AnyOf(tuple(_as_constant(option) for option in value.options))
    return value


def _is_prefix(one: BlockPath, other: BlockPath) -> bool:
    return other[: len(one)] == one


def _excludes(one: BlockPath, other: BlockPath) -> bool:
    """Whether two places stand in different arms of one condition."""
    for (left, left_arm), (right, right_arm) in zip(one, other, strict=False):
        if left is not right:
            return False
        if left_arm != right_arm:
            return isinstance(left, ast.If) and {left_arm, right_arm} <= _EXCLUSIVE
    return False


def _reaching(
    writes: Sequence[Write], line: int | None, blocks: BlockPath, at: ast.AST | None, module: Module
) -> list[Write]:
    """Return the writes that may have been the last before a place."""
    earlier = [write for write in sorted(writes, key=lambda w: w.line) if not _excludes(write.blocks, blocks)]
    if line is not None:
        around = {node for node, _ in module.ancestors(at)} if at is not None else set()
        before = [w for w in earlier if w.line <= line and not (w.statement in around and w.how == "value")]
        earlier = before or [w for w in earlier if w.statement not in around]
    settled = [n for n, w in enumerate(earlier) if _is_prefix(w.blocks, blocks) and w.how not in {*_CHANGES, "added"}]
    return earlier[settled[-1] :] if settled else earlier
