"""What an expression of a template may come to.

A value is a string, a boolean, None, a list, a dict, :data:`NO_VALUE` (``AWS::NoValue``: as if it were not written),
or :class:`NotKnown`: what only the deployment tells, with the resources that it refers to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from tollbar.resource import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Value: TypeAlias = Any
"""Any value of a template."""


class NotKnown(Unknown):
    """Stands for what only the deployment tells; ``targets`` are the addresses of what will tell it."""

    def __init__(self, targets: Iterable[str] = ()) -> None:
        super().__init__()
        self.targets = tuple(dict.fromkeys(targets))


class PartlyKnown(dict[str, Value]):
    """Attributes of which more may be set than is known: what is not among them is not known."""

    __slots__ = ()

    def get(self, name: str, default: Value = None) -> Value:  # noqa: ARG002 -- a mapping's
        """Return the attribute, NotKnown where it is not among the known ones."""
        return self[name] if name in self else NotKnown()


class _NoValue:
    """The type of :data:`NO_VALUE`."""

    def __repr__(self) -> str:
        """Return the name of the pseudo parameter."""
        return "AWS::NoValue"


NO_VALUE: Final = _NoValue()


def targets_in(*values: Value) -> tuple[str, ...]:
    """Return the addresses that values refer to, at any depth."""
    return tuple(dict.fromkeys(target for value in values for target in _targets(value)))


def is_known(value: Value) -> bool:
    """Whether all of a value is known."""
    if isinstance(value, Unknown):
        return False
    if isinstance(value, Mapping):
        return all(is_known(part) for part in value.values())
    return all(is_known(part) for part in value) if isinstance(value, list) else True


def as_text(value: Value) -> str:
    """Return a value as the text that CloudFormation makes of it: true, not True."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def references_in(values: Mapping[str, Value]) -> dict[str, tuple[str, ...]]:
    """Return the addresses that each attribute path refers to; items of a list share the path of the list."""
    found: dict[str, tuple[str, ...]] = {}
    for path, value in _leaves(values, ""):
        if isinstance(value, NotKnown) and value.targets:
            found[path] = tuple(dict.fromkeys((*found.get(path, ()), *value.targets)))
    return found


def _targets(value: Value) -> Iterator[str]:
    if isinstance(value, NotKnown):
        yield from value.targets
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _targets(part)
    elif isinstance(value, list):
        for part in value:
            yield from _targets(part)


def _leaves(value: Value, path: str) -> Iterator[tuple[str, Value]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(part, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part, path)
    else:
        yield path, value
