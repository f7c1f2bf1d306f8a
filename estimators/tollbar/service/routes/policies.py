"""``GET /v1/policies``: which rules there are, and what they find."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Depends
from pydantic import BaseModel

from tollbar.service.access import TheService, caller_with
from tollbar.service.authentication import Caller

router = APIRouter(tags=["policies"])


class RuleAnswer(BaseModel):
    """One rule."""

    code: str
    name: str
    category: str
    title: str
    description: str
    default_mode: str
    remediation: str
    params: dict[str, Any]


class RulesAnswer(BaseModel):
    """All rules of the library."""

    policies: list[RuleAnswer]


@router.get("/v1/policies")
async def list_policies(service: TheService, _: Annotated[Caller, Depends(caller_with("policies"))]) -> RulesAnswer:
    """List the rules of the policy library with their parameters."""
    return RulesAnswer(policies=await anyio.to_thread.run_sync(partial(_rules, service)))


def _rules(service: TheService) -> list[RuleAnswer]:
    from tollbar.policy.library import policy_library  # noqa: PLC0415 -- only this route needs it
    from tollbar.policy.opa_binary import find_opa  # noqa: PLC0415 -- as above
    from tollbar.policy.rules import read_rules  # noqa: PLC0415 -- as above

    rules = read_rules(find_opa(service.settings.opa), policy_library())
    return [RuleAnswer(**{name: getattr(rule, name) for name in RuleAnswer.model_fields}) for rule in rules]
