"""Asks OPA for decisions: over connections that are kept, with a time limit, and never a pass where there is none."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson
from opa_client.opa_async import AsyncOpaClient

from tollbar.errors import ConfigError, EngineError
from tollbar.policy.engine import DECISION_PATH

_STRICT = "strict-builtin-errors=true"
_PORTS = {"http": 8181, "https": 443}


class DecisionClient:
    """A pool of connections to one OPA server. A CA of one's own is told as Python's usual ``SSL_CERT_FILE``."""

    def __init__(self, url: str, *, seconds: float, token: str | None = None) -> None:
        """Take the server's base URL, the time limit of a decision, and the bearer token it needs.

        Raises:
            ConfigError: The URL is not ``http(s)://host[:port]``.
        """
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/"):
            raise ConfigError(f"{url!r} is not the URL of an OPA server", hint="Write it as http://localhost:8181.")
        self._client = _TextClient(
            host=parts.hostname,
            port=parts.port or _PORTS[parts.scheme],
            ssl=parts.scheme == "https",
            token=token,
            timeout=seconds,
            retries=1,
        )
        self.label = f"{parts.scheme}://{parts.netloc}"

    async def open(self) -> None:
        """Make the pool; in the event loop that is to use it."""
        await self._client.__aenter__()

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close_connection()

    async def is_well(self) -> bool:
        """Tell whether the server is there, and its bundles are, where it has any."""
        return bool(await self._client.check_health(query={"bundles": True}))

    async def result(self, document: str) -> dict[str, Any]:
        """Return the decision document on an estimate, given as JSON, as OPA gives it.

        Raises:
            EngineError: The server cannot be reached in time, refuses, fails, or leaves the decision undefined.
        """
        try:
            answer = await self._client.query_text(document)
        except TimeoutError:
            raise EngineError(f"OPA at {self.label} gave no answer in time") from None
        except aiohttp.ClientResponseError as error:
            raise EngineError(f"OPA at {self.label} failed (HTTP {error.status})") from None
        except (aiohttp.ClientError, OSError) as error:
            raise EngineError(f"OPA at {self.label} cannot be reached ({type(error).__name__})") from None
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
