"""Small catalogues made for a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.snapshot import build_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class MakeCatalog(Protocol):
    """Compile lines of a price table into a snapshot and open it."""

    def __call__(self, *lines: str) -> SnapshotCatalog:
        """Return a catalogue that holds just these lines."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one source and no tables."""
    (tmp_path / "aws").mkdir()
    (tmp_path / "sources.csv").write_text("id,name,licence\nlist,The vendor's list,facts\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def make_catalog(data: Path) -> Iterator[MakeCatalog]:
    """Return a function that makes catalogues; they are closed at the end of the test."""
    opened: list[SnapshotCatalog] = []

    def make(*lines: str) -> SnapshotCatalog:
        text = "\n".join(["path,unit,source,as_of,trust,prices", *lines, ""])
        (data / "aws" / "things.csv").write_text(text, encoding="utf-8")
        file = data / (f"prices-{len(opened)}.sqlite" if opened else "prices.sqlite")
        build_snapshot(data, file)
        opened.append(SnapshotCatalog(file))
        return opened[-1]

    yield make
    for catalog in opened:
        catalog.close()
