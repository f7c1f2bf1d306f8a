"""A service that runs: the real app under the real server, with the real opa, on loopback."""

from __future__ import annotations

import io
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx2
import uvicorn

from tollbar.ledger.access_tokens import AccessTokens
from tollbar.ledger.opening import open_ledger
from tollbar.service.app import create_app
from tollbar.service.configuration import ServiceSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fastapi import FastAPI

ALL_SCOPES = ("estimates", "decisions", "prices", "policies", "history", "admission", "metrics")


@dataclass(frozen=True)
class Running:
    """A service, where it listens, and what it logged."""

    app: FastAPI
    url: str
    log: io.StringIO
    ledger: str

    def token(self, *scopes: str, projects: tuple[str, ...] | None = None) -> str:
        """Return a new token; with all scopes where none is named."""
        ledger = open_ledger(self.ledger)
        _, token = AccessTokens(ledger).create("test", scopes or ALL_SCOPES, projects)
        ledger.close()
        return token

    def client(self, token: str | None = None) -> httpx2.Client:
        """Return a client that shows a token."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx2.Client(base_url=self.url, headers=headers, timeout=60)


@contextmanager
def running_service(
    folder: Path, prepare: Callable[[FastAPI], None] | None = None, **settings: Any
) -> Iterator[Running]:
    """Run a service with some settings; it is stopped at the end. ``prepare`` is given the app before it starts."""
    told = {"ledger": str(folder / "ledger.sqlite"), "estimate_workers": 1, "port": 0, "rate_per_minute": 100_000}
    configured = ServiceSettings(**{**told, **settings})
    log = io.StringIO()
    app = create_app(configured, log)
    if prepare is not None:
        prepare(app)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        _wait_until_started(server, thread)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Running(app, f"http://127.0.0.1:{port}", log, configured.ledger)
    finally:
        server.should_exit = True
        thread.join(30)


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    pause = threading.Event()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the service did not start")
        pause.wait(0.01)
