"""How the figure of one resource came about: each line's quantity and price with their origins, and what was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tollbar.adjust.alternatives import Alternatives
from tollbar.priced_resource import PricedResource, estimated_resource, price_resource, usage_of
from tollbar.resource import Attributes, Unknown

if TYPE_CHECKING:
    from tollbar.catalog.layers import LayeredCatalog
    from tollbar.catalog.pricing import PricedComponent
    from tollbar.component import Quantity
    from tollbar.estimate import BreakdownLine, EstimatedResource
    from tollbar.price import Price
    from tollbar.resource import Inventory, Resource
    from tollbar.settings import Settings


@dataclass(frozen=True, slots=True)
class UsedKey:
    """A usage key that a quantity depends on: what it counts, its monthly value if any, and who says so."""

    name: str
    description: str
    value: Quantity
    origin: str


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """One line of the bill, with its quantity and price before rounding, and the full name of the price's source.

    ``at_high`` is the price of the high end where that is another one.
    """

    line: BreakdownLine
    quantity: Quantity
    unit: str
    price: Price
    source: str
    keys: tuple[UsedKey, ...]
    at_high: Price | None = None


@dataclass(frozen=True, slots=True)
class ReadAttribute:
    """An attribute that was asked for; ``value`` is None where it is not set, and the default held."""

    path: str
    value: object
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Explanation:
    """One resource as it stands in the estimate, and how that came about.

    ``nothing_because`` says why it costs nothing or has no price, None where it has a cost.
    """

    resource: EstimatedResource
    lines: tuple[ExplainedLine, ...]
    attributes: tuple[ReadAttribute, ...]
    nothing_because: str | None


def explain(
    resource: Resource, inventory: Inventory, project: str, settings: Settings, catalog: LayeredCatalog
) -> Explanation:
    """Return how the figure of a resource came about; ``project`` stands before its address.

    Raises:
        InputError: A usage file gives text where a number is counted.
        CatalogError: The catalogue contradicts an estimator.
    """
    reads: dict[str, object] = {}
    recorded = replace(resource, attributes=Attributes(_Recorded(resource.attributes.values, reads)))
    entry = price_resource(recorded, inventory, project, settings, catalog)
    entry.alternatives = Alternatives(catalog).of(entry.lines, resource.type)
    estimated = estimated_resource(entry, settings)
    lines = tuple(
        _explained(line, shown, entry, settings, catalog)
        for line, shown in zip(entry.lines, estimated.breakdown, strict=True)
    )
    attributes = tuple(_read(path, value) for path, value in sorted(reads.items()))
    return Explanation(estimated, lines, attributes, _nothing_because(entry))


def _explained(
    line: PricedComponent, shown: BreakdownLine, entry: PricedResource, settings: Settings, catalog: LayeredCatalog
) -> ExplainedLine:
    component = line.component
    keys = tuple(_used_key(name, entry, settings) for name in component.quantity.keys)
    source = catalog.source_name(line.price.source)
    return ExplainedLine(shown, component.quantity, component.unit, line.price, source, keys, line.at_high)


def _used_key(name: str, entry: PricedResource, settings: Settings) -> UsedKey:
    resource = entry.resource
    usage = usage_of(resource, entry.estimator, settings)
    told = settings.usage.for_resource(resource.address, resource.type) if settings.usage else {}
    if settings.usage is not None and told.get(name) is not None:
        origin = str(settings.usage.location_of(resource.address, resource.type, name))
    elif usage.given.get(name) is not None:
        origin = str(resource.location or "as declared")
    elif name in usage.past and settings.history is not None:
        origin = f"{settings.history.path}:{settings.history.lines[resource.address, name]}, the months before"
    elif usage.quantity(name).is_known:
        origin = f"assumed for {settings.usage_size} use"
    else:
        origin = "nobody told"
    return UsedKey(name, usage.keys[name].description, usage.quantity(name), origin)


def _nothing_because(entry: PricedResource) -> str | None:
    resource = entry.resource
    if entry.bill.is_free:
        return f"{resource.type} costs nothing by itself."
    if entry.unpriced and not entry.lines:
        return "It has no price: " + "; ".join(line.detail for line in entry.unpriced) + "."
    if not entry.lines:
        return "Declared like this, nothing of it is billed."
    if entry.cost is None:
        keys = dict.fromkeys(key for line in entry.lines for key in line.component.quantity.keys)
        told = f" ({', '.join(keys)})" if keys else ""
        return f"All of it depends on use that nobody told{told}."
    if entry.cost.expected == 0:
        return _zero_because(entry.lines)
    return None


def _zero_because(lines: Sequence[PricedComponent]) -> str:
    known = [line for line in lines if line.cost is not None]
    if all(line.component.quantity.is_zero for line in known):
        return "What it is billed for is used 0 times."
    return "What it is billed for is sold at $0 up to here."


def _read(path: str, value: object) -> ReadAttribute:
    return ReadAttribute(path, None, is_known=False) if isinstance(value, Unknown) else ReadAttribute(path, value)


class _Recorded(Mapping[str, Any]):
    """A block of attributes that notes what is asked of it; what is asked of its blocks is noted under their path."""

    def __init__(self, values: Mapping[str, Any], reads: dict[str, object], path: str = "") -> None:
        self._values = values
        self._reads = reads
        self._path = path

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 -- attribute values are any JSON
        """Return the value of an attribute, noting that it was asked for."""
        value = self._values[name]
        path = f"{self._path}{name}"
        if isinstance(value, Mapping):
            return _Recorded(value, self._reads, f"{path}.")
        if isinstance(value, Sequence) and not isinstance(value, str) and any(isinstance(v, Mapping) for v in value):
            return [
                _Recorded(item, self._reads, f"{path}.{number}.") if isinstance(item, Mapping) else item
                for number, item in enumerate(value)
            ]
        self._reads[path] = value
        return value

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 -- as above
        """Return the value of an attribute, noting what is not set, too."""
        if name not in self._values:
            self._reads.setdefault(f"{self._path}{name}", None)
            return default
        return self[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return how many attributes are set."""
        return len(self._values)
