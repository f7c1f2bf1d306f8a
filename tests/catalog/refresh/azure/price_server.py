"""A server on loopback that answers as the Azure Retail Prices API does, or as badly as it may."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.loopback import loopback_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back. ``promised`` is the Content-Length where it is not that of the body."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    promised: int | None = None


@dataclass(slots=True)
class PriceServer:
    """A running server: where it is, and the query of every request so far."""

    url: str
    stop: Callable[[], None]
    queries: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def running_price_server(answer: Callable[[PriceServer, dict[str, str]], Answer]) -> Iterator[PriceServer]:
    """Run a server on a free loopback port that answers each query with ``answer``."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            running.queries.append(query)
            told = answer(running, query)
            self.send_response(told.status)
            for name, value in told.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told.body) if told.promised is None else told.promised))
            self.end_headers()
            with suppress(BrokenPipeError):  # whoever asked may have gone
                self.wfile.write(told.body)

        def log_message(self, *_arguments: object) -> None:
            """Stay silent."""

    with loopback_server(Handler) as server:
        url = f"http://127.0.0.1:{server.server_port}/api/retail/prices"
        running = PriceServer(url, server.server_close)
        yield running
