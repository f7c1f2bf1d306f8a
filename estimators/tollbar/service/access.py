"""What a route asks for: the service, and a caller with a scope, counted against their rate limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from tollbar.service.authentication import Caller
from tollbar.service.problems import Problem
from tollbar.service.service import Service
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_BEARER = HTTPBearer(auto_error=False, description="A token made by `tollbar tokens create`, or a JWT.")
_Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
"""Only for the OpenAPI document: the token is read by :mod:`tollbar.service.authentication`."""


def service_of(request: Request) -> Service:
    """Return the running service."""
    service: Service = request.app.state.service
    return service


TheService = Annotated[Service, Depends(service_of)]


def caller_with(scope: str) -> Callable[..., Awaitable[Caller]]:
    """Return a dependency: the caller, who has a scope and has not asked too often."""

    async def caller(
        request: Request,
        response: Response,
        service: TheService,
        _: _Bearer,
    ) -> Caller:
        found = await service.authentication.caller(request)
        _refuse_unknown_parameters(request)
        request.state.caller = found.id
        headers = await service.rate_limit.count(found)
        response.headers.update(headers)
        found.require(scope)
        return found

    return caller


def _refuse_unknown_parameters(request: Request) -> None:
    """Refuse a query parameter that the route has not: misspelt, it would be passed over without a word.

    Raises:
        Problem: 422; the nearest is named.
    """
    path = getattr(request.scope.get("route"), "path_format", "")
    operation = request.app.openapi()["paths"].get(path, {}).get(request.method.lower())
    if operation is None:
        return
    known = [parameter["name"] for parameter in operation.get("parameters", ()) if parameter["in"] == "query"]
    for name in request.query_params:
        if name not in known:
            hint = did_you_mean(name, known) or (f"Known are {', '.join(known)}." if known else "There are none.")
            raise Problem(422, "parameters", f"there is no query parameter {name[:80]!r}", more={"hint": hint})
