"""``/`` shows what was decided lately, what is spent and where it leads; ``/decisions/ID`` is the HTML report."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Path, Response
from starlette.responses import HTMLResponse

from tollbar.money import format_usd
from tollbar.service.access import TheService
from tollbar.service.pages.overview import DAYS, overview
from tollbar.service.pages.page import page
from tollbar.service.pages.session import Reader
from tollbar.service.problems import Problem

router = APIRouter(include_in_schema=False)

_OUTCOMES = {"allow": "Allowed", "warn": "Allowed with warnings", "needs_approval": "Needs approval", "deny": "Denied"}


@router.get("/")
async def show_overview(service: TheService, reader: Reader) -> Response:
    """Show the overview."""
    today = datetime.now(UTC).date()
    told = await anyio.to_thread.run_sync(
        partial(overview, service.ledger, reader.projects, service.policy_settings, today)
    )
    content = {"overview": told, "outcomes": _OUTCOMES, "usd": format_usd, "days": DAYS, "reader": reader.id}
    return page("overview.html.jinja", content)


@router.get("/decisions/{decision_id}")
async def show_report(
    service: TheService, reader: Reader, decision_id: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
) -> Response:
    """Show a decision as its HTML report."""
    text = await anyio.to_thread.run_sync(partial(_report, service, reader.projects, decision_id))
    return HTMLResponse(text, headers={"X-Frame-Options": "DENY"})


def _report(service: TheService, projects: frozenset[str] | None, decision_id: str) -> str:
    from tollbar.estimate import Estimate  # noqa: PLC0415 -- only this page needs it
    from tollbar.report.html import render  # noqa: PLC0415 -- as above
    from tollbar.report.interface import Report  # noqa: PLC0415 -- as above

    entry = service.ledger.entry(decision_id)
    if entry is None or (projects is not None and entry.summary.project_id not in projects):
        raise Problem(404, "no-such-decision", "there is no decision with this id")
    return render(Report(Estimate.from_json(entry.estimate, "the estimate"), entry.decision, everything=True))
