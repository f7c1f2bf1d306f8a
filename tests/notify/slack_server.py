"""A stand-in for Slack's incoming webhooks on loopback, in Slack's own words (docs.slack.dev, 2026-11-26)."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

from tests.loopback import loopback_server

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADER, _SECTION, _BLOCKS = 150, 3000, 50


@dataclass
class Slack:
    """What was posted, by path; and answers to give before the usual ones: status, text, headers."""

    url: str = ""
    posted: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    answers: list[tuple[int, str, dict[str, str]]] = field(default_factory=list)

    def webhook(self, name: str = "T0/B0/secretsecret") -> str:
        """Return the address of a webhook."""
        return f"{self.url}/services/{name}"

    @property
    def messages(self) -> list[dict[str, Any]]:
        """All that was taken, whatever the webhook."""
        return [message for messages in self.posted.values() for message in messages]


@contextmanager
def slack_server() -> Iterator[Slack]:
    """Serve webhooks on a free port."""
    slack = Slack()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if slack.answers:
                self._answer(*slack.answers.pop(0))
            elif not self.path.startswith("/services/"):
                self._answer(404, "no_service", {})
            elif (message := _valid(body)) is None:
                self._answer(400, "invalid_payload", {})
            else:
                slack.posted.setdefault(self.path, []).append(message)
                self._answer(200, "ok", {})

        def _answer(self, status: int, text: str, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": "text/html", "Content-Length": str(len(text)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    with loopback_server(Handler) as server:
        slack.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield slack


def _valid(body: bytes) -> dict[str, Any] | None:
    """Return a message that Slack would take."""
    try:
        message = json.loads(body)
    except ValueError:
        return None
    blocks = message.get("blocks", []) if isinstance(message, dict) else None
    if blocks is None or not isinstance(message.get("text"), str) or len(blocks) > _BLOCKS:
        return None
    for block in blocks:
        texts = [block["text"]] if block["type"] in {"header", "section"} else block["elements"]
        most = _HEADER if block["type"] == "header" else _SECTION
        if not all(0 < len(text["text"]) <= most for text in texts):
            return None
    return dict(message)
