"""What expressions and blocks refer to, written as Terraform writes it in a plan."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tollbar.inputs.configuration import ModuleCall, ModuleConfiguration, ResourceConfiguration, most_specific
from tollbar.inputs.hcl.module import provider_key
from tollbar.inputs.hcl.syntax import (
    Attribute,
    Binary,
    Call,
    Conditional,
    For,
    Index,
    Literal,
    Object,
    Relative,
    Splat,
    Template,
    TemplateLoop,
    Traversal,
    Tuple,
    Unary,
)
from tollbar.inputs.provider import provider_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.inputs.configuration import References
    from tollbar.inputs.hcl.module import Module
    from tollbar.inputs.hcl.project import Project
    from tollbar.inputs.hcl.syntax import Block, Body, Expression, Step

RESOURCE_META = frozenset({"count", "for_each", "provider", "depends_on"})
"""Arguments of resource blocks that are Terraform's own."""

MODULE_META = frozenset({"count", "for_each", "providers", "depends_on", "source", "version"})
"""Arguments of module blocks that are Terraform's own."""

META_BLOCKS = frozenset({"lifecycle", "provisioner", "connection"})
"""Blocks that are Terraform's own, not the resource's."""


def references_of(expression: Expression) -> References:
    """Return what an expression refers to; names that it binds itself are left out."""
    return most_specific(_references(expression, frozenset()))


def configuration_of(project: Project, module: Module, path: tuple[str, ...] = ()) -> ModuleConfiguration:
    """Return the references of a module and of those it calls; ``path`` are the names of the calls to it."""
    children = {name: project.called(module, name, (*path, name)) for name in module.calls}
    return ModuleConfiguration(
        resources={
            name: ResourceConfiguration(
                provider=resource_provider(block),
                references=dict(_references_in(block.body, RESOURCE_META)),
                repetition=_repetition(block),
            )
            for name, block in module.resources.items()
            if block.kind == "resource"
        },
        calls={
            name: ModuleCall(
                module=configuration_of(project, child, (*path, name)),
                references=dict(_references_in(module.calls[name].body, MODULE_META)),
                repetition=_repetition(module.calls[name]),
            )
            for name, child in children.items()
            if child is not None
        },
        outputs={
            name: references_of(block.body.arguments["value"].expression)
            for name, block in module.outputs.items()
            if "value" in block.body.arguments
        },
        locals={name: references_of(argument.expression) for name, argument in module.locals.items()},
    )


def resource_provider(block: Block) -> str:
    """Return the key of the provider configuration that a resource block uses."""
    named = block.body.arguments.get("provider")
    return (provider_key(named.expression) if named else "") or provider_name(block.labels[0])


def _repetition(block: Block) -> References:
    argument = block.body.arguments.get("for_each") or block.body.arguments.get("count")
    return references_of(argument.expression) if argument else ()


def _references_in(body: Body, excluded: frozenset[str] = frozenset()) -> Iterator[tuple[str, References]]:
    """Yield attribute path and references; the blocks of one kind are taken together."""
    by_path: dict[str, list[str]] = {}
    for path, references in _walk(body, "", {}):
        if path not in excluded and path.partition(".")[0] not in META_BLOCKS:
            by_path.setdefault(path, []).extend(references)
    for path, collected in by_path.items():
        yield path, tuple(dict.fromkeys(collected))


def _walk(body: Body, prefix: str, iterators: Mapping[str, References]) -> Iterator[tuple[str, References]]:
    """Yield path and references of every argument; what a dynamic block iterates over stands for its iterator."""
    for name, argument in body.arguments.items():
        found = references_of(argument.expression)
        if references := tuple(part for one in found for part in iterators.get(one.partition(".")[0], (one,))):
            yield f"{prefix}{name}", references
    for block in body.blocks:
        if block.kind != "dynamic":
            yield from _walk(block.body, f"{prefix}{block.kind}.", iterators)
            continue
        for content in block.body.blocks_of("content"):
            inner = {**iterators, iterator_name(block): _repetition(block)}
            yield from _walk(content.body, f"{prefix}{block.labels[0]}.", inner)


def iterator_name(dynamic: Block) -> str:
    """Return the name by which the content of a dynamic block means the present element."""
    named = dynamic.body.arguments.get("iterator")
    return provider_key(named.expression) if named else dynamic.labels[0]


def _references(expression: Expression, bound: frozenset[str]) -> Iterator[str]:
    if isinstance(expression, Traversal):
        if expression.root not in bound:
            yield _written(expression)
        yield from _references_in_steps(expression.steps, bound)
    elif isinstance(expression, Relative):
        yield from _references(expression.source, bound)
        yield from _references_in_steps(expression.steps, bound)
    elif isinstance(expression, For | TemplateLoop):
        yield from _references(expression.collection, bound)
        inner = bound | {expression.value_name, expression.key_name or expression.value_name}
        for part in _parts_of_loop(expression):
            yield from _references(part, inner)
    else:
        for part in _parts(expression):
            yield from _references(part, bound)


def _parts_of_loop(loop: For | TemplateLoop) -> tuple[Expression, ...]:
    if isinstance(loop, TemplateLoop):
        return (loop.body,)
    return tuple(part for part in (loop.key, loop.value, loop.condition) if part is not None)


def _parts(expression: Expression) -> tuple[Expression, ...]:
    match expression:
        case Template(parts=parts) | Tuple(items=parts) | Call(arguments=parts):
            return parts
        case Object(items=items):
            return tuple(part for item in items for part in item)
        case Unary(operand=operand):
            return (operand,)
        case Binary(left=left, right=right):
            return (left, right)
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case _:
            return ()


def _references_in_steps(steps: tuple[Step, ...], bound: frozenset[str]) -> Iterator[str]:
    for step in steps:
        if isinstance(step, Index):
            yield from _references(step.key, bound)
        elif isinstance(step, Splat):
            yield from _references_in_steps(step.steps, bound)


def _written(traversal: Traversal) -> str:
    """Return a traversal as text, up to the first step that is not written out.

    The output of a module is kept even behind such a step: ``module.app[each.key].id`` is ``module.app.id``.
    """
    text = traversal.root
    for step in _flat(traversal.steps):
        if isinstance(step, Attribute):
            text += f".{step.name}"
        elif isinstance(step, Index) and isinstance(step.key, Literal):
            key = step.key.value
            text += f"[{json.dumps(key, ensure_ascii=False) if isinstance(key, str) else key}]"
        elif traversal.root != "module":
            return text
    return text


def _flat(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        yield step
        if isinstance(step, Splat):
            yield from _flat(step.steps)
