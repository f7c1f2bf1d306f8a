"""What other rules or settings would have decided: stored estimates, compared decision by decision.

Each estimate is decided as of its own time. What can no longer be decided is an error with its name, never left out
in silence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from tollbar.decision import Decision
from tollbar.errors import EngineError, InputError
from tollbar.policy.replay import Question, decide_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tollbar.decision import Finding, Outcome, Severity
    from tollbar.policy.opa_binary import OpaBinary

Change = Literal["newly_denied", "newly_needs_approval", "newly_warns", "newly_passes", "no_longer_warns"]
CHANGES: tuple[Change, ...] = (
    "newly_denied", "newly_needs_approval", "newly_warns", "newly_passes", "no_longer_warns",
)  # fmt: skip
OUTCOMES: tuple[Outcome, ...] = ("allow", "warn", "needs_approval", "deny")

_DECIDED_BY: Mapping[Outcome, Severity] = {"deny": "error", "needs_approval": "approval", "warn": "warning"}
_NEWLY: Mapping[Outcome, Change] = {"deny": "newly_denied", "needs_approval": "newly_needs_approval"}


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored estimate, and what is known of how it was decided.

    ``approved_by`` is who let it through later; ``approvals_known`` whether anybody would have noted that.
    """

    name: str
    estimate: str
    settings: Mapping[str, Any] | None = None
    decision: Decision | None = None
    approved_by: str | None = None
    approvals_known: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """A version of rules and settings: which estimates are decided by it. Without ``settings``, each by its own."""

    label: str
    engine: OpaBinary
    settings: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Deployment:
    """What was estimated. Amounts are USD a month; what is not known is None."""

    name: str
    environment: str
    team: str | None
    project_id: str | None
    pull_request: str | None
    time: str
    monthly_cost: Decimal
    delta: Decimal | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """One estimate with the decision on it before and after."""

    stored: Stored
    deployment: Deployment
    before: Decision
    after: Decision

    @property
    def change(self) -> Change | None:
        """What changed for whoever deploys, None where nothing did."""
        before, after = self.before.outcome, self.after.outcome
        if before == after:
            return None
        if after in _NEWLY:
            return _NEWLY[after]
        if before in _NEWLY:
            return "newly_passes"
        return "newly_warns" if after == "warn" else "no_longer_warns"

    @property
    def rules(self) -> tuple[str, ...]:
        """The codes of the rules behind the change: those that now find more, or those that no longer do."""
        stricter = OUTCOMES.index(self.after.outcome) > OUTCOMES.index(self.before.outcome)
        more, less = (self.after, self.before) if stricter else (self.before, self.after)
        severity = _DECIDED_BY.get(more.outcome)
        if self.change is None or severity is None:
            return ()
        known = {_identity(finding) for finding in less.of_severity(severity)}
        found = more.of_severity(severity)
        return tuple(sorted({f.code for f in found if _identity(f) not in known} or {f.code for f in found}))


@dataclass(frozen=True, slots=True)
class Sum:
    """How many decisions there are, and what is behind them: USD a month.

    ``delta`` adds up the changes that are known, None where none is.
    """

    count: int
    monthly_cost: Decimal
    delta: Decimal | None


@dataclass(frozen=True, slots=True)
class FalsePositives:
    """How many of the denials by the candidate were approved later by somebody, of all and of the new ones."""

    denied: int
    approved: int
    newly_denied: int
    newly_denied_approved: int


@dataclass(frozen=True, slots=True)
class Backtest:
    """The whole comparison. ``errors`` are the estimates that could not be decided, by name."""

    baseline: str
    candidate: str
    revision: str
    replayed: tuple[Replayed, ...]
    errors: Mapping[str, str]

    @property
    def changed(self) -> tuple[Replayed, ...]:
        """Those whose outcome changed, the gravest change first, the dearest first of each."""
        found = [
            (CHANGES.index(r.change), -r.deployment.monthly_cost, r.stored.name, r) for r in self.replayed if r.change
        ]
        return tuple(entry[-1] for entry in sorted(found, key=lambda entry: entry[:-1]))

    def of_change(self, change: Change) -> Sum:
        """Return the sum over one kind of change."""
        return sum_of([replayed for replayed in self.replayed if replayed.change == change])

    def outcomes(self, side: Literal["before", "after"]) -> dict[Outcome, int]:
        """Return how many decisions there are of each outcome."""
        given = [(r.before if side == "before" else r.after).outcome for r in self.replayed]
        return {outcome: given.count(outcome) for outcome in OUTCOMES}

    def by_team(self) -> dict[str | None, list[Replayed]]:
        """Return the changed decisions by team, None for those without one."""
        teams: dict[str | None, list[Replayed]] = {}
        for replayed in self.changed:
            teams.setdefault(replayed.deployment.team, []).append(replayed)
        return dict(sorted(teams.items(), key=lambda item: (-len(item[1]), item[0] or "")))

    def by_rule(self) -> dict[str, list[Replayed]]:
        """Return the changed decisions by the rules behind them; one may stand under several."""
        rules: dict[str, list[Replayed]] = {}
        for replayed in self.changed:
            for code in replayed.rules:
                rules.setdefault(code, []).append(replayed)
        return dict(sorted(rules.items()))

    @property
    def false_positives(self) -> FalsePositives | None:
        """What was denied although somebody approved it later; None where approvals are not known."""
        known = [replayed for replayed in self.replayed if replayed.stored.approvals_known]
        if not known:
            return None
        denied = [replayed for replayed in known if replayed.after.outcome == "deny"]
        newly = [replayed for replayed in denied if replayed.change == "newly_denied"]
        return FalsePositives(len(denied), _approved(denied), len(newly), _approved(newly))


