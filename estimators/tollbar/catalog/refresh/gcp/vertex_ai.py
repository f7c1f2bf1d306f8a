"""Vertex AI: machines that train and predict, by series and GPU. Tokens of models are not read here."""

from __future__ import annotations

from tollbar.catalog.refresh.gcp.listing import BillingService, Rule, ServiceFamily, by_rules

_TASK = r"Vertex AI: (?P<task>Training/Pipelines on|Online/Batch Prediction)"
_SERIES = r"(?P<series>[A-Z]\d[A-Z]?)(?: AMD| Arm)?(?: Predefined)? Instance"
_WORDS = {
    "training/pipelines on": "training",
    "online/batch prediction": "prediction",
    "training/pipelines": "training",
}
RULES = (
    Rule(rf"{_TASK} {_SERIES} Core running in .+", "gcp/vertex_ai/{task}/vcpu/{series}", "vCPU-hours", words=_WORDS),
    Rule(rf"{_TASK} {_SERIES} Ram running in .+", "gcp/vertex_ai/{task}/memory/{series}", "GiB-hours", words=_WORDS),
    Rule(rf"{_TASK} (?P<gpu>Nvidia .+?) GPU running in .+", "gcp/vertex_ai/{task}/gpu/{gpu}", "hours", words=_WORDS),
    Rule(
        rf"Vertex AI: (?P<task>Training/Pipelines) Management fee on {_SERIES} Core in .+",
        "gcp/vertex_ai/{task}/management_fee/vcpu/{series}",
        "vCPU-hours",
        words=_WORDS,
    ),
    Rule(
        rf"Vertex AI: (?P<task>Training/Pipelines) Management fee on {_SERIES} Ram in .+",
        "gcp/vertex_ai/{task}/management_fee/memory/{series}",
        "GiB-hours",
        words=_WORDS,
    ),
)
FAMILY = ServiceFamily("vertex_ai", (BillingService("C7E2-9256-1C43", "Vertex AI"),), by_rules(*RULES))
