"""A web server on loopback that publishes price data, and fails in the ways that web servers fail."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

from tests.loopback import loopback_server

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLISHED: list[dict[str, Any]] = [
    {
        "id": "openai",
        "name": "OpenAI",
        "api_pattern": "https://api\\.openai\\.com",
        "model_match": {"starts_with": "gpt-"},
        "extractors": [{"root": "usage", "mappings": [{"path": "novel", "dest": "dream_tokens"}]}],
        "models": [
            {
                "id": "gpt-4o",
                "match": {"or": [{"equals": "gpt-4o"}, {"starts_with": "gpt-4o-2024"}]},
                "prices": [
                    {"prices": {"input_mtok": 5, "output_mtok": 15}},
                    {"constraint": {"start_date": "2026-10-01"}, "prices": {"input_mtok": 2.5, "output_mtok": 10}},
                    {"constraint": {"start_date": "2027-01-01"}, "prices": {"input_mtok": 0.1, "output_mtok": 0.3}},
                ],
            }
        ],
    }
]
"""The shape of prices/new_data/v2/data.json in pydantic/genai-prices, with how to read responses in a newer way."""


@dataclass
class Publisher:
    """What the server answers next, and what it was asked.

    ``failures`` are status codes to answer with first. With ``cut`` it breaks off in the middle of the body.
    """

    url: str = ""
    body: bytes = json.dumps(PUBLISHED).encode()
    etag: str = '"v1"'
    failures: list[int] = field(default_factory=list)
    cut: bool = False
    asked: list[str | None] = field(default_factory=list)
    """The If-None-Match of each request."""


@contextmanager
def serving(published: Publisher) -> Iterator[None]:
    """Serve what a publisher has on a free loopback port, and tell it the URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            published.asked.append(self.headers["If-None-Match"])
            if published.failures:
                self._answer(published.failures.pop(0), b"try again")
            elif self.headers["If-None-Match"] == published.etag:
                self._answer(304, b"")
            else:
                self._answer(200, published.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's name
            """Keep quiet."""

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("ETag", published.etag)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if published.cut else body)

    with loopback_server(Handler) as server:
        published.url = f"http://127.0.0.1:{server.server_port}/data.json"
        yield
