"""Who looks at a page: the token of who signed in stands in a cookie that scripts cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from fastapi import Depends, Request

from tollbar.service.access import TheService
from tollbar.service.authentication import Caller
from tollbar.service.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.ledger.interface import Summary


class SignInFirst(Exception):  # noqa: N818 -- no error: the next step of who is not signed in
    """Nobody is signed in; ``then`` is the page they wanted."""

    def __init__(self, then: str) -> None:
        super().__init__(then)
        self.location = f"/sign-in?then={quote(then, safe='')}"


async def reader(request: Request, service: TheService) -> Caller:
    """Return who looks at a page.

    Raises:
        SignInFirst: Nobody is signed in, or with a token that is no longer good.
        Problem: 403, they may not read the history; 429, they ask too often.
    """
    try:
        caller = await service.authentication.caller(request)
    except Problem as problem:
        if problem.status != 401:
            raise
        raise SignInFirst(request.url.path) from None
    request.state.caller = caller.id
    await service.rate_limit.count(caller)
    caller.require("history")
    return caller


Reader = Annotated[Caller, Depends(reader)]


def visible(found: Sequence[Summary], caller: Caller) -> list[Summary]:
    """Return the entries that somebody may see."""
    if caller.projects is None:
        return list(found)
    return [summary for summary in found if summary.project_id in caller.projects]
