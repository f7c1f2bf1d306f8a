"""What was declared: resources with their attributes, whatever kind of file they came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from tollbar.location import Location

Cloud = Literal["aws", "gcp", "azure", "kubernetes", "llm", "other"]
Action = Literal["create", "update", "delete", "replace", "no-op"]


Result = TypeVar("Result")

_BEYOND_ANY_BILL = Decimal(10) ** 15


class UnknownUntilApplyError(Exception):
    """An attribute that a price depends on is known only after apply.

    An estimator lets it pass through; the resource then becomes unpriced with this reason.
    """

    def __init__(self, attribute: str) -> None:
        super().__init__(attribute)
        self.attribute = attribute


class Unknown:
    """Stands where a value will be known only after apply; ``is_set`` is False where it may be not set at all."""

    def __init__(self, *, is_set: bool = True) -> None:
        self.is_set = is_set

    def __repr__(self) -> str:
        """Return the name of the constant."""
        return "UNKNOWN" if self.is_set else "UNKNOWN_OR_UNSET"


UNKNOWN = Unknown()
UNKNOWN_OR_UNSET = Unknown(is_set=False)


@dataclass(frozen=True, slots=True)
class Attributes:
    """A block of attributes, read by name and type.

    ``values`` holds plain JSON values; nested blocks are lists of mappings (Terraform's plan form)
    or single mappings. Every reader takes a default, which stands for what the provider does where the
    value is absent; without one an absent value gives None. :data:`UNKNOWN`, a value that is set but known
    only after apply, raises :class:`UnknownUntilApplyError`, with a default too. Of :data:`UNKNOWN_OR_UNSET`
    it cannot be told whether it is set (a plan without a configuration): it gives the default if there is one,
    counts as no block, and raises otherwise.
    """

    values: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Any:  # noqa: ANN401 -- attribute values are any JSON
        """Return the raw value, None where it is absent, an Unknown where only apply will tell."""
        return self.values.get(name)

    def is_set(self, name: str) -> bool:
        """Whether the attribute is set, be it to something that is known only after apply."""
        value = self.values.get(name)
        return value.is_set if isinstance(value, Unknown) else value is not None

    def is_unknown(self, name: str) -> bool:
        """Whether the value will be known only after apply."""
        return isinstance(self.values.get(name), Unknown)

    def literal(self, name: str) -> str:
        """Return a string attribute as it is known now, "" where it is not: to find resources by their names."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def names_something(self, name: str) -> bool:
        """Whether an attribute that names another thing is set; which thing that is may be known only after apply."""
        return self.is_set(name) and self.values.get(name) != ""

    def text(self, name: str, default: str | None = None) -> str | None:
        """Return a string attribute; "" counts as absent."""
        value = self._known(name, default)
        return default if value is None or value == "" else str(value)

    def number(self, name: str, default: Decimal | int | None = None) -> Decimal | None:
        """Return a numeric attribute; numbers written as strings are read, what is no sensible number is absent."""
        value = self._known(name, default)
        if isinstance(value, bool) or value is None or value == "":
            return None if default is None else Decimal(default)
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite() and abs(number) < _BEYOND_ANY_BILL:
            return number
        return None if default is None else Decimal(default)

    def known_number(self, name: str) -> Decimal | None:
        """Return a number that the provider fills in where it is not set, None where it is not set."""
        return None if not self.is_set(name) else self.number(name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a boolean attribute; "true" and "1" are true."""
        value = self._known(name, default)
        if isinstance(value, str):
            return value.lower() in {"true", "1", "yes"}
        return default if value is None else bool(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of strings, empty where absent; a lone string counts as one."""
        value = self._known(name, ())
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, Sequence):
            return ()
        self._require_known(name, value)
        return tuple(str(item) for item in value if not isinstance(item, Unknown))

    def blocks(self, name: str) -> tuple[Attributes, ...]:
        """Return the nested blocks of one name, empty where there are none."""
        self._require_known(name, self._known(name, ()))
        return self.known_blocks(name)

    def known_blocks(self, name: str) -> tuple[Attributes, ...]:
        """Return the nested blocks of one name that are certain, where there may be more."""
        value = self.values.get(name)
        if isinstance(value, Mapping):
            return (Attributes(value),)
        if not isinstance(value, Sequence) or isinstance(value, str):
            return ()
        return tuple(Attributes(item) for item in value if isinstance(item, Mapping))

    def block(self, name: str) -> Attributes:
        """Return the first nested block of one name, an empty one where there is none."""
        blocks = self.blocks(name)
        return blocks[0] if blocks else Attributes()

    def _known(self, name: str, default: object) -> Any:  # noqa: ANN401 -- any JSON
        value = self.values.get(name)
        if isinstance(value, Unknown):
            if value.is_set or default is None:
                raise UnknownUntilApplyError(name)
            return default
        return value

    @staticmethod
    def _require_known(name: str, items: object) -> None:
        """Raise where one of the items is set, but unknown: then their number or order is, too."""
        if isinstance(items, Sequence) and any(isinstance(item, Unknown) and item.is_set for item in items):
            raise UnknownUntilApplyError(name)


@dataclass(frozen=True, slots=True)
class Resource:
    """One declared resource.

    ``references`` maps an attribute path (``launch_template.id``) to the addresses it refers to.
    ``region`` is the vendor's name for the region, None where nothing tells it.
    """

    address: str
    type: str
    name: str
    cloud: Cloud
    region: str | None
    attributes: Attributes
    tags: Mapping[str, str] = field(default_factory=dict)
    action: Action = "create"
    references: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    location: Location | None = None
    usage: Mapping[str, Any] = field(default_factory=dict)
    """What the declaration itself says of its use, by usage key; a usage file counts before it."""
    undecided_count: str | None = None
    """Why it cannot be told how many of it there will be; None where it can."""
    missing: str | None = None
    """Why nothing is known of what it consists of, as of a module that is not there; None where it is."""


@dataclass(frozen=True)
class Inventory:
    """All resources of one state of a project, found by address and followed along references.

    Every look-up is by an index that is made when it is first needed, so that a project's size does
    not count twice.
    """

    resources: tuple[Resource, ...] = ()
    _named: dict[tuple[str, str], dict[Any, Resource]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _worked_out: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __iter__(self) -> Iterator[Resource]:
        """Iterate over the resources in their declared order."""
        return iter(self.resources)

    def __len__(self) -> int:
        """Return how many resources there are."""
        return len(self.resources)

    @cached_property
    def by_address(self) -> Mapping[str, Resource]:
        """The resources by their address."""
        return {resource.address: resource for resource in self.resources}

    def of_type(self, *types: str) -> Iterator[Resource]:
        """Yield the resources of the given types."""
        return (resource for name in types for resource in self._by_type.get(name, ()))

    def named(self, type_name: str, attribute: str, value: str) -> Resource | None:
        """Return the first resource of a type that has a value in an attribute, None where none has."""
        index = self._named.get((type_name, attribute))
        if index is None:
            index = {}
            for resource in self.of_type(type_name):
                own = resource.attributes.get(attribute)
                if isinstance(own, str):
                    index.setdefault(own, resource)
            self._named[type_name, attribute] = index
        return index.get(value)

    def referenced(self, resource: Resource, attribute: str, *types: str) -> Resource | None:
        """Return the resource that an attribute path refers to, None where it is not in this project.

        ``attribute`` matches the path itself and everything below it: ``launch_template`` finds a
        reference in ``launch_template.id``. With ``types`` only resources of these types count.
        """
        for path, addresses in resource.references.items():
            if path != attribute and not path.startswith(f"{attribute}."):
                continue
            for address in addresses:
                found = self.by_address.get(address)
                if found is not None and (not types or found.type in types):
                    return found
        return None

    def once(self, key: Hashable, work_out: Callable[[], Result]) -> Result:
        """Return what is worked out of the resources as a whole, worked out once for each key.

        The key must name all that the result depends on besides the resources.
        """
        if key not in self._worked_out:
            self._worked_out[key] = work_out()
        found: Result = self._worked_out[key]
        return found

    def referring(self, target: Resource, *types: str) -> Iterator[Resource]:
        """Yield the resources of the given types that refer to ``target``, all that do where no types are given."""
        found = self._referrers.get(target.address, ())
        return (resource for resource in found if not types or resource.type in types)

    @cached_property
    def _by_type(self) -> Mapping[str, list[Resource]]:
        found: dict[str, list[Resource]] = defaultdict(list)
        for resource in self.resources:
            found[resource.type].append(resource)
        return found

    @cached_property
    def _referrers(self) -> Mapping[str, list[Resource]]:
        found: dict[str, list[Resource]] = defaultdict(list)
        for resource in self.resources:
            for address in {address for addresses in resource.references.values() for address in addresses}:
                found[address].append(resource)
        return found
