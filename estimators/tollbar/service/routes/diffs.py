"""``POST /v1/diffs``: what a change costs, from two inputs."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Request, Response

from tollbar.service.access import TheService, caller_with
from tollbar.service.authentication import Caller
from tollbar.service.problems import Problem
from tollbar.service.routes.answers import EstimateAnswer, json_answer
from tollbar.service.routes.bodies import input_body
from tollbar.service.routes.description import Description
from tollbar.service.upload import received

router = APIRouter(tags=["estimates"])


@router.post("/v1/diffs", response_model=EstimateAnswer, openapi_extra=input_body(base=True))
async def make_diff(
    request: Request,
    service: TheService,
    caller: Annotated[Caller, Depends(caller_with("estimates"))],
    described: Description,
) -> Response:
    """Price a change: a form with ``input`` and the ``base`` it is compared with; totals tell previous and delta."""
    caller.require_project(described.project)
    async with received(request, described, service.limits, service.estimate_defaults) as upload:
        if upload.base is None:
            raise Problem(400, "no-base", "the form has no part called base, which the input is compared with")
        made = await service.pool.estimate(upload)
    caller.require_project(made.estimate.facts.project_id)
    return json_answer({"estimate": orjson.Fragment(made.estimate.text.encode()), "warnings": made.warnings})
