"""Findings of the rules on language models, as people who wrote the policies know them: by policy, with the dollars."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tollbar.units import unit_by_display

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tollbar.decision import Finding
    from tollbar.estimate import EstimatedResource, LlmCalls
    from tollbar.llm.policies import LlmPolicy

_OUTPUT = "Output tokens"


@dataclass(frozen=True, slots=True)
class Violation:
    """A policy that a call violates. Amounts are USD, None where they are not known or not the matter.

    ``saving`` is what the fallback saves a month, ``increase`` what goes beyond the limit costs a month at worst:
    every call needs all of its retries, or fills its output. ``per_call`` is either of them for one call.
    """

    policy: str
    finding: Finding
    fallback: str | None = None
    saving: Decimal | None = None
    increase: Decimal | None = None
    per_call: Decimal | None = None
    limit: Decimal | None = None
    actual: Decimal | None = None

    @property
    def blocks(self) -> bool:
        """Whether it denies, or needs an approval; else it is a warning or a note."""
        return self.finding.severity in {"error", "approval"}


def violations_in(
    findings: Iterable[Finding], resource: EstimatedResource, policies: Sequence[LlmPolicy]
) -> tuple[Violation, ...]:
    """Return what is found of the calls of a resource, by the policies that were tried; the gravest first.

    Advice (severity info) is no violation.
    """
    of_rule = {rule: policy.name for policy in policies for rule in policy.rules}
    order = ("error", "approval", "warning")
    found = [_violation(finding, resource, of_rule) for finding in findings if finding.severity in order]
    return tuple(sorted(found, key=lambda violation: order.index(violation.finding.severity)))


def _violation(finding: Finding, resource: EstimatedResource, of_rule: dict[str, str]) -> Violation:
    facts: dict[str, Any] = finding.model_extra or {}
    policy = str(facts.get("policy") or of_rule.get(finding.rule, finding.rule))
    limit, actual = (_number(facts.get(name)) for name in ("limit", "actual"))
    saving = _number(facts.get("saving"))
    increase = _increase(finding.rule, limit, actual, resource)
    calls = resource.llm.calls_per_month if resource.llm else None
    amount = saving if saving is not None else increase
    fallback = facts.get("fallback")
    return Violation(
        policy,
        finding,
        fallback=str(fallback) if fallback is not None else None,
        saving=saving,
        increase=increase,
        per_call=amount / calls if amount is not None and calls else None,
        limit=limit,
        actual=actual,
    )


def _increase(rule: str, limit: Decimal | None, actual: Decimal | None, resource: EstimatedResource) -> Decimal | None:
    """Return what goes beyond a limit costs a month at worst.

    Retries: (retries - limit) more attempts of every call. Output: (most output - limit) more tokens of every call.
    """
    calls = resource.llm
    if calls is None or limit is None or actual is None or not calls.calls_per_month:
        return None
    if rule == "llm_retries":
        return None if calls.cost_per_call is None else (actual - limit) * calls.cost_per_call * calls.calls_per_month
    if rule == "output_limit":
        price = _output_price(resource, calls)
        return None if price is None else (actual - limit) * price * calls.calls_per_month
    return None


def _output_price(resource: EstimatedResource, calls: LlmCalls) -> Decimal | None:
    """Return what one more token of output costs, None where its price is not known."""
    name = f"{_OUTPUT} ({calls.model})"
    lines = (line for line in resource.breakdown if line.name == name)
    return next((line.unit_price / unit_by_display(line.unit).per for line in lines), None)


def _number(value: object) -> Decimal | None:
    """Return a number of the decision as it is written there, None for anything else."""
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return Decimal(str(value)) if is_number else None
