"""Whether a region that the user names is one: known by name, or sold in by any layer of the catalogue."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from tollbar.catalog.lookup import EVERYWHERE
from tollbar.catalog.region_names import region_names
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tollbar.catalog.price_book import Pattern


class _SoldIn(Protocol):
    """A layer, or the whole catalogue."""

    def regions(self) -> frozenset[str]:
        """Return every region that there is a price in."""


class KnownRegions:
    """The regions of the vendors' lists, and those that layers have a price in; these are read only if need be."""

    def __init__(self, layers: Iterable[_SoldIn]) -> None:
        """Take what has prices."""
        self._layers = tuple(layers)

    def covered_by(self, pattern: Pattern) -> bool:
        """Return whether a pattern covers any of them."""
        if any(pattern.matches(name) for name in region_names()):
            return True
        return any(pattern.matches(name) for name in self._sold_in)

    def __contains__(self, region: str) -> bool:
        """Return whether a region is one of them; wildcards are none."""
        return region in region_names() or region in self._sold_in

    def hint(self, region: str) -> str:
        """Return the nearest name, or how names are written where none is near."""
        name, known = region.lower(), sorted(region_names() | self._sold_in)
        swapped = [other for other in known if sorted(other) == sorted(name)]  # us-esat-1 looks more like us-west-1
        return (
            did_you_mean(name, swapped or known)
            or "Regions are called as their vendor calls them: us-east-1, europe-west1, westeurope."
        )

    @cached_property
    def _sold_in(self) -> frozenset[str]:
        return frozenset({EVERYWHERE}.union(*(layer.regions() for layer in self._layers)))
