"""The nested blocks of a resource: from the blocks that are written to the blocks that there will be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tollbar.inputs.hcl.dependencies import iterator_name
from tollbar.inputs.hcl.values import Blocks, BlockValue, EvaluationError, entries, is_unknown
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tollbar.inputs.hcl.evaluation import Scope
    from tollbar.inputs.hcl.syntax import Argument, Block, Body
    from tollbar.inputs.hcl.values import Value


class EvaluateArgument(Protocol):
    """Evaluate an argument; one that cannot be evaluated is unknown, and the user is told."""

    def __call__(self, argument: Argument, scope: Scope, /) -> Value:
        """Return the value."""


def block_kind(block: Block) -> str:
    """Return the kind of a block, of a dynamic one the kind that it makes."""
    return block.labels[0] if block.kind == "dynamic" and block.labels else block.kind


def evaluated_blocks(blocks: Sequence[Block], scope: Scope, evaluate: EvaluateArgument) -> Value:
    """Return the blocks of one kind, dynamic ones expanded; UNKNOWN where it cannot be told which there are.

    Where other blocks are certain, an unknown number of dynamic ones is one UNKNOWN among them.
    """
    values = Blocks()
    for block in blocks:
        if block.kind != "dynamic":
            values.append(_body_value(block.body, scope, evaluate))
            continue
        for inner, content in _rounds(block, scope, evaluate):
            is_undecided = is_unknown(inner.names[iterator_name(block)]["key"])
            values.append(UNKNOWN if is_undecided else _body_value(content, inner, evaluate))
    return values if any(not is_unknown(value) for value in values) or not values else UNKNOWN


def _body_value(body: Body, scope: Scope, evaluate: EvaluateArgument) -> BlockValue:
    value = BlockValue({name: evaluate(argument, scope) for name, argument in body.arguments.items()})
    for kind in dict.fromkeys(map(block_kind, body.blocks)):
        blocks = [block for block in body.blocks if block_kind(block) == kind]
        value[kind] = evaluated_blocks(blocks, scope, evaluate)
    return value


def _rounds(dynamic: Block, scope: Scope, evaluate: EvaluateArgument) -> Iterator[tuple[Scope, Body]]:
    """Yield the scope and content of every block that a dynamic block makes."""
    argument = dynamic.body.arguments.get("for_each")
    collection = evaluate(argument, scope) if argument else UNKNOWN
    try:
        pairs = [(UNKNOWN, UNKNOWN)] if is_unknown(collection) else entries(collection)
    except EvaluationError:
        pairs = [(UNKNOWN, UNKNOWN)]
    for content in dynamic.body.blocks_of("content"):
        for key, value in pairs:
            yield scope.with_names({iterator_name(dynamic): {"key": key, "value": value}}), content.body
