"""Asks OPA for decisions: over connections that are kept, with a time limit, and never a pass where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp
import orjson
from opa_client.opa_async import AsyncOpaClient

from tollbar.errors import ConfigError, EngineError
from tollbar.policy.engine import DECISION_PATH

if TYPE_CHECKING:
    from collections.abc import Sequence

_STRICT = "strict-builtin-errors=true"
_NO_ADDRESS = (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError)
_PORTS = {"http": 8181, "https": 443}


class DecisionClient:
    """Pools of connections to OPA servers; the next is asked where one cannot be reached.

    A CA of one's own is told as Python's usual ``SSL_CERT_FILE``.
    """

    def __init__(self, urls: Sequence[str], *, seconds: float, token: str | None = None) -> None:
        """Take the servers' base URLs, the time limit of a decision, and the bearer token they need.

        Raises:
            ConfigError: A URL is not ``http(s)://host[:port]``.
        """
        self._servers = [_Server(url, seconds, token) for url in urls]
        self._first = 0

    async def open(self) -> None:
        """Make the pools; in the event loop that is to use them."""
        for server in self._servers:
            await server.client.__aenter__()

    async def close(self) -> None:
        """Let go of the connections."""
        for server in self._servers:
            await server.client.close_connection()

    async def is_well(self) -> bool:
        """Tell whether a server is there, and its bundles are, where it has any."""
        for server in self._servers:
            if await server.client.check_health(query={"bundles": "true"}):
                return True
        return False

    async def result(self, document: str) -> dict[str, Any]:
        """Return the decision document on an estimate, given as JSON, as OPA gives it.

        Raises:
            EngineError: No server can be reached, or one refuses, fails, takes too long, or leaves it undefined.
        """
        unreachable: list[str] = []
        for number in range(len(self._servers)):
            place = (self._first + number) % len(self._servers)
            server = self._servers[place]
            try:
                answer = await server.ask(document)
            except (aiohttp.ClientConnectionError, OSError) as error:
                unreachable.append(f"{server.label} ({type(error).__name__})")
                continue
            self._first = place  # the one that answered is asked first from now on
            return answer
        raise EngineError(f"OPA cannot be reached: {', '.join(unreachable)}")


class _Server:
    """One OPA server."""

    def __init__(self, url: str, seconds: float, token: str | None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/"):
            raise ConfigError(f"{url!r} is not the URL of an OPA server", hint="Write it as http://localhost:8181.")
        self.client = _TextClient(
            host=parts.hostname,
            port=parts.port or _PORTS[parts.scheme],
            ssl=parts.scheme == "https",
            token=token,
            timeout=seconds,
            retries=0,
        )
        self.label = f"{parts.scheme}://{parts.hostname}:{parts.port or _PORTS[parts.scheme]}"

    async def ask(self, document: str) -> dict[str, Any]:
        """Return the decision document; raises what the client raises where the server cannot be reached."""
        try:
            answer = await self.client.query_text(document)
        except TimeoutError:
            raise EngineError(f"OPA at {self.label} gave no answer in time") from None
        except aiohttp.ClientResponseError as error:
            raise EngineError(f"OPA at {self.label} failed (HTTP {error.status})") from None
        except (aiohttp.ClientPayloadError, *_NO_ADDRESS):  # broken off, or sent on to what is no address
            raise EngineError(f"OPA at {self.label} gave an answer that cannot be read") from None
        except orjson.JSONDecodeError:
            raise EngineError(f"OPA at {self.label} answered with something else than JSON") from None
        result = answer.get("result") if isinstance(answer, dict) else None
        if not isinstance(result, dict):
            raise EngineError("the policy gave no decision: data.tollbar.decision is undefined")
        return result


class _TextClient(AsyncOpaClient):  # type: ignore[misc] # the package ships no types
    """The client, for an input that is JSON already: taking ten megabytes apart to put them together again is slow."""

    async def query_text(self, document: str) -> Any:  # noqa: ANN401 -- whatever the server answers
        """Return the answer to a question for the decision."""
        body = b'{"input":' + document.encode() + b"}"
        headers = {"Content-Type": "application/json"}
        async with self._request(
            "POST", f"{self.root_url}/data/{DECISION_PATH}?{_STRICT}", data=body, headers=headers
        ) as answer:
            answer.raise_for_status()
            return orjson.loads(await answer.read())
