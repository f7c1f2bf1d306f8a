"""What an expression may stand for, followed within the project without running it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from tollbar.inputs.llm_code.call_site import ModelOrigin
    from tollbar.inputs.llm_code.javascript.module import Module

UNKNOWN = "\0"
"""Stands in a text for a part that is not known."""
_FURTHER: tuple[ModelOrigin, ...] = ("literal", "constant", "environment_default", "configuration")


class ParameterKey(NamedTuple):
    """A parameter of a function, by where the function begins."""

    file: str
    function: int
    position: int


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of source that stands for itself: an object, a string, a function. ``bound`` are arguments."""

    module: Module
    node: Node
    bound: Mapping[ParameterKey, Code] = field(default_factory=dict)

    def at(self, node: Node) -> Code:
        """Return another piece of the same module."""
        return Code(self.module, node, self.bound)


@dataclass(frozen=True, slots=True)
class Plain:
    """A value out of a file of settings; ``file`` is its path."""

    value: Any
    file: str = ""


@dataclass(frozen=True, slots=True)
class External:
    """What is reached in a package: ``OpenAI().chat.completions``; ``calls`` are those in the path, in order."""

    package: str
    path: str = ""
    calls: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a class of the project."""

    of: Code
    construction: Code | None = None


@dataclass(frozen=True, slots=True)
class Namespace:
    """A module of the project as an object."""

    module: Module


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a function is given, where it is not known by whom; ``path`` are the properties taken of it."""

    key: ParameterKey
    function: Code
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Environment:
    """An environment variable of which no value is known; ``name`` "" is the environment itself."""

    name: str = ""


Value = Code | Plain | External | Instance | Namespace | Parameter | Environment


class Option(NamedTuple):
    """One thing that an expression may stand for, and how far it was looked for."""

    value: Value
    origin: ModelOrigin = "literal"

    def further(self, origin: ModelOrigin) -> Option:
        """Return it with the more distant of two origins."""
        return self._replace(origin=max(self.origin, origin, key=_FURTHER.index))
