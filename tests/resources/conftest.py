"""Price one declared resource against the embedded snapshot, line by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tollbar.catalog.layers import LayeredCatalog, NamedLayer, NamedSnapshot
from tollbar.catalog.llm import LlmCatalog
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.pricing import PricedComponent, price_component
from tollbar.catalog.table import SNAPSHOT
from tollbar.component import Unpriced
from tollbar.resource import Attributes, Inventory, Resource
from tollbar.resource_traits import resource_traits
from tollbar.resources.registry import bill, resource_type
from tollbar.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

REGIONS = {
    "aws": "us-east-1",
    "google": "us-central1",
    "azurerm": "eastus",
    "llm": "us-east-1",
    "ml": "us-east-1",
    "kubernetes": "us-east-1",
}
CLOUDS = {"aws": "aws", "google": "gcp", "azurerm": "azure", "llm": "llm", "ml": "llm", "kubernetes": "kubernetes"}


class CostLines(Protocol):
    """Price a resource and return its lines: name -> USD per month, or why there is none."""

    def __call__(
        self,
        type_name: str,
        attributes: Mapping[str, Any],
        usage: Mapping[str, Any] | None = None,
        *,
        region: str | None = ...,
        others: Sequence[Resource] = ...,
        references: Mapping[str, tuple[str, ...]] | None = ...,
        assumptions: bool = ...,
    ) -> dict[str, Decimal | str]:
        """Return each line's cost to the cent; "usage" where it depends on use that is not told."""


class TraitsOf(Protocol):
    """Declare a resource and return its traits."""

    def __call__(
        self,
        type_name: str,
        attributes: Mapping[str, Any],
        usage: Mapping[str, Any] | None = None,
        *,
        others: Sequence[Resource] = ...,
        references: Mapping[str, tuple[str, ...]] | None = ...,
        tags: Mapping[str, str] | None = ...,
    ) -> dict[str, Any]:
        """Return the traits that are known, by name."""


@pytest.fixture
def traits_of() -> TraitsOf:
    """The traits of a resource called ``<type>.this`` in the cloud's usual region."""

    def read(
        type_name: str,
        attributes: Mapping[str, Any],
        usage: Mapping[str, Any] | None = None,
        *,
        others: Sequence[Resource] = (),
        references: Mapping[str, tuple[str, ...]] | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        resource = replace(declared(type_name, attributes, references=references), tags=tags or {})
        estimator = resource_type(resource)
        assert estimator is not None
        use, inventory = Usage(usage or {}, estimator.usage_key_by_name), Inventory((resource, *others))
        found = resource_traits(resource, estimator, bill(resource, use, inventory), use, inventory)
        return {} if found is None else found.model_dump(exclude_none=True)

    return read


@pytest.fixture(scope="session")
def catalog() -> Iterator[LayeredCatalog]:
    """The embedded snapshot, and the installed library's prices of tokens."""
    models = NamedLayer("LLM prices", LlmCatalog(date(2026, 11, 21)))
    layered = LayeredCatalog([NamedSnapshot("embedded snapshot", SnapshotCatalog(SNAPSHOT))], [models])
    yield layered
    layered.close()


@pytest.fixture(scope="session")
def cost_lines(catalog: LayeredCatalog) -> CostLines:
    """Price one resource of a type; "part: name" is the key where a line belongs to a part."""

    def price(
        type_name: str,
        attributes: Mapping[str, Any],
        usage: Mapping[str, Any] | None = None,
        *,
        region: str | None = "",
        others: Sequence[Resource] = (),
        references: Mapping[str, tuple[str, ...]] | None = None,
        assumptions: bool = False,
    ) -> dict[str, Decimal | str]:
        resource = declared(type_name, attributes, region=region, references=references)
        estimator = resource_type(resource)
        assert estimator is not None, f"no estimator for {type_name}"
        use = Usage(usage or {}, estimator.usage_key_by_name, assumptions)
        billed = bill(resource, use, Inventory((resource, *others)))
        lines: dict[str, Decimal | str] = {line.reason: line.detail for line in billed.unpriced}
        for component in billed.components:
            name = f"{component.part}: {component.name}" if component.part else component.name
            assert name not in lines, f"two lines are called {name}"
            lines[name] = _cost(price_component(component, catalog))
        return lines

    return price


def declared(
    type_name: str,
    attributes: Mapping[str, Any],
    *,
    name: str = "this",
    region: str | None = "",
    references: Mapping[str, tuple[str, ...]] | None = None,
) -> Resource:
    """Return a resource as an input would read it, in the cloud's main region unless told."""
    provider = "kubernetes" if "/" in type_name else type_name.split("_", 1)[0]
    return Resource(
        address=f"{type_name}.{name}",
        type=type_name,
        name=name,
        cloud=CLOUDS[provider],  # type: ignore[arg-type]  # the mapping holds only clouds
        region=REGIONS[provider] if region == "" else region,
        attributes=Attributes(attributes),
        references=references or {},
    )


def _cost(line: PricedComponent | Unpriced) -> Decimal | str:
    if isinstance(line, Unpriced):
        return f"{line.reason}: {line.detail}"
    return "usage" if line.cost is None else line.cost.expected.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
