"""What a route asks for: the service, and a caller with a scope, counted against their rate limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from tollbar.service.authentication import Caller
from tollbar.service.service import Service

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
        request.state.caller = found.id
        headers = await service.rate_limit.count(found)
        response.headers.update(headers)
        found.require(scope)
        return found

    return caller
