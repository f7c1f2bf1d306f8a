"""The price source ``llm``: genai-prices' published data, one portion for all providers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.llm import LICENCE, SOURCE
from tollbar.catalog.lookup import EVERYWHERE
from tollbar.catalog.refresh.interface import Fetched, Portion
from tollbar.errors import CatalogError, RefreshError
from tollbar.spelling import nearest_or_all, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from genai_prices.types import Provider

    from tollbar.catalog.refresh.interface import Connection
    from tollbar.price import Price

_SERVICE = "tokens"
_WAITS = (1.0, 4.0, 10.0)
"""Seconds before each further try."""


class GenaiPrices:
    """LLM prices from the data that genai-prices publishes, under the paths of :mod:`tollbar.catalog.llm_prices`.

    Prices are those of one day: where one is announced for later, the file counts as changed on that day.
    """

    id = SOURCE
    name = "genai-prices (PyPI), the data published on its main branch"
    licence = LICENCE

    def __init__(self, connection: Connection, waits: Sequence[float] = _WAITS) -> None:
        """Take where to read, and how many seconds to wait before each further try."""
        self._today = connection.today
        self._endpoint = connection.endpoint
        self._waits = waits

    def services(self) -> Sequence[str]:
        """Return the one service there is."""
        return (_SERVICE,)

    def portions(self, services: Sequence[str], regions: Sequence[str]) -> Sequence[Portion]:
        """Return the one portion, whatever the regions: tokens are sold at one price everywhere.

        Raises:
            RefreshError: There is no such service.
        """
        del regions
        for name in services:
            if name != _SERVICE:
                raise RefreshError(f"no service {quoted(name)} of llm", hint=nearest_or_all(name, self.services()))
        return (Portion(_SERVICE, EVERYWHERE),)

    def fetch(self, portion: Portion, etag: str | None) -> Fetched | None:
        """Return all prices of the day; None where the file is as it was and no announced price began.

        Raises:
            RefreshError: The file is broken.
            SourceUnavailableError: It could not be fetched.
        """
        # The HTTP client is imported by who refreshes, not by who lists the sources.
        from tollbar.catalog.refresh.llm.published_data import download, read_providers, shown  # noqa: PLC0415

        del portion
        url = self._url()
        found = download(url, _still_valid(etag, self._today), self._waits)
        if found is None:
            return None
        providers = read_providers(url, found.text)
        try:
            prices = tuple(self._prices(providers))
        except CatalogError as error:
            raise RefreshError(f"{shown(url)}: {error}", hint="Try again later.") from None
        if not prices:
            raise RefreshError(f"{shown(url)} has no price", hint="Try again later.")
        return Fetched(prices, found.etag and f"{_next_change(providers, self._today)} {found.etag}")

    def close(self) -> None:
        """Do nothing: every request closes its connection."""

    def _url(self) -> str:
        from genai_prices.update_prices import DEFAULT_UPDATE_URL  # noqa: PLC0415 -- takes a quarter of a second

        return self._endpoint or DEFAULT_UPDATE_URL

    def _prices(self, providers: list[Provider]) -> list[Price]:
        from tollbar.catalog.llm_prices import newest_date, prices_of_model  # noqa: PLC0415 -- imports the library

        as_of = (newest_date(providers, self._today) or self._today).isoformat()
        return [
            price
            for provider in providers
            for model in provider.models
            for price in prices_of_model(provider, model, self._today, as_of)
        ]


def open_source(connection: Connection) -> GenaiPrices:
    """Return the source."""
    return GenaiPrices(connection)


def _next_change(providers: list[Provider], today: date) -> str:
    """Return the day on which the next announced price begins, ``-`` where none is."""
    from tollbar.catalog.llm_prices import start_dates  # noqa: PLC0415 -- imports the library

    later = [start for start in start_dates(providers) if start > today]
    return min(later).isoformat() if later else "-"


def _still_valid(etag: str | None, today: date) -> str | None:
    """Return the server's part of an etag of ours, None where an announced price began since."""
    if etag is None:
        return None
    until, _, theirs = etag.partition(" ")
    return theirs if until == "-" or today.isoformat() < until else None
