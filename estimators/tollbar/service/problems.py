"""Errors as RFC 9457 problem details: what went wrong, in a form that programs can tell apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from tollbar.errors import CatalogError, ConfigError, EngineError, InputError, LedgerError, TollbarError

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:tollbar:problem:"
_TITLES = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    408: "Request timeout",
    409: "Conflict",
    413: "Content too large",
    415: "Unsupported media type",
    422: "Unprocessable content",
    429: "Too many requests",
    500: "Internal error",
    503: "Service unavailable",
    504: "Gateway timeout",
}


class Problem(Exception):  # noqa: N818 -- the standard's own word
    """Something to be told to who asked. ``slug`` is the end of its type, ``more`` are members besides the usual."""

    def __init__(
        self,
        status: int,
        slug: str,
        detail: str,
        *,
        more: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.slug = slug
        self.detail = detail
        self.more = dict(more or {})
        self.headers = dict(headers or {})

    def response(self, request_id: str | None = None) -> Response:
        """Return it as the answer to a request."""
        body: dict[str, Any] = {
            "type": f"{TYPE_PREFIX}{self.slug}",
            "title": _TITLES.get(self.status, "Error"),
            "status": self.status,
            "detail": self.detail,
            **self.more,
        }
        if request_id is not None:
            body["request_id"] = request_id
        return Response(
            json.dumps(body, separators=(",", ":")), self.status, headers=self.headers, media_type=MEDIA_TYPE
        )


def unavailable(slug: str, detail: str, retry_after: int = 5) -> Problem:
    """Return the problem of something that will be well again: 503 with the seconds to wait."""
    return Problem(503, slug, detail, headers={"Retry-After": str(retry_after)})


def problem_of(error: TollbarError) -> Problem:
    """Return the problem that an error of ours is: 4xx where who asked can mend it, 503 where they cannot.

    Paths of the service's own folders are never in it: inputs are called as they were uploaded.
    """
    more: dict[str, Any] = {}
    if error.location is not None:
        more["location"] = {"file": error.location.file, "line": error.location.line}
    if error.hint:
        more["hint"] = error.hint
    match error:
        case EngineError():
            return unavailable("policy-not-evaluated", error.message)
        case LedgerError():
            return unavailable("ledger-unavailable", error.message)
        case CatalogError():
            return unavailable("prices-unavailable", error.message)
        case InputError():
            return Problem(422, "input-not-understood", error.message, more=more)
        case ConfigError():
            return Problem(422, "settings-not-understood", error.message, more=more)
    return Problem(500, "internal-error", error.message)
