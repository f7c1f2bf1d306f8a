"""How a resource will be used: what the user said of it, and what is assumed where nothing was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal

from tollbar.component import Quantity
from tollbar.money import HOURS_PER_MONTH

if TYPE_CHECKING:
    from tollbar.resource import Resource


UsageSize = Literal["small", "medium", "large"]
"""How large the use is taken to be where nobody told it."""


class NotANumberError(Exception):
    """A usage key that counts something was given as text."""

    expected = "a number"

    def __init__(self, key: str, value: object) -> None:
        super().__init__(key)
        self.key = key
        self.value = value

    @property
    def shown(self) -> str:
        """What was given, as it was written."""
        return f"{self.value}" if isinstance(self.value, Decimal) else repr(self.value)


class NotAShareError(NotANumberError):
    """A usage key that is a share was given as more than all, or less than nothing."""

    expected = "a share between 0 and 1"


def _nothing_told(_address: str, _type: str) -> Mapping[str, Any]:
    return {}


def _nothing_past(_address: str) -> Mapping[str, Quantity]:
    return {}


@dataclass(frozen=True, slots=True)
class UsageKey:
    """A key that a usage file may set for a resource type.

    ``assumed`` is the default assumption (low, expected, high) a month, in ``unit``; None where
    nothing sensible can be assumed and the cost stays unknown until the user tells. A key inside a
    nested map is written with dots: ``standard.storage_gb``.
    """

    name: str
    description: str
    assumed: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """The use of one resource, read by key.

    ``given`` is what the usage file says (exact address over wildcard over type default, merged key
    by key), flattened to dotted names. ``keys`` are the type's declared keys. With
    ``assumptions`` off, default assumptions are left out and such quantities stay unknown. ``on`` is the
    day the estimate is made for: some prices begin on a day (extended support of old versions).
    ``given_elsewhere`` tells what is said of another resource by its address and type. ``past`` is what was used
    in the months before, as a range, and counts where nothing is given; ``past_elsewhere`` tells it of another
    resource by its address. ``size`` picks the default assumption:
    ``small`` expects its low end, ``large`` its high end.
    """

    given: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, UsageKey] = field(default_factory=dict)
    assumptions: bool = True
    hours_per_month: Decimal = HOURS_PER_MONTH
    on: date = date(2026, 11, 21)
    given_elsewhere: Callable[[str, str], Mapping[str, Any]] = _nothing_told
    size: UsageSize = "medium"
    past: Mapping[str, Quantity] = field(default_factory=dict)
    past_elsewhere: Callable[[str], Mapping[str, Quantity]] = _nothing_past

    def of(self, other: Resource, keys: Mapping[str, UsageKey]) -> Usage:
        """Return the use of another resource, whose type declares ``keys``."""
        given, past = self.given_elsewhere(other.address, other.type), self.past_elsewhere(other.address)
        return replace(self, given=given, past=past, keys=keys)

    @property
    def hours(self) -> Quantity:
        """The hours a month that a resource runs unless its own usage says otherwise."""
        return Quantity.fixed(self.hours_per_month)

    def quantity(self, name: str) -> Quantity:
        """Return a monthly amount: as given, else as it was, else as assumed, else unknown.

        A value may be a number or a range ``{low: …, expected: …, high: …}``.

        Raises:
            KeyError: The type does not declare this key (a mistake in the estimator).
            NotANumberError: It was given as text.
        """
        key = self.keys[name]
        value = self.given.get(name)
        if value is not None:
            return _given_quantity(name, value)
        if name in self.past:
            return replace(self.past[name], keys=(name,))
        if self.assumptions and key.assumed is not None:
            low, expected, high = (Decimal(str(end)) for end in assumed_range(key.assumed, self.size))
            return Quantity(low, expected, high, "assumed", (name,))
        return Quantity.unknown(name)

    def is_told(self, name: str) -> bool:
        """Whether something is given for a key, or known of the months before."""
        return self.given.get(name) is not None or name in self.past

    def told_of(self, other: Resource, name: str) -> Quantity | None:
        """Return a monthly amount as given for another resource, None where nothing is."""
        value = self.given_elsewhere(other.address, other.type).get(name)
        return None if value is None else _given_quantity(name, value)

    def number(self, name: str) -> Decimal | None:
        """Return a number as given, None where it is not; never an assumption."""
        if name not in self.keys:
            raise KeyError(name)
        value = self.given.get(name)
        return None if value is None else _decimal(name, value)

    def text(self, name: str) -> str | None:
        """Return a string as given, None where it is not."""
        if name not in self.keys:
            raise KeyError(name)
        value = self.given.get(name)
        return None if value is None else str(value)


def assumed_range(assumed: tuple[float, float, float], size: UsageSize) -> tuple[float, float, float]:
    """Return the low, expected and high end that a default assumption has for a size of use."""
    low, expected, high = assumed
    return {"small": (low, low, expected), "medium": (low, expected, high), "large": (expected, high, high)}[size]


def _given_quantity(name: str, value: Any) -> Quantity:  # noqa: ANN401 -- a number or a range from YAML
    if isinstance(value, Mapping):
        expected = _decimal(name, value["expected"])
        low, high = (_decimal(name, value.get(end, expected)) for end in ("low", "high"))
        return Quantity(low, expected, high, "usage", (name,))
    exact = _decimal(name, value)
    return Quantity(exact, exact, exact, "usage", (name,))


def _decimal(name: str, value: object) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise NotANumberError(name, value) from None
    if not number.is_finite() or isinstance(value, bool):
        raise NotANumberError(name, value)
    return number
