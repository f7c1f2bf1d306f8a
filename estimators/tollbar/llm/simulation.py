"""What policies on language models say of a call that nobody has written yet, and what it costs.

The scenario becomes a workload of kind ``llm`` like those of tollbar.yml, is priced by the pipeline and judged by the
policy library: the verdict is the one that ``tollbar check`` would give.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from tollbar import pipeline
from tollbar.errors import ConfigError
from tollbar.inputs.interface import Declaration, Source
from tollbar.inputs.workload_kinds import LlmWorkload
from tollbar.inputs.workloads import resource_of
from tollbar.llm.known_models import require_priced
from tollbar.llm.violations import Violation, violations_in
from tollbar.resource import Inventory
from tollbar.resources.registry import resource_type
from tollbar.units import unit_by_display

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tollbar.catalog.layers import LayeredCatalog
    from tollbar.decision import Decision, Finding
    from tollbar.estimate import Estimate, EstimatedResource
    from tollbar.llm.policies import LlmPolicy
    from tollbar.resource import Resource
    from tollbar.settings import Settings

_SOURCE = Source("workloads", "a simulated call")
_ASSUMED_KEYS = {
    "calls_per_month": "monthly_calls",
    "input_tokens": "input_tokens",
    "output_tokens": "output_tokens",
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """One call, as it would be made. What is None is assumed as `tollbar check` assumes it.

    Tokens are those of one call; ``retries`` is how often the client tries again, ``retry_share`` which part of the
    attempts must be repeated.
    """

    model: str
    task: str | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    max_output_tokens: int | None = None
    calls_per_month: int | None = None
    cached_share: Decimal | None = None
    batch: bool = False
    provider: str | None = None
    retries: int | None = None
    retry_share: Decimal | None = None

    def with_model(self, model: str) -> Scenario:
        """Return the same call of another model; the provider is that of its name."""
        return replace(self, model=model, provider=None)

    def resource(self) -> Resource:
        """Return the resource that it is priced and judged as, ``workload.MODEL``."""
        calls = assumed("calls_per_month") if self.calls_per_month is None else Decimal(self.calls_per_month)
        told = {
            "name": self.model,
            "kind": "llm",
            "model": self.model,
            "task_type": self.task,
            "provider": self.provider,
            "batch": self.batch,
            "calls_per_month": calls,
            "input_tokens": self.input_tokens,
            "output_tokens": self.output_tokens,
            "max_output_tokens": self.max_output_tokens,
            "cached_share": self.cached_share,
            "max_retries": self.retries,
            "retry_share": self.retry_share,
        }
        return resource_of(LlmWorkload.model_validate({k: v for k, v in told.items() if v is not None}), None)


@dataclass(frozen=True, slots=True)
class CallCost:
    """What one attempt of the call costs with a model, and a month of calls: USD, None where no price is known.

    ``lines`` are the parts of one attempt: name, tokens, USD. ``monthly`` holds the retries that are expected:
    ``attempts`` is how often a call is made.
    """

    model: str
    lines: tuple[tuple[str, Decimal, Decimal], ...]
    per_attempt: Decimal | None
    monthly: Decimal | None
    attempts: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Compared:
    """A model for the same call: what it costs, and which policies it violates."""

    cost: CallCost
    violations: tuple[Violation, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """What came out. ``assumed`` are the figures nobody told, by the scenario's field.

    ``costs`` are those of the call, then of the fallbacks that were suggested.
    """

    scenario: Scenario
    calls_per_month: Decimal
    assumed: Mapping[str, Decimal]
    policies: tuple[LlmPolicy, ...]
    estimate: Estimate
    decision: Decision
    violations: tuple[Violation, ...]
    costs: tuple[CallCost, ...]
    compared: tuple[Compared, ...] = ()

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What is found without being a violation: advice."""
        return self.decision.of_severity("info")

    @property
    def kept(self) -> list[LlmPolicy]:
        """The policies that were tried and are not violated."""
        violated = {violation.policy for violation in self.violations}
        return [policy for policy in self.policies if policy.name not in violated]


class Engine(Protocol):
    """What decides by the policies that are tried."""

    def decide(self, input_document: str) -> Decision:
        """Return the decision on an estimate given as JSON."""


