"""The wire: asking a platform's API patiently, and saying clearly why it will not do what we ask."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import httpx2
import stamina

from tollbar.errors import CommentError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TOO_MANY_REQUESTS = 429
_FORBIDDEN = 403
_SERVER_ERRORS = range(500, 600)
_SHOWN_OF_AN_ANSWER = 300
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_TIMEOUT = httpx2.Timeout(30.0, connect=10.0)
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is tried, and how long is waited between (in seconds).

    The first wait is ``first``, each further one twice as long, none longer than ``longest``. What the platform
    itself asks for goes before, up to ``longest_asked``: who is to wait longer is told so instead.
    """

    attempts: int = 4
    first: float = 1.0
    longest: float = 10.0
    longest_asked: float = 90.0


class _NotNowError(Exception):
    """An answer, or none, after which it is worth trying again; ``wait`` is the seconds asked for, where told."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        super().__init__(what)
        self.wait = wait


class Api:
    """One platform's API, or what stands in for it at another address. ``transport`` replaces the network in tests.

    Raises:
        ConfigError: The address would carry the token unencrypted.
    """

    def __init__(
        self,
        platform: str,
        url: str,
        headers: Mapping[str, str],
        patience: Patience | None = None,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise ConfigError(f"the API of {platform} at {url!r} is not an https address; the token is not sent there")
        self.platform = platform
        self._url = url.rstrip("/")
        self._host = parts.hostname or url
        self._patience = patience or Patience()
        self._headers = {"User-Agent": "tollbar", **headers}
        self._transport = transport
        self._trusted = httpx2.create_ssl_context()
        self._secrets = [value.split()[-1] for value in headers.values()]
        stamina.instrumentation.set_on_retry_hooks([])

    def ask(self, method: str, path: str, *, json: object = None, query: Mapping[str, Any] | None = None) -> Answer:
        """Return the answer to a request that may be repeated, whatever it says below HTTP 500.

        Raises:
            CommentError: The platform cannot be reached, goes on failing, or asks for a longer wait than we have.
        """
        return self.patiently(lambda: self.ask_once(method, path, json=json, query=query))

    def ask_once(
        self, method: str, path: str, *, json: object = None, query: Mapping[str, Any] | None = None
    ) -> Answer:
        """As ``ask``, without repeating: to be called within ``patiently``. ``path`` may be a whole address."""
        url = path if path.startswith("http") else f"{self._url}{path}"
        try:
            with httpx2.Client(
                headers=self._headers, timeout=_TIMEOUT, transport=self._transport, verify=self._trusted
            ) as client:
                response = client.request(method, url, json=json, params=query)
        except httpx2.TransportError as error:
            raise _NotNowError(f"{self._host} cannot be reached ({type(error).__name__})") from error
        if response.status_code in _SERVER_ERRORS:
            raise _NotNowError(f"{self._host} answers HTTP {response.status_code}")
        if _is_rate_limited(response):
            raise self._slow_down(response)
        return Answer(response, self._shown(response))

    def patiently(self, attempt: Callable[[], _Result]) -> _Result:
        """Return what ``attempt`` returns, tried again for as long as our patience lasts.

        Raises:
            CommentError: It went on failing.
        """
        patience = self._patience
        retrying = stamina.RetryingCaller(
            attempts=patience.attempts,
            timeout=None,
            wait_initial=patience.first,
            wait_max=patience.longest,
            wait_jitter=patience.first / 2,
        )
        try:
            return retrying(_waiting, attempt)
        except _NotNowError as error:
            raise CommentError(
                f"{error}, after {patience.attempts} tries", hint=f"Is {self.platform} up? Try again later."
            ) from None

    def _slow_down(self, response: httpx2.Response) -> Exception:
        wait = _asked_wait(response)
        if wait is not None and wait > self._patience.longest_asked:
            until = datetime.fromtimestamp(time.time() + wait, UTC)
            return CommentError(
                f"the rate limit of {self.platform} is used up until {until:%Y-%m-%d %H:%M} UTC",
                hint="Run tollbar comment again after that, or with a token of its own.",
            )
        return _NotNowError(f"the rate limit of {self.platform} is used up", wait)

    def _shown(self, response: httpx2.Response) -> str:
        """Return what the platform says in an answer, on one line, without our token."""
        try:
            told = response.json()
        except ValueError:
            told = None
        message = told.get("message") or told.get("error") if isinstance(told, dict) else None
        text = " ".join(str(message or "").split())
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text[:_SHOWN_OF_AN_ANSWER]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, and what the platform says in it."""

    response: httpx2.Response
    message: str

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status_code

    def document(self, platform: str) -> Any:  # noqa: ANN401 -- any JSON
        """Return the JSON of the answer.

        Raises:
            CommentError: It is none: a proxy's page, or another service.
        """
        try:
            return self.response.json()
        except ValueError:
            raise CommentError(f"{platform} answers HTTP {self.status} with something else than JSON") from None


def _waiting(error: Exception) -> bool | float:
    if isinstance(error, _NotNowError):
        return error.wait if error.wait is not None else True
    return False


def _is_rate_limited(response: httpx2.Response) -> bool:
    """Tell a used-up limit from a missing permission: GitHub answers both with HTTP 403."""
    if response.status_code == _TOO_MANY_REQUESTS:
        return True
    if response.status_code != _FORBIDDEN:
        return False
    headers = response.headers
    return "retry-after" in headers or headers.get("x-ratelimit-remaining") == "0" or "rate limit" in response.text


def _asked_wait(response: httpx2.Response) -> float | None:
    """Return how many seconds an answer asks us to wait, None where it does not tell."""
    text = response.headers.get("retry-after", "").strip()
    if text.isdecimal():
        return float(text)
    if text:
        try:
            return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
        except ValueError:
            return None
    for name in ("x-ratelimit-reset", "ratelimit-reset"):
        reset = response.headers.get(name, "").strip()
        if reset.isdecimal():
            return max(0.0, math.ceil(float(reset) - time.time()))
    return None
