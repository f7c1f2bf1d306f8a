"""What a server says that is no decision is never one, and no defect of ours."""

from __future__ import annotations

import asyncio
from http.server import BaseHTTPRequestHandler

import pytest

from tests.loopback import loopback_server
from tollbar.errors import EngineError
from tollbar.service.decision_client import DecisionClient


def _handler(answer: bytes) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.wfile.write(answer)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"res', "gave an answer that cannot be read"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd", "gave an answer that cannot"),
        (b"HTTP/1.1 302 Found\r\nLocation: foo:bar\r\nContent-Length: 0\r\n\r\n", "gave an answer that cannot be read"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd", "answered with something else than JSON"),
        (b'HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{"result":[]}', "gave no decision"),
        (b"nonsense\r\n\r\n", "failed"),
    ],
)
def test_an_answer_that_is_none(answer: bytes, message: str) -> None:
    async def ask(url: str) -> None:
        client = DecisionClient([url], seconds=5)
        await client.open()
        try:
            await client.result("{}")
        finally:
            await client.close()

    with loopback_server(_handler(answer)) as server, pytest.raises(EngineError, match=message):
        asyncio.run(ask(f"http://127.0.0.1:{server.server_port}"))
