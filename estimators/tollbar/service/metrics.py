"""What Prometheus is told: requests, decisions, estimates. Never labelled by user, token or raw path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from tollbar.ledger.interface import Facts

_MOST_NAMES = 500
_OTHERS = "others"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The metrics of one app, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._environments, self._projects = set[str](), set[str]()
        self.requests = Counter(
            "tollbar_http_requests", "Requests answered", ["route", "method", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "tollbar_http_request_duration_seconds", "Time to answer a request", ["route"],
            buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self.in_flight = Gauge("tollbar_http_requests_in_flight", "Requests being answered", registry=self._registry)
        self.decisions = Counter(
            "tollbar_decisions", "Decisions by outcome", ["outcome", "environment"], registry=self._registry
        )
        self.findings = Counter("tollbar_findings", "Findings by rule", ["code", "severity"], registry=self._registry)
        self.decision_seconds = Histogram(
            "tollbar_policy_evaluation_duration_seconds", "Time until OPA answered",
            buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self.estimate_seconds = Histogram(
            "tollbar_estimate_duration_seconds", "Time to make an estimate", buckets=_SECONDS, registry=self._registry
        )
        self.decided_cost = Gauge(
            "tollbar_decided_monthly_cost_usd", "Monthly cost of the last decision", ["project"],
            registry=self._registry,
        )  # fmt: skip
        self.engine_failures = Counter(
            "tollbar_engine_failures", "Decisions that OPA did not make", registry=self._registry
        )

    def decided(self, outcome: str, facts: Facts) -> None:
        """Count a decision. Callers name environments and projects: beyond some hundred, new ones get no series."""
        environment = facts.environment if _has_room(self._environments, facts.environment) else _OTHERS
        self.decisions.labels(outcome, environment).inc()
        if facts.project_id is not None and _has_room(self._projects, facts.project_id):
            self.decided_cost.labels(facts.project_id).set(float(facts.monthly_cost))

    def exposition(self) -> bytes:
        """Return all of them in Prometheus's text format."""
        return generate_latest(self._registry)


def _has_room(names: set[str], name: str) -> bool:
    """Tell whether a name is among the known ones, which it joins while there are few."""
    if len(names) < _MOST_NAMES:
        names.add(name)
    return name in names
