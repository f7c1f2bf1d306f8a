"""The data file that genai-prices publishes: fetched, and read with the library's own types."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

import httpx2
from pydantic import ValidationError

from tollbar.errors import RefreshError, SourceUnavailableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from genai_prices.types import Provider

_TIMEOUT = httpx2.Timeout(30, connect=10)
_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
_UNCHANGED = 304
_KEPT = "The prices of the installed genai-prices stay in use."


@dataclass(frozen=True, slots=True)
class Download:
    """The text of the data file, and what the server will know it by."""

    text: bytes
    etag: str | None


def download(url: str, etag: str | None, waits: Sequence[float]) -> Download | None:
    """Return the data file, None where it is as it was when ``etag`` was told.

    A failed try is repeated after each of ``waits`` seconds.

    Raises:
        SourceUnavailableError: The server could not be reached, failed each time, or refused.
    """
    headers = {"If-None-Match": etag} if etag else {}
    failure = ""
    for wait in (*waits, None):
        try:
            response = httpx2.get(url, headers=headers, timeout=_TIMEOUT, follow_redirects=True)
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol):
            raise SourceUnavailableError(f"{shown(url)} is no address", hint="It begins with https://.") from None
        except httpx2.RequestError as error:
            failure = f"{shown(url)} did not answer: {str(error) or type(error).__name__}"
        else:
            if response.status_code not in _TRY_AGAIN:
                return _answered(url, response)
            failure = f"{shown(url)} answered HTTP {response.status_code}"
        if wait is not None:
            time.sleep(wait)
    tries = len(waits) + 1
    raise SourceUnavailableError(
        f"{failure} ({tries} tries)",
        hint=f"Check the network or the proxy (HTTPS_PROXY), or give a mirror's address. {_KEPT}",
    )


def read_providers(url: str, text: bytes) -> list[Provider]:
    """Return the providers and models that the data file tells of, amounts exact.

    Raises:
        RefreshError: The text is not such a file, or only a part of one.
    """
    try:
        # The library has no public function that reads its file without fetching it, too.
        from genai_prices.types import _providers_from_raw  # noqa: PLC0415 -- takes a quarter of a second
    except ImportError:
        raise RefreshError(
            "the installed genai-prices reads its data in another way", hint="Tollbar is made for genai-prices 0.2."
        ) from None
    try:
        raw = json.loads(text, parse_float=Decimal, parse_constant=_refused)
        providers = _providers_from_raw([_without_extractors(provider) for provider in raw])
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise _unreadable(url, f"{place}: {first['msg']} ({error.error_count()} faults)") from None
    except (ValueError, TypeError, AttributeError, StopIteration, RecursionError) as error:
        raise _unreadable(url, str(error) or type(error).__name__) from None
    if not any(provider.models for provider in providers):
        raise _unreadable(url, "it tells of no model")
    return providers


def shown(url: str) -> str:
    """Return an address without what may be a secret in it: user, password and query."""
    return re.sub(r"//[^/@]*@", "//", url).partition("?")[0]


def _answered(url: str, response: httpx2.Response) -> Download | None:
    if response.status_code == _UNCHANGED:
        return None
    if not response.is_success:
        raise SourceUnavailableError(
            f"{shown(url)} answered HTTP {response.status_code}",
            hint=f"Has the file moved? A newer genai-prices may know where it is. {_KEPT}",
        )
    return Download(response.content, response.headers.get("ETag"))


def _without_extractors(provider: dict[str, Any]) -> dict[str, Any]:
    """Return a provider without how to read its responses: not needed, and apt to be newer than the library."""
    return {name: value for name, value in provider.items() if name != "extractors"}


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no price")


def _unreadable(url: str, why: str) -> RefreshError:
    return RefreshError(
        f"{shown(url)} is no price data of genai-prices: {why}",
        hint=f"Try again later; if it stays so, a newer genai-prices may be needed. {_KEPT}",
    )
