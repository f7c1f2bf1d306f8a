"""Traits: what rules ask of a resource besides its cost, in the same words for every cloud.

A resource type declares a reader for each trait that its attributes tell, under the name that the trait has in the
estimate (``estimate.Traits`` says what each means). What cannot be told now is left out, trait by trait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal  # noqa: TC003 -- Readers is read at run time by the reference page
from typing import TYPE_CHECKING, Any, Literal, TypedDict, TypeVar

from tollbar.resource import UnknownUntilApplyError
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from tollbar.resource import Attributes, Inventory, Resource
    from tollbar.usage import Usage

Value = TypeVar("Value")
Redundancy = Literal["zone", "multi_zone", "multi_region"]
Reader = Callable[["Resource", "Usage", "Inventory"], Value | None]
"""Returns a trait of a resource, None where it is not known; UnknownUntilApplyError counts as not known."""

FOR_EVER = 0
"""Days of what is never deleted."""

UTILIZATION_KEYS = (
    UsageKey("cpu_utilization", "Average share of its CPU in use, 0 to 1"),
    UsageKey("memory_utilization", "Average share of its memory in use, 0 to 1"),
)
"""What a usage file or a history may tell of everything that runs machines; no cost depends on it."""


class Readers(TypedDict, total=False):
    """The readers of a type by trait. A type without an own ``attached`` or ``redundancy`` has none."""

    vcpus: Reader[Decimal]
    memory_gib: Reader[Decimal]
    gpu: Reader[str]
    gpus: Reader[Decimal]
    fault_tolerant: Reader[bool]
    redundancy: Reader[Redundancy]
    storage_class: Reader[str]
    storage_gib: Reader[Decimal]
    lifecycle_rules: Reader[bool]
    retention_days: Reader[int]
    attached: Reader[bool]
    replicas_min: Reader[Decimal]
    replicas_max: Reader[Decimal]
    autoscaling: Reader[bool]
    hours_per_month: Reader[Decimal]
    cpu_utilization: Reader[Decimal]
    memory_utilization: Reader[Decimal]


def declared_traits(
    readers: Readers, resource: Resource, usage: Usage, inventory: Inventory
) -> Iterator[tuple[str, Any]]:
    """Yield the traits that are known by their names."""
    for name, read in readers.items():
        try:
            value = read(resource, usage, inventory)  # type: ignore[operator]  # every value of Readers is a Reader
        except UnknownUntilApplyError:
            continue
        if value is not None:
            yield name, value


def text(attribute: str, default: str | None = None, block: str = "") -> Reader[str]:
    """Return a reader of a string attribute, which may stand in a block; ``default`` is what the provider sets."""
    return lambda resource, _usage, _inventory: _in(resource.attributes, block).text(attribute, default)


def number(attribute: str, default: int | None = None, block: str = "") -> Reader[Decimal]:
    """Return a reader of a numeric attribute. Without a default, one that only apply tells is left out."""
    return lambda resource, _usage, _inventory: _in(resource.attributes, block).number(attribute, default)


def days(attribute: str, default: int | None = None, block: str = "", *, zero: int | None = FOR_EVER) -> Reader[int]:
    """Return a reader of a number of days; ``zero`` is what 0 stands for, None where nothing is kept."""

    def read(resource: Resource, _usage: Usage, _inventory: Inventory) -> int | None:
        told = _in(resource.attributes, block).number(attribute, default)
        return None if told is None else int(told) or zero

    return read


def always(value: Value) -> Reader[Value]:
    """Return a reader of what holds for every resource of a type."""
    return lambda _resource, _usage, _inventory: value


def more_than(low: Reader[Decimal], high: Reader[Decimal]) -> Reader[bool]:
    """Return a reader of whether the number of machines may vary, by the readers of its bounds."""

    def read(resource: Resource, usage: Usage, inventory: Inventory) -> bool | None:
        least, most = low(resource, usage, inventory), high(resource, usage, inventory)
        return None if least is None or most is None else most > least

    return read


def multi_zone_if(attribute: str, block: str = "") -> Reader[Redundancy]:
    """Return a reader of a flag that says that a service runs in several zones, else in one."""
    return lambda resource, _usage, _inventory: (
        "multi_zone" if _in(resource.attributes, block).flag(attribute) else "zone"
    )


def _in(attributes: Attributes, block: str) -> Attributes:
    for name in block.split(".") if block else ():
        attributes = attributes.block(name)
    return attributes
