"""The nodes of HCL's syntax, as a parser finds them and evaluation walks them.

Spec: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.location import Location


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that is written out."""

    value: Any


@dataclass(frozen=True, slots=True)
class Template:
    """A string with interpolations and directives."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class TemplateLoop:
    """``%{ for … }`` in a template."""

    key_name: str | None
    value_name: str
    collection: Expression
    body: Expression


@dataclass(frozen=True, slots=True)
class Tuple:
    """``[a, b]``."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Object:
    """``{a = b}``."""

    items: tuple[tuple[Expression, Expression], ...]


@dataclass(frozen=True, slots=True)
class For:
    """``[for k, v in c : value if condition]``, with ``key`` the object form, with ``grouped`` its ``...``."""

    key_name: str | None
    value_name: str
    collection: Expression
    key: Expression | None
    value: Expression
    condition: Expression | None
    grouped: bool


@dataclass(frozen=True, slots=True)
class Call:
    """``name(arguments)``; with ``expanded`` the last argument is followed by ``...``."""

    name: str
    arguments: tuple[Expression, ...]
    expanded: bool


@dataclass(frozen=True, slots=True)
class Attribute:
    """The step ``.name``."""

    name: str


@dataclass(frozen=True, slots=True)
class Index:
    """The step ``[key]``."""

    key: Expression


@dataclass(frozen=True, slots=True)
class Splat:
    """The step ``[*]`` or ``.*`` with the steps that are taken in every element."""

    steps: tuple[Step, ...]


Step = Attribute | Index | Splat


@dataclass(frozen=True, slots=True)
class Traversal:
    """Steps from a name: ``aws_vpc.main[0].id``."""

    root: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Relative:
    """Steps from any other expression: ``values(x)[0].id``."""

    source: Expression
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Unary:
    """``-a`` or ``!a``."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """``a + b`` and the like."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Conditional:
    """``condition ? then : otherwise``."""

    condition: Expression
    then: Expression
    otherwise: Expression


Expression = (
    Literal
    | Template
    | TemplateLoop
    | Tuple
    | Object
    | For
    | Call
    | Traversal
    | Relative
    | Unary
    | Binary
    | Conditional
)


@dataclass(frozen=True, slots=True)
class Argument:
    """``name = expression`` in a block."""

    name: str
    expression: Expression
    location: Location


@dataclass(frozen=True, slots=True)
class Body:
    """What stands between the braces of a block, or in a file."""

    arguments: Mapping[str, Argument] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()

    def blocks_of(self, kind: str) -> Iterator[Block]:
        """Yield the blocks of one kind."""
        return (block for block in self.blocks if block.kind == kind)


@dataclass(frozen=True, slots=True)
class Block:
    """``kind "label" { … }``."""

    kind: str
    labels: tuple[str, ...]
    body: Body
    location: Location
