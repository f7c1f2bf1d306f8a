"""The resource types that have an estimator, and those that are known to be free.

Nothing registers itself: every module of ``resources/<cloud>/`` exports ``TYPES``, and the registry
collects them when a cloud is first asked for. Adding a type is adding it to a family's file, or
adding a file.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from tollbar.component import Component, Production, Unpriced, only_after_apply
from tollbar.resource import UnknownUntilApplyError
from tollbar.traits import UTILIZATION_KEYS, Readers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tollbar.estimate import MachineLearning
    from tollbar.resource import Cloud, Inventory, Resource
    from tollbar.resources.llm.calls import Calls
    from tollbar.usage import Usage, UsageKey

Category = Literal[
    "compute",
    "storage",
    "database",
    "network",
    "container",
    "serverless",
    "messaging",
    "security",
    "observability",
    "llm",
    "other",
]


_RUN_MACHINES: frozenset[Category] = frozenset({"compute", "container", "database"})


class ComponentsOf(Protocol):
    """What an estimator is: a pure function from a declared resource to the lines of its bill."""

    def __call__(self, resource: Resource, usage: Usage, inventory: Inventory, /) -> Iterable[Component | Unpriced]:
        """Yield the components; the inventory is for following references to other resources."""


@dataclass(frozen=True, slots=True)
class ResourceType:
    """A resource type that can be estimated.

    ``size_attribute`` names the attribute that holds the machine type or size, which policies read
    as ``instance_type``. ``production`` tells what it produces, where a unit of that has a price elsewhere.
    ``traits`` read what rules ask of it besides its cost.
    ``llm_calls`` and ``machine_learning`` tell what rules ask of the calls of a language model, and of a model of
    one's own.
    """

    name: str
    category: Category
    components: ComponentsOf
    usage_keys: tuple[UsageKey, ...] = ()
    size_attribute: str | None = None
    production: Callable[[Resource, Usage], Production] | None = None
    traits: Readers = field(default_factory=Readers, compare=False, hash=False)
    llm_calls: Callable[[Resource, Usage], Calls] | None = None
    machine_learning: Callable[[Resource, Usage], MachineLearning | None] | None = None
    usage_key_by_name: Mapping[str, UsageKey] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the usage keys by name, with those that whatever runs machines has."""
        keys = (*self.usage_keys, *UTILIZATION_KEYS) if self.category in _RUN_MACHINES else self.usage_keys
        object.__setattr__(self, "usage_key_by_name", {key.name: key for key in keys})


@dataclass(frozen=True, slots=True)
class Bill:
    """The unpriced lines of one resource: what it is billed for and what could not be told."""

    components: tuple[Component, ...] = ()
    unpriced: tuple[Unpriced, ...] = ()
    is_free: bool = False


@cache
def resource_types(cloud: Cloud) -> Mapping[str, ResourceType]:
    """Return the types of one cloud that have an estimator, by name.

    Raises:
        ValueError: Two families claim the same type.
    """
    types: dict[str, ResourceType] = {}
    for module_name in module_names(cloud):
        for resource_type in getattr(importlib.import_module(module_name), "TYPES", ()):
            if resource_type.name in types:
                raise ValueError(f"{resource_type.name} is defined twice, the second time in {module_name}")
            types[resource_type.name] = resource_type
    return types


@cache
def free_types(cloud: Cloud) -> frozenset[str]:
    """Return the types of one cloud that cost nothing by themselves."""
    listing = Path(__file__).parent / cloud / "free_types.txt"
    if not listing.is_file():
        return frozenset()
    lines = listing.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def resource_type(resource: Resource) -> ResourceType | None:
    """Return the estimator of a resource's type, None where there is none."""
    return _resource_type(resource.cloud, resource.type)


@cache
def _resource_type(cloud: Cloud, name: str) -> ResourceType | None:
    """Return a type by its name, importing the module that the index names, and no other where it can be helped."""
    module_name = _index(cloud).get(name)
    if module_name is not None:
        types: Iterable[ResourceType] = importlib.import_module(f"tollbar.resources.{cloud}.{module_name}").TYPES
        found = next((known for known in types if known.name == name), None)
        if found is not None:
            return found
    return None if name in free_types(cloud) else resource_types(cloud).get(name)


@cache
def _index(cloud: Cloud) -> Mapping[str, str]:
    """Return the module of each type, as ``make reference`` wrote it down; one that is missing is found, too."""
    listing = index_file(cloud)
    if not listing.is_file():
        return {}
    lines = listing.read_text(encoding="utf-8").splitlines()
    return {name: module_name for name, _, module_name in (line.partition(" ") for line in lines)}


def index_file(cloud: Cloud) -> Path:
    """Return the file that names the module of each type of a cloud."""
    return Path(__file__).parent / cloud / "types.txt"


def index_text(cloud: Cloud) -> str:
    """Return what stands in that file: a type and its module on each line."""
    lines = [
        f"{known.name} {module_name.rpartition('.')[2]}"
        for module_name in module_names(cloud)
        for known in getattr(importlib.import_module(module_name), "TYPES", ())
    ]
    return "".join(f"{line}\n" for line in sorted(lines))


def bill(resource: Resource, usage: Usage, inventory: Inventory) -> Bill:
    """Return what one resource is billed for, with a reason for whatever cannot be told."""
    if resource.missing is not None:
        return Bill(unpriced=(Unpriced("price_not_found", resource.missing),))
    estimator = resource_type(resource)
    if estimator is None:
        if resource.type in free_types(resource.cloud):
            return Bill(is_free=True)
        return Bill(unpriced=(Unpriced("unsupported_type", f"{resource.type} is not a type Tollbar can price"),))
    if resource.undecided_count is not None:
        return Bill(unpriced=(Unpriced("unknown_until_apply", f"how many there are: {resource.undecided_count}"),))
    components: list[Component] = []
    unpriced: list[Unpriced] = []
    for line in as_far_as_known(lambda: estimator.components(resource, usage, inventory)):
        if isinstance(line, Component):
            components.append(line)
        else:
            unpriced.append(line)
    return Bill(tuple(components), tuple(dict.fromkeys(unpriced)))


def as_far_as_known(
    lines: Callable[[], Iterable[Component | Unpriced]], part: str | None = None
) -> Iterator[Component | Unpriced]:
    """Yield the lines of one part of a bill; what only apply tells ends the part, not the bill, with an unpriced line.

    ``part`` names the part where the attribute's name alone would not tell it.
    """
    try:
        yield from lines()
    except UnknownUntilApplyError as unknown:
        yield only_after_apply(f"{part}.{unknown.attribute}" if part else unknown.attribute)


def module_names(cloud: Cloud) -> list[str]:
    """Return the names of the modules with a cloud's estimators."""
    package = Path(__file__).parent / cloud
    return [f"tollbar.resources.{cloud}.{module.name}" for module in pkgutil.iter_modules([str(package)])]
