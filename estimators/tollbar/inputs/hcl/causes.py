"""Why a value cannot be told: what an expression depends on in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.errors import InputError
from tollbar.inputs.hcl.dependencies import references_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.inputs.hcl.instance import ModuleInstance
    from tollbar.inputs.hcl.syntax import Expression

_ALWAYS_KNOWN = frozenset({"each", "count", "path", "terraform"})


def causes(module: ModuleInstance, expression: Expression) -> Iterator[str]:
    """Yield the data sources and resources that an expression in a module depends on.

    Raises:
        InputError: It depends on a variable that has no value.
    """
    return _causes(module, expression, set())


def how_to_give(variable: str) -> str:
    """Return how a user gives a variable its value."""
    return f"Give it one with --var {variable}=VALUE or in a file with --var-file FILE."


def _causes(module: ModuleInstance, expression: Expression, seen: set[tuple[str, str]]) -> Iterator[str]:
    for reference in references_of(expression):
        if (module.path, reference) in seen:
            continue
        seen.add((module.path, reference))
        root, _, rest = reference.partition(".")
        name = rest.partition(".")[0].partition("[")[0]
        if root == "var":
            yield from _of_variable(module, name, seen)
        elif root == "local" and name in module.module.locals:
            yield from _causes(module, module.module.locals[name].expression, seen)
        elif root == "module" and name in module.module.calls:
            yield from _of_output(module, name, reference, seen)
        elif root not in _ALWAYS_KNOWN:
            yield ".".join(reference.split(".")[: 3 if root == "data" else 2])


def _of_variable(module: ModuleInstance, name: str, seen: set[tuple[str, str]]) -> Iterator[str]:
    block = module.module.variables.get(name)
    if module.caller is not None:
        argument = module.caller.block.body.arguments.get(name)
        if argument is not None:
            yield from _causes(module.caller.instance, argument.expression, seen)
    elif block is not None and "default" not in block.body.arguments and name not in module.project.values:
        message = f"the variable {name!r} has no value, and how many resources there are depends on it"
        raise InputError(message, location=block.location, hint=how_to_give(name))


def _of_output(module: ModuleInstance, name: str, reference: str, seen: set[tuple[str, str]]) -> Iterator[str]:
    children = [child for _, child in module.children(name)[:1]]
    block = children[0].module.outputs.get(reference.rpartition(".")[2]) if children else None
    if block is not None and "value" in block.body.arguments:
        yield from _causes(children[0], block.body.arguments["value"].expression, seen)
    else:
        yield reference
