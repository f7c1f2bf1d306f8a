"""Opening the catalogue: the embedded snapshot, what was refreshed since, and the user's price books."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.catalog.layers import LayeredCatalog, NamedSnapshot
from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.table import SNAPSHOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tollbar.catalog.borrowing import Borrowing
    from tollbar.catalog.layers import NamedLayer
    from tollbar.catalog.price_book import PriceBooks

REFRESHED_FOLDER = "TOLLBAR_PRICES_DIR"
"""The environment variable that names the folder of refreshed prices."""

EMBEDDED = "embedded snapshot"
_HOW_TO_MEND = "Delete the file, or run `tollbar prices refresh` again."


@dataclass(frozen=True, slots=True)
class CatalogSettings:
    """What the catalogue is made of. Without a folder there are no refreshed prices."""

    refreshed: Path | None = None
    books: PriceBooks | None = None
    borrowing: Borrowing | None = None
    embedded: Path = SNAPSHOT


def refreshed_folder(environment: Mapping[str, str]) -> Path:
    """Return where refreshed prices are kept: as the environment says, else in the user's cache."""
    named = environment.get(REFRESHED_FOLDER)
    if named:
        return Path(named)
    from platformdirs import user_cache_path  # noqa: PLC0415 -- only where the environment names no folder

    return user_cache_path("tollbar") / "prices"


def open_catalog(settings: CatalogSettings, further: Sequence[NamedLayer] = ()) -> LayeredCatalog:
    """Return the catalogue; ``further`` layers count after the snapshots.

    Raises:
        CatalogError: A snapshot is missing or damaged; a damaged one is never passed over.
        ConfigError: A price book does not fit the catalogue.
    """
    refreshed = sorted(settings.refreshed.glob("*.sqlite")) if settings.refreshed else []
    with ExitStack() as opened:
        catalogs = [opened.enter_context(closing(SnapshotCatalog(file, _HOW_TO_MEND))) for file in refreshed]
        names = [f"refreshed {file.name}" for file in refreshed]
        catalogs.append(opened.enter_context(closing(SnapshotCatalog(settings.embedded))))
        if settings.books is not None:
            from tollbar.catalog.price_book_check import check_price_books  # noqa: PLC0415 -- few have price books

            check_price_books(settings.books.books, [*catalogs, *(entry.layer for entry in further)])
        opened.pop_all()
    snapshots = [NamedSnapshot(name, catalog) for name, catalog in zip([*names, EMBEDDED], catalogs, strict=True)]
    return LayeredCatalog(snapshots, further, settings.books, settings.borrowing)
