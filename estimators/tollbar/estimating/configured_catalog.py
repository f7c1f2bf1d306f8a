"""Opening the catalogue as ``tollbar.yml`` and the environment say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.layers import NamedLayer
from tollbar.catalog.llm import LlmCatalog
from tollbar.catalog.opening import CatalogSettings, open_catalog, refreshed_folder
from tollbar.errors import ConfigError, TollbarError
from tollbar.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from tollbar.catalog.borrowing import Borrowing
    from tollbar.catalog.layers import LayeredCatalog
    from tollbar.catalog.price_book import PriceBook, PriceBooks
    from tollbar.policy.config import Config


def open_configured_catalog(
    config: Config,
    config_file: Path | None,
    environment: Mapping[str, str],
    day: date,
    further_books: Sequence[PriceBook] = (),
) -> LayeredCatalog:
    """Return the catalogue with the configured price books, as they hold on a day; ``further_books`` count before them.

    Raises:
        CatalogError: A snapshot is missing or damaged.
        ConfigError: A price book is not what it should be, or a region to borrow from is none.
    """
    settings = CatalogSettings(
        refreshed=refreshed_folder(environment),
        books=_books(config, config_file, day, further_books),
        borrowing=_borrowing(config),
    )
    catalog = open_catalog(settings, [NamedLayer("genai-prices", LlmCatalog(day))])
    if config_file is not None and config.prices.borrow_from:
        try:
            _check_lenders(config.prices.borrow_from, config_file, catalog)
        except TollbarError:
            catalog.close()
            raise
    return catalog


def _check_lenders(regions: Sequence[str], config_file: Path, catalog: LayeredCatalog) -> None:
    from tollbar.catalog.known_regions import KnownRegions  # noqa: PLC0415 -- few borrow

    known = KnownRegions([catalog])
    for position, region in enumerate(regions):
        if region not in known:
            location = read_yaml(config_file, ConfigError).location(["prices", "borrow_from", position])
            raise ConfigError(
                f"prices.borrow_from: no region is called {region!r}", location=location, hint=known.hint(region)
            )


def _books(
    config: Config, config_file: Path | None, day: date, further_books: Sequence[PriceBook]
) -> PriceBooks | None:
    if config_file is None or not (config.prices.books or further_books):
        return None
    from tollbar.catalog.price_book import PriceBooks  # noqa: PLC0415 -- few have price books
    from tollbar.catalog.price_book_file import read_price_books  # noqa: PLC0415 -- as above

    return PriceBooks((*read_price_books(config_file, day), *further_books), day)


def _borrowing(config: Config) -> Borrowing | None:
    if config.prices.missing_region != "borrow":
        return None
    from tollbar.catalog.borrowing import Borrowing  # noqa: PLC0415 -- few ask for it

    return Borrowing(config.prices.borrow_from)
