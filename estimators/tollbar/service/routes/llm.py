"""``POST /v1/llm/…``: what calls of language models cost, and what policies say of one that nobody wrote yet."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import partial
from typing import Annotated, Any

import anyio.to_thread
import orjson
from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from tollbar.service.access import TheService, caller_with
from tollbar.service.authentication import Caller
from tollbar.service.routes.answers import EstimateAnswer, json_answer
from tollbar.service.routes.description import Description
from tollbar.service.upload import received_text

router = APIRouter(tags=["language models"])

_AT_ONCE = anyio.CapacityLimiter(2)
"""Each simulation runs the engine with settings of its own."""
_CALLS = [
    {"name": "support-bot", "model": "gpt-4o", "task_type": "basic_q_and_a", "calls_per_month": 40000,
     "input_tokens": 900, "output_tokens": 250},
]  # fmt: skip
Tokens = Annotated[int | None, Field(ge=0, le=100_000_000)]
Share = Annotated[Decimal | None, Field(ge=0, le=1)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class CallsQuestion(BaseModel):
    """Calls of language models: workloads of kind llm, as docs/workloads.md tells."""

    model_config = ConfigDict(extra="forbid")

    calls: list[dict[str, Any]] = Field(min_length=1, max_length=1000, examples=[_CALLS])


class SimulationQuestion(BaseModel):
    """One call, and the policy it is tried against: all of them where none is named. Tokens are those of one call."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "policy": "prevent-model-overkill",
                "task": "summarization",
                "input_tokens": 400,
                "model": "gpt-4",
            }
        },
    )

    model: Name
    policy: Name | None = None
    task: Name | None = None
    input_tokens: Tokens = None
    output_tokens: Tokens = None
    max_output_tokens: Annotated[int | None, Field(ge=1, le=100_000_000)] = None
    calls_per_month: Annotated[int | None, Field(ge=1, le=10_000_000_000)] = None
    cached_share: Share = None
    batch: bool = False
    provider: Name | None = None
    retries: Annotated[int | None, Field(ge=0, le=1000)] = None
    retry_share: Share = None
    compare: list[Name] = Field(default=[], max_length=20)


class SimulationAnswer(BaseModel):
    """What came out: the policies that are violated, what to do instead, and the dollars."""

    model_config = ConfigDict(extra="allow")

    outcome: str
    violations: list[dict[str, Any]]
    costs: list[dict[str, Any]]
    compared: list[dict[str, Any]]
    calls_per_month: float


@router.post("/v1/llm/estimates", response_model=EstimateAnswer)
async def estimate_calls(
    question: CallsQuestion,
    service: TheService,
    caller: Annotated[Caller, Depends(caller_with("estimates"))],
    described: Description,
) -> Response:
    """Price calls of language models."""
    caller.require_project(described.project)
    # Not by orjson, which knows no number of more than 64 bits: whether it will do is for the reader to say.
    body = json.dumps({"workloads": [{"kind": "llm", **call} for call in question.calls]}).encode()
    async with received_text(body, "calls.json", described, service.estimate_defaults) as upload:
        made = await service.pool.estimate(upload)
    return json_answer({"estimate": orjson.Fragment(made.estimate.text.encode()), "warnings": made.warnings})


@router.post("/v1/llm/simulations", response_model=SimulationAnswer)
async def simulate_a_call(
    question: SimulationQuestion,
    service: TheService,
    _: Annotated[Caller, Depends(caller_with("decisions"))],
) -> Response:
    """Try a call against the policies: what is violated, the suggested fallback, what it saves. Nothing is kept."""
    return await anyio.to_thread.run_sync(partial(_simulated, service, question), limiter=_AT_ONCE)


def _simulated(service: TheService, question: SimulationQuestion) -> Response:
    from tollbar.estimating.simulated_call import simulate_call  # noqa: PLC0415 -- only this route needs it
    from tollbar.llm.simulation import Scenario  # noqa: PLC0415 -- as above
    from tollbar.report.simulation import as_number, document_of  # noqa: PLC0415 -- as above

    told = question.model_dump(exclude={"policy", "compare"})
    configuration = service.configuration
    simulation = simulate_call(
        Scenario(**told), question.policy, question.compare, configuration.config, configuration.file,
        service.settings.opa,
    )  # fmt: skip
    return json_answer(document_of(simulation), number=as_number)
