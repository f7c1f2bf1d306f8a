"""``POST /v1/decisions``: may it pass? And ``GET``: why did it not?"""

from __future__ import annotations

from functools import partial
from typing import Annotated

import anyio.to_thread
import orjson
from fastapi import APIRouter, Depends, Path, Query, Request, Response

from tollbar.service.access import TheService, caller_with
from tollbar.service.authentication import Caller
from tollbar.service.estimate_text import EstimateText, read_estimate, visible_text
from tollbar.service.problems import Problem
from tollbar.service.routes.answers import DecisionAnswer, decision_answer, json_answer
from tollbar.service.routes.bodies import input_body
from tollbar.service.routes.description import Description
from tollbar.service.service import Service
from tollbar.service.upload import Described, received

router = APIRouter(tags=["decisions"])

_ESTIMATE_MARK = b'"schema_version"'
_WHERE_IT_STANDS = 200
_SMALL = 256 * 1024
"""Up to this size an estimate is read here; larger ones by a worker, for the event loop's sake."""

DecisionId = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="as the decision told it")]


@router.post("/v1/decisions", response_model=DecisionAnswer, openapi_extra=input_body())
async def decide(
    request: Request,
    service: TheService,
    caller: Annotated[Caller, Depends(caller_with("decisions"))],
    described: Description,
    estimate: Annotated[bool, Query(description="tell the estimate as well")] = True,  # noqa: FBT002 -- a query parameter
) -> Response:
    """Decide on an estimate, or on an input that is priced first. The decision is kept before it is told."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    warnings: tuple[str, ...] = ()
    if media_type == "application/json":
        body = await request.body()
        if _ESTIMATE_MARK in body[:_WHERE_IT_STANDS]:
            told = await _read(service, body)
        else:
            told, warnings = await _priced(request, service, described)
    else:
        told, warnings = await _priced(request, service, described)
    caller.require_project(told.facts.project_id)
    decided = await service.decide(told, projects=caller.projects)
    return decision_answer(decided, warnings, with_estimate=estimate)


@router.get("/v1/decisions/{decision_id}", response_model=DecisionAnswer)
async def show_decision(
    decision_id: DecisionId, service: TheService, caller: Annotated[Caller, Depends(caller_with("history"))]
) -> Response:
    """Tell a decision that was made before, with its estimate."""
    entry = await anyio.to_thread.run_sync(partial(service.ledger.entry, decision_id))
    if entry is None or (caller.projects is not None and entry.summary.project_id not in caller.projects):
        raise Problem(404, "no-such-decision", "there is no decision with this id")
    decision = entry.decision.model_dump(mode="json", by_alias=True, exclude_none=True)
    estimate = await anyio.to_thread.run_sync(partial(visible_text, entry.estimate, caller.projects))
    fragment = orjson.Fragment(estimate.encode())
    return json_answer({"decision_id": decision_id, **decision, "warnings": [], "estimate": fragment})


async def _read(service: Service, body: bytes) -> EstimateText:
    if len(body) <= _SMALL:
        return read_estimate(body)
    return await service.pool.read(body)


async def _priced(request: Request, service: Service, described: Described) -> tuple[EstimateText, tuple[str, ...]]:
    async with received(request, described, service.limits, service.estimate_defaults) as upload:
        made = await service.pool.estimate(upload)
    return made.estimate, made.warnings
