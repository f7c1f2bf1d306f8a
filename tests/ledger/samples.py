"""Estimates and decisions to keep in a ledger."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.decision import Decision, Finding
from tollbar.estimate import Coverage, Deployment, Estimate, Meta, Prices, Source, Totals

if TYPE_CHECKING:
    from tollbar.decision import Outcome

NOW = "2026-11-21T10:00:00Z"


def estimate(now: str = NOW, cost: str = "100", delta: str | None = None, **deployment: Any) -> Estimate:
    """Return an estimate of one deployment without resources."""
    total = Decimal(cost)
    change: dict[str, Any] = {} if delta is None else {"delta": Decimal(delta), "previous": total - Decimal(delta)}
    about = {"name": "shop", "environment": "dev", "team": "checkout", "project_id": "shop", **deployment}
    return Estimate(
        meta=Meta(
            now=now, tollbar="0.2.0", source=Source(kind="terraform", path="infra"),
            prices=Prices(snapshot="2026-11-01", as_of="2026-11-01"), assumptions=True,
        ),
        deployment=Deployment(**about),
        resources=(),
        totals=Totals(monthly_cost=total, min=total, p90=total, max=total, **change),
        coverage=Coverage(priced=0, free=0, unpriced=0),
    )  # fmt: skip


def decision(outcome: Outcome = "allow", revision: str = "r1") -> Decision:
    """Return a decision with a finding as grave as its outcome."""
    finding = Finding(
        code="TB102", rule="deployment_limit", title="Limit", severity="error", msg="[TB102] shop costs too much",
    )  # fmt: skip
    return Decision(outcome=outcome, findings=(finding,) if outcome == "deny" else (), revision=revision)
