"""``GET /v1/projects/{id}/history``: what was decided for a project, and what it cost over time."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Path, Query
from pydantic import AwareDatetime, BaseModel

from tollbar.estimate import Amount
from tollbar.ledger.interface import Selection
from tollbar.service.access import TheService, caller_with
from tollbar.service.authentication import Caller

if TYPE_CHECKING:
    from tollbar.ledger.interface import Summary
    from tollbar.ledger.ledger import Ledger

router = APIRouter(tags=["history"])
_MOST = 1_000


class PastDecision(BaseModel):
    """One decision; amounts in USD a month. ``change_since`` is the difference to the one before it in the list."""

    decision_id: str
    time: str
    name: str
    environment: str
    team: str | None
    pull_request: str | None
    monthly_cost: Amount
    delta: Amount | None
    change_since: Amount | None
    outcome: str
    revision: str
    approved_by: str | None
    approved_at: str | None


class ProjectHistory(BaseModel):
    """Decisions of a project, the newest first."""

    project: str
    decisions: list[PastDecision]
    more: bool


@router.get("/v1/projects/{project:path}/history")
async def project_history(
    service: TheService,
    caller: Annotated[Caller, Depends(caller_with("history"))],
    project: Annotated[str, Path(max_length=200, examples=["shop"])],
    since: Annotated[AwareDatetime | None, Query()] = None,
    until: Annotated[AwareDatetime | None, Query()] = None,
    environment: Annotated[str | None, Query(max_length=100)] = None,
    most: Annotated[int, Query(ge=1, le=_MOST)] = 100,
) -> ProjectHistory:  # fmt: skip
    """List what was decided for a project, and how its cost changed from decision to decision."""
    caller.require_project(project)
    selection = Selection(
        since.isoformat() if since else None, until.isoformat() if until else None, project, environment=environment
    )
    found = await anyio.to_thread.run_sync(partial(_selected, service.ledger, selection, most + 1))
    return ProjectHistory(project=project, decisions=_compared(found)[:most], more=len(found) > most)


def _selected(ledger: Ledger, selection: Selection, most: int) -> list[Summary]:
    return list(islice(ledger.select(selection), most))


def _compared(found: list[Summary]) -> list[PastDecision]:
    """Return the decisions, each with the difference to the one before it of the same deployment."""
    last: dict[tuple[str, str], Decimal] = {}
    answers = []
    for summary in reversed(found):
        deployment = (summary.name, summary.environment)
        before = last.get(deployment)
        answers.append(
            PastDecision(
                decision_id=summary.id,
                change_since=None if before is None else summary.monthly_cost - before,
                **{name: getattr(summary, name) for name in PastDecision.model_fields if hasattr(summary, name)},
            )
        )
        last[deployment] = summary.monthly_cost
    return answers[::-1]
