"""Price books against the catalogue: a price of nothing, or per another unit, would never be seen."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tollbar.catalog.known_regions import KnownRegions
from tollbar.catalog.price_book_file import ON_PREM_PATHS
from tollbar.catalog.search import Query
from tollbar.errors import ConfigError
from tollbar.resources.registry import free_types, resource_types
from tollbar.spelling import did_you_mean, nearest_names
from tollbar.units import unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.catalog.layers import Layer
    from tollbar.catalog.price_book import Discount, NegotiatedPrice, Pattern, PriceBook
    from tollbar.resource import Cloud

OWN_PATHS = "custom/"
"""What paths begin with that the user makes up."""

_NAMES_LISTED = 6
_ALWAYS_KNOWN = frozenset(path for path, _ in ON_PREM_PATHS.values())
_OWN_REGIONS = (OWN_PATHS, "kubernetes/onprem")
"""What paths begin with that are sold in regions the user makes up."""
_CLOUDS: dict[str, Cloud] = {"aws": "aws", "google": "gcp", "azurerm": "azure"}
"""The clouds by what their Terraform types begin with."""


def check_price_books(books: Sequence[PriceBook], layers: Sequence[Layer]) -> None:
    """Check that what books give prices and discounts for is known, there is its region, and it is sold by their unit.

    Raises:
        ConfigError: A path, a region, a type or a unit is not; the line and the nearest known name are given.
    """
    known = _Known(layers)
    for book in books:
        for price in book.prices:
            _check_price(price, known)
            _check_region(price, known)
        for discount in book.discounts:
            _check_discount(discount, known)
            _check_region(discount, known)


class _Known:
    """What the layers sell."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = layers
        self.regions = KnownRegions(layers)

    @cached_property
    def paths(self) -> list[str]:
        everything = Query(())
        return sorted({found.path for layer in self._layers for found in layer.searchable(everything, thorough=True)})

    def covered(self, pattern: Pattern) -> list[str]:
        """Return the paths that a pattern covers."""
        if pattern.is_exact:
            return [pattern.text] if self.unit_of(pattern.text) else []
        return [path for path in self.paths if pattern.matches(path)]

    def covers_any(self, pattern: Pattern) -> bool:
        """Return whether a pattern covers any path."""
        if pattern.is_exact:
            return self.unit_of(pattern.text) is not None
        return any(pattern.matches(path) for path in self.paths)

    def unit_of(self, path: str) -> str | None:
        return next((price.unit for layer in self._layers for price in layer.prices_of(path)), None)

    def nearest(self, path: str) -> str:
        """Return a hint that follows a path as far as it is known, each part by the nearest name there is."""
        known, found = self.paths, ""
        for part in path.removesuffix("/*").split("/"):
            names = {_next_part(known_path, found) for known_path in known} - {""}
            near = [part] if part in names else nearest_names(part, names, count=1)
            if not near:
                break
            found += f"{near[0]}/"
            known = [known_path for known_path in known if f"{known_path}/".startswith(found)]
        if found[:-1] in known:
            return f"Did you mean {found[:-1]!r}?"
        below = sorted({_next_part(known_path, found) for known_path in known})
        listed = ", ".join(below[:_NAMES_LISTED]) + (", …" if len(below) > _NAMES_LISTED else "")
        return f"Known below {found!r}: {listed}." if found else f"A path begins with {listed}."


def _check_region(entry: NegotiatedPrice | Discount, known: _Known) -> None:
    """Refuse a region that is none: what is said of it would never hold."""
    is_own = entry.path is not None and entry.path.text.startswith(_OWN_REGIONS)
    if entry.region is None or is_own or known.regions.covered_by(entry.region):
        return
    text = entry.region.text
    message = f"no region is called {text!r}" if entry.region.is_exact else f"no region matches {text!r}"
    raise ConfigError(message, location=entry.location, hint=known.regions.hint(text))


def _check_price(price: NegotiatedPrice, known: _Known) -> None:
    path = price.path.text
    paths = known.covered(price.path)
    if not paths and not path.startswith(OWN_PATHS) and path not in _ALWAYS_KNOWN:
        hint = f"{known.nearest(path)} A path of your own begins with {OWN_PATHS}"
        raise ConfigError(f"no price is called {path!r}", location=price.location, hint=hint)
    for sold in paths:
        sold_by = known.unit_of(sold)
        if sold_by is not None and sold_by != price.unit:
            raise ConfigError(
                f"{sold} is sold per {_shown(sold_by)}, not per {_shown(price.unit)}", location=price.location
            )


def _check_discount(discount: Discount, known: _Known) -> None:
    if discount.path is None:
        _check_type(discount)
    elif not known.covers_any(discount.path):
        text = discount.path.text.removesuffix("/*")
        raise ConfigError(f"no price is called {text!r}", location=discount.location, hint=known.nearest(text))


def _check_type(discount: Discount) -> None:
    name = discount.resource_type or ""
    cloud = _CLOUDS.get(name.partition("_")[0])
    known = {*resource_types(cloud), *free_types(cloud)} if cloud else set()
    if name not in known:
        every = known or {name for cloud in _CLOUDS.values() for name in resource_types(cloud)}
        hint = did_you_mean(name, every)
        raise ConfigError(f"{name!r} is no Terraform type Tollbar can price", location=discount.location, hint=hint)


def _next_part(path: str, prefix: str) -> str:
    return path.removeprefix(prefix).split("/")[0]


def _shown(name: str) -> str:
    return unit(name).singular
