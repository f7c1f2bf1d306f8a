"""``/sign-in``: a token, kept in a cookie until the browser is closed or its owner signs out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from tollbar.service.access import TheService
from tollbar.service.authentication import COOKIE
from tollbar.service.pages.page import page
from tollbar.service.problems import Problem

router = APIRouter(include_in_schema=False)
_HOME = "/"


@router.get("/sign-in")
async def ask(then: Annotated[str, Query(max_length=500)] = _HOME) -> Response:
    """Show the form."""
    return page("sign_in.html.jinja", {"then": _own_path(then), "problem": ""})


@router.post("/sign-in")
async def sign_in(
    request: Request,
    service: TheService,
    token: Annotated[str, Form(max_length=10_000)] = "",
    then: Annotated[str, Form(max_length=500)] = _HOME,
) -> Response:
    """Take a token, and go on to the page that was wanted."""
    token = token.strip()
    try:
        caller = await service.authentication.caller_with(token)
        caller.require("history")
    except Problem as problem:
        return page("sign_in.html.jinja", {"then": _own_path(then), "problem": problem.detail}, status=problem.status)
    answer = RedirectResponse(_own_path(then), 303)
    secure = request.url.scheme == "https" or (service.settings.public_url or "").startswith("https:")
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure, path="/")
    return answer


@router.post("/sign-out")
async def sign_out() -> Response:
    """Forget the token."""
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def _own_path(then: str) -> str:
    """Return a path of this service: never somebody else's address."""
    return then if then.startswith("/") and not then.startswith(("//", "/\\")) else _HOME
