"""The services that can be read: what the API calls them, and what reads their items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tollbar.catalog.refresh.azure import virtual_machines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tollbar.catalog.refresh.azure.item import Item
    from tollbar.catalog.refresh.azure.offer import Offer


@dataclass(frozen=True, slots=True)
class Service:
    """A service of ours: the OData condition that keeps its items, and what each item says."""

    condition: str
    offers: Callable[[Item], Iterable[Offer]]
    is_global: bool = False
    """Whether everything of it is sold at one price everywhere."""


SERVICES: dict[str, Service] = {
    "virtual_machines": Service("serviceName eq 'Virtual Machines'", virtual_machines.offers),
}
