"""A running OPA server as the engine, asked through opa-python-client.

The client leaves some traps open that this module closes: an undefined decision comes back as an
empty answer, transport errors are those of the libraries below it, a POST is never retried, and its
default timeout is 1.5 seconds.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tollbar.decision import decision_from_result
from tollbar.errors import ConfigError, EngineError
from tollbar.policy.engine import DECISION_PATH

if TYPE_CHECKING:
    from tollbar.decision import Decision

_TIMEOUT_SECONDS = 30.0
_ATTEMPTS = 3
_DEFAULT_PORTS = {"http": 8181, "https": 443}


class OpaServer:
    """Asks an OPA server for the decision; its policy and settings are the server's own."""

    def __init__(self, url: str, *, token: str | None = None, ca_file: str | None = None) -> None:
        """Take the server's base URL, and the bearer token and CA file it needs.

        Raises:
            ConfigError: The URL is not ``http(s)://host[:port]``.
        """
        parts = urlsplit(url)
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or parts.path.strip("/"):
            raise ConfigError(f"{url!r} is not the URL of an OPA server", hint="Write it as http://localhost:8181.")
        self._url = f"{parts.scheme}://{parts.netloc}"
        self._host, self._port = parts.hostname, parts.port or _DEFAULT_PORTS[parts.scheme]
        self._tls: bool | str = False if parts.scheme == "http" else ca_file or True
        self._token = token

    def decide(self, input_document: str) -> Decision:
        """Return the decision on an estimate given as JSON.

        Raises:
            EngineError: The server cannot be reached, refuses, fails, or leaves the decision undefined.
        """
        try:
            answer = self._ask(json.loads(input_document))
        except ModuleNotFoundError as missing:
            raise EngineError(
                f"asking an OPA server needs the package {missing.name}",
                hint="Install it: pip install 'tollbar[server]'",
            ) from None
        return decision_from_result(answer.get("result"))

    def _ask(self, document: dict[str, Any]) -> dict[str, Any]:
        import stamina  # noqa: PLC0415 -- only this engine needs it
        from requests import ConnectionError as NoConnectionError  # noqa: PLC0415 -- as above
        from requests import RequestException  # noqa: PLC0415 -- as above

        stamina.instrumentation.set_on_retry_hooks([])
        try:
            for attempt in stamina.retry_context(
                on=NoConnectionError, attempts=_ATTEMPTS, wait_initial=0.1, wait_max=1
            ):
                with attempt:
                    return self._query(document)
        except RequestException as error:
            raise EngineError(_explanation(self._url, error), hint="Check --opa-url and the server's log.") from None
        raise EngineError(f"OPA at {self._url} was not asked")  # pragma: no cover -- retry_context tries at least once

    def _query(self, document: dict[str, Any]) -> dict[str, Any]:
        from opa_client import create_opa_client  # noqa: PLC0415 -- pulls in aiohttp

        package, _, rule = DECISION_PATH.rpartition("/")
        client = create_opa_client(
            host=self._host, port=self._port, ssl=self._tls, token=self._token, timeout=_TIMEOUT_SECONDS, retries=0
        )
        try:
            answer = client.query_rule(
                document, package, rule, query_params={"provenance": "true", "strict-builtin-errors": "true"}
            )
        finally:
            client.close_connection()
        if not isinstance(answer, dict):
            raise EngineError(f"OPA at {self._url} answered with something else than a JSON object")
        return answer


def _explanation(url: str, error: Exception) -> str:
    response = getattr(error, "response", None)
    if response is None:
        return f"OPA at {url} cannot be reached ({type(error).__name__})"
    if response.status_code in {401, 403}:
        return f"OPA at {url} refused the request (HTTP {response.status_code}): a token is needed or not allowed"
    try:
        message = response.json().get("message", "")
    except (ValueError, AttributeError):
        message = ""
    return f"OPA at {url} failed (HTTP {response.status_code}) {message}".rstrip()
