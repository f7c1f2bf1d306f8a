"""What the calls of a usage log come to a month, as an estimate that policies can judge, and what they say of it.

Each group of calls (task x model x project) is a resource of type ``llm_api_call``, with facts that were measured:
calls a month, tokens, the longest output, the most retries. Its cost is what the log's calls cost, scaled to a month
(basis ``history``). The verdict is that of the policy library, as for a change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from tollbar import pipeline
from tollbar.catalog.lookup import PriceNotFound
from tollbar.component import Quantity
from tollbar.estimate import CostEstimate, Totals, UnpricedLine, coverage_of
from tollbar.inputs.interface import Declaration, Source
from tollbar.inputs.usage_history import UsageHistory
from tollbar.llm.log_groups import Group, Retried, groups, retried_beyond
from tollbar.location import Location
from tollbar.model_name import library_provider
from tollbar.money import HOURS_PER_MONTH, round_amount
from tollbar.resource import Attributes, Inventory, Resource
from tollbar.resources.llm.calls import model_path, price_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tollbar.catalog.layers import LayeredCatalog
    from tollbar.decision import Decision, Finding
    from tollbar.estimate import Estimate, EstimatedResource
    from tollbar.llm.policies import LlmPolicy
    from tollbar.llm.sql_engine import SqlEngine
    from tollbar.settings import Settings

_SHORTEST_HOURS = Decimal(24)
"""A log of less than a day is taken for a whole one: what it shows of an hour says nothing of the night."""
_NO_TASK, _NO_MODEL = "untold-task", "untold-model"


class Engine(Protocol):
    """What decides."""

    def decide(self, input_document: str) -> Decision:
        """Return the decision on an estimate given as JSON."""


@dataclass(frozen=True, slots=True)
class LogFinding:
    """What the policy found of a group of calls, with what these calls were in the log. Amounts are USD.

    ``retried`` are the attempts beyond the limit, where retries are the matter.
    """

    finding: Finding
    group: Group | None
    monthly_cost: Decimal | None
    retried: Retried | None = None
    retried_monthly: Decimal | None = None


@dataclass(frozen=True, slots=True)
class JudgedLog:
    """The estimate of a month of such calls, the decision on it, and its findings by group; the costliest first."""

    estimate: Estimate
    decision: Decision
    findings: tuple[LogFinding, ...]
    months: Decimal
    warnings: tuple[str, ...] = ()


def judge_log(
    engine: SqlEngine,
    policies: Sequence[LlmPolicy],
    judge: Engine,
    settings: Settings,
    catalog: LayeredCatalog,
) -> JudgedLog:
    """Return what policies say of the calls in the table ``calls``, scaled to a month.

    ``judge`` decides under the settings of these policies (:func:`tollbar.llm.policies.settings_with`).

    Raises:
        EngineError: The policy could not be evaluated.
    """
    hours = _hours(engine)
    months = max(hours, _SHORTEST_HOURS) / HOURS_PER_MONTH
    fallbacks = (case.get("suggest_fallback") for policy in policies for _, case in policy.cases)
    suggested = tuple(dict.fromkeys(str(model) for model in fallbacks if model is not None))
    found = groups(engine, _sizes(policies))
    by_address = _addresses(found)
    settings = replace(settings, other_models=suggested)
    estimate = log_estimate(by_address, months, settings, catalog)
    decision = judge.decide(estimate.to_json())
    findings = [_log_finding(finding, by_address, estimate, months, engine) for finding in decision.findings]
    warnings = () if hours >= _SHORTEST_HOURS else (_short(hours),)
    ordered = sorted(findings, key=lambda one: -(one.retried_monthly or one.monthly_cost or Decimal(0)))
    return JudgedLog(estimate, decision, tuple(ordered), months, warnings)


def log_estimate(
    by_address: Mapping[str, Group], months: Decimal, settings: Settings, catalog: LayeredCatalog
) -> Estimate:
    """Return the estimate of a month of some groups of calls that a log of so many months shows."""
    past = {address: _use(group, months) for address, group in by_address.items()}
    settings = replace(settings, history=UsageHistory("the log", past), assumptions=False)
    resources = tuple(_resource(address, group, catalog) for address, group in by_address.items())
    declaration = Declaration(Source("workloads", "usage log"), Inventory(resources))
    estimate = pipeline.estimate([declaration], settings, catalog)
    measured = tuple(_measured(resource, by_address[resource.address], months) for resource in estimate.resources)
    return estimate.model_copy(
        update={"resources": measured, "totals": _totals(measured), "coverage": coverage_of(measured)}
    )


def _hours(engine: SqlEngine) -> Decimal:
    """Return how long a time the log spans."""
    first, last = engine.rows("SELECT MIN(time), MAX(time) FROM calls")[0]
    return Decimal(0) if first is None else Decimal(str((last - first).total_seconds())) / 3600


def _short(hours: Decimal) -> str:
    return f"the log spans {hours:.1f} hours: a month is reckoned from it as if it were a whole day"


def _sizes(policies: Iterable[LlmPolicy]) -> list[int]:
    """Return the sizes of calls that policies draw a line at."""
    told = (case.get("input_tokens_max") for policy in policies for _, case in policy.cases)
    return sorted({int(size) for size in told if isinstance(size, int | float | Decimal)})


def _addresses(found: Iterable[Group]) -> dict[str, Group]:
    """Return the groups by address: ``calls.PROJECT.TASK.MODEL``, numbered where two would share one."""
    named: dict[str, Group] = {}
    for group in found:
        parts = ("calls", group.owner, group.task or _NO_TASK, group.model or _NO_MODEL)
        name = ".".join(part for part in parts if part)
        address, number = name, 1
        while address in named:
            number += 1
            address = f"{name}#{number}"
        named[address] = group
    return named


def _use(group: Group, months: Decimal) -> dict[str, Quantity]:
    """Return a group's use a month, as it was; retries are calls of their own in a log, and not expected besides."""
    told = {
        "monthly_calls": Decimal(group.calls) / months,
        "input_tokens": group.input_tokens,
        "output_tokens": group.output_tokens,
        "retry_share": Decimal(0),
    }
    return {key: Quantity(value, value, value, "history", (key,)) for key, value in told.items() if value is not None}


