"""What an expression may stand for, as far as the source tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Mapping

    from tollbar.inputs.llm_code.call_site import ModelOrigin
    from tollbar.inputs.llm_code.python.syntax import Class, Function, Module


@dataclass(frozen=True, eq=False)
class Frame:
    """Where an expression is evaluated: a function of a module, with what its parameters stand for as far as known.

    ``this`` is what a class body's names are looked up in.
    """

    module: Module
    function: Function | None = None
    bindings: Mapping[str, Value] = field(default_factory=dict)
    cls: Class | None = None
    is_called: bool = False
    """Whether the parameters are those of one call: then one without a binding has its default."""


@dataclass(frozen=True, eq=False, slots=True)
class Invocation:
    """One call and where it stands; without a call where only its result is known, from an annotation."""

    call: ast.Call | None
    frame: Frame | None
    bound: tuple[Invocation, ...] = ()
    """Calls of functools.partial whose arguments come before its own."""


class Value:
    """Base of all values."""

    __slots__ = ()

    def parts(self) -> Iterator[Value]:
        """Yield the values that it is made of."""
        yield from ()


@dataclass(frozen=True, eq=False, slots=True)
class Literal(Value):
    """A text, number, truth value or None."""

    value: object
    origin: ModelOrigin = "literal"


@dataclass(frozen=True, eq=False, slots=True)
class Listed(Value):
    """A list, tuple or set; open where there may be more in it."""

    items: tuple[Value, ...]
    is_open: bool = False

    def parts(self) -> Iterator[Value]:
        """Yield its items."""
        yield from self.items


@dataclass(frozen=True, eq=False, slots=True)
class Mapped(Value):
    """A mapping by text keys; ``rest`` is what else is in it that is not known by key."""

    items: Mapping[str, Value]
    rest: tuple[Value, ...] = ()

    def parts(self) -> Iterator[Value]:
        """Yield its values."""
        yield from self.items.values()
        yield from self.rest


@dataclass(frozen=True, eq=False, slots=True)
class Text(Value):
    """A text put together of parts, some of which are not known."""

    pieces: tuple[Value, ...]

    def parts(self) -> Iterator[Value]:
        """Yield its pieces."""
        yield from self.pieces


@dataclass(frozen=True, eq=False, slots=True)
class AnyOf(Value):
    """One of several: the arms of a condition, the branches in which a name is written."""

    options: tuple[Value, ...]

    def parts(self) -> Iterator[Value]:
        """Yield its options."""
        yield from self.options


@dataclass(frozen=True, eq=False, slots=True)
class Outside(Value):
    """What another package gives: ``path`` is how it is come by, ``openai.OpenAI().chat.completions.create``.

    ``calls`` are those of the path, in their order.
    """

    path: str
    calls: tuple[Invocation, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Piped(Value):
    """Steps of a chain: ``prompt | model | parser``."""

    steps: tuple[Value, ...]

    def parts(self) -> Iterator[Value]:
        """Yield its steps."""
        yield from self.steps


@dataclass(frozen=True, eq=False, slots=True)
class ModuleValue(Value):
    """A module of the project."""

    module: Module


@dataclass(frozen=True, eq=False, slots=True)
class FunctionValue(Value):
    """A function of the project, with the object it is called on."""

    function: Function
    bound: Value | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Given(Value):
    """What can be called and has some of its arguments already, as functools.partial gives it."""

    target: Value
    made: Invocation


@dataclass(frozen=True, eq=False, slots=True)
class ClassValue(Value):
    """A class of the project."""

    cls: Class


@dataclass(frozen=True, eq=False, slots=True)
class ObjectValue(Value):
    """An object of a class of the project; ``made`` is the call that made it, None where that is not known."""

    cls: Class
    made: Invocation | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Parameter(Value):
    """What a function is called with; ``default`` is what it has where it is not told."""

    function: Function
    name: str
    default: Value | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Unknown(Value):
    """What the source does not tell, why, what it is made of, and by which attributes it was come by."""

    reason: str
    made_of: tuple[Value, ...] = ()
    path: str = ""

    def parts(self) -> Iterator[Value]:
        """Yield what it is made of."""
        yield from self.made_of


def any_of(options: Iterator[Value] | list[Value] | tuple[Value, ...]) -> Value:
    """Return the one value of several, without None where there is another."""
    flat: list[Value] = []
    for option in options:
        flat.extend(option.options if isinstance(option, AnyOf) else (option,))
    told = [option for option in flat if not (isinstance(option, Literal) and option.value is None)] or flat
    distinct: list[Value] = []
    seen: set[object] = set()
    for option in told:
        key = (type(option.value), option.value) if isinstance(option, Literal) else id(option)
        if key not in seen:
            seen.add(key)
            distinct.append(option)
    if not distinct:
        return Unknown("nothing is written there")
    return distinct[0] if len(distinct) == 1 else AnyOf(tuple(distinct))


def options_of(value: Value) -> tuple[Value, ...]:
    """Return the values of which it is one."""
    return value.options if isinstance(value, AnyOf) else (value,)
