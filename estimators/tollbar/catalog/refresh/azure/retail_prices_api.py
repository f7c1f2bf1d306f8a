"""The wire: asking the Azure Retail Prices API page by page, patiently.

Source: "Azure Retail Prices overview" (learn.microsoft.com, read 2026-11): 1,000 items a page, the address
of the next page in ``NextPageLink``, values of a filter told apart by case. The preview version is the one
that tells savings plans.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2
import stamina

from tollbar.catalog.refresh.azure.item import CURRENCY, MalformedPageError, Page, read_page
from tollbar.errors import RefreshError, SourceUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDPOINT = "https://prices.azure.com/api/retail/prices"
API_VERSION = "2023-01-01-preview"
_TOO_MANY_REQUESTS = 429
_REFUSED = frozenset({401, 403, 407})
_BAD_REQUEST = 400
_SERVER_ERRORS = range(500, 600)
_MOST_PAGES = 2_000
"""More than the whole price list has: a server that goes on and on is broken."""
_SHOWN_OF_AN_ANSWER = 200


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is tried, and how long is waited between (in seconds).

    The first wait is ``first``, each further one twice as long, none longer than ``longest``; what the
    server asks for in ``Retry-After`` goes before, up to ``longest_asked``.
    """

    attempts: int = 6
    first: float = 0.5
    longest: float = 30.0
    longest_asked: float = 120.0


class _NotNowError(Exception):
    """An answer that says to come back later; ``wait`` is the seconds it asks for, where it does."""

    def __init__(self, status: int, wait: float | None) -> None:
        super().__init__(f"HTTP {status}")
        self.wait = wait


class RetailPricesApi:
    """The API, or what stands in for it at another address.

    ``transport`` replaces the network in tests.
    """

    def __init__(
        self, endpoint: str | None, patience: Patience | None = None, transport: httpx2.BaseTransport | None = None
    ) -> None:
        self._endpoint = httpx2.URL(endpoint or ENDPOINT)
        self._patience = patience or Patience()
        self._was_reached = False
        self._transport = transport
        self._trusted = httpx2.create_ssl_context()

    def pages(self, condition: str) -> Iterator[Page]:
        """Yield the pages of the items that an OData filter keeps, each as soon as it is there.

        Raises:
            RefreshError: An answer is broken, or the API refuses the filter or goes on failing.
            SourceUnavailableError: There is no connection.
        """
        query = {"api-version": API_VERSION, "currencyCode": CURRENCY, "$filter": condition}
        url = self._endpoint.copy_merge_params(query)
        timeout = httpx2.Timeout(60.0, connect=15.0)
        with httpx2.Client(timeout=timeout, transport=self._transport, verify=self._trusted) as client:
            yield from self._pages_from(url, condition, client)

    def _pages_from(self, url: httpx2.URL, condition: str, client: httpx2.Client) -> Iterator[Page]:
        seen: set[httpx2.URL] = set()
        for number in range(1, _MOST_PAGES + 1):
            seen.add(url)
            place = f"{self._endpoint.path} (page {number} of {condition})"
            page = self._page(url, place, client)
            yield page
            if page.next_link is None:
                return
            url = self._following(page.next_link, place)
            if url in seen:
                raise RefreshError(f"{place} names a page that was read already as the next one")
        raise RefreshError(f"{self._endpoint.path} has more than {_MOST_PAGES} pages of {condition}")

    def _following(self, link: str, place: str) -> httpx2.URL:
        """Return the address of the next page: at our own endpoint, whatever name the vendor gives itself."""
        try:
            target = urlsplit(link)
            origin = (target.scheme, target.hostname, target.port or _default_port(target.scheme))
        except ValueError as error:
            raise RefreshError(f"{place} names a next page that is no address: {error}") from error
        if origin not in {_origin(self._endpoint), _origin(httpx2.URL(ENDPOINT))}:
            raise RefreshError(f"{place} names a next page on another host: {target.hostname}")
        return self._endpoint.copy_with(query=target.query.encode())

    def _page(self, url: httpx2.URL, place: str, client: httpx2.Client) -> Page:
        answer = self._answer(url, place, client)
        if answer.status_code == _BAD_REQUEST:
            raise RefreshError(f"the filter of {place} is refused: {_shown(answer)}")
        if answer.status_code in _REFUSED:
            raise SourceUnavailableError(f"{place} is refused with HTTP {answer.status_code}")
        if answer.status_code != httpx2.codes.OK:
            raise RefreshError(f"{place} answers HTTP {answer.status_code}")
        try:
            return read_page(answer.content)
        except MalformedPageError as error:
            raise RefreshError(f"{place} {error}") from error

    def _answer(self, url: httpx2.URL, place: str, client: httpx2.Client) -> httpx2.Response:
        """Return the final answer to a request, after as many tries as our patience allows."""
        patience = self._patience
        ask = stamina.RetryingCaller(
            attempts=patience.attempts,
            timeout=None,
            wait_initial=patience.first,
            wait_max=patience.longest,
            wait_jitter=patience.first,
        )
        try:
            answer = ask(self._wait, _ask, client, url)
            self._was_reached = True
            return answer  # noqa: TRY300 -- an else would stand far below
        except _NotNowError as error:
            raise RefreshError(f"{place} answers {error} after {patience.attempts} tries") from error
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError) as error:
            raise SourceUnavailableError(
                f"no connection to {self._endpoint.host}: {error}", hint="The old prices stay. Try again when online."
            ) from error
        except httpx2.HTTPError as error:
            raise RefreshError(f"{place} breaks off: {error or type(error).__name__}") from error

    def _wait(self, error: Exception) -> bool | float:
        """Return whether to try again, or the seconds that the server asks us to wait first.

        Who was never reached is most likely out of reach: then the user need not wait for further tries.
        """
        if isinstance(error, httpx2.ConnectError) and not self._was_reached:
            return False
        if isinstance(error, _NotNowError) and error.wait is not None:
            return min(error.wait, self._patience.longest_asked)
        return isinstance(error, (_NotNowError, httpx2.TransportError))


def _ask(client: httpx2.Client, url: httpx2.URL) -> httpx2.Response:
    answer = client.get(url)
    if answer.status_code == _TOO_MANY_REQUESTS or answer.status_code in _SERVER_ERRORS:
        raise _NotNowError(answer.status_code, _asked_wait(answer))
    return answer


def _asked_wait(answer: httpx2.Response) -> float | None:
    """Return the seconds of a ``Retry-After`` header, which holds seconds or a point in time."""
    text = answer.headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _origin(url: httpx2.URL) -> tuple[str, str | None, int | None]:
    return url.scheme, url.host, url.port or _default_port(url.scheme)


def _default_port(scheme: str) -> int | None:
    return {"http": 80, "https": 443}.get(scheme)


def _shown(answer: httpx2.Response) -> str:
    return " ".join(answer.text.split())[:_SHOWN_OF_AN_ANSWER] or "no reason given"
