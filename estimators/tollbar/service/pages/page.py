"""A page from a template: escaped, with its style inside and a policy that lets it run and fetch nothing else."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

if TYPE_CHECKING:
    from collections.abc import Mapping


def page(template: str, content: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """Return a page as an answer."""
    style, policy = _style()
    text = _templates().get_template(template).render({**content, "style": style})
    return HTMLResponse(text, status, headers={"Content-Security-Policy": policy, "X-Frame-Options": "DENY"})


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("tollbar.service.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> tuple[Markup, str]:
    """Return the style sheets of reports and pages, and the policy that allows them by their hash alone."""
    report = (files("tollbar.report.html") / "templates" / "report.css").read_text(encoding="utf-8")
    own = (files("tollbar.service.pages") / "templates" / "page.css").read_text(encoding="utf-8")
    style = report + own
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    rules = ("default-src 'none'", "img-src data:", f"style-src 'sha256-{digest}'", "form-action 'self'")
    policy = "; ".join((*rules, "base-uri 'none'", "frame-ancestors 'none'"))
    return Markup(style), policy  # noqa: S704 -- our own files
