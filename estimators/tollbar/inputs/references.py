"""From what a configuration refers to, to the resources of the project that it means."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tollbar.inputs.configuration import ModuleCall, ModuleConfiguration, References, ResourceConfiguration

_KEY = r"\[(?:\d+|\"(?:[^\"\\]|\\.)*\")\]"
_MODULE_STEP = re.compile(rf"(?:^|\.)module\.([^.\[]+)({_KEY})?")
_MODULE_OUTPUT = re.compile(rf"module\.([^.\[]+)({_KEY})?\.([^.\[]+)")
_RESOURCE = re.compile(rf"((?:data\.)?[^.\[]+\.[^.\[]+)({_KEY})?")
_WITHOUT_TARGET = frozenset({"count", "path", "terraform", "self", "module", "ephemeral"})


class InstanceAddress(NamedTuple):
    """Where a resource instance stands: its module instance, ``type.name``, and ``[key]`` ("" without one)."""

    module: str
    name: str
    key: str

    def __str__(self) -> str:
        """Return the absolute address as Terraform writes it."""
        return f"{self.module}.{self.name}{self.key}" if self.module else f"{self.name}{self.key}"


@dataclass(frozen=True, slots=True)
class _Target:
    """A reference taken apart."""

    kind: Literal["resource", "output", "variable", "local", "each"]
    name: str
    key: str = ""
    output: str = ""


@dataclass(frozen=True, slots=True)
class _Scope:
    """A module instance: where references are looked up."""

    path: str
    configuration: ModuleConfiguration
    key: str = ""
    parent: _Scope | None = None
    call: ModuleCall | None = None


class ReferenceResolver:
    """Finds the resource instances that a resource's attributes refer to.

    References are followed through variables to the caller, through module outputs into the module,
    and through locals. Data sources are found where they are among ``instances``. A reference to a repeated
    resource without a key means the instance with the referring one's own key where there is one, else all
    of them.
    """

    def __init__(self, root: ModuleConfiguration, instances: Iterable[InstanceAddress]) -> None:
        self._scopes: dict[str, _Scope | None] = {"": _Scope("", root)}
        self._instances: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        self._module_keys: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        self._found: dict[tuple[str, str, str, References], tuple[str, ...]] = {}
        for instance in instances:
            self._instances[instance.module, instance.name][instance.key] = str(instance)
            self._scope(instance.module)

    def references(self, instance: InstanceAddress) -> Mapping[str, tuple[str, ...]]:
        """Return the absolute addresses that each attribute path of an instance refers to."""
        scope = self._scope(instance.module)
        block = scope.configuration.resources.get(instance.name) if scope else None
        if scope is None or block is None:
            return {}
        found = {
            path: self._addresses(scope, references, instance.key, block.repetition)
            for path, references in block.references.items()
        }
        return {path: addresses for path, addresses in found.items() if addresses}

    def addresses_of(self, instance: InstanceAddress, expression: str) -> tuple[str, ...]:
        """Return the absolute addresses that an expression refers to, written where an instance is declared."""
        scope = self._scope(instance.module)
        block = scope.configuration.resources.get(instance.name) if scope else None
        if scope is None:
            return ()
        return self._addresses(scope, (expression,), instance.key, block.repetition if block else ())

    def provider_key(self, instance: InstanceAddress) -> str | None:
        """Return the key of the provider configuration of an instance, None where its block is gone."""
        block = self.configuration(instance)
        return block.provider if block else None

    def configuration(self, instance: InstanceAddress) -> ResourceConfiguration | None:
        """Return the block that declares an instance, None where it is gone."""
        scope = self._scope(instance.module)
        return scope.configuration.resources.get(instance.name) if scope else None

    def _scope(self, path: str) -> _Scope | None:
        """Return the module instance at a path such as ``module.app["x"].module.db``."""
        if path in self._scopes:
            return self._scopes[path]
        *_, last = _MODULE_STEP.finditer(path)
        name, key = last[1], last[2] or ""
        parent = self._scope(path[: last.start()])
        call = parent.configuration.calls.get(name) if parent else None
        self._scopes[path] = _Scope(path, call.module, key, parent, call) if call else None
        if parent is not None:
            self._module_keys[parent.path, name][key] = path
        return self._scopes[path]

    def _addresses(self, scope: _Scope, references: References, key: str, repetition: References) -> tuple[str, ...]:
        found = (self._of_reference(scope, reference, key, repetition) for reference in references)
        return tuple(dict.fromkeys(address for addresses in found for address in addresses))

    def _of_reference(self, scope: _Scope, reference: str, key: str, repetition: References) -> tuple[str, ...]:
        memo = (scope.path, reference, key, repetition)
        if memo not in self._found:
            self._found[memo] = ()  # until it is known: a circle of references ends here
            target = _target(reference)
            if target is not None:
                self._found[memo] = tuple(dict.fromkeys(self._of_target(scope, target, key, repetition)))
        return self._found[memo]

    def _of_target(self, scope: _Scope, target: _Target, key: str, repetition: References) -> Iterator[str]:
        if target.kind == "resource":
            yield from _chosen(self._instances.get((scope.path, target.name), {}), target.key, key)
        elif target.kind == "output":
            for child in self._children(scope, target, key):
                yield from self._addresses(child, child.configuration.outputs.get(target.output, ()), "", ())
        elif target.kind == "local":
            yield from self._addresses(scope, scope.configuration.locals.get(target.name, ()), key, repetition)
        elif target.kind == "each":
            yield from self._addresses(scope, repetition, key, ())
        elif scope.parent is not None and scope.call is not None:
            argument = scope.call.references.get(target.name, ())
            yield from self._addresses(scope.parent, argument, scope.key, scope.call.repetition)

    def _children(self, scope: _Scope, target: _Target, key: str) -> Iterator[_Scope]:
        known = self._module_keys.get((scope.path, target.name), {})
        prefix = f"{scope.path}.module." if scope.path else "module."
        for path in _chosen(known, target.key, key) or (f"{prefix}{target.name}{target.key}",):
            child = self._scope(path)
            if child is not None:
                yield child


def _chosen(by_key: Mapping[str, str], wanted: str, own: str) -> tuple[str, ...]:
    """Return the instance with the key asked for, else with the referring one's own key, else all."""
    if wanted:
        return (by_key[wanted],) if wanted in by_key else ()
    if "" in by_key:
        return (by_key[""],)
    if own and own in by_key:
        return (by_key[own],)
    return tuple(by_key.values())


@lru_cache(maxsize=8192)
def _target(reference: str) -> _Target | None:
    root, _, rest = reference.partition(".")
    if root == "var":
        return _Target("variable", _first_name(rest))
    if root == "local":
        return _Target("local", _first_name(rest))
    if root == "each":
        return _Target("each", "")
    output = _MODULE_OUTPUT.match(reference) if root == "module" else None
    if output:
        return _Target("output", output[1], output[2] or "", output[3])
    if root in _WITHOUT_TARGET:
        return None
    resource = _RESOURCE.match(reference)
    return _Target("resource", resource[1], resource[2] or "") if resource else None


def _first_name(rest: str) -> str:
    return re.split(r"[.\[]", rest, maxsplit=1)[0]
