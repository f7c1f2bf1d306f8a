"""A module with its arguments: its values, its resource instances, and the modules below it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from tollbar.errors import InputError
from tollbar.inputs.hcl.block import block_kind, evaluated_blocks
from tollbar.inputs.hcl.causes import causes, how_to_give
from tollbar.inputs.hcl.constraint import converted
from tollbar.inputs.hcl.data_sources import known_answer
from tollbar.inputs.hcl.dependencies import META_BLOCKS, RESOURCE_META, resource_provider
from tollbar.inputs.hcl.evaluation import Scope, evaluate
from tollbar.inputs.hcl.provider_block import passed_providers, settings_of
from tollbar.inputs.hcl.values import EvaluationError, Lazy, SetValue, as_integer, as_text, is_unknown, plain
from tollbar.inputs.provider import Provider, base_name
from tollbar.location import Location
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tollbar.inputs.hcl.module import Module
    from tollbar.inputs.hcl.project import Project
    from tollbar.inputs.hcl.syntax import Argument, Block, Expression
    from tollbar.inputs.hcl.values import Value

_MISSING = object()
_UNKNOWN_COUNT = {"count": {"index": UNKNOWN}}
_UNKNOWN_EACH = {"each": {"key": UNKNOWN, "value": UNKNOWN}}


@dataclass(frozen=True, slots=True)
class Repetition:
    """One instance of a block with ``count`` or ``for_each``: its ``[key]`` and the names it brings.

    ``undecided`` says why it cannot be told how many there are; there is then one of these.
    """

    key: str = ""
    names: Mapping[str, Value] = field(default_factory=dict)
    undecided: str | None = None


@dataclass(frozen=True, slots=True)
class ResourceInstance:
    """One resource (or data source) that there will be."""

    name: str
    block: Block
    repetition: Repetition
    attributes: Lazy

    def values(self) -> dict[str, Value]:
        """Return what is declared of it, as a plan holds it."""
        body = self.block.body
        names = [name for name in body.arguments if name not in RESOURCE_META]
        names += [kind for kind in dict.fromkeys(map(block_kind, body.blocks)) if kind not in META_BLOCKS]
        return {name: plain(self.attributes.attribute(name)) for name in names}


@dataclass(frozen=True, slots=True)
class Caller:
    """The module block that makes a module instance, and the scope of its arguments."""

    instance: ModuleInstance
    name: str
    block: Block
    repetition: Repetition
    scope: Scope


class ModuleInstance:
    """A module as it is called: everything in it is evaluated when it is first asked for."""

    def __init__(self, project: Project, module: Module, caller: Caller | None = None) -> None:
        self.project = project
        self.module = module
        self.caller = caller
        self.calls: tuple[str, ...] = (*caller.instance.calls, caller.name) if caller else ()
        self.path = _path_of(caller)
        self._resources: dict[str, list[ResourceInstance]] = {}
        self._children: dict[str, list[tuple[Repetition, ModuleInstance]]] = {}
        self._providers: dict[str, Provider] = {}
        self.scope = Scope(self._names(), project.functions)

    @property
    def undecided(self) -> str | None:
        """Why it cannot be told how many of this module there will be, None where it can."""
        if self.caller is None:
            return None
        return self.caller.repetition.undecided or self.caller.instance.undecided

    def walk(self) -> Iterator[ModuleInstance]:
        """Yield this module instance and all below it."""
        yield self
        for name in self.module.calls:
            for _, child in self.children(name):
                yield from child.walk()

    def managed(self) -> Iterator[ResourceInstance]:
        """Yield the resource instances of this module, without data sources."""
        for name, block in self.module.resources.items():
            if block.kind == "resource":
                yield from self.resources(name)

    def resources(self, name: str) -> list[ResourceInstance]:
        """Return the instances of one resource block."""
        if name not in self._resources:
            block = self.module.resources[name]
            self._resources[name] = [
                ResourceInstance(name, block, repetition, self._attributes(name, block, repetition))
                for repetition in self._repetitions(block)
            ]
        return self._resources[name]

    def children(self, name: str) -> list[tuple[Repetition, ModuleInstance]]:
        """Return the instances of one module block; none where the module is not there."""
        if name not in self._children:
            module = self.project.called(self.module, name, (*self.calls, name))
            block = self.module.calls[name]
            repetitions = self._repetitions(block) if module else []
            self._children[name] = [
                (repetition, ModuleInstance(self.project, module, self._caller(name, block, repetition)))
                for repetition in repetitions
                if module is not None
            ]
        return self._children[name]

    def output(self, name: str) -> Value:
        """Return an output's value.

        Raises:
            EvaluationError: There is no such output.
        """
        block = self.module.outputs.get(name)
        value = block.body.arguments.get("value") if block else None
        if value is None:
            raise EvaluationError(f"the module has no output {name!r}")
        return self.evaluated(value, self.scope)

    def evaluated(self, argument: Argument, scope: Scope) -> Value:
        """Return the value of an argument; where it has none the user is told and it is unknown."""
        try:
            return evaluate(argument.expression, scope)
        except EvaluationError as wrong:
            self.project.warn(argument.location, f"{argument.name} cannot be evaluated: {wrong}")
            return UNKNOWN

    def provider(self, key: str) -> Provider:
        """Return a provider as this module sees it: its own, the one it is passed, or its caller's."""
        if key not in self._providers:
            self._providers[key] = self._found_provider(key)
        return self._providers[key]

    def _names(self) -> dict[str, Value]:
        types = {name.partition(".")[0] for name in self.module.resources}
        return {
            **{kind: Lazy(partial(self._value_by_name, kind)) for kind in types},
            "data": Lazy(lambda kind: Lazy(partial(self._value_by_name, f"data.{kind}"))),
            "var": Lazy(self._variable),
            "local": Lazy(self._local),
            "module": Lazy(self._module_value),
            "path": {
                "module": os.path.relpath(self.module.directory, self.project.root.directory).replace(os.sep, "/"),
                "root": ".",
                "cwd": str(self.project.root.directory.resolve()),
            },
            "terraform": {"workspace": self.project.workspace},
        }

    def _caller(self, name: str, block: Block, repetition: Repetition) -> Caller:
        return Caller(self, name, block, repetition, self.scope.with_names(repetition.names))

    # Named values

    def _variable(self, name: str) -> Value:
        block = self.module.variables.get(name)
        if block is None:
            raise EvaluationError(f"there is no variable {name!r}")
        arguments = block.body.arguments
        default, constraint = arguments.get("default"), arguments.get("type")
        nullable = arguments.get("nullable")
        value = self._given(name)
        if value is None and nullable is not None and self.evaluated(nullable, self.scope) is False:
            value = _MISSING
        if value is _MISSING:
            value = self.evaluated(default, self.scope) if default else self._without_value(name, block)
        return self._converted(name, value, block, constraint.expression if constraint else None)

    def _given(self, name: str) -> Value:
        if self.caller is None:
            return self.project.values.get(name, _MISSING)
        argument = self.caller.block.body.arguments.get(name)
        return _MISSING if argument is None else self.caller.instance.evaluated(argument, self.caller.scope)

    def _without_value(self, name: str, block: Block) -> Value:
        if self.caller is None:
            message = f"the variable {name!r} has no value, what depends on it is unknown. {how_to_give(name)}"
            self.project.warn(block.location, message)
        else:
            self.project.warn(self.caller.block.location, f"the module requires the argument {name!r}")
        return UNKNOWN

    def _converted(self, name: str, value: Value, block: Block, constraint: Expression | None) -> Value:
        try:
            return converted(value, constraint, lambda expression: evaluate(expression, self.scope))
        except EvaluationError as wrong:
            if self.caller is None:
                raise InputError(
                    f"the variable {name!r} does not fit its type: {wrong}", location=block.location
                ) from wrong
            self.project.warn(self.caller.block.location, f"the argument {name!r} does not fit its type: {wrong}")
            return UNKNOWN

    def _local(self, name: str) -> Value:
        argument = self.module.locals.get(name)
        if argument is None:
            raise EvaluationError(f"there is no local {name!r}")
        return self.evaluated(argument, self.scope)

    def _module_value(self, name: str) -> Value:
        block = self.module.calls.get(name)
        if block is None:
            raise EvaluationError(f"there is no module {name!r}")
        if self.project.called(self.module, name, (*self.calls, name)) is None:
            return UNKNOWN
        return _together(block, [(repetition, Lazy(child.output)) for repetition, child in self.children(name)])

    def _value_by_name(self, kind: str, name: str) -> Value:
        full_name = f"{kind}.{name}"
        block = self.module.resources.get(full_name)
        if block is None and kind.startswith("data."):
            # Only what is asked of it is lost: the rest of an expression may be known, as in merge(data.x.y, {...}).
            self.project.warn(Location(self.module.shown), f"there is no {full_name}, what depends on it is unknown")
            return UNKNOWN
        if block is None:
            raise EvaluationError(f"there is no {full_name}")
        return _together(block, [(found.repetition, found.attributes) for found in self.resources(full_name)])

    # Resources

    def _attributes(self, name: str, block: Block, repetition: Repetition) -> Lazy:
        scope = self.scope.with_names(repetition.names) if repetition.names else self.scope

        def read(attribute: str) -> Value:
            argument = block.body.arguments.get(attribute)
            if argument is not None and attribute not in RESOURCE_META:
                return self.evaluated(argument, scope)
            blocks = [nested for nested in block.body.blocks if block_kind(nested) == attribute]
            if blocks and attribute not in META_BLOCKS:
                return self._blocks(attribute, blocks, scope)
            return self._computed(name, attribute, block, read)

        return Lazy(read)

    def _blocks(self, kind: str, blocks: list[Block], scope: Scope) -> Value:
        value = evaluated_blocks(blocks, scope, self.evaluated)
        if is_unknown(value) or any(map(is_unknown, value)):
            self.project.warn(blocks[0].location, f"how many {kind} blocks there are is known only after apply")
        return value

    def _computed(self, name: str, attribute: str, block: Block, read: Callable[[str], Value]) -> Value:
        """Return an attribute that the provider sets: unknown, but for what its region or a file tells."""
        kind = name.rpartition(".")[0]
        if kind == "data.local_file" and attribute == "content":
            path = read("filename")
            return UNKNOWN if is_unknown(path) else self.project.functions["file"].call(path)
        if not kind.startswith("data."):
            return UNKNOWN
        return known_answer(kind, attribute, block, self.provider(resource_provider(block)))

    def _repetitions(self, block: Block) -> list[Repetition]:
        count, for_each = (block.body.arguments.get(name) for name in ("count", "for_each"))
        if count is not None:
            return self._counted(count)
        return [Repetition()] if for_each is None else self._for_each(for_each)

    def _counted(self, argument: Argument) -> list[Repetition]:
        value = self.evaluated(argument, self.scope)
        if is_unknown(value):
            return [Repetition("", _UNKNOWN_COUNT, self._why_undecided(argument))]
        try:
            number = as_integer(value)
        except EvaluationError as wrong:
            raise InputError(f"count: {wrong}", location=argument.location) from wrong
        return [Repetition(f"[{index}]", {"count": {"index": index}}) for index in range(number)]

    def _for_each(self, argument: Argument) -> list[Repetition]:
        value = self.evaluated(argument, self.scope)
        if is_unknown(value) or isinstance(value, Lazy):
            return [Repetition("", _UNKNOWN_EACH, self._why_undecided(argument))]
        if isinstance(value, SetValue):
            elements = {as_text(item): item for item in value}
        elif isinstance(value, dict):
            elements = value
        else:
            raise InputError("for_each takes a map or a set of strings", location=argument.location)
        return [
            Repetition(_key_of(key), {"each": {"key": key, "value": element}})
            for key, element in sorted(elements.items())
        ]

    def _why_undecided(self, argument: Argument) -> str:
        found = list(dict.fromkeys(causes(self, argument.expression)))
        return f"its {argument.name} depends on {', '.join(found) or 'what is known only after apply'}"

    # Providers

    def _found_provider(self, key: str) -> Provider:
        block = self.module.providers.get(key)
        if block is not None:
            return settings_of(block, partial(self.evaluated, scope=self.scope))
        if self.caller is None:
            return self.provider(base_name(key)) if base_name(key) != key and "." not in key else Provider()
        passed = passed_providers(self.caller.block)
        if key in passed:
            return self.caller.instance.provider(passed[key])
        return Provider() if "." in key else self.caller.instance.provider(key)


def _path_of(caller: Caller | None) -> str:
    if caller is None:
        return ""
    step = f"module.{caller.name}{caller.repetition.key}"
    return f"{caller.instance.path}.{step}" if caller.instance.path else step


def _together(block: Block, instances: list[tuple[Repetition, Value]]) -> Value:
    """Return what a block's name means: one object, a list with ``count``, a map with ``for_each``."""
    if any(repetition.undecided for repetition, _ in instances):
        return UNKNOWN
    if "count" in block.body.arguments:
        return [value for _, value in instances]
    if "for_each" in block.body.arguments:
        return {repetition.names["each"]["key"]: value for repetition, value in instances}
    return instances[0][1] if instances else UNKNOWN


def _key_of(key: str) -> str:
    """Return ``["key"]`` as Terraform writes it in addresses."""
    return f"[{json.dumps(key, ensure_ascii=False).replace('${', '$${').replace('%{', '%%{')}]"
