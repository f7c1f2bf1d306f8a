"""The parts of a running service, and the one thing it is for: deciding on an estimate, and keeping that."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio.to_thread

from tollbar.decision import decision_from_result
from tollbar.errors import EngineError
from tollbar.estimate import History
from tollbar.service.estimate_text import visible_history

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.catalog.layers import LayeredCatalog
    from tollbar.decision import Decision
    from tollbar.ledger.access_tokens import AccessTokens
    from tollbar.ledger.ledger import Ledger
    from tollbar.service.archive import ArchiveLimits
    from tollbar.service.authentication import Authentication
    from tollbar.service.configuration import ServiceSettings
    from tollbar.service.decision_client import DecisionClient
    from tollbar.service.estimate_pool import EstimatePool
    from tollbar.service.estimate_text import EstimateText
    from tollbar.service.metrics import Metrics
    from tollbar.service.opa_process import OpaProcess
    from tollbar.service.rate_limit import RateLimit
    from tollbar.service.setup import ServiceConfiguration


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision. ``decision_id`` is its entry in the ledger, None where it was not to be kept."""

    decision_id: str | None
    decision: Decision
    estimate: EstimateText


@dataclass(frozen=True, slots=True)
class Service:
    """Everything a request may need; made when the app starts, closed when it ends."""

    settings: ServiceSettings
    ledger: Ledger
    tokens: AccessTokens
    engine: DecisionClient
    pool: EstimatePool
    authentication: Authentication
    rate_limit: RateLimit
    metrics: Metrics
    log: Any
    limits: ArchiveLimits
    catalog: LayeredCatalog
    configuration: ServiceConfiguration
    estimate_defaults: Mapping[str, Any] = field(default_factory=dict)
    policy_settings: Mapping[str, Any] | None = None
    opa: OpaProcess | None = None

    async def decide(
        self, estimate: EstimateText, *, keep: bool = True, projects: frozenset[str] | None = None
    ) -> Decided:
        """Return the decision on an estimate, with what came before it; it is kept before it is told.

        Without ``keep`` nothing is: for a dry run. The policy sees all that came before, of a team's other projects
        too; what is returned has only that of ``projects``, where these are not None.

        Raises:
            EngineError: OPA gave no decision: never a pass.
            LedgerError: What came before cannot be read, or the decision cannot be kept.
        """
        facts = estimate.facts
        before = partial(self.ledger.deployments_before, facts, self.settings.history_days, self.settings.history_most)
        visible = estimate
        if not estimate.has_history:
            history = History(deployments=await anyio.to_thread.run_sync(before))
            visible = estimate.with_history(visible_history(history, projects))
            estimate = estimate.with_history(history)
        begun = time.perf_counter()
        try:
            decision = decision_from_result(await self.engine.result(estimate.text))
        except EngineError:
            self.metrics.engine_failures.inc()
            raise
        self.metrics.decision_seconds.observe(time.perf_counter() - begun)
        if not keep:
            return Decided(None, decision, visible)
        kept = partial(self.ledger.keep, facts, estimate.text, decision, self.policy_settings)
        decision_id = await anyio.to_thread.run_sync(kept)
        self._count(decision, estimate)
        return Decided(decision_id, decision, visible)

    def _count(self, decision: Decision, estimate: EstimateText) -> None:
        self.metrics.decided(decision.outcome, estimate.facts)
        for finding in decision.findings:
            self.metrics.findings.labels(finding.code, finding.severity).inc()