def sum_of(replayed: Sequence[Replayed]) -> Sum:
    """Return how many there are, and what they cost and change together."""
    deltas = [entry.deployment.delta for entry in replayed if entry.deployment.delta is not None]
    return Sum(
        len(replayed),
        sum((entry.deployment.monthly_cost for entry in replayed), Decimal(0)),
        sum(deltas, Decimal(0)) if deltas else None,
    )


def backtest(stored: Sequence[Stored], candidate: Policy, baseline: Policy | None, baseline_label: str) -> Backtest:
    """Return what the candidate decides of stored estimates, compared with the baseline.

    Without a ``baseline``, and for what has a recorded decision only then, the recorded decisions are compared with.

    Raises:
        EngineError: The engine or one of the policies is broken.
    """
    deployments, errors = _read(stored)
    readable = [entry for entry in stored if entry.name in deployments]
    after = _decide(candidate, readable, errors)
    before: dict[str, Decision] = {}
    if baseline is None:
        before = {entry.name: entry.decision for entry in readable if entry.decision is not None}
    else:
        before = _decide(baseline, [entry for entry in readable if entry.name in after], errors)
    for entry in readable:
        if entry.name in after and entry.name not in before:
            errors.setdefault(entry.name, "no decision on it was recorded")
    replayed = tuple(
        Replayed(entry, deployments[entry.name], before[entry.name], after[entry.name])
        for entry in readable
        if entry.name not in errors
    )
    revision = next((entry.after.revision for entry in replayed), "unknown")
    return Backtest(baseline_label, candidate.label, revision, replayed, dict(sorted(errors.items())))


def _decide(policy: Policy, stored: Iterable[Stored], errors: dict[str, str]) -> dict[str, Decision]:
    questions: dict[str, Question] = {}
    for entry in stored:
        settings = entry.settings if policy.settings is None else policy.settings
        if settings is None:
            errors[entry.name] = "by which settings it was decided is not known: name some with --config"
        else:
            questions[entry.name] = Question(entry.estimate, settings)
    decided: dict[str, Decision] = {}
    answers = decide_all(policy.engine, questions)
    _refuse_broken(policy, list(answers.values()))
    for name, answer in answers.items():
        if isinstance(answer, Decision):
            decided[name] = answer
        else:
            errors[name] = f"{policy.label}: {_in_one_line(answer)}"
    return decided


def _refuse_broken(policy: Policy, answers: Sequence[Decision | EngineError]) -> None:
    """Raise EngineError where the same keeps every estimate from being decided: the policy or its settings."""
    problems = {_in_one_line(answer) for answer in answers if not isinstance(answer, Decision)}
    if len(answers) > 1 and len(problems) == 1 and not any(isinstance(answer, Decision) for answer in answers):
        raise EngineError(f"{policy.label}: {problems.pop()}")


def _read(stored: Iterable[Stored]) -> tuple[dict[str, Deployment], dict[str, str]]:
    deployments: dict[str, Deployment] = {}
    errors: dict[str, str] = {}
    for entry in stored:
        try:
            deployments[entry.name] = deployment_of(entry.estimate)
        except InputError as error:
            errors[entry.name] = error.message
    return deployments, errors


def deployment_of(estimate: str) -> Deployment:
    """Return what an estimate is of, from its JSON.

    Raises:
        InputError: It is not an estimate.
    """
    try:
        document = json.loads(estimate, parse_float=Decimal)
        deployment, totals = document["deployment"], document["totals"]
        delta = totals.get("delta")
        return Deployment(
            deployment["name"], deployment["environment"], deployment.get("team"), deployment.get("project_id"),
            deployment.get("pull_request"), document["meta"]["now"], Decimal(totals["monthly_cost"]),
            None if delta is None else Decimal(delta),
        )  # fmt: skip
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}") from None
    except (LookupError, TypeError, AttributeError, ArithmeticError):
        raise InputError("not an estimate") from None


def _identity(finding: Finding) -> tuple[str, str | None]:
    return finding.code, finding.resource


def _approved(replayed: Iterable[Replayed]) -> int:
    return sum(entry.stored.approved_by is not None for entry in replayed)


def _in_one_line(error: EngineError) -> str:
    return " ".join(error.message.split())