def simulate(
    scenario: Scenario,
    policies: Sequence[LlmPolicy],
    engine: Engine,
    settings: Settings,
    catalog: LayeredCatalog,
    compare: Sequence[str] = (),
) -> Simulation:
    """Return what the policies say of a call, and of the same call with other models.

    Raises:
        ConfigError: No price is known of a model; the nearest known name is told.
        EngineError: The policy could not be evaluated.
    """
    for model, provider in [(scenario.model, scenario.provider), *((model, None) for model in compare)]:
        require_priced(model, provider, catalog)
    estimate = _estimate([scenario], settings, catalog)
    decision = engine.decide(estimate.to_json())
    (resource,) = estimate.resources
    violations = violations_in(decision.findings, resource, policies)
    fallbacks = dict.fromkeys(v.fallback for v in violations if v.fallback not in {None, scenario.model})
    others = [scenario.with_model(model) for model in fallbacks if model is not None]
    priced = _estimate([scenario, *others], settings, catalog) if others else estimate
    return Simulation(
        scenario=scenario,
        calls_per_month=(resource.llm.calls_per_month if resource.llm else None) or Decimal(0),
        assumed=_assumed_of(scenario),
        policies=tuple(policies),
        estimate=estimate,
        decision=decision,
        violations=violations,
        costs=tuple(_cost(found) for found in priced.resources),
        compared=_compare(scenario, compare, policies, engine, settings, catalog) if compare else (),
    )


def _assumed_of(scenario: Scenario) -> dict[str, Decimal]:
    """Return what is assumed of a scenario, no longer answers than it allows."""
    told = {field: assumed(field) for field in _ASSUMED_KEYS if getattr(scenario, field) is None}
    if "output_tokens" in told and scenario.max_output_tokens is not None:
        told["output_tokens"] = min(told["output_tokens"], Decimal(scenario.max_output_tokens))
    return told


def assumed(field: str) -> Decimal:
    """Return what an estimate assumes of a scenario's field that nobody told: calls a month, or tokens of a call."""
    known = resource_type(_ANY_CALL)
    told = known.usage_key_by_name[_ASSUMED_KEYS[field]].assumed if known else None
    if told is None:
        raise ConfigError(f"nothing is assumed of {field}: tell it")
    return Decimal(str(told[1]))


def _compare(
    scenario: Scenario,
    models: Sequence[str],
    policies: Sequence[LlmPolicy],
    engine: Engine,
    settings: Settings,
    catalog: LayeredCatalog,
) -> tuple[Compared, ...]:
    names = dict.fromkeys((scenario.model, *models))
    scenarios = [scenario if name == scenario.model else scenario.with_model(name) for name in names]
    estimate = _estimate(scenarios, settings, catalog)
    decision = engine.decide(estimate.to_json())
    compared = []
    for resource in estimate.resources:
        findings = [finding for finding in decision.findings if finding.resource == resource.address]
        compared.append(Compared(_cost(resource), violations_in(findings, resource, policies)))
    nothing = Decimal(0)
    return tuple(sorted(compared, key=lambda one: (one.cost.monthly is None, one.cost.monthly or nothing)))


def _estimate(scenarios: Sequence[Scenario], settings: Settings, catalog: LayeredCatalog) -> Estimate:
    declaration = Declaration(_SOURCE, Inventory(tuple(scenario.resource() for scenario in scenarios)))
    return pipeline.estimate([declaration], settings, catalog)


def _cost(resource: EstimatedResource) -> CallCost:
    """Return a resource's cost by one attempt: the amounts of its bill over the attempts of the month."""
    facts = resource.llm
    calls = (facts.calls_per_month or Decimal(0)) if facts else Decimal(0)
    each = (facts.attempts_per_call if facts else None) or Decimal(1)
    attempts = calls * each
    if not attempts or resource.unpriced:
        return CallCost(resource.name, (), None, None, each)
    lines = tuple(
        (
            line.name.partition(" (")[0],
            line.quantity * unit_by_display(line.unit).per / attempts,
            line.quantity * line.unit_price / attempts,
        )
        for line in resource.breakdown
        if line.quantity
    )
    per_attempt = sum((cost for _, _, cost in lines), Decimal(0))
    return CallCost(resource.name, lines, per_attempt, resource.monthly_cost, each)


_ANY_CALL = resource_of(LlmWorkload(name="any", kind="llm", model="any", calls_per_month=Decimal(1)), None)
