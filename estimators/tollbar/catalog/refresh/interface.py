"""What a price source is.

Each is a folder of this package with a module ``source.py`` that has ``open_source(connection)``;
the folder's name is what ``tollbar prices refresh`` calls it. A source fetches its prices in
portions, each of which is kept as soon as it is there, so that a run that breaks off can be resumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tollbar.price import Price


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach a source.

    ``today`` dates the prices that the vendor does not date itself. ``endpoint`` is a URL that
    stands in for the vendor's: a mirror, or a server on loopback.
    """

    today: date
    endpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Portion:
    """What is fetched and kept at once: one service in one region (``global`` where there are none)."""

    service: str
    region: str

    def __str__(self) -> str:
        """Return ``service in region``."""
        return f"{self.service} in {self.region}"


@dataclass(frozen=True, slots=True)
class Fetched:
    """The prices of a portion, and what the vendor will know this state of them by, where it tells."""

    prices: tuple[Price, ...]
    etag: str | None = None


class PriceSource(Protocol):
    """Where prices are read from.

    ``id``, ``name`` and ``licence`` describe it as in ``data/sources.csv``; its prices carry the id.
    """

    id: str
    name: str
    licence: str

    def services(self) -> Sequence[str]:
        """Return the names of the services it can read, as ``--service`` takes them."""

    def portions(self, services: Sequence[str], regions: Sequence[str]) -> Sequence[Portion]:
        """Return what to fetch for these services; with no regions, in all that the vendor has.

        Raises:
            RefreshError: The vendor could not be asked.
        """

    def fetch(self, portion: Portion, etag: str | None) -> Fetched | None:
        """Return the prices of a portion; None where they are as they were when ``etag`` was told.

        Raises:
            RefreshError: This portion could not be read; others may be.
            SourceUnavailableError: Nothing more can be read: credentials, or the vendor is out of reach.
        """

    def close(self) -> None:
        """Let go of what it holds open, once no more is to be fetched."""
