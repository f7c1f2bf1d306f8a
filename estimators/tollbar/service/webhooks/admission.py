"""Kubernetes asks by a ValidatingAdmissionWebhook (admission.k8s.io/v1): may this object be, at its cost?

After "Dynamic Admission Control" of the Kubernetes documentation (v1.35). The object is priced by the service's node
rates and decided on like any manifest; what it replaces is the base. A denial tells the findings, warnings show in
``kubectl``. What cannot be decided is a 5xx: whether that lets the object pass is the webhook's ``failurePolicy``.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from tollbar.service.access import TheService, caller_with
from tollbar.service.authentication import Caller
from tollbar.service.service import Service
from tollbar.service.upload import Described, received_text

router = APIRouter(tags=["webhooks"])

_MOST_WARNINGS = 10
_LONGEST_WARNING = 250
"""Kubernetes asks for warnings of at most 256 characters."""
_PROJECT_LABELS = ("tollbar.dev/project", "app.kubernetes.io/part-of")
_TEAM_LABELS = ("tollbar.dev/team", "team")
_ENVIRONMENT_LABELS = ("tollbar.dev/environment", "environment")


class Loose(BaseModel):
    """What is read of Kubernetes's own documents: there is more in them."""

    model_config = ConfigDict(extra="ignore")


class AdmissionRequest(Loose):
    """What is asked."""

    uid: str = Field(min_length=1, max_length=200)
    operation: Literal["CREATE", "UPDATE", "DELETE", "CONNECT"]
    namespace: str = Field(default="", max_length=253)
    object: dict[str, Any] | None = None
    oldObject: dict[str, Any] | None = None  # noqa: N815 -- Kubernetes's own name
    dryRun: bool = False  # noqa: N815 -- as above


class AdmissionReview(Loose):
    """The envelope of a question."""

    apiVersion: Literal["admission.k8s.io/v1"]  # noqa: N815 -- Kubernetes's own name
    kind: Literal["AdmissionReview"]
    request: AdmissionRequest


class AdmissionStatus(BaseModel):
    """Why it may not be."""

    code: int
    message: str


class AdmissionResponse(BaseModel):
    """The verdict."""

    uid: str
    allowed: bool
    status: AdmissionStatus | None = None
    warnings: list[str] | None = None


class AdmissionAnswer(BaseModel):
    """The envelope of a verdict."""

    apiVersion: Literal["admission.k8s.io/v1"] = "admission.k8s.io/v1"  # noqa: N815 -- Kubernetes's own name
    kind: Literal["AdmissionReview"] = "AdmissionReview"
    response: AdmissionResponse


@router.post("/v1/webhooks/kubernetes-admission", response_model_exclude_none=True)
async def admit(
    review: AdmissionReview,
    service: TheService,
    caller: Annotated[Caller, Depends(caller_with("admission"))],
    timeout: Annotated[  # noqa: ARG001, ASYNC109 -- heard, so that it is no unknown parameter
        str | None, Query(max_length=40, description="the webhook's timeoutSeconds, which kube-apiserver adds: 10s")
    ] = None,
) -> AdmissionAnswer:
    """Decide whether an object may be, and warn of what it costs."""
    asked = review.request
    if asked.object is None or asked.operation in {"DELETE", "CONNECT"}:
        return AdmissionAnswer(response=AdmissionResponse(uid=asked.uid, allowed=True))
    return AdmissionAnswer(response=await _response(service, caller, asked))


async def _response(service: Service, caller: Caller, asked: AdmissionRequest) -> AdmissionResponse:
    labels = _labels(asked.object or {})
    described = Described(
        project=_label(labels, _PROJECT_LABELS) or asked.namespace or None,
        team=_label(labels, _TEAM_LABELS),
        environment=_label(labels, _ENVIRONMENT_LABELS),
    )
    caller.require_project(described.project)
    # Not orjson, which knows no number beyond 64 bits.
    base = None if asked.oldObject is None else json.dumps(asked.oldObject).encode()
    body = json.dumps(asked.object).encode()
    async with received_text(body, "object.yml", described, service.estimate_defaults, base) as upload:
        made = await service.pool.estimate(upload)
    decided = await service.decide(made.estimate, keep=not asked.dryRun)
    told = [finding.msg for finding in decided.decision.findings if finding.severity in {"error", "approval"}]
    hints = [finding.msg for finding in decided.decision.findings if finding.severity == "warning"]
    denied = decided.decision.outcome in {"deny", "needs_approval"}
    if denied and service.settings.admission_warns_only:
        denied, hints = False, [*told, *hints]
    return AdmissionResponse(
        uid=asked.uid,
        allowed=not denied,
        status=AdmissionStatus(code=403, message=" ".join(told)) if denied else None,
        warnings=[hint[:_LONGEST_WARNING] for hint in hints[:_MOST_WARNINGS]] or None,
    )


def _labels(new: dict[str, Any]) -> dict[str, Any]:
    """Return the labels of an object; none where it is no object of Kubernetes."""
    metadata = new.get("metadata")
    labels = metadata.get("labels") if isinstance(metadata, dict) else None
    return labels if isinstance(labels, dict) else {}


def _label(labels: dict[str, Any], names: tuple[str, ...]) -> str | None:
    return next((str(labels[name]) for name in names if labels.get(name)), None)
