"""What holds for every request: an id, limits of size, time and number, a line in the log, figures for Prometheus."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from tollbar.errors import TollbarError
from tollbar.service.problems import Problem, problem_of, unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from tollbar.service.configuration import ServiceSettings
    from tollbar.service.metrics import Metrics

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_ALWAYS_SERVED = frozenset({"/healthz", "/readyz", "/metrics"})
"""Probes must hear of a service that has too much to do."""
_SAFETY = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


class RequestMiddleware:
    """Wraps the whole app."""

    def __init__(self, app: ASGIApp, settings: ServiceSettings, metrics: Metrics, log: Any) -> None:  # noqa: ANN401 -- see request_log
        self._app = app
        self._settings = settings
        self._metrics = metrics
        self._log = log
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, method = time.perf_counter(), scope["method"]
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        answer = _Answer(send, request_id, has_body=method != "HEAD")
        if method == "HEAD":  # as GET, without the body: RFC 9110, section 9.3.2
            scope = {**scope, "method": "GET"}
        self._metrics.in_flight.inc()
        try:
            await self._limited(scope, receive, answer, request_id)
        finally:
            self._metrics.in_flight.dec()
            self._tell({**scope, "method": method}, answer.status, time.perf_counter() - begun, request_id)

    async def _limited(self, scope: Scope, receive: Receive, answer: _Answer, request_id: str) -> None:
        try:
            if scope["path"] in _ALWAYS_SERVED:
                await self._app(scope, receive, answer)
                return
            if self._running >= self._settings.concurrent_requests:
                busy = unavailable("too-many-requests", "the service has too much to do", retry_after=1)
                await answer.problem(busy, scope, receive, request_id)
                return
            body = _LimitedBody(scope, receive, self._settings.body_bytes)
            self._running += 1
            try:
                async with asyncio.timeout(self._settings.request_seconds) as limit:
                    # What goes on after the answer, such as a run task's verdict, has limits of its own.
                    answer.when_sent = partial(_lift, limit)
                    await self._app(scope, body, answer)
            finally:
                self._running -= 1
        except TimeoutError:
            await answer.problem(Problem(504, "too-slow", "the request took too long"), scope, receive, request_id)
        except Problem as problem:
            await answer.problem(problem, scope, receive, request_id)
        except TollbarError as error:
            await answer.problem(problem_of(error), scope, receive, request_id)
        except Exception as error:  # noqa: BLE001 -- a defect is told as one, without its inside
            self._log.exception("internal error", request_id=request_id, error=type(error).__name__)
            defect = Problem(500, "internal-error", "this is a defect of the service; its log tells more")
            await answer.problem(defect, scope, receive, request_id)

    def _tell(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        route = getattr(scope.get("route"), "path_format", None) or "unmatched"
        method = scope["method"] if scope["method"] in {"GET", "POST", "HEAD", "PUT", "DELETE"} else "other"
        self._metrics.requests.labels(route, method, str(status)).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        self._log.info(
            "request",
            request_id=request_id,
            method=method,
            route=route,
            status=status,
            seconds=round(seconds, 4),
            caller=scope["state"].get("caller"),
        )


class _Answer:
    """Sends the answer, with our headers, and remembers its status."""

    def __init__(self, send: Send, request_id: str, *, has_body: bool) -> None:
        self._send = send
        self._id = request_id
        self._has_body = has_body
        self._begun = False
        self.status = 499
        self.when_sent: Callable[[], object] = lambda: None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._begun = True
            self.status = message["status"]
            headers = list(message.get("headers", []))
            told = {name for name, _ in headers}
            headers += [header for header in _SAFETY if header[0] not in told]
            headers.append((b"x-request-id", self._id.encode()))
            message = {**message, "headers": headers}
        elif not self._has_body:
            message = {**message, "body": b""}
        await self._send(message)
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            self.when_sent()

    async def problem(self, problem: Problem, scope: Scope, receive: Receive, request_id: str) -> None:
        """Answer with a problem, where no answer has begun."""
        if not self._begun:
            await problem.response(request_id)(scope, receive, self)


class _LimitedBody:
    """Receives a body, and no more of it than allowed, whatever its length was said to be."""

    def __init__(self, scope: Scope, receive: Receive, most: int) -> None:
        """Take the limit in bytes.

        Raises:
            Problem: 413, the body is said to be longer; 400, its length is no number; 415, it is compressed.
        """
        self._receive = receive
        self._most = most
        self._seen = 0
        headers = dict(scope["headers"])
        if headers.get(b"content-encoding", b"identity").strip().lower() not in {b"", b"identity"}:
            raise Problem(415, "content-encoding", "a body is read as it is: send it without Content-Encoding")
        told = headers.get(b"content-length")
        if told is not None:
            if not told.isdigit():
                raise Problem(400, "content-length", "the Content-Length is not a number")
            if int(told) > most:
                raise self._too_large()

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._seen += len(message.get("body", b""))
            if self._seen > self._most:
                raise self._too_large()
        return message

    def _too_large(self) -> Problem:
        return Problem(413, "body-too-large", f"a body may have {self._most:,} bytes", more={"limit": self._most})


def _lift(limit: asyncio.Timeout) -> None:
    """Take a time limit away, unless it is over already: a problem may be told after it."""
    with suppress(RuntimeError):
        limit.reschedule(None)


def _request_id(scope: Scope) -> str:
    told = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
    return told if _REQUEST_ID.fullmatch(told) else secrets.token_hex(8)
