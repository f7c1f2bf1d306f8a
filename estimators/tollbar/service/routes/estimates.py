"""``POST /v1/estimates``: what an input costs a month."""

from __future__ import annotations

import time
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Request, Response

from tollbar.service.access import TheService, caller_with
from tollbar.service.authentication import Caller
from tollbar.service.routes.answers import EstimateAnswer, json_answer
from tollbar.service.routes.bodies import input_body
from tollbar.service.routes.description import Description
from tollbar.service.upload import received

router = APIRouter(tags=["estimates"])


@router.post("/v1/estimates", response_model=EstimateAnswer, openapi_extra=input_body())
async def make_estimate(
    request: Request,
    service: TheService,
    caller: Annotated[Caller, Depends(caller_with("estimates"))],
    described: Description,
) -> Response:
    """Price an input: plan JSON, zipped Terraform, Kubernetes YAML, CloudFormation, workloads, Infracost."""
    caller.require_project(described.project)
    begun = time.perf_counter()
    async with received(request, described, service.limits, service.estimate_defaults) as upload:
        made = await service.pool.estimate(upload)
    caller.require_project(made.estimate.facts.project_id)
    service.metrics.estimate_seconds.observe(time.perf_counter() - begun)
    return json_answer({"estimate": orjson.Fragment(made.estimate.text.encode()), "warnings": made.warnings})