def _resource(address: str, group: Group, catalog: LayeredCatalog) -> Resource:
    tags = {"project-id": group.project, "team": group.team, "environment": group.environment}
    return Resource(
        address=address,
        type="llm_api_call",
        name=address.removeprefix("calls."),
        cloud="llm",
        region=None,
        attributes=Attributes(
            {
                "model": group.model,
                "provider": _provider(group, catalog),
                "task_type": group.task,
                "batch": group.batch,
                "max_output_tokens": group.most_output or None,
                "max_retries": group.retries,
                "observed": True,
            }
        ),
        tags={name: value for name, value in tags.items() if value is not None},
        action="no-op",
        location=Location(group.source, group.line) if group.source is not None else None,
        usage={} if group.cached_share is None else {"cached_share": group.cached_share},
    )


def _provider(group: Group, catalog: LayeredCatalog) -> str | None:
    """Return the provider as the price list calls it; None where the model's name tells it better."""
    if group.provider is None:
        return None
    provider = library_provider(group.provider)
    path = model_path(group.model, provider)
    unknown = path is None or isinstance(catalog.find(price_key(path, "input_tokens")), PriceNotFound)
    return None if unknown and model_path(group.model, None) is not None else provider


def _measured(resource: EstimatedResource, group: Group, months: Decimal) -> EstimatedResource:
    """Return a resource with the cost that its calls had, all kinds of tokens in it, in place of the list price's."""
    missing = () if not group.unpriced_calls else (_unpriced(group),)
    if group.unpriced_calls == group.calls:
        return resource.model_copy(
            update={"monthly_cost": None, "cost_estimate": None, "breakdown": (), "unpriced": missing}
        )
    cost = round_amount(group.cost_usd / months)
    told = resource.llm
    priced = group.calls - group.unpriced_calls
    facts = told.model_copy(update={"cost_per_call": (group.cost_usd / priced).normalize() + 0}) if told else None
    estimate = CostEstimate(min=cost, expected=cost, p90=cost, max=cost, basis="history", confidence="medium")
    return resource.model_copy(
        update={"monthly_cost": cost, "cost_estimate": estimate, "breakdown": (), "unpriced": missing, "llm": facts}
    )


def _unpriced(group: Group) -> UnpricedLine:
    return UnpricedLine(
        reason="price_not_found", detail=f"{group.unpriced_calls} of {group.calls} logged calls of {group.model or '?'}"
    )


def _totals(resources: Iterable[EstimatedResource]) -> Totals:
    costs = [(resource, resource.monthly_cost) for resource in resources if resource.monthly_cost is not None]
    total = sum((cost for _, cost in costs), Decimal(0))
    by_team: dict[str, Decimal] = {}
    for resource, cost in costs:
        if team := resource.tags.get("team"):
            by_team[team] = by_team.get(team, Decimal(0)) + cost
    by_cloud = {"llm": round_amount(total)} if costs else {}
    amount = round_amount(total)
    rounded = {team: round_amount(cost) for team, cost in sorted(by_team.items())}
    return Totals(monthly_cost=amount, min=amount, p90=amount, max=amount, by_cloud=by_cloud, by_team=rounded)


def _log_finding(
    finding: Finding, by_address: Mapping[str, Group], estimate: Estimate, months: Decimal, engine: SqlEngine
) -> LogFinding:
    group = by_address.get(finding.resource or "")
    cost = next((one.monthly_cost for one in estimate.resources if one.address == finding.resource), None)
    limit = (finding.model_extra or {}).get("limit")
    if group is None or finding.rule != "llm_retries" or limit is None:
        return LogFinding(finding, group, cost)
    retried = retried_beyond(engine, group.number, int(limit))
    return LogFinding(finding, group, cost, retried, round_amount(retried.cost_usd / months))
