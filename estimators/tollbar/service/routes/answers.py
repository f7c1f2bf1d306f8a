"""The shapes of answers, as the OpenAPI document tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from tollbar.decision import Decision
from tollbar.estimate import Estimate

if TYPE_CHECKING:
    from collections.abc import Callable

    from tollbar.service.service import Decided


class EstimateAnswer(BaseModel):
    """An estimate, and what was to be known of the input."""

    model_config = ConfigDict(title="EstimateAnswer")

    estimate: Estimate
    warnings: list[str] = Field(default_factory=list)


class DecisionAnswer(Decision):
    """A decision that is kept; ``revision`` is that of the policy bundle."""

    decision_id: str
    warnings: list[str] = Field(default_factory=list)
    estimate: Estimate | None = Field(default=None, description="left out with estimate=false")


def json_answer(document: dict[str, Any], number: Callable[[object], object] = str) -> Response:
    """Return an answer; parts that are JSON already stand as ``orjson.Fragment``, others go through ``number``."""
    return Response(orjson.dumps(document, default=number), media_type="application/json")


def decision_answer(decided: Decided, warnings: tuple[str, ...] = (), *, with_estimate: bool = True) -> Response:
    """Return the answer that tells a decision."""
    decision = decided.decision.model_dump(mode="json", by_alias=True, exclude_none=True)
    document = {"decision_id": decided.decision_id, **decision, "warnings": list(warnings)}
    if with_estimate:
        document["estimate"] = orjson.Fragment(decided.estimate.text.encode())
    return json_answer(document)
