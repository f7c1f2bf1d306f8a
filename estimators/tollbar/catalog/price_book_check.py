"""Price books against the catalogue: a price of nothing, or per another unit, would never be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.price_book_file import ON_PREM_PATHS
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
_CLOUDS: dict[str, Cloud] = {"aws": "aws", "google": "gcp", "azurerm": "azure"}
"""The clouds by what their Terraform types begin with."""


def check_price_books(books: Sequence[PriceBook], layers: Sequence[Layer]) -> None:
    """Check that what books give prices and discounts for is known, and sold by the unit they say.

    Raises:
        ConfigError: A path, a type or a unit is not; the line and the nearest known name are given.
    """
    for book in books:
        for price in book.prices:
            _check_price(price, layers)
        for discount in book.discounts:
            _check_discount(discount, layers)


def _check_price(price: NegotiatedPrice, layers: Sequence[Layer]) -> None:
    paths = _paths(price.path, layers)
    if not paths and not price.path.text.startswith(OWN_PATHS) and price.path.text not in _ALWAYS_KNOWN:
        raise ConfigError(
            f"no price is called {price.path.text!r}",
            location=price.location,
            hint=f"{_nearest(price.path.text, layers)} A path of your own begins with {OWN_PATHS}.",
        )
    for path in paths:
        sold_by = next(found.unit for layer in layers for found in layer.prices_of(path))
        if sold_by != price.unit:
            raise ConfigError(
                f"{path} is sold per {_shown(sold_by)}, not per {_shown(price.unit)}", location=price.location
            )


def _check_discount(discount: Discount, layers: Sequence[Layer]) -> None:
    if discount.path is None:
        _check_type(discount)
    elif not _paths(discount.path, layers):
        text = discount.path.text.removesuffix("/*")
        raise ConfigError(
            f"no price is called {text!r}", location=discount.location, hint=_nearest(discount.path.text, layers)
        )


def _check_type(discount: Discount) -> None:
    name = discount.resource_type or ""
    cloud = _CLOUDS.get(name.partition("_")[0])
    known = {*resource_types(cloud), *free_types(cloud)} if cloud else set()
    if name not in known:
        every = known or {name for cloud in _CLOUDS.values() for name in resource_types(cloud)}
        hint = did_you_mean(name, every)
        raise ConfigError(f"{name!r} is no Terraform type Tollbar can price", location=discount.location, hint=hint)


def _paths(pattern: Pattern, layers: Sequence[Layer]) -> list[str]:
    """Return the known paths that a pattern covers."""
    if pattern.is_exact:
        return [pattern.text] if any(layer.prices_of(pattern.text) for layer in layers) else []
    literal = max(pattern.text.replace("?", "*").split("*"), key=len) or "/"
    found = {path for layer in layers for path in layer.search([literal])}
    return sorted(path for path in found if pattern.matches(path))


def _nearest(path: str, layers: Sequence[Layer]) -> str:
    """Return a hint that follows a path as far as it is known, each part by the nearest name there is."""
    known = {known for layer in layers for known in layer.search(["/"])}
    found = ""
    for part in path.removesuffix("/*").split("/"):
        names = {_next_part(known_path, found) for known_path in known} - {""}
        near = [part] if part in names else nearest_names(part, names, count=1)
        if not near:
            break
        found += f"{near[0]}/"
        known = {known_path for known_path in known if f"{known_path}/".startswith(found)}
    if found[:-1] in known:
        return f"Did you mean {found[:-1]!r}?"
    below = sorted({_next_part(known_path, found) for known_path in known})
    listed = ", ".join(below[:_NAMES_LISTED]) + (", …" if len(below) > _NAMES_LISTED else "")
    return f"Known below {found!r}: {listed}" if found else f"A path begins with {listed}"


def _next_part(path: str, prefix: str) -> str:
    return path.removeprefix(prefix).split("/")[0]


def _shown(name: str) -> str:
    shown = unit(name).display
    return shown if shown[0].isdigit() else shown.removesuffix("s")
