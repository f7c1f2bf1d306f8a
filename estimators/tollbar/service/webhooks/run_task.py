"""HCP Terraform and Terraform Enterprise ask by a run task: the plan is fetched, decided on, and the run told.

After "Run Tasks Integration" of HashiCorp's API documentation (November 2026): the request is signed with HMAC-SHA512
in ``X-TFC-Task-Signature``, answered at once with 200, and the verdict is sent to ``task_result_callback_url`` with
the access token that came with the request. A test request, sent when the task is set up, has the stage ``test``.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2
import orjson
from fastapi import APIRouter, BackgroundTasks, Request
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError

from tollbar.errors import TollbarError
from tollbar.money import format_usd
from tollbar.service.access import TheService
from tollbar.service.problems import Problem, problem_of
from tollbar.service.upload import Described, received_text

if TYPE_CHECKING:
    from tollbar.service.service import Decided, Service

router = APIRouter(tags=["webhooks"])

SIGNATURE = "x-tfc-task-signature"
_STAGES_WITH_PLAN = frozenset({"post_plan", "pre_apply"})
_SECONDS = 30.0
_MOST_OUTCOMES = 30
_LONGEST_MESSAGE = 500
_MEDIA_TYPE = "application/vnd.api+json"
_MARKS = {"error": "Failed", "approval": "Approval needed", "warning": "Warning", "info": "Note"}
_LEVELS = {"error": "error", "approval": "error", "warning": "warning", "info": "info"}


class RunTask(BaseModel):
    """What is read of a run task's request."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    stage: str
    access_token: SecretStr
    task_result_callback_url: str | None = None
    plan_json_api_url: str | None = None
    organization_name: str | None = None
    workspace_name: str | None = None
    run_id: str | None = None


_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"type": "object", "required": ["stage", "access_token"]},
                "example": {"payload_version": 1, "stage": "test", "access_token": "test-token"},
            }
        },
    }
}


@router.post("/v1/webhooks/terraform-run-task", openapi_extra=_BODY)
async def run_task(request: Request, service: TheService, background: BackgroundTasks) -> dict[str, str]:
    """Take a run task of HCP Terraform or Terraform Enterprise; the verdict is sent to it afterwards."""
    body = await request.body()
    _check_signature(service, body, request.headers.get(SIGNATURE))
    try:
        task = RunTask.model_validate_json(body)
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()[:3])
        raise Problem(422, "run-task", f"this is no run task: {told}") from None
    if task.stage == "test":
        return {"status": "ok"}
    if task.stage not in _STAGES_WITH_PLAN or task.plan_json_api_url is None or task.task_result_callback_url is None:
        raise Problem(422, "run-task-stage", f"at the stage {task.stage!r} there is no plan: choose post-plan")
    for url in (task.plan_json_api_url, task.task_result_callback_url):
        _check_host(service, url)
    background.add_task(_answer, service, task)
    return {"status": "accepted"}


def _check_signature(service: Service, body: bytes, told: str | None) -> None:
    key = service.settings.run_task_key
    if key is None:
        raise Problem(404, "no-run-task", "no key is set for run tasks (TOLLBAR_SERVICE_RUN_TASK_KEY)")
    expected = hmac.new(key.get_secret_value().encode(), body, hashlib.sha512).hexdigest()
    # As bytes: a header may hold what is not ASCII, which it refuses to compare as text.
    if told is None or not hmac.compare_digest(expected.encode(), told.strip().lower().encode()):
        raise Problem(401, "signature", "the signature of the run task does not fit")


def _check_host(service: Service, url: str) -> None:
    """Refuse to be sent anywhere else than to Terraform: the request names whom to ask and to tell."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Problem(422, "run-task-host", "a URL of the run task cannot be read") from None
    allowed = service.settings.run_task_hosts
    is_loopback = parts.hostname in {"127.0.0.1", "localhost"} and parts.netloc in allowed
    if (parts.scheme != "https" and not is_loopback) or (parts.hostname not in allowed and parts.netloc not in allowed):
        raise Problem(422, "run-task-host", f"{parts.hostname!r} is not among the hosts of run tasks that are allowed")


async def _answer(service: Service, task: RunTask) -> None:
    """Fetch the plan, decide, and tell the run."""
    token = task.access_token.get_secret_value()
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(timeout=_SECONDS, headers=headers) as client:
        try:
            async with asyncio.timeout(service.settings.request_seconds):
                result = _result(await _decided(service, task, client))
        except TimeoutError:
            result = _failure("it took too long")
        except TollbarError as error:
            result = _failure(problem_of(error).detail)
        except Problem as problem:
            result = _failure(problem.detail)
        except httpx2.HTTPError as error:
            result = _failure(f"the plan cannot be fetched ({type(error).__name__})")
        except Exception as error:  # a defect fails the run, which else would wait for nothing
            service.log.exception("internal error", run=task.run_id, error=type(error).__name__)
            result = _failure("this is a defect of the service; its log tells more")
        try:
            url = task.task_result_callback_url or ""
            answer = await client.patch(url, content=orjson.dumps(result), headers={"Content-Type": _MEDIA_TYPE})
            answer.raise_for_status()
        except httpx2.HTTPError as error:
            service.log.warning("run task was not told", run=task.run_id, error=type(error).__name__)


async def _decided(service: Service, task: RunTask, client: httpx2.AsyncClient) -> Decided:
    answer = await client.get(task.plan_json_api_url or "", follow_redirects=True)
    if answer.status_code != httpx2.codes.OK:
        raise Problem(502, "plan", f"the plan cannot be fetched (HTTP {answer.status_code})")
    if len(answer.content) > service.settings.body_bytes:
        raise Problem(413, "plan", "the plan is too large")
    described = Described(project=task.workspace_name, team=None)
    async with received_text(answer.content, "plan.json", described, service.estimate_defaults) as upload:
        made = await service.pool.estimate(upload)
    return await service.decide(made.estimate)


def _result(decided: Decided) -> dict[str, Any]:
    decision, facts = decided.decision, decided.estimate.facts
    passes = decision.outcome in {"allow", "warn"}
    change = "" if facts.delta is None else f" ({format_usd(facts.delta, signed=True)})"
    counted = f"{len(decision.findings)} finding{'' if len(decision.findings) == 1 else 's'}"
    message = f"{format_usd(facts.monthly_cost)} a month{change}; {decision.outcome.replace('_', ' ')}, {counted}"
    outcomes = [
        {
            "type": "task-result-outcomes",
            "attributes": {
                "outcome-id": f"{finding.code}-{number}",
                "description": finding.msg[:_LONGEST_MESSAGE],
                "body": f"{finding.msg}\n\n{finding.remediation}".strip(),
                "tags": {
                    "Status": [{"label": _MARKS[finding.severity], "level": _LEVELS[finding.severity]}],
                    "Rule": [{"label": finding.code}],
                },
            },
        }
        for number, finding in enumerate(decision.findings[:_MOST_OUTCOMES], 1)
    ]
    return _document("passed" if passes else "failed", message, outcomes)


def _failure(detail: str) -> dict[str, Any]:
    """Return the result of what could not be decided: failed, never passed."""
    return _document("failed", f"Tollbar could not decide: {detail}"[:_LONGEST_MESSAGE], [])


def _document(status: str, message: str, outcomes: list[dict[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {"type": "task-results", "attributes": {"status": status, "message": message}}
    if outcomes:
        data["relationships"] = {"outcomes": {"data": outcomes}}
    return {"data": data}
